"""One indicator of one subject, before weights are known: value, score, why not, and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.metrics.model import Better, Metric, MetricValue, Unit
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.indicator import Indicator
from transforms.scoring.results import Card, Missing, Trace
from transforms.scoring.rule_kinds import Judged, Score
from transforms.scoring.rules import Ruled, apply_rule, judge, rounded
from transforms.scoring.scheme import Version
from transforms.scoring.sentences import (
    fill,
    judged_in_words,
    missing_in_words,
    of_people_in_words,
    rule_in_words,
)
from transforms.scoring.targets import find_target
from transforms.scoring.trace import constant, leaf, step
from transforms.titles import Title

_NEAR = Decimal("1e-9")
_NO_RULE = Title(zh_hans="人工评分", zh_hant="人工評分", en="Judged by people")


@dataclass(frozen=True)
class Draft:
    """An indicator with everything but its weight. `score` is a trace whose value may be None."""

    indicator: Indicator
    title: Title
    unit: Unit
    better: Better
    score: Trace
    says: Title
    rule: Title
    source: str
    provisional: bool = False
    target: Decimal | None = None
    actual: Decimal | None = None
    value: MetricValue | None = None
    missing: Missing | None = None


def draft_metric(indicator: Indicator, metric: Metric, subject: Subject, facts: Facts) -> Draft:
    """A metric indicator of an employee or a department."""
    value = facts.value(subject, metric.key)
    target = find_target(indicator, metric, subject, facts)
    actual = value_trace(metric, value)
    reason = _reason(indicator, value, target)
    ruled = None if reason else apply_rule(actual, indicator, metric, target, subject)
    if ruled is not None and ruled.score.value is None:
        ruled, reason = None, "no_data"
    return Draft(
        indicator,
        indicator.title or metric.title,
        metric.unit,
        metric.better,
        score=rounded(ruled.score) if ruled else _absent(indicator, actual),
        says=fill(indicator.says or metric.says, facts.placeholders),
        rule=_words(indicator, metric, actual, ruled, reason),
        source=metric.source,
        provisional=facts.provisional(metric) or _undecided(indicator, reason),
        target=_target_shown(indicator.score, ruled, target),
        actual=value.value if value else None,
        value=value,
        missing=reason,
    )


def _words(indicator: Indicator, metric: Metric, actual: Trace, ruled: Ruled | None, reason: Missing | None) -> Title:
    if ruled is None or indicator.score is None:
        return missing_in_words(reason or "no_data", indicator)
    return rule_in_words(indicator.score, actual, ruled, metric.unit, metric.better)


def _reason(indicator: Indicator, value: MetricValue | None, target: Trace | None) -> Missing | None:
    if value is None or value.value is None:
        return "no_data"
    if indicator.needs_at_least is not None and (value.denominator or 0) < indicator.needs_at_least:
        return "too_few"
    needs_target = indicator.score is not None and indicator.score.target is not None
    return "no_target" if needs_target and target is None else None


def _undecided(indicator: Indicator, reason: Missing | None) -> bool:
    return reason is not None and indicator.missing == "hr_decides"


def value_trace(metric: Metric, value: MetricValue | None) -> Trace:
    """The metric's value on its measures; a plain leaf where the value is not the quotient of its two measures."""
    if value is None or value.value is None or value.numerator is None:
        return leaf("metric", metric.key, value.value if value else None)
    top = leaf("measure", metric.numerator, value.numerator)
    scales = (constant("scale", metric.scale), *(() if metric.per == 1 else (constant("per", metric.per),)))
    if metric.denominator is None:
        built = step("times", metric.key, top, *scales)
    else:
        built = step("quotient", metric.key, top, leaf("measure", metric.denominator, value.denominator), *scales)
    same = built.value is not None and abs(built.value - value.value) <= _NEAR * max(abs(value.value), Decimal(1))
    return built if same else leaf("metric", metric.key, value.value)


def _absent(indicator: Indicator, *known: Trace) -> Trace:
    return step("missing", "no score", *known, policy=indicator.missing)


def _target_shown(rule: Score | None, ruled: Ruled | None, target: Trace | None) -> Decimal | None:
    """The agreed target; without one, the value from which the rule gives its best."""
    if target is not None:
        return target.value
    if rule is None or ruled is None or not ruled.references:
        return None
    if rule.linear is not None:
        return ruled.references[1].value
    climbing = rule.steps is not None and rule.steps[-1].gives > rule.steps[0].gives
    return ruled.references[-1 if climbing else 0].value


def draft_manual(indicator: Indicator, version: Version, subject: Subject, facts: Facts) -> Draft:
    """A manual indicator of an employee."""
    rule = judged_by(indicator, version)
    judgements = facts.judged(subject.subject_id, indicator.key)
    ruled = judge(rule, judgements)
    if ruled is None:
        return _manual(indicator, _absent(indicator), missing_in_words("no_rater", indicator), "no_rater")
    return _manual(indicator, rounded(ruled.score), judged_in_words(rule, judgements, ruled.references), None)


def draft_manual_of_people(indicator: Indicator, cards: Sequence[Card]) -> Draft:
    """A manual indicator of a department: the mean of its people's scores, weighted by working days."""
    found = [
        (card, line.score)
        for card in cards
        for line in card.indicators
        if line.kind == "manual" and line.key == indicator.key and line.score is not None and line.missing is None
    ]
    if not any(card.working_days for card, _ in found):
        return _manual(indicator, _absent(indicator), missing_in_words("no_rater", indicator), "no_rater")
    leaves = (leaf("card", str(card.employee_id), score, indicator=indicator.key) for card, score in found)
    mean = step("weighted_mean", "people", *leaves, weights=",".join(str(card.working_days) for card, _ in found))
    return _manual(indicator, rounded(mean), of_people_in_words(len(found)), None)


def judged_by(indicator: Indicator, version: Version) -> Judged:
    """The raters of a manual indicator: its own, else the version's (a scheme without either does not load)."""
    rule = indicator.score.manual if indicator.score else version.judged_by
    if rule is None:
        raise ValueError(indicator.key)
    return rule


def _manual(indicator: Indicator, score: Trace, rule: Title, reason: Missing | None) -> Draft:
    return Draft(
        indicator,
        indicator.title or Title(zh_hans=indicator.key),
        Unit.POINTS,
        Better.HIGHER,
        score=score,
        says=indicator.says or _NO_RULE,
        rule=rule,
        source="judgements",
        provisional=_undecided(indicator, reason),
        actual=None if reason else score.value,
        missing=reason,
    )
