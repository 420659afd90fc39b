"""Drawings of a department's page: an indicator's panel, the box under a histogram, a bar that goes both ways.

A panel has one form for all units: the months as a line, the target as a full line, the company as a dashed one. Its
scale holds all three and nothing else; the numbers stand beside it, and in its name.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from flows.rendering.svg import (
    ACCENT,
    FAINT,
    FULL,
    INK,
    PAGE,
    PALE,
    RULE,
    SOFT,
    dot,
    line,
    number,
    polyline,
    rect,
    svg,
    text,
)
from transforms.metrics.model import Unit
from transforms.reports.groups import Spread
from transforms.reports.model import IndicatorView, Point

WIDTH, HEIGHT, BAR_HEIGHT = 212, 66, 36
LEFT, RIGHT, TOP, FOOT = 5.0, 207.0, 5.0, 51.0
_Place = tuple[float, float]


def panel(shown: IndicatorView, company: Decimal | None, ends: Sequence[str], label: str) -> Markup:
    """One indicator's last months against its target. `ends`: the words under the first and the last month.

    Points without months (ratings by people) are a bar from 0 to 100; another value without months is a single dot.
    """
    known = any(point.value is not None for point in shown.trend)
    if not known and (shown.unit == Unit.POINTS or shown.actual is None):
        return svg(WIDTH, BAR_HEIGHT, label, _bar(shown.actual, shown.target), css="panel")
    trend = shown.trend if known else (Point(period="", value=shown.actual),)
    parts = [*_months(trend, shown.target, company), *_ends(ends, len(trend))]
    return svg(WIDTH, HEIGHT, label, parts, css="panel")


def _months(trend: Sequence[Point], target: Decimal | None, company: Decimal | None) -> Iterator[str]:
    values = [None if point.value is None else float(point.value) for point in trend]
    beside = [float(value) for value in (target, company) if value is not None]
    low, high = _bounds([value for value in (*values, *beside) if value is not None])

    def up(value: float) -> float:
        return FOOT - (value - low) / (high - low) * (FOOT - TOP)

    if company is not None:
        yield line(LEFT, up(float(company)), RIGHT, up(float(company)), SOFT, 0.9, dashed=True)
    if target is not None:
        yield line(LEFT, up(float(target)), RIGHT, up(float(target)), INK, 1.3)
    place = [None if v is None else (_across(n, len(values)), up(v)) for n, v in enumerate(values)]
    yield from (polyline(run, 0, ACCENT, 1.4) for run in _runs(place))
    for index, at in enumerate(place):
        if at:
            last = index == len(place) - 1
            yield dot(*at, 3 if last else 1.8, ACCENT if last else PAGE, ACCENT)


def _bounds(values: Sequence[float]) -> _Place:
    """What the scale runs between; a flat series lies in the middle."""
    low, high = min(values), max(values)
    pad = (high - low) * 0.08 or abs(high) * 0.5 or 1.0
    return low - pad, high + pad


def _across(index: int, count: int) -> float:
    """Months stand evenly; a single one stands at the right, where the last month always is."""
    inner = 4.0
    return RIGHT - inner if count == 1 else LEFT + inner + index * (RIGHT - LEFT - 2 * inner) / (count - 1)


def _runs(place: Sequence[_Place | None]) -> list[list[_Place]]:
    runs: list[list[_Place]] = [[]]
    for at in place:
        if at is None:
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if len(run) > 1]


def _bar(actual: Decimal | None, target: Decimal | None) -> Iterator[str]:
    middle, wide = 12.0, RIGHT - LEFT
    yield rect(LEFT, middle - 7, wide, 14, FAINT)
    if actual is not None:
        yield rect(LEFT, middle - 3.5, min(max(float(actual), 0.0), FULL) / FULL * wide, 7, ACCENT)
    if target is not None and 0 <= float(target) <= FULL:
        yield rect(LEFT + float(target) / FULL * wide - 0.9, middle - 10, 1.8, 20, INK)
    yield text(LEFT, BAR_HEIGHT - 3, "0", 8.5, SOFT, anchor="start")
    yield text(RIGHT, BAR_HEIGHT - 3, "100", 8.5, SOFT, anchor="end")


def _ends(words: Sequence[str], months: int) -> Iterator[str]:
    first, last = words
    yield line(LEFT, FOOT + 2.5, RIGHT, FOOT + 2.5, RULE, 0.6)
    if months != 1:
        yield text(LEFT, HEIGHT - 2, first, 8.5, SOFT, anchor="start")
    yield text(RIGHT, HEIGHT - 2, last, 8.5, SOFT, anchor="end")


def box_below(spread: Spread, label: str) -> Markup:
    """Range, middle half, median (a bar) and mean (a ring) on the scale of the histogram above it."""
    width, height, low = 330, 24, float(spread.floor)

    def at(value: Decimal | None) -> float:
        return (float(value or 0) - low) / (FULL - low) * width

    if spread.count == 0:
        return svg(width, height, label, [line(0, 12, width, 12, FAINT, 1)])
    left, right = at(spread.lower_quartile), at(spread.upper_quartile)
    return svg(width, height, label, [
        line(at(spread.lowest), 12, at(spread.highest), 12, SOFT, 1.2),
        *(line(at(end), 8, at(end), 16, SOFT, 1.2) for end in (spread.lowest, spread.highest)),
        rect(left, 6, max(right - left, 1.5), 12, PALE),
        rect(at(spread.median) - 1, 3, 2, 18, INK),
        dot(at(spread.mean), 12, 3, PAGE, ACCENT),
    ])  # fmt: skip


def both_ways(value: Decimal, most: Decimal, label: str) -> Markup:
    """A bar from the middle to the right of what adds, to the left (and paler) of what takes away."""
    width, height = 150, 12
    middle = width / 2
    length = float(abs(value) / most) * (middle - 2) if most else 0.0
    bar = rect(middle, 2, length, 8, ACCENT) if value >= 0 else rect(middle - length, 2, length, 8, PALE)
    edge = "" if value >= 0 else _outline(middle - length, 2, length, 8)
    return svg(width, height, label, [bar, edge, line(middle, 0, middle, height, INK, 0.9)])


def _outline(x: float, y: float, width: float, height: float) -> str:
    size = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {size} fill="none" stroke="{ACCENT}" stroke-width="0.7"/>'
