"""The report of one person."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from transforms.errors import NotFoundError
from transforms.reports import parts
from transforms.reports.appraisals import appraisal_views, consequence_views
from transforms.reports.carried import carried_views
from transforms.reports.changes import employee_changes, pay_fen
from transforms.reports.employee_model import EmployeeReport, PaidKind
from transforms.reports.minute import minute
from transforms.reports.model import (
    Filtered,
    GradeBound,
    Mention,
    ReportContext,
    ScorePoint,
)
from transforms.reports.pay import ORDER
from transforms.scoring.results import IndicatorResult, PeriodResults, PersonResult

NAMED = 3  # how many indicators the summary names on either side


def employee_report(
    results: PeriodResults, employee_id: str, history: Sequence[ScorePoint], context: ReportContext
) -> EmployeeReport:
    """What one person reads. `history` holds the scores of earlier periods; other months of metrics are in `results`.

    Raises:
        NotFoundError: the results know no such employee.
    """
    person = find(results, employee_id)
    cards = tuple(parts.card_view(card, results, context) for card in person.cards)
    lines = [line for card in person.cards for line in card.indicators]
    bounds = cards[-1].bounds if cards else ()
    above = next_grade(person.score, bounds)
    trend = parts.score_trend(history, ScorePoint(period=results.period, score=person.score), context.trend_months)
    return EmployeeReport(
        head=parts.head(results, context).model_copy(update={"provisional": person.provisional}),
        subject_id=employee_id,
        name=person.name,
        department=parts.department_title(results, person.department_id),
        post=person.cards[-1].post if person.cards else None,
        score=person.score,
        grade=person.grade_title,
        bounds=bounds,
        next_grade=above,
        to_next=above.at_least - person.score if above and person.score is not None else None,
        rank=person.rank,
        ranked_of=person.ranked_of,
        team_median=_team_median(results, person),
        working_days=person.working_days,
        period_working_days=person.period_working_days,
        not_scored=person.not_scored,
        change=parts.last_change(trend),
        cards=cards,
        appraisals=appraisal_views(person, results, context),
        consequences=consequence_views(person.consequences),
        trend=trend,
        minute=minute(person, cards, results.values, results.period, context),
        paid_fen=_paid(person),
        paid_kinds=_paid_kinds(person),
        strongest=_named(parts.strongest(lines)),
        costliest=_named(parts.costliest(lines)),
        appeal=context.appeal,
        findings=parts.shown(f for f in results.findings if employee_id in f.employee_ids),
        filtered=_filtered(results, employee_id),
        changes=employee_changes(person, context),
        carried=carried_views(person.carried),
        slips=context.slips.get(employee_id, ()),
        record=context.record.get(employee_id, ()),
    )


def find(results: PeriodResults, employee_id: str) -> PersonResult:
    """The person, or an error that names the id.

    Raises:
        NotFoundError: the results know no such employee.
    """
    for person in results.people:
        if person.employee_id == employee_id:
            return person
    raise NotFoundError(f"no employee {employee_id} in {results.period}", todo="see `jixiao show scores` for the ids")


def next_grade(score: Decimal | None, bounds: Sequence[GradeBound]) -> GradeBound | None:
    """The lowest grade not reached; None at the top, without a score or without grades."""
    above = [bound for bound in bounds if score is not None and bound.at_least > score]
    return min(above, key=lambda bound: bound.at_least, default=None)


def _named(lines: Sequence[IndicatorResult]) -> tuple[Mention, ...]:
    return tuple(Mention(title=i.title, points=i.points, lost=parts.lost(i)) for i in lines[:NAMED])


def _team_median(results: PeriodResults, person: PersonResult) -> Decimal | None:
    """Of the person's department; None below three scored people, where it would give a colleague away."""
    smallest = 3
    team = parts.scores(p for p in results.people if p.department_id == person.department_id)
    return Decimal(median(team)) if len(team) >= smallest and person.score is not None else None


def _paid(person: PersonResult) -> int | None:
    is_paid = person.carried or any(one.pay and one.counts != "trial" for one in person.appraisals)
    return pay_fen(person) if is_paid else None


def _paid_kinds(person: PersonResult) -> tuple[tuple[PaidKind, int], ...]:
    lines = [line for one in person.appraisals if one.pay and one.counts != "trial" for line in one.pay.lines]
    sums: dict[PaidKind, int] = {kind: sum(line.amount_fen for line in lines if line.kind == kind) for kind in ORDER}
    sums["carried"] = sum(line.amount_fen for line in person.carried)
    return tuple((kind, fen) for kind, fen in sums.items() if fen)


def _filtered(results: PeriodResults, employee_id: str) -> tuple[Filtered, ...]:
    counts = results.filtered.get(employee_id, {})
    return tuple(Filtered(filter=name, contacts=count) for name, count in sorted(counts.items()) if count)
