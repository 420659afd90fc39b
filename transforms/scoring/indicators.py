"""One line of a card, before weights are known: value, score, why not, and the words for it. Here: metrics."""

from dataclasses import dataclass, replace
from decimal import Decimal

from transforms.metrics.model import Better, Metric, MetricValue, Unit
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Version
from transforms.schemes.score_rules import Judged, Score
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.line_sentences import missing_in_words
from transforms.scoring.results import Corrected, Missing, Trace
from transforms.scoring.rule_sentences import rule_in_words
from transforms.scoring.rules import Line, Ruled, apply_rule, rounded, too_few
from transforms.scoring.sentences import fill
from transforms.scoring.targets import find_target
from transforms.scoring.trace import constant, leaf, step
from transforms.titles import Title

_NEAR = Decimal("1e-9")


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
    corrected: Corrected | None = None


def draft_metric(indicator: Indicator, metric: Metric, subject: Subject, facts: Facts, scheme: str) -> Draft:
    """A metric indicator of an employee or a department, or of the whole that an employee answers for."""
    whose = answered_for(indicator, subject)
    line = Line(indicator, metric, whose, facts, scheme, find_target(indicator, metric, whose, facts))
    value = facts.value(whose, metric.key)
    actual = value_trace(metric, value)
    ruled, reason = _ruled(line, value, actual)
    return Draft(
        indicator,
        indicator.title or metric.title,
        metric.unit,
        metric.better,
        score=rounded(ruled.score) if ruled else absent(indicator, actual),
        says=fill(indicator.says or metric.says, facts.placeholders),
        rule=_words(indicator, metric, actual, ruled, reason),
        source=metric.source,
        provisional=facts.provisional(metric) or undecided(indicator, reason),
        target=_target_shown(indicator.score, ruled, line.target),
        actual=value.value if value else None,
        value=value,
        missing=reason,
    )


def answered_for(indicator: Indicator, subject: Subject) -> Subject:
    """Whose value the line takes: an amount of a department is for all its people, a company's is taken as it is."""
    if indicator.of == "company":
        return replace(subject, level="company", subject_id="company", days=subject.period_days)
    if indicator.of == "department" and subject.level == "employee":
        return replace(subject, level="department", subject_id=subject.department_id, days=subject.department_days)
    return subject


def _ruled(line: Line, value: MetricValue | None, actual: Trace) -> tuple[Ruled | None, Missing | None]:
    rule = line.indicator.score
    if rule is None or value is None or value.value is None:
        return None, "no_data"
    if too_few(line.indicator, value):
        return None, "too_few"
    ruled = apply_rule(rule, actual, line)
    if ruled is None:
        return None, "no_target"
    return (ruled, None) if ruled.score.value is not None else (None, "no_data")


def _words(indicator: Indicator, metric: Metric, actual: Trace, ruled: Ruled | None, reason: Missing | None) -> Title:
    if ruled is None or indicator.score is None:
        return missing_in_words(reason or "no_data", indicator)
    return rule_in_words(indicator.score, actual, ruled, metric.unit, metric.better)


def undecided(indicator: Indicator, reason: Missing | None) -> bool:
    """Whether the line waits for HR."""
    return reason is not None and indicator.missing == "hr_decides"


def value_trace(metric: Metric, value: MetricValue | None) -> Trace:
    """The metric's value on its measures; a plain leaf where the value is not the quotient of its two measures."""
    if value is None or value.value is None or value.numerator is None:
        return leaf("metric", metric.key, value.value if value else None)
    top = leaf("measure", metric.numerator, value.numerator)
    scales = (constant("scale", metric.scale), *(() if metric.per == 1 else (constant("per", metric.per),)))
    if metric.denominator is None and metric.growth_of is None:
        built = step("times", metric.key, top, *scales)
    else:
        below = leaf("measure", metric.denominator or metric.numerator, value.denominator)
        built = step("quotient", metric.key, top, below, *scales)
    same = built.value is not None and abs(built.value - value.value) <= _NEAR * max(abs(value.value), Decimal(1))
    return built if same else leaf("metric", metric.key, value.value)


def absent(indicator: Indicator, *known: Trace) -> Trace:
    """What the scheme gives when there is no score."""
    return step("missing", "no score", *known, policy=indicator.missing)


def _target_shown(rule: Score | None, ruled: Ruled | None, target: Trace | None) -> Decimal | None:
    """The agreed target; without one, the value from which the rule gives its best."""
    if target is not None:
        return target.value
    if rule is None or ruled is None or not ruled.references or rule.place is not None:
        return None
    if rule.steps is not None:
        climbing = rule.steps[-1].gives > rule.steps[0].gives
        return ruled.references[-1 if climbing else 0].value
    return ruled.references[1 if rule.linear is not None else 0].value


def judged_by(indicator: Indicator, version: Version) -> Judged:
    """The raters of a manual indicator: its own, else the version's (a scheme without either does not load)."""
    rule = indicator.score.manual if indicator.score else version.judged_by
    if rule is None:
        raise ValueError(indicator.key)
    return rule
