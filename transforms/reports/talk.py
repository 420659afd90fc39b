"""Notes for the feedback talk with each person: at most a few lines of facts, taken from the results."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from transforms.advice import Gain, gains
from transforms.advice.usual_steps import LEAST_OWN, changes
from transforms.metrics.model import MetricValue
from transforms.reports.department_minute import costliest, furthest, moved
from transforms.reports.department_model import Duty, Matter, Move, Talk
from transforms.reports.groups import PLANS, PersonRow
from transforms.reports.model import ReportContext
from transforms.reports.parts import metric_trend
from transforms.scoring.red_lines import GROUP as RED_LINES
from transforms.scoring.results import Card, ConsequenceResult, PeriodResults, PersonResult

_UNKNOWN: tuple[Literal["too_few", "no_data", "no_rater"], ...] = ("too_few", "no_data", "no_rater")


@dataclass(frozen=True)
class _Values:
    """Metric values of people, of all months: a person's by metric, and a department's by metric."""

    own: Mapping[str, Mapping[str, Sequence[MetricValue]]]
    team: Mapping[tuple[str | None, str], Sequence[MetricValue]]

    def of(self, employee_id: str, metric: str, department_id: str) -> list[MetricValue]:
        """A person's values of one metric in one department, or of no department."""
        found = self.own.get(employee_id, {}).get(metric, ())
        return [value for value in found if value.department_id in {None, department_id}]


def talks(
    people: Sequence[PersonResult], rows: Sequence[PersonRow], results: PeriodResults, context: ReportContext
) -> tuple[Talk, ...]:
    """A note a person, in the order of `rows`; whoever was not appraised has none."""
    by_id = {person.employee_id: person for person in people}
    values = _values(people, results)
    noted = ((by_id[row.employee_id], row) for row in rows if by_id[row.employee_id].cards)
    return tuple(_talk(person, row, values, results.period, context) for person, row in noted)


def _values(people: Sequence[PersonResult], results: PeriodResults) -> _Values:
    keys = {line.key for person in people for card in person.cards for line in card.indicators}
    own: dict[str, dict[str, list[MetricValue]]] = defaultdict(lambda: defaultdict(list))
    team: dict[tuple[str | None, str], list[MetricValue]] = defaultdict(list)
    for value in results.values:
        if value.level == "employee" and value.metric in keys:
            own[value.subject_id][value.metric].append(value)
            team[value.department_id, value.metric].append(value)
    return _Values(own, team)


def _talk(person: PersonResult, row: PersonRow, values: _Values, period: str, context: ReportContext) -> Talk:
    found = [move for card in person.cards for move in _moves(card, person.employee_id, values, period)]
    return Talk(
        employee_id=person.employee_id,
        name=person.name,
        score=person.score,
        change=row.change,
        up=furthest(move for move in found if move.improved),
        down=furthest(move for move in found if not move.improved),
        costliest=costliest([line for card in person.cards for line in card.indicators]),
        gain=_gain(person, values, period, context),
        matters=tuple(matters(person)),
        plans=tuple(_duty(each) for each in person.consequences if each.effect in PLANS and _open(each)),
    )


def _duty(consequence: ConsequenceResult) -> Duty:
    return Duty(title=consequence.title, due_on=consequence.due_on)


def _open(consequence: ConsequenceResult) -> bool:
    """Neither for HR alone nor of a trial."""
    return not consequence.hr_only and not consequence.trial


def _moves(card: Card, who: str, values: _Values, period: str) -> Iterator[Move]:
    """What the card's metrics did since the month before; those that do not count are no matter for a talk."""
    for line in (line for line in card.indicators if line.score is not None):
        ours = values.of(who, line.key, card.department_id)
        if line.kind == "metric" and (move := moved(line, metric_trend(ours, line.key, period, 2))):
            yield move


def _gain(person: PersonResult, values: _Values, period: str, context: ReportContext) -> Gain | None:
    """Where one usual step brings most points; None without the scheme's version."""
    found = [gain for card in person.cards for gain in _gains(card, person, values, period, context)]
    return max(found, key=lambda gain: gain.points_gained, default=None)


def _gains(card: Card, person: PersonResult, values: _Values, period: str, context: ReportContext) -> tuple[Gain, ...]:
    version = context.versions.get(card.scheme)
    if version is None:
        return ()
    own = {line.key: values.of(person.employee_id, line.key, card.department_id) for line in card.indicators}
    few = [key for key, found in own.items() if len(changes(found, period)) < LEAST_OWN]
    team = [value for key in few for value in values.team.get((card.department_id, key), ())]
    return gains(card, version, [value for found in own.values() for value in found], team, period)


def matters(person: PersonResult) -> Iterator[Matter]:
    """What of the results should be told when they are talked about."""
    lines = [line for card in person.cards for line in card.indicators]
    if red := [line.title for line in lines if line.group == RED_LINES]:
        yield Matter(kind="red_line", lines=tuple(red))
    decided = [line.title for line in lines if line.corrected]
    if decided or any(card.corrected for card in person.cards):
        yield Matter(kind="decided", lines=tuple(decided))
    for reason in _UNKNOWN:
        if unknown := [line.title for line in lines if line.missing == reason]:
            yield Matter(kind=reason, lines=tuple(unknown))
    if any(line.provisional for line in lines):
        yield Matter(kind="provisional")
    if 0 < person.working_days < person.period_working_days:
        yield Matter(kind="part")
