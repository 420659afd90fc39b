"""The report of one department."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transforms.errors import NotFoundError
from transforms.reports import parts
from transforms.reports.acknowledgements import ack_list
from transforms.reports.carried import carried_sums
from transforms.reports.changes import department_changes
from transforms.reports.groups import DepartmentReport, PersonRow
from transforms.reports.model import FindingView, GradeBound, Point, ReportContext, ScorePoint
from transforms.reports.schemes import consequences_of, scheme_views
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult

if TYPE_CHECKING:
    from decimal import Decimal

History = Mapping[str, Sequence[ScorePoint]]


def department_report(
    results: PeriodResults, department_id: str, history: History, context: ReportContext
) -> DepartmentReport:
    """What a manager reads. `history` is keyed by employee id; the department's own mean follows from its people.

    Raises:
        NotFoundError: the results know no such department.
    """
    department = find(results, department_id)
    people = members(results, department)
    card = parts.card_view(department.card, results, context) if department.card else None
    trend = mean_trend(people, history, results.period, context.trend_months)
    rows = tuple(person_row(person, history, results, context) for person in people)
    return DepartmentReport(
        head=parts.head(results, context).model_copy(update={"provisional": department.provisional}),
        subject_id=department_id,
        title=department.title,
        managers=_names(results, department.manager_ids),
        score=card.score if card else None,
        grade=card.grade if card else None,
        company_mean=parts.mean(parts.scores(results.people)),
        change=parts.last_change(trend),
        trend=trend,
        card=card,
        bounds=scheme_bounds(people, context),
        grades=parts.grade_counts(people, scheme_bounds(people, context)),
        spread=parts.spread(parts.scores(people)),
        people=tuple(row for row in rows if row.score is not None),
        unscored=tuple(row for row in rows if row.score is None),
        schemes=scheme_views(department, results, context),
        consequences=consequences_of(people),
        findings=_findings(results, department),
        changes=department_changes(results, department_id, context),
        carried=carried_sums(people),
        acknowledgements=ack_list(people, context.answers) if context.answers else None,
    )


def members(results: PeriodResults, department: DepartmentResult) -> tuple[PersonResult, ...]:
    """Its people, by rank; those without one last, by id."""
    ours = [p for p in results.people if p.department_id == department.department_id]
    return tuple(sorted(ours, key=lambda p: (p.rank is None, p.rank or 0, p.employee_id)))


def person_row(person: PersonResult, history: History, results: PeriodResults, context: ReportContext) -> PersonRow:
    """One line of the ranking."""
    now = ScorePoint(period=results.period, score=person.score)
    trend = parts.score_trend(history.get(person.employee_id, ()), now, context.trend_months)
    lines = [line for card in person.cards for line in card.indicators]
    best, worst = parts.strongest(lines), parts.costliest(lines)
    return PersonRow(
        employee_id=person.employee_id,
        name=person.name,
        post=person.cards[-1].post if person.cards else None,
        rank=person.rank,
        score=person.score,
        grade=person.grade_title,
        change=parts.last_change(trend),
        working_days=person.working_days,
        provisional=person.provisional,
        not_scored=person.not_scored,
        trend=trend,
        strongest=best[0].title if best else None,
        costliest=worst[0].title if worst else None,
    )


def mean_trend(people: Sequence[PersonResult], history: History, period: str, months: int) -> tuple[Point, ...]:
    """Mean score a month of those who are in the department now; a month nobody was scored in is left out."""
    earlier: dict[str, list[Decimal]] = {}
    for person in people:
        for point in history.get(person.employee_id, ()):
            if point.score is not None and point.period < period:
                earlier.setdefault(point.period, []).append(point.score)
    past = [ScorePoint(period=key, score=parts.mean(values)) for key, values in earlier.items()]
    return parts.score_trend(past, ScorePoint(period=period, score=parts.mean(parts.scores(people))), months)


def scheme_bounds(people: Sequence[PersonResult], context: ReportContext) -> tuple[GradeBound, ...]:
    """The grades of the scheme most of them are scored by; ties by its name."""
    used = [card.scheme for person in people for card in person.cards]
    return parts.bounds(max(sorted(set(used)), key=used.count), context) if used else ()


def find(results: PeriodResults, department_id: str) -> DepartmentResult:
    """The department, or an error that names those there are.

    Raises:
        NotFoundError: the results know no such department.
    """
    for department in results.departments:
        if department.department_id == department_id:
            return department
    known = ", ".join(d.department_id for d in results.departments)
    raise NotFoundError(f"no department {department_id} in {results.period}", todo=f"departments: {known}")


def _names(results: PeriodResults, employee_ids: Sequence[str]) -> tuple[str, ...]:
    names = {person.employee_id: person.name for person in results.people}
    return tuple(names.get(employee_id, employee_id) for employee_id in employee_ids)


def _findings(results: PeriodResults, department: DepartmentResult) -> tuple[FindingView, ...]:
    ours = set(department.employee_ids)
    return parts.shown(f for f in results.findings if not f.employee_ids or ours & set(f.employee_ids))
