"""Measures to metrics: summed over a window first, divided once, exactly."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Context, Decimal, localcontext

import pandas as pd

from transforms.measures.catalogue import measure_of
from transforms.metrics.model import Level, Metric, MetricValue
from transforms.metrics.sums import Subject, Sums, index_measures, sums_of
from transforms.period import Period

LEVELS: tuple[Level, ...] = ("employee", "department", "company")
DIGITS = 28


def evaluate(
    measures: pd.DataFrame, metrics: Iterable[Metric], windows: Sequence[Period], levels: Sequence[Level] = LEVELS
) -> tuple[MetricValue, ...]:
    """Every metric of every subject in every window, in the order level, subject, department, window, metric.

    Args:
        measures: the long table of `transforms.measures.runner.compute`, in any order of rows.
        metrics: what to evaluate.
        windows: periods of business days; they may overlap. Days a window has beyond the table are not known to it.
        levels: which levels; an employee has one value a department worked in.

    Returns:
        Values of 28 digits, not rounded otherwise. `value` is None where the denominator is absent or zero. A metric
        of which a subject has neither numerator nor denominator has no row: there is no data.

    Raises:
        KeyError: a metric names a measure that does not exist.
    """
    wanted = tuple(metrics)
    index = index_measures(measures, wanted)
    with localcontext(Context(prec=DIGITS)):
        found = [each for window in windows for each in _in_window(sums_of(index, window), wanted, window.key, levels)]
    place = {metric.key: number for number, metric in enumerate(wanted)}
    nth = {window.key: number for number, window in enumerate(windows)}

    def order(value: MetricValue) -> tuple[object, ...]:
        who = LEVELS.index(value.level), value.subject_id, value.department_id or ""
        return *who, nth[value.window], place[value.metric]

    return tuple(sorted(found, key=order))


def _in_window(sums: Sums, metrics: Sequence[Metric], window: str, levels: Sequence[Level]) -> Iterator[MetricValue]:
    for subject in sums.measured:
        if subject.level not in levels:
            continue
        for metric in metrics:
            value = _value(sums, subject, metric, window) if subject.level in metric.levels else None
            if value is not None:
                yield value


def _value(sums: Sums, subject: Subject, metric: Metric, window: str) -> MetricValue | None:
    denominator = _DENOMINATORS[metric.denominator_of](sums, subject, metric)
    numerator = _numerator(sums, subject, metric, denominator)
    if numerator is None and denominator is None:
        return None
    return MetricValue(
        level=subject.level,
        subject_id=subject.subject_id,
        department_id=subject.department_id,
        window=window,
        metric=metric.key,
        numerator=numerator,
        denominator=denominator,
        value=quotient(metric, numerator, denominator),
    )


def quotient(metric: Metric, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """A metric's value from its sums; None where there is nothing to divide, or nothing to divide by."""
    if numerator is None or (metric.denominator and not denominator):
        return None
    return numerator * metric.scale / ((denominator if denominator is not None else Decimal(1)) * metric.per)


def _numerator(sums: Sums, subject: Subject, metric: Metric, denominator: Decimal | None) -> Decimal | None:
    """The numerator; zero where it has no rows but something shows that there was something to count."""
    known = sums.measured[subject]
    if metric.numerator in known:
        return in_units(metric.numerator, known[metric.numerator])
    own = denominator is not None and metric.denominator_of in ("own", "daily_mean")
    present = own or any(key in known for key in metric.zero_if)
    return Decimal(0) if present else None


def _own(sums: Sums, subject: Subject, metric: Metric) -> Decimal | None:
    key = metric.denominator
    total = sums.measured[subject].get(key) if key else None
    return None if key is None or total is None else in_units(key, total)


def _of_shops(sums: Sums, subject: Subject, metric: Metric) -> Decimal | None:
    """The sum over the shops the subject worked in: those with any measure of theirs in the window."""
    key = metric.denominator
    found = [sums.of_shop[shop, key] for shop in sums.shops.get(subject, ()) if key and (shop, key) in sums.of_shop]
    return in_units(key, sum(found)) if key and found else None


def _department_mean(sums: Sums, subject: Subject, metric: Metric) -> Decimal | None:
    """The mean over the department's people who have the measure, or show that they could have had it."""
    key = metric.denominator
    shown = {*metric.zero_if, *([key] if key else [])}
    people = [known for known in sums.people.get(subject.department_id or "", ()) if shown & known.keys()]
    if not key or not people:
        return None
    return in_units(key, sum(known.get(key, 0) for known in people)) / len(people)


def _daily_mean(sums: Sums, subject: Subject, metric: Metric) -> Decimal | None:
    """The mean over the days on which it was measured: a stock is not added up over days."""
    total, days = _own(sums, subject, metric), sums.days.get((subject, metric.denominator or ""))
    return None if total is None or not days else total / days


def in_units(measure: str, value: int) -> Decimal:
    """The number in the measure's unit."""
    return Decimal(value).scaleb(-measure_of(measure).decimals)


_DENOMINATORS: dict[str, Callable[[Sums, Subject, Metric], Decimal | None]] = {
    "own": _own, "shops": _of_shops, "department_mean": _department_mean, "daily_mean": _daily_mean,
}  # fmt: skip
