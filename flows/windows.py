"""Which days a run measures and which windows it evaluates: the trend of reports, and what schemes look at besides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import pandas as pd

from flows.company import Company
from transforms.metrics.evaluate import evaluate
from transforms.metrics.model import Metric, MetricValue
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.windows import merged, needed

Asked = Mapping[Period, frozenset[str]]
_MONTHS_BACK = {"last_month": 1, "same_month_last_year": 12}


def trend(company: Company, period: Period) -> tuple[Period, ...]:
    """The months reports show a trend of, oldest first, the period itself last."""
    months = period.months_back(company.settings.documents.trend_months)
    earlier = tuple(month for month in months if month.end < period.start)
    return (*earlier, period)


def extra(schemes: Sequence[Scheme], period: Period, shown: Iterable[Period]) -> dict[Period, frozenset[str]]:
    """Windows that schemes look at beyond those shown, with the metrics they ask for there."""
    known = set(shown)
    return {window: metrics for window, metrics in needed(schemes, period).items() if window not in known}


def measured(
    schemes: Sequence[Scheme], period: Period, shown: Sequence[Period], catalogue: Mapping[str, Metric]
) -> tuple[Period, ...]:
    """The days to measure, as few ranges as they make; days that lie in no window are not measured."""
    asked = merged({period: _named(schemes, period)}, extra(schemes, period, shown))
    bases = {base for window, keys in asked.items() for key in keys for base in _base(catalogue[key], window)}
    return ranges((*shown, *asked, *bases))


def _named(schemes: Sequence[Scheme], period: Period) -> frozenset[str]:
    """Metrics that the schemes judge in the period's own window."""
    found: set[str] = set()
    for scheme in schemes:
        version = scheme.in_force(period.start) if scheme.window(period) == period else None
        if version is not None:
            found |= {each.metric for _, _, each in version.placed() if each.metric is not None}
            lines = (line for sheet in version.points.values() for line in sheet.lines)
            found |= {line.metric for line in lines if line.metric is not None}
    return frozenset(found)


def _base(metric: Metric, window: Period) -> Iterator[Period]:
    """The window a growth is held against."""
    if metric.growth_of is not None:
        yield window.shifted(-_MONTHS_BACK[metric.growth_of])


def ranges(windows: Iterable[Period]) -> tuple[Period, ...]:
    """The days of all windows together, as ranges with a gap between each two, oldest first."""
    found: list[Period] = []
    for each in sorted(set(windows)):
        if found and each.start <= found[-1].end + timedelta(1):
            found[-1] = Period(found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return tuple(found)


def evaluate_windows(
    measures: pd.DataFrame, asked: Asked, catalogue: Mapping[str, Metric], days: Sequence[Period]
) -> tuple[MetricValue, ...]:
    """The metrics wanted in each window; a growth only where the window it is held against was measured whole."""
    known = {window: frozenset(_told(window, keys, catalogue, days)) for window, keys in asked.items()}
    groups: dict[frozenset[str], list[Period]] = {}
    for window, keys in known.items():
        groups.setdefault(keys, []).append(window)
    return tuple(
        value
        for keys, windows in groups.items()
        for value in evaluate(measures, [each for key, each in catalogue.items() if key in keys], windows)
    )


def _told(
    window: Period, keys: Iterable[str], catalogue: Mapping[str, Metric], days: Sequence[Period]
) -> Iterator[str]:
    for key in keys:
        if all(any(base.start in each and base.end in each for each in days) for base in _base(catalogue[key], window)):
            yield key
