"""Measures to metrics: summed over a window first, divided once, exactly."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Context, Decimal, localcontext

import pandas as pd

from transforms.measures.catalogue import measure_of
from transforms.metrics.model import Level, Metric, MetricValue
from transforms.metrics.sums import COMPANY, Index, Subject, Sums, index_measures, sums_of
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
        of which a subject has neither numerator nor denominator has no row: there is no data. Of a growth the
        numerator is the increase and the denominator what there was before; without one of them it has no row.

    Raises:
        KeyError: a metric names a measure that does not exist.
    """
    wanted = tuple(metrics)
    quotients, growths = [m for m in wanted if not m.growth_of], [m for m in wanted if m.growth_of]
    with localcontext(Context(prec=DIGITS)):
        found = [
            *_quotients(index_measures(measures, quotients), quotients, windows, levels),
            *_growths(index_measures(measures, growths), growths, windows, levels),
        ]
    place = {metric.key: number for number, metric in enumerate(wanted)}
    nth = {window.key: number for number, window in enumerate(windows)}

    def order(value: MetricValue) -> tuple[object, ...]:
        who = LEVELS.index(value.level), value.subject_id, value.department_id or ""
        return *who, nth[value.window], place[value.metric]

    return tuple(sorted(found, key=order))


def _quotients(
    index: Index, metrics: Sequence[Metric], windows: Sequence[Period], levels: Sequence[Level]
) -> Iterator[MetricValue]:
    for window in windows:
        sums, name = sums_of(index, window), window.key
        for subject, metric in _asked(sums, metrics, levels):
            denominator = _DENOMINATORS[metric.denominator_of](sums, subject, metric)
            numerator = _NUMERATORS[metric.numerator_of](sums, subject, metric, denominator)
            if numerator is not None or denominator is not None:
                yield _told(subject, name, metric, numerator, denominator)


def _growths(
    index: Index, metrics: Sequence[Metric], windows: Sequence[Period], levels: Sequence[Level]
) -> Iterator[MetricValue]:
    back = {metric.key: _MONTHS_BACK[metric.growth_of] for metric in metrics if metric.growth_of}
    ranges = {window.shifted(-months) for window in windows for months in {0, *back.values()}}
    sums = {each: sums_of(index, each) for each in ranges if back}
    for window in windows if back else ():
        name = window.key
        for subject, metric in _asked(sums[window], metrics, levels):
            earlier, total = sums[window.shifted(-back[metric.key])], _NUMERATORS[metric.numerator_of]
            now, before = (total(each, subject, metric, None) for each in (sums[window], earlier))
            if now is not None and before is not None:
                yield _told(subject, name, metric, now - before, before)


def _asked(sums: Sums, metrics: Sequence[Metric], levels: Sequence[Level]) -> Iterator[tuple[Subject, Metric]]:
    for subject in sums.measured:
        if subject.level in levels:
            yield from ((subject, metric) for metric in metrics if subject.level in metric.levels)


def _told(
    subject: Subject, window: str, metric: Metric, numerator: Decimal | None, denominator: Decimal | None
) -> MetricValue:
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
    if numerator is None or ((metric.denominator or metric.growth_of) and not denominator):
        return None
    return numerator * metric.scale / ((denominator if denominator is not None else Decimal(1)) * metric.per)


def _own_numerator(sums: Sums, subject: Subject, metric: Metric, denominator: Decimal | None) -> Decimal | None:
    """The numerator; zero where it has no rows but something shows that there was something to count."""
    known = sums.measured.get(subject, {})
    if metric.numerator in known:
        return in_units(metric.numerator, known[metric.numerator])
    own = denominator is not None and metric.denominator_of in ("own", "daily_mean")
    present = own or any(key in known for key in metric.zero_if)
    return Decimal(0) if present else None


def _shops_numerator(sums: Sums, subject: Subject, metric: Metric, denominator: Decimal | None) -> Decimal | None:
    """The sum over the shops; zero where only their denominator is there."""
    found = _sum_of_shops(sums, subject, metric.numerator)
    return Decimal(0) if found is None and denominator is not None and metric.denominator_of == "shops" else found


def _own(sums: Sums, subject: Subject, metric: Metric) -> Decimal | None:
    key = metric.denominator
    total = sums.measured.get(subject, {}).get(key) if key else None
    return None if key is None or total is None else in_units(key, total)


def _of_shops(sums: Sums, subject: Subject, metric: Metric) -> Decimal | None:
    return _sum_of_shops(sums, subject, metric.denominator) if metric.denominator else None


def _sum_of_shops(sums: Sums, subject: Subject, key: str) -> Decimal | None:
    """The sum over the shops the subject worked in: those with any measure of theirs in the window."""
    found = [sums.of_shop[shop, key] for shop in sums.shops.get(subject, ()) if (shop, key) in sums.of_shop]
    return in_units(key, sum(found)) if found else None


def _of_company(sums: Sums, _: Subject, metric: Metric) -> Decimal | None:
    return _own(sums, COMPANY, metric)


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
    "company": _of_company,
}  # fmt: skip
_NUMERATORS: dict[str, Callable[[Sums, Subject, Metric, Decimal | None], Decimal | None]] = {
    "own": _own_numerator, "shops": _shops_numerator,
}  # fmt: skip
_MONTHS_BACK = {"last_month": 1, "same_month_last_year": 12}
