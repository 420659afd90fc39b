"""The company: its departments side by side on one page, and its tables of pay, consequences and levels."""

from itertools import groupby

from transforms.findings import Finding, Severity
from transforms.metrics.model import MetricValue
from transforms.reports import parts
from transforms.reports.carried import carried_sums
from transforms.reports.changes import company_changes
from transforms.reports.company_tables import consequence_counts, levels, pay_costs
from transforms.reports.department import History, mean_trend, members, person_row, scheme_bounds
from transforms.reports.groups import CompanyReport, DepartmentRow, FindingCount, KeyFigure
from transforms.reports.model import ReportContext
from transforms.reports.schemes import consequences_of
from transforms.scoring.results import DepartmentResult, IndicatorResult, PeriodResults


def company_report(results: PeriodResults, history: History, context: ReportContext) -> CompanyReport:
    """What the management reads: departments side by side, the spread of scores, key figures, the state of the data."""
    people = results.people
    trend = mean_trend(people, history, results.period, context.trend_months)
    return CompanyReport(
        head=parts.head(results, context),
        people=len(people),
        scored=len(parts.scored(people)),
        mean=parts.mean(parts.scores(people)),
        change=parts.last_change(trend),
        trend=trend,
        spread=parts.spread(parts.scores(people)),
        grades=parts.grade_counts(people, scheme_bounds(people, context)),
        departments=tuple(_department(d, history, results, context) for d in results.departments),
        figures=_figures(results, context),
        unscored=tuple(person_row(p, history, results, context) for p in people if p.score is None),
        costs=pay_costs(results),
        consequences=consequence_counts(results),
        for_hr=consequences_of(people, hr_only=True),
        levels=levels(results),
        findings=finding_counts(results.findings),
        changes=company_changes(results, context),
        carried=carried_sums(people),
    )


def _department(
    department: DepartmentResult, history: History, results: PeriodResults, context: ReportContext
) -> DepartmentRow:
    people = members(results, department)
    trend = mean_trend(people, history, results.period, context.trend_months)
    return DepartmentRow(
        department_id=department.department_id,
        title=department.title,
        people=len(people),
        scored=len(parts.scored(people)),
        mean=parts.mean(parts.scores(people)),
        median=parts.spread(parts.scores(people)).median,
        change=parts.last_change(trend),
        card_score=department.card.score if department.card else None,
        provisional=department.provisional,
        grades=parts.grade_counts(people, scheme_bounds(people, context)),
        spread=parts.spread(parts.scores(people)),
        trend=trend,
    )


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


def finding_counts(findings: tuple[Finding, ...]) -> tuple[FindingCount, ...]:
    """Findings summed by check, worst first."""
    ordered = sorted(findings, key=_key)
    return tuple(_count(tuple(members)) for _, members in groupby(ordered, key=_key))


def _key(finding: Finding) -> tuple[int, str, bool]:
    return list(Severity).index(finding.severity), finding.check, finding.quarantined


def _count(findings: tuple[Finding, ...]) -> FindingCount:
    first = findings[0]
    return FindingCount(
        check=first.check,
        severity=first.severity,
        table=first.table,
        message=first.message,
        rows=sum(finding.rows for finding in findings),
        findings=len(findings),
        quarantined=first.quarantined,
    )
