"""Parts that several reports share: head, cards, trends, findings, the spread of scores."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from statistics import median

from transforms.findings import Finding, Severity
from transforms.metrics.model import MetricValue
from transforms.period import parse
from transforms.reports.derivation import measure_units, steps
from transforms.reports.model import (
    CardView,
    FindingView,
    Footer,
    GradeBound,
    GradeCount,
    GroupView,
    IndicatorView,
    Point,
    ReportContext,
    ReportHead,
    ScorePoint,
    Spread,
)
from transforms.scoring.results import Card, IndicatorResult, PeriodResults, PersonResult
from transforms.titles import Title

HUNDREDTH = Decimal("0.01")
BANDS = range(0, 100, 10)


def head(results: PeriodResults, context: ReportContext) -> ReportHead:
    """The head and foot of every report of a revision."""
    period = parse(results.period)
    foot = Footer(revision=context.revision, snapshot=context.snapshot_id[:12], dated=context.dated)
    return ReportHead(
        company=context.company, currency=context.currency, period=results.period, start=period.start, end=period.end,
        provisional=results.provisional, provisional_until=results.provisional_until, footer=foot,
    )


def card_view(card: Card, results: PeriodResults, context: ReportContext) -> CardView:
    """A card, its indicators grouped in the scheme's order."""
    grouped = groupby(card.indicators, key=lambda indicator: indicator.group)
    groups = tuple(_group(tuple(members), card, results, context) for _, members in grouped)
    return CardView(
        department=department_title(results, card.department_id), post=card.post, scheme=card.scheme_title,
        scheme_version=card.scheme_version, working_days=card.working_days, score=card.score, grade=card.grade_title,
        bounds=bounds(card.scheme, context), groups=groups,
    )


def _group(members: Sequence[IndicatorResult], card: Card, results: PeriodResults, context: ReportContext) -> GroupView:
    views = tuple(indicator_view(member, card, results, context) for member in members)
    weight = sum((member.weight for member in members), Decimal(0))
    return GroupView(title=members[0].group_title, weight=weight, points=total(v.points for v in views), indicators=views)


def indicator_view(
    indicator: IndicatorResult, card: Card, results: PeriodResults, context: ReportContext
) -> IndicatorView:
    """One indicator with its trend and derivation."""
    subject = (card.employee_id or card.department_id, None if card.employee_id is None else card.department_id)
    trend = metric_trend(results, indicator.key, subject, context.trend_months) if indicator.kind == "metric" else ()
    lost = None if indicator.points is None else indicator.weight_used - indicator.points
    shared = indicator.model_dump(
        exclude={"group", "group_title", "trace", "title", "says", "rule"}, round_trip=True
    )
    numerator_unit, denominator_unit = measure_units(indicator.trace)
    return IndicatorView(
        **shared, numerator_unit=numerator_unit, denominator_unit=denominator_unit, title=indicator.title, says=indicator.says, rule=indicator.rule, lost=lost, trend=trend,
        change=last_change(trend), steps=steps(indicator.trace),
    )


def metric_trend(
    results: PeriodResults, metric: str, subject: tuple[str, str | None], months: int
) -> tuple[Point, ...]:
    """The last months' values of a subject (id, department or None), oldest first, the period itself last."""
    ours = [value for value in results.values if value.metric == metric and _is_of(value, subject, results.period)]
    points = sorted((Point(period=value.window, value=value.value) for value in ours), key=lambda point: point.period)
    return tuple(points[-months:])


def _is_of(value: MetricValue, subject: tuple[str, str | None], period: str) -> bool:
    subject_id, department_id = subject
    same_length = len(value.window) == len(period)  # other windows (a week, a quarter) are another series
    in_department = department_id is None or value.department_id in {None, department_id}
    return value.subject_id == subject_id and in_department and same_length and value.window <= period


def score_trend(history: Iterable[ScorePoint], now: ScorePoint, months: int) -> tuple[Point, ...]:
    """Scores of earlier periods and of this one, oldest first; a period given twice counts once, the last wins."""
    by_period = {point.period: point.score for point in (*history, now) if point.period <= now.period}
    ordered = sorted(by_period.items())[-months:]
    return tuple(Point(period=period, value=score) for period, score in ordered)


def last_change(trend: Sequence[Point]) -> Decimal | None:
    """The last value less the one before; None when either is missing."""
    if len(trend) < 2 or trend[-1].value is None or trend[-2].value is None:  # noqa: PLR2004 - a change needs two
        return None
    return trend[-1].value - trend[-2].value


def bounds(scheme: str, context: ReportContext) -> tuple[GradeBound, ...]:
    """The grades of a scheme, highest first."""
    return tuple(sorted(context.grade_bounds.get(scheme, ()), key=lambda bound: -bound.at_least))


def department_title(results: PeriodResults, department_id: str) -> Title:
    """A department's title, or its id where the results do not hold it."""
    titles = {department.department_id: department.title for department in results.departments}
    return titles.get(department_id) or Title(zh_hans=department_id)


def finding_view(finding: Finding) -> FindingView:
    """A finding without its keys: a report shows how many rows, never whose."""
    return FindingView(**finding.model_dump(exclude={"todo", "sample_keys", "employee_ids"}))


def shown(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    """Findings a reader should know of, worst first."""
    worst_first = sorted((f for f in findings if f.severity is not Severity.INFO), key=_order)
    return tuple(finding_view(finding) for finding in worst_first)


def _order(finding: Finding) -> tuple[bool, str, str, str]:
    return finding.severity is not Severity.CRITICAL, finding.check, finding.day or "", finding.shop_id or ""


def spread(scores: Iterable[Decimal]) -> Spread:
    """Quartiles (medians of the halves, the middle one left out) and counts in bands of ten; 100 is in the last band."""
    ordered = sorted(scores)
    if not ordered:
        return Spread(count=0, bands=_bands(()), **dict.fromkeys(_FIGURES))
    half = len(ordered) // 2
    lower, upper = (ordered[:half], ordered[-half:]) if half else (ordered, ordered)
    return Spread(
        count=len(ordered), lowest=ordered[0], lower_quartile=_middle(lower), median=_middle(ordered),
        upper_quartile=_middle(upper), highest=ordered[-1], mean=mean(ordered), bands=_bands(ordered),
    )


_FIGURES = ("lowest", "lower_quartile", "median", "upper_quartile", "highest", "mean")


def _middle(ordered: Sequence[Decimal]) -> Decimal:
    return Decimal(median(ordered))


def _bands(scores: Sequence[Decimal]) -> tuple[tuple[int, int], ...]:
    last = BANDS[-1]
    return tuple((low, sum(low <= score and (score < low + 10 or low == last) for score in scores)) for low in BANDS)


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """Arithmetic mean; None of nothing."""
    return sum(values, Decimal(0)) / len(values) if values else None


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Sum of those that exist; None when none does."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def grade_counts(people: Iterable[PersonResult], order: Sequence[GradeBound]) -> tuple[GradeCount, ...]:
    """People a grade: the scheme's grades highest first (with zero counts), then any other."""
    counted: dict[Title, int] = {bound.title: 0 for bound in order}
    for person in sorted(people, key=lambda p: -(p.score or Decimal(0))):
        if person.grade_title is not None:
            counted[person.grade_title] = counted.get(person.grade_title, 0) + 1
    return tuple(GradeCount(title=title, people=count) for title, count in counted.items())


def scored(people: Iterable[PersonResult]) -> tuple[PersonResult, ...]:
    """Those with a score."""
    return tuple(person for person in people if person.score is not None)


def scores(people: Iterable[PersonResult]) -> list[Decimal]:
    """Their scores."""
    return [person.score for person in people if person.score is not None]
