"""Which days a line of points or a comparison looks at, and every window that has to be evaluated for a period."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from transforms.period import Period
from transforms.schemes.pay import Pay
from transforms.schemes.points import Every, PointLine
from transforms.schemes.references import Reference, When
from transforms.schemes.scheme import Scheme, Version

_WEEK = timedelta(7)
_YEAR, _QUARTER = 12, 3
Asked = tuple[Period, str]


def parts(every: Every, window: Period) -> tuple[Period, ...]:
    """The parts of a scheme's window that a line judges one by one."""
    return {"window": (window,), "week": window.weeks, "iso_week": window.iso_weeks}[every]


def looked_at(when: When, part: Period, window: Period, every: Every = "window") -> tuple[Period, ...]:
    """The windows whose values a reference takes, the last of several first.

    Months are those of the whole window, also for a week of it: the month before a natural month, the own period
    before an own period, the natural months before a quarter or a year. Of a quarter or a year, `same_month_last_year`
    is the same quarter or year. `last_week`: the week before of the same kind (before days 1–7 come the days from the
    22nd on; before an ISO week the whole one, uncut); of a whole window, the seven days before it.
    """
    if when == "now":
        return (part,)
    if when == "last_week":
        return (_week_before(part, window, every),)
    if when == "same_month_last_year":
        return (window.shifted(-_YEAR),)
    month = window if window.cycle == "month" else window.months[0]
    return tuple(month.shifted(-back) for back in range(1, 2 if when == "last_month" else _QUARTER + 1))


def _week_before(part: Period, window: Period, every: Every) -> Period:
    if every == "week":
        weeks = (*window.shifted(-1).weeks, *window.weeks)
        return weeks[weeks.index(part) - 1]
    first = part.start - timedelta(part.start.weekday()) if every == "iso_week" else part.start
    return Period(first - _WEEK, first - timedelta(1))


def needed(schemes: Iterable[Scheme], period: Period) -> dict[Period, frozenset[str]]:
    """Every window besides the period itself that its schemes look at, with the metrics they ask for there."""
    found: dict[Period, set[str]] = {}
    for scheme in schemes:
        for window, metric in _asked(scheme, period):
            if window != period:
                found.setdefault(window, set()).add(metric)
    return {window: frozenset(metrics) for window, metrics in sorted(found.items())}


def _asked(scheme: Scheme, period: Period) -> Iterator[Asked]:
    window = scheme.window(period)
    version = scheme.in_force(window.start) if window else None
    if window is None or version is None:
        return
    only = scheme.applies_to.ranked_only
    if only is not None and only.by is not None:
        yield window, only.by
    yield from _of_card(version, window)
    for sheet in version.points.values():
        for line in sheet.lines:
            yield from _of_line(line, window)
    if version.pay is not None:
        yield from _of_pay(version.pay, window)


def _of_card(version: Version, window: Period) -> Iterator[Asked]:
    for _, _, indicator in version.placed():
        if indicator.metric is not None:
            yield window, indicator.metric
            if indicator.score is not None and indicator.score.ratio is not None:
                yield from _of_reference(indicator.score.ratio.to, indicator.metric, (window,), window)
    for veto in version.vetoes:
        if veto.metric is not None:
            yield window, veto.metric


def _of_line(line: PointLine, window: Period) -> Iterator[Asked]:
    if line.metric is None:
        return
    judged = parts(line.every, window)
    yield from ((part, line.metric) for part in judged)
    for reference in references(line):
        yield from _of_reference(reference, line.metric, judged, window, line.every)


def references(line: PointLine) -> tuple[Reference, ...]:
    """What the values of a line are held against."""
    rank, compare = line.give.rank, line.give.compare
    told = (rank.none_below if rank else None, compare.to if compare else None)
    return tuple(each for each in told if each is not None)


def _of_reference(
    reference: Reference, metric: str, judged: Iterable[Period], window: Period, every: Every = "window"
) -> Iterator[Asked]:
    key = reference.metric or metric
    return ((each, key) for part in judged for each in looked_at(reference.when, part, window, every))


def _of_pay(pay: Pay, window: Period) -> Iterator[Asked]:
    for fact in pay.facts.values():
        for when in fact.when if fact.metric is not None else ():
            for each in looked_at(when, window, window):
                yield each, fact.metric or ""


def merged(*asked: Mapping[Period, frozenset[str]]) -> dict[Period, frozenset[str]]:
    """Several answers of `needed` as one."""
    windows = sorted({window for each in asked for window in each})
    return {window: frozenset().union(*(each.get(window, frozenset()) for each in asked)) for window in windows}
