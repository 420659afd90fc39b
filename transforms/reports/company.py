"""The company: a page to read in a minute, and what stands behind it."""

from collections.abc import Sequence

from transforms.metrics.model import MetricValue
from transforms.reports import parts
from transforms.reports.carried import carried_sums
from transforms.reports.changes import company_changes
from transforms.reports.coherence import coherence
from transforms.reports.company_model import CompanyReport, DepartmentRow, KeyFigure, Movement
from transforms.reports.company_tables import consequence_counts, cost_view
from transforms.reports.data_quality import data_quality
from transforms.reports.department import History, mean_trend, members, person_row, scheme_bounds
from transforms.reports.fairness import fairness, large_enough
from transforms.reports.model import ReportContext
from transforms.reports.record_model import DesignChange
from transforms.reports.schemes import consequences_of
from transforms.scoring.results import DepartmentResult, IndicatorResult, PeriodResults


def company_report(results: PeriodResults, history: History, context: ReportContext) -> CompanyReport:
    """What the management reads: a page to read in a minute; coherence, cost, fairness and data quality behind it."""
    people, all_scores = results.people, parts.scores(results.people)
    trend = mean_trend(people, history, results.period, context.trend_months)
    rows = department_rows(results, history, context)
    return CompanyReport(
        head=parts.head(results, context),
        people=len(people),
        scored=len(all_scores),
        mean=parts.mean(all_scores),
        change=parts.last_change(trend),
        trend=trend,
        spread=parts.spread(all_scores),
        grades=parts.grade_counts(people, scheme_bounds(people, context)),
        departments=rows,
        movement=movement(rows),
        figures=_figures(results, context),
        unscored=tuple(person_row(p, history, results, context) for p in people if p.score is None),
        cost=cost_view(results, context.pay_plan_fen),
        consequences=consequence_counts(results),
        for_hr=consequences_of(people, hr_only=True),
        coherence=coherence(results, rows),
        fairness=fairness(results),
        quality=data_quality(results),
        waiting=tuple(item for items in context.waiting.values() for item in items),
        redesigned=_redesigned(results, context),
        changes=company_changes(results, context),
        carried=carried_sums(people),
    )


def department_rows(results: PeriodResults, history: History, context: ReportContext) -> tuple[DepartmentRow, ...]:
    """A row a department; how people scored stands only where the page on fairness may show it, too."""
    sizes = {each.department_id: len(parts.scored(members(results, each))) for each in results.departments}
    shown = large_enough({key: size for key, size in sizes.items() if size})
    return tuple(
        _department(
            each, history, results, context, hidden=sizes[each.department_id] > 0 and each.department_id not in shown
        )
        for each in results.departments
    )


def _department(
    department: DepartmentResult, history: History, results: PeriodResults, context: ReportContext, *, hidden: bool
) -> DepartmentRow:
    people = members(results, department)
    told = () if hidden else people
    trend = () if hidden else mean_trend(people, history, results.period, context.trend_months)
    spread = parts.spread(parts.scores(told))
    return DepartmentRow(
        department_id=department.department_id,
        title=department.title,
        people=len(people),
        scored=len(parts.scored(people)),
        hidden=hidden,
        mean=spread.mean,
        median=spread.median,
        change=parts.last_change(trend),
        card_score=department.card.score if department.card else None,
        provisional=department.provisional,
        grades=parts.grade_counts(told, scheme_bounds(told, context)),
        spread=spread,
        trend=trend,
    )


def movement(rows: Sequence[DepartmentRow]) -> Movement:
    """How the means moved since the period before."""
    moved = sorted((row for row in rows if row.change), key=lambda row: row.change or 0)
    rose, fell = [row for row in moved if (row.change or 0) > 0], [row for row in moved if (row.change or 0) < 0]
    return Movement(
        rose=len(rose), fell=len(fell), most_up=rose[-1] if rose else None, most_down=fell[0] if fell else None
    )


def _redesigned(results: PeriodResults, context: ReportContext) -> tuple[DesignChange, ...] | None:
    """What was redesigned, each with the department whose people the scheme judged, where it is one."""
    if context.redesigned is None:
        return None
    judged: dict[str, set[str]] = {}
    for person in results.people:
        for card in person.cards:
            judged.setdefault(card.scheme, set()).add(card.department_id)
        for one in person.appraisals:
            judged.setdefault(one.scheme, set()).add(one.department_id)
    only = {scheme: next(iter(where)) for scheme, where in judged.items() if len(where) == 1}
    return tuple(_placed(change, only, results) for change in context.redesigned)


def _placed(change: DesignChange, only: dict[str, str], results: PeriodResults) -> DesignChange:
    if change.department is not None or change.scheme not in only:
        return change
    return change.model_copy(update={"department": parts.department_title(results, only[change.scheme])})


def _figures(results: PeriodResults, context: ReportContext) -> tuple[KeyFigure, ...]:
    """Metrics with a value for the company as a whole, named as the cards name them, in the cards' order."""
    named: dict[str, IndicatorResult] = {}
    for card in (card for person in results.people for card in person.cards):
        for indicator in card.indicators:
            named.setdefault(indicator.key, indicator)
    values = parts.subject_values(results, "company")
    metrics = (indicator for indicator in named.values() if indicator.kind == "metric")
    figures = (_figure(indicator, values, results.period, context.trend_months) for indicator in metrics)
    return tuple(figure for figure in figures if figure.value is not None)


def _figure(indicator: IndicatorResult, values: tuple[MetricValue, ...], period: str, months: int) -> KeyFigure:
    trend = parts.metric_trend(values, indicator.key, period, months)
    now = next((point.value for point in trend if point.period == period), None)
    return KeyFigure(
        metric=indicator.key, title=indicator.title, unit=indicator.unit, better=indicator.better, value=now,
        change=parts.last_change(trend), trend=trend,
    )  # fmt: skip
