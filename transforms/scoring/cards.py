"""A scheme's version applied to one subject: a card whose printed lines add up to its score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.scoring.combine import grade_of, points, weights_used
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.indicator import Group, Indicator
from transforms.scoring.indicators import Draft, draft_manual, draft_manual_of_people, draft_metric
from transforms.scoring.results import Card, IndicatorResult, Trace
from transforms.scoring.scheme import Scheme, Version
from transforms.scoring.trace import step
from transforms.titles import Title

_NO_GROUP = Title(zh_hans="指标", zh_hant="指標", en="Indicators")
DraftManual = Callable[[Indicator], Draft]


@dataclass(frozen=True)
class Applied:
    """A scheme with the version that judges the period."""

    scheme: Scheme
    version: Version


def employee_card(applied: Applied, subject: Subject, post: str | None, facts: Facts) -> Card:
    """The card of an employee for the days in one department."""

    def manual(indicator: Indicator) -> Draft:
        return draft_manual(indicator, applied.version, subject, facts)

    return _card(applied, subject, post, _drafts(applied.version, subject, facts, manual))


def department_card(applied: Applied, subject: Subject, people: Sequence[Card], facts: Facts) -> Card:
    """The card of a department as a whole, from its own values and its people's manual scores."""

    def manual(indicator: Indicator) -> Draft:
        return draft_manual_of_people(indicator, people)

    return _card(applied, subject, None, _drafts(applied.version, subject, facts, manual))


def _drafts(version: Version, subject: Subject, facts: Facts, manual: DraftManual) -> list[Draft]:
    return [
        draft_metric(each, facts.catalogue[each.metric], subject, facts) if each.metric else manual(each)
        for _, _, each in version.placed()
    ]


def _card(applied: Applied, subject: Subject, post: str | None, drafts: Sequence[Draft]) -> Card:
    lines, score = _lines(applied.version, drafts)
    grade, grade_title = grade_of(score.value, applied.version)
    own = subject.level == "employee"
    return Card(
        employee_id=subject.subject_id if own else None,
        department_id=subject.department_id,
        post=post,
        scheme=applied.scheme.scheme,
        scheme_title=applied.scheme.title,
        scheme_version=applied.version.effective_from,
        scheme_hash=applied.scheme.digest(applied.version),
        working_days=subject.days if own else subject.period_days,
        score=score.value,
        grade=grade,
        grade_title=grade_title,
        indicators=lines,
        trace=score,
    )


def _lines(version: Version, drafts: Sequence[Draft]) -> tuple[tuple[IndicatorResult, ...], Trace]:
    weights = [weight for _, weight in version.weighed()]
    used = weights_used(weights, [draft.score.value is not None for draft in drafts])
    earned = [points(weight, draft.score) for weight, draft in zip(used, drafts, strict=True)]
    groups = [group for _, group, _ in version.placed()]
    lines = tuple(map(_line, drafts, groups, weights, used, earned))
    return lines, step("sum", "score", *(each for each in earned if each.value is not None))


def _line(draft: Draft, group: Group | None, weight: Decimal, used: Trace, earned: Trace) -> IndicatorResult:
    value = draft.value
    return IndicatorResult(
        key=draft.indicator.key,
        kind=draft.indicator.kind,
        title=draft.title,
        group=group.group if group else "indicators",
        group_title=group.title if group else _NO_GROUP,
        weight=weight,
        weight_used=used.value or Decimal(0),
        unit=draft.unit,
        better=draft.better,
        target=draft.target,
        actual=draft.actual,
        numerator=value.numerator if value else None,
        denominator=value.denominator if value else None,
        score=draft.score.value,
        points=earned.value,
        provisional=draft.provisional,
        missing=draft.missing,
        says=draft.says,
        rule=draft.rule,
        source=draft.source,
        trace=draft.score,
    )
