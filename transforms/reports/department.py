"""The report of one department."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from transforms.errors import NotFoundError
from transforms.reports import parts
from transforms.reports.acknowledgements import ack_list
from transforms.reports.carried import carried_sums
from transforms.reports.changes import department_changes
from transforms.reports.contributions import mean_change
from transforms.reports.department_minute import fixed_bounds, minute, scores_before
from transforms.reports.department_model import MeanChange
from transforms.reports.department_trials import trial_tables
from transforms.reports.employee import next_grade
from transforms.reports.groups import DepartmentReport, PersonRow
from transforms.reports.model import CardView, FindingView, GradeBound, Point, ReportContext, ScorePoint
from transforms.reports.person_lines import person_lines
from transforms.reports.schemes import consequences_of, scheme_views
from transforms.reports.talk import talks
from transforms.reports.workload import workload
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult

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
    schemes = scheme_views(department, results, context)
    since = trend[-2].period if len(trend) > 1 else None
    before = scores_before(((p.employee_id, history.get(p.employee_id, ())) for p in people), since)
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
        minute=minute(card, people, before, context),
        card=card,
        company_values=_company_values(card, results),
        bounds=scheme_bounds(people, context),
        grades=parts.grade_counts(people, scheme_bounds(people, context)),
        spread=parts.spread(parts.scores(people)),
        people=tuple(row for row in rows if row.score is not None),
        lines=person_lines(people, {d.department_id: d.title for d in results.departments}),
        unscored=tuple(row for row in rows if row.score is None),
        mean_change=_mean_change(since, before, people),
        workload=workload(people, department_id, results),
        schemes=schemes,
        trials=trial_tables(schemes),
        consequences=consequences_of(people),
        talks=talks(people, rows, results, context),
        waiting=context.waiting.get(department_id, ()),
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
    above = next_grade(person.score, fixed_bounds(person, context))
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
        next_grade=above.title if above else None,
        to_next=above.at_least - person.score if above and person.score is not None else None,
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


def _mean_change(since: str | None, before: dict[str, Decimal], people: Sequence[PersonResult]) -> MeanChange | None:
    now = {person.employee_id: person.score for person in people if person.score is not None}
    return mean_change(since, before, now, {person.employee_id: person.name for person in people})


def _company_values(card: CardView | None, results: PeriodResults) -> dict[str, Decimal]:
    """Of quotients only: what departments add up to is no measure for one of them."""
    keys = {line.key for line in card.indicators if line.denominator is not None} if card else set()
    values = (v for v in parts.subject_values(results, "company") if v.metric in keys and v.window == results.period)
    return {value.metric: value.value for value in values if value.value is not None}


def _names(results: PeriodResults, employee_ids: Sequence[str]) -> tuple[str, ...]:
    names = {person.employee_id: person.name for person in results.people}
    return tuple(names.get(employee_id, employee_id) for employee_id in employee_ids)


def _findings(results: PeriodResults, department: DepartmentResult) -> tuple[FindingView, ...]:
    ours = set(department.employee_ids)
    return parts.shown(f for f in results.findings if not f.employee_ids or ours & set(f.employee_ids))
