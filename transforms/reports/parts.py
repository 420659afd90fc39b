"""Parts that several reports share: head, cards, trends, findings, the spread of scores."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from statistics import median

from transforms.findings import Finding, Severity
from transforms.metrics.model import MetricValue
from transforms.period import parse
from transforms.reports.derivation import measure_units, steps
from transforms.reports.groups import GradeCount, Spread
from transforms.reports.model import (
    CardView,
    FindingView,
    Footer,
    GradeBound,
    GroupView,
    IndicatorView,
    Point,
    ReportContext,
    ReportHead,
    ScorePoint,
)
from transforms.scoring.results import Card, IndicatorResult, PeriodResults, PersonResult
from transforms.titles import Title

NOT_SHOWN = {"group", "group_title", "trace"}
STRONG = Decimal(95)  # a score from here on counts as a strength
BANDS = range(0, 100, 10)


def head(results: PeriodResults, context: ReportContext) -> ReportHead:
    """The head and foot of every report of a revision."""
    period = parse(results.period)
    foot = Footer(revision=context.revision, snapshot=context.snapshot_id[:12], dated=context.dated)
    return ReportHead(
        company=context.company,
        currency=context.currency,
        period=results.period,
        cycle=period.cycle,
        start=period.start,
        end=period.end,
        provisional=results.provisional,
        provisional_until=results.provisional_until,
        footer=foot,
    )


def card_view(card: Card, results: PeriodResults, context: ReportContext) -> CardView:
    """A card, its indicators grouped in the scheme's order."""
    values = subject_values(results, card.employee_id or card.department_id)
    grouped = groupby(card.indicators, key=lambda indicator: indicator.group)
    groups = tuple(_group(tuple(members), card, values, results.period, context) for _, members in grouped)
    return CardView(
        department=department_title(results, card.department_id), post=card.post, scheme=card.scheme_title,
        scheme_version=card.scheme_version, working_days=card.working_days, score=card.score, grade=card.grade_title,
        bounds=bounds(card.scheme, context), groups=groups, corrected=card.corrected,
    )  # fmt: skip


def _group(
    members: Sequence[IndicatorResult], card: Card, values: Sequence[MetricValue], period: str, context: ReportContext
) -> GroupView:
    ours = [value for value in values if value.department_id in {None, card.department_id}]
    trends = [metric_trend(ours, member.key, period, context.trend_months) for member in members]
    views = tuple(indicator_view(*each) for each in zip(members, trends, strict=True))
    weight = sum((member.weight for member in members), Decimal(0))
    used = sum((member.weight_used for member in members if member.points is not None), Decimal(0))
    points = total(view.points for view in views)
    return GroupView(
        title=members[0].group_title, weight=weight, weight_used=used, points=points, indicators=views
    )  # fmt: skip


def indicator_view(indicator: IndicatorResult, trend: tuple[Point, ...]) -> IndicatorView:
    """One indicator with its trend and derivation."""
    numerator_unit, denominator_unit = measure_units(indicator.trace)
    same = {name: getattr(indicator, name) for name in IndicatorResult.model_fields.keys() - NOT_SHOWN}
    return IndicatorView(
        **same, numerator_unit=numerator_unit, denominator_unit=denominator_unit, lost=lost(indicator), trend=trend,
        change=last_change(trend), steps=steps(indicator.trace),
    )  # fmt: skip


def lost(indicator: IndicatorResult) -> Decimal | None:
    """Points the indicator could have brought and did not."""
    return None if indicator.points is None else indicator.weight_used - indicator.points


def strongest(indicators: Iterable[IndicatorResult]) -> list[IndicatorResult]:
    """Those scored high, first the one that brought most points."""
    high = [i for i in indicators if i.score is not None and i.score >= STRONG and i.points]
    return sorted(high, key=lambda i: (-(i.points or Decimal(0)), i.key))


def costliest(indicators: Iterable[IndicatorResult]) -> list[IndicatorResult]:
    """Those that cost points, first the one that cost most; a strength is not among them."""
    lossy = [i for i in indicators if (lost(i) or 0) > 0 and (i.score or Decimal(0)) < STRONG]
    return sorted(lossy, key=lambda i: (-(lost(i) or Decimal(0)), i.key))


def subject_values(results: PeriodResults, subject_id: str) -> tuple[MetricValue, ...]:
    """All values of a subject, of every window and department."""
    return tuple(value for value in results.values if value.subject_id == subject_id)


def metric_trend(values: Iterable[MetricValue], metric: str, period: str, months: int) -> tuple[Point, ...]:
    """A metric's last months among a subject's values, oldest first, the period itself last.

    Windows of another kind (a week, a quarter) are another series; a manual indicator has no values, so no trend.
    """
    windows = {v.window: v.value for v in values if v.metric == metric and _kind(v.window) == _kind(period)}
    points = tuple(Point(period=key, value=windows[key]) for key in sorted(windows) if key <= period)
    return points[-months:]


def _kind(window: str) -> str:
    """What a key looks like: `0000-00` a month, `0000-Q0` a quarter, `0000` a year, anything longer a range of days."""
    return re.sub(r"\d", "0", window)


def score_trend(history: Iterable[ScorePoint], now: ScorePoint, months: int) -> tuple[Point, ...]:
    """Scores of earlier periods and of this one, oldest first; a period given twice counts once, the last wins.

    Periods of another kind (a quarter among months) are another series.
    """
    told = [point for point in (*history, now) if _kind(point.period) == _kind(now.period)]
    by_period = {point.period: point.score for point in told if point.period <= now.period}
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
    """Quartiles (medians of the halves, without the middle one) and counts in bands of ten; the last holds 100."""
    ordered = sorted(scores)
    if not ordered:
        return Spread(count=0, bands=_bands(()), **dict.fromkeys(_FIGURES))
    half = len(ordered) // 2
    lower, upper = (ordered[:half], ordered[-half:]) if half else (ordered, ordered)
    return Spread(
        count=len(ordered),
        lowest=ordered[0],
        lower_quartile=_middle(lower),
        median=_middle(ordered),
        upper_quartile=_middle(upper),
        highest=ordered[-1],
        mean=mean(ordered),
        bands=_bands(ordered),
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
