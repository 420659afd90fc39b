"""Whether the company, its departments and its people agree (S15, S21): where they do not stands first."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from transforms.lint.agreed import TOLERANCE
from transforms.metrics.catalogue import CATALOGUE
from transforms.reports import parts
from transforms.reports.agreed_targets import agreed_targets, results_traces
from transforms.reports.company_model import Coherence, DepartmentRow, MetricGap, TargetSum, WholeAndPeople
from transforms.reports.company_tables import COMPANY, levels
from transforms.reports.fairness import SMALLEST
from transforms.scoring.results import Card, DepartmentResult, IndicatorResult, PeriodResults
from transforms.scoring.targets import nature
from transforms.titles import Title

TELLING = Decimal(10)  # points: most schemes' grades are as wide
Reading = Literal["agree", "people_above", "whole_above", "unknown"]


def coherence(results: PeriodResults, rows: Sequence[DepartmentRow]) -> Coherence:
    """Scores, targets and metrics of departments beside those of their people, and the company's beside both."""
    pairs = [pair for department in results.departments for pair in _pairs(department, results)]
    gaps = (_gap(department, own, people) for department, own, people in pairs)
    return Coherence(
        wholes=tuple(_whole(row) for row in rows),
        targets=tuple(_target_sums(results)),
        gaps=tuple(sorted((gap for gap in gaps if gap), key=lambda gap: -abs(gap.people_score - gap.score))),
        compared=len(pairs),
        levels=levels(results),
    )


def _whole(row: DepartmentRow) -> WholeAndPeople:
    gap = None if row.mean is None or row.card_score is None else row.mean - row.card_score
    return WholeAndPeople(
        department=row.title, whole=row.card_score, people_mean=row.mean, people=row.scored, gap=gap,
        reading="unknown" if gap is None else _reading(gap),
    )  # fmt: skip


def _reading(gap: Decimal) -> Reading:
    return "agree" if abs(gap) < TELLING else "people_above" if gap > 0 else "whole_above"


_Pair = tuple[DepartmentResult, IndicatorResult, list[IndicatorResult]]


def _pairs(department: DepartmentResult, results: PeriodResults) -> Iterator[_Pair]:
    """Each metric on the department's card with its people's lines, where enough of them are judged by it."""
    cards = [card for person in results.people for card in person.cards]
    ours = [card for card in cards if card.department_id == department.department_id]
    for own in _metrics([department.card] if department.card else []):
        people = [line for line in _metrics(ours) if line.key == own.key]
        if len(people) >= SMALLEST:
            yield department, own, people


def _metrics(cards: Iterable[Card]) -> list[IndicatorResult]:
    lines = (line for card in cards for line in card.indicators)
    return [line for line in lines if line.kind == "metric" and line.score is not None]


def _gap(department: DepartmentResult, own: IndicatorResult, people: Sequence[IndicatorResult]) -> MetricGap | None:
    met, reached = sum(map(_reached, people)), _reached(own)
    score, mean = own.score or Decimal(0), parts.mean([line.score or Decimal(0) for line in people]) or Decimal(0)
    above = mean - score >= TELLING or (not reached and 2 * met > len(people))
    below = score - mean >= TELLING or (reached and 2 * met < len(people))
    if own.target is None or not (above or below):
        return None
    return MetricGap(
        title=own.title, unit=own.unit, better=own.better, department=department.title, actual=own.actual,
        target=own.target, reached=reached, score=score, people_score=mean, judged=len(people), met=met,
        reading="people_above" if above else "whole_above",
    )  # fmt: skip


def _reached(line: IndicatorResult) -> bool:
    if line.actual is None or line.target is None:
        return False
    return line.better.reaches(line.actual, line.target)


def _target_sums(results: PeriodResults) -> Iterator[TargetSum]:
    """Agreed targets that some scheme looked at: the people's beside their department's, these beside the company's."""
    agreed = agreed_targets(results_traces(results))
    departments = [department.department_id for department in results.departments]
    for metric in dict.fromkeys(metric for _, metric in agreed):
        own, of_all = agreed.get(("employee", metric), {}), agreed.get(("department", metric), {})
        for department in results.departments:
            told = [own[who] for who in department.employee_ids if who in own]
            yield from _sum(metric, department.title, "people", told, of_all.get(department.department_id))
        told = [of_all[each] for each in departments if each in of_all]
        yield from _sum(metric, COMPANY, "departments", told, agreed.get(("company", metric), {}).get("company"))


def _sum(
    key: str, whole: Title, of: Literal["people", "departments"], told: Sequence[Decimal], target: Decimal | None
) -> Iterator[TargetSum]:
    metric = CATALOGUE.get(key)
    if metric is None or target is None or not told:
        return
    total = sum(told, Decimal(0))
    of_parts = total / len(told) if nature(metric) == "quotient" else total
    yield TargetSum(
        title=metric.title, unit=metric.unit, whole=whole, parts=of, count=len(told), target=target,
        of_parts=of_parts, agrees=abs(of_parts - target) <= TOLERANCE * max(of_parts, target),
    )  # fmt: skip
