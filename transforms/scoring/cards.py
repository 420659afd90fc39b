"""A scheme's version applied to one subject: a card whose printed lines add up to its score.

Only a total that people decided stands without its lines; the card says so (`corrected`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from transforms.corrections.model import TOTAL
from transforms.schemes.indicator import Group, Indicator
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.combine import capped, grade_of, points, weights_used
from transforms.scoring.decided import corrected_by, decided_draft, decided_total, whose
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.indicators import Draft, draft_metric
from transforms.scoring.lines import (
    draft_events,
    draft_events_of_people,
    draft_manual,
    draft_manual_of_people,
    draft_team,
)
from transforms.scoring.months import draft_months
from transforms.scoring.red_lines import Crossed, caps, crossed, printed, struck
from transforms.scoring.results import Card, IndicatorResult, Trace
from transforms.scoring.trace import step
from transforms.titles import Title

_NO_GROUP = Title(zh_hans="指标", zh_hant="指標", en="Indicators")
Drafting = Callable[[Indicator], Draft]


@dataclass(frozen=True)
class Applied:
    """A scheme with the version that judges the period."""

    scheme: Scheme
    version: Version


def employee_card(applied: Applied, subject: Subject, post: str | None, facts: Facts) -> Card:
    """The card of an employee for the days in one department.

    `facts.peers` must name whom the scheme scores where it judges by place, `facts.teams` the members' cards where it
    rolls them up.
    """
    version = applied.version
    own: dict[str, Drafting] = {
        "manual": lambda each: draft_manual(each, version, subject, facts),
        "event": lambda each: draft_events(each, subject, facts),
    }
    return _card(applied, subject, post, _drafts(applied, subject, facts, own), facts)


def department_card(applied: Applied, subject: Subject, people: Sequence[Card], facts: Facts) -> Card:
    """The card of a department as a whole, from its own values, its own events and its people's scores."""
    of_people: dict[str, Drafting] = {
        "manual": lambda each: draft_manual_of_people(each, people),
        "event": lambda each: draft_events_of_people(each, subject, people, facts),
    }
    return _card(applied, subject, None, _drafts(applied, subject, facts, of_people), facts)


def _drafts(applied: Applied, subject: Subject, facts: Facts, drafting: dict[str, Drafting]) -> list[Draft]:
    scheme, asked = applied.scheme.scheme, whose(applied.scheme, subject, facts.name)
    common: dict[str, Drafting] = {
        "metric": lambda each: draft_metric(each, facts.catalogue[each.metric or ""], subject, facts, scheme),
        "team": lambda each: draft_team(each, subject, facts),
        "months": lambda each: draft_months(each, subject, facts),
    }
    kinds = common | drafting
    return [
        decided_draft(kinds[each.kind](each), asked.decided(facts.book, each.key))
        for _, _, each in applied.version.placed()
    ]


def _card(applied: Applied, subject: Subject, post: str | None, drafts: Sequence[Draft], facts: Facts) -> Card:
    red = crossed(applied.version, subject, facts)
    lines, sums = _lines(applied.version, drafts, red)
    found = whose(applied.scheme, subject, facts.name).decided(facts.book, TOTAL)
    score = decided_total(sums[-1], found)
    grade = capped(grade_of(score.value, applied.version), caps(score), applied.version)
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
        grade=grade[0],
        grade_title=grade[1],
        indicators=lines,
        trace=score,
        corrected=corrected_by(found),
    )


def _lines(
    version: Version, drafts: Sequence[Draft], red: Sequence[Crossed]
) -> tuple[tuple[IndicatorResult, ...], tuple[Trace, ...]]:
    """The printed lines, red lines last, and the score before and after each red line."""
    weights = [weight for _, weight in version.weighed()]
    used = weights_used(weights, [draft.score.value is not None for draft in drafts])
    earned = [points(weight, draft.score) for weight, draft in zip(used, drafts, strict=True)]
    groups = [group for _, group, _ in version.placed()]
    sums = struck(step("sum", "score", *(each for each in earned if each.value is not None)), red)
    lines = tuple(map(_line, drafts, groups, weights, used, earned))
    struck_out = (printed(each, *pair, version) for each, pair in zip(red, pairwise(sums), strict=True))
    return (*lines, *struck_out), sums


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
        corrected=draft.corrected,
    )
