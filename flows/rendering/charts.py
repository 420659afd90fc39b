"""Charts as inline SVG: small pure functions from numbers to markup.

Everything is told by position, length and shape, and said again in words beside the chart, so that a black and white
print loses nothing. WeasyPrint does not apply a page's CSS inside SVG, hence presentation attributes. Coordinates
are CSS pixels; strings are escaped, all else are numbers made here.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from markupsafe import Markup

from flows.rendering.svg import (
    ACCENT,
    ACCENT_2,
    FAINT,
    FULL,
    INK,
    PAGE,
    PALE,
    PALER,
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
from transforms.reports.groups import Spread
from transforms.reports.model import GradeBound, Point
from transforms.titles import Locale


def bullet(actual: Decimal | None, target: Decimal | None, label: str) -> Markup:
    """A bar for what was reached, a tick for the target. Without a target the scale is 0–100 (ratings)."""
    width, height = 96, 14
    if actual is None:
        return svg(width, height, label, [rect(0, 5, width, 4, FAINT)])
    value, goal = max(0.0, float(actual)), None if target is None else max(0.0, float(target))
    most = FULL if goal is None else max(1.25 * goal, min(1.05 * value, 2 * goal)) or 1.25 * value or 1.0
    length = min(width, value / most * width)
    parts = [rect(0, 2, width, 10, FAINT), rect(0, 4.5, length, 5, ACCENT)]
    if goal is not None:
        parts.append(rect(max(0.0, goal / most * width - 0.9), 0, 1.8, 14, INK))
    return svg(width, height, label, parts)


def spark(points: Sequence[Point], label: str) -> Markup:
    """A word-sized line of the last months; the last value is a dot. A month without data leaves a gap."""
    width, height, pad = 72, 16, 2.5
    place = _placed([_float(point.value) for point in points], width - 2 * pad, height - 2 * pad)
    parts = [polyline(run, pad, SOFT, 1.1) for run in _runs(place)]
    if place and (last := place[-1]):
        parts.append(dot(last[0] + pad, last[1] + pad, 2.1, ACCENT))
    return svg(width, height, label, parts)


def trend(points: Sequence[tuple[str, Point, str]], label: str) -> Markup:
    """Scores of the last months: (label below, point, label above). The last one is filled, the others are rings.

    A value stands above its ring, or below it where the line comes down to it, so that the two never cross.
    """
    width, height, top, foot, side = 330, 100, 18, 32, 22
    place = _placed([_float(p.value) for _, p, _ in points], width - 2 * side, height - top - foot)
    ground = height - 15
    parts = [line(side - 12, ground, width - side + 12, ground, RULE, 0.8)]
    parts += [polyline([(x + side, y + top) for x, y in run], 0, SOFT, 1.3) for run in _runs(place)]
    for index, ((below, _, above), at) in enumerate(zip(points, place, strict=True)):
        x = side + (index * (width - 2 * side) / (len(points) - 1) if len(points) > 1 else (width - 2 * side) / 2)
        is_last = index == len(points) - 1
        parts.append(text(x, height - 3, below, 9, INK if is_last else SOFT, bold=is_last))
        if at:
            y = at[1] + top
            parts.append(dot(x, y, 3, ACCENT if is_last else PAGE, ACCENT))
            parts.append(text(x, y + (13 if _is_dip(place, index) else -7), above, 9.5, INK, bold=is_last))
    return svg(width, height, label, parts)


def recent(points: Sequence[tuple[str, Point, str]], label: str) -> Markup:
    """The last scores beside a headline: the line, and in words only where it begins and ends."""
    width, height, top, side = 190, 62, 16, 16
    place = _placed([_float(p.value) for _, p, _ in points], width - 2 * side, height - top - 28)
    parts = [polyline([(x + side, y + top) for x, y in run], 0, SOFT, 1.3) for run in _runs(place)]
    for index in (0, len(points) - 1):
        (below, _, above), at, is_last = points[index], place[index], index > 0
        x = side + (width - 2 * side if is_last else 0)
        parts.append(text(x, height - 2, below, 9, INK if is_last else SOFT, bold=is_last))
        if at:
            parts.append(dot(x, at[1] + top, 2.6, ACCENT if is_last else PAGE, ACCENT))
            parts.append(text(x, at[1] + top + (13 if _is_dip(place, index) else -6), above, 9.5, INK, bold=is_last))
    return svg(width, height, label, parts)


def _is_dip(place: Sequence[tuple[float, float] | None], index: int) -> bool:
    """Whether the line arrives from above or leaves upward, and on neither side goes down."""
    here = place[index]
    beside = [place[n] for n in (index - 1, index + 1) if 0 <= n < len(place)]
    heights = [at[1] - here[1] for at in beside if at and here]
    return bool(heights) and max(heights) <= 0 and min(heights) < 0


def scale(score: Decimal, median: Decimal | None, bounds: Sequence[GradeBound], locale: Locale, label: str) -> Markup:
    """The score on 0–100: grades as regions, the team's median as a tick, the score as a marker."""
    width, height, bar = 680, 44, 16
    starts = sorted((float(b.at_least), b.title.in_locale(locale)) for b in bounds) or [(0.0, "")]
    ends = [start for start, _ in starts[1:]] + [FULL]
    parts = [rect(0, bar, width, 9, FAINT)]
    for index, ((start, title), end) in enumerate(zip(starts, ends, strict=True)):
        left, right = start / FULL * width, end / FULL * width
        if index % 2:
            parts.append(rect(left, bar, right - left, 9, RULE))
        parts.append(text((left + right) / 2, height - 4, title, 9.5, SOFT))
        if start:
            parts += [line(left, bar, left, bar + 13, RULE, 0.8), text(left, height - 4, number(start), 9, SOFT)]
    if median is not None:
        x = float(median) / FULL * width
        parts.append(line(x, bar - 3, x, bar + 12, INK, 1.6, dashed=True))
    x = float(score) / FULL * width
    parts.append(f'<path d="M{number(x)} {bar + 9}l-6 -13h12z" fill="{ACCENT}"/>')
    return svg(width, height, label, parts, css="wide")


def histogram(spread: Spread, label: str) -> Markup:
    """People in bands of ten points, from the first band that has anybody (at least five bands are drawn)."""
    filled = [low for low, people in spread.bands if people]
    first = min(filled[0] if filled else 50, 50)
    bands = [(low, people) for low, people in spread.bands if low >= first]
    width, height, foot, top = 330, 108, 18, 14
    step = width / len(bands)
    most = max((people for _, people in bands), default=0) or 1
    parts = [line(0, height - foot, width, height - foot, RULE, 0.8)]
    for index, (low, people) in enumerate(bands):
        tall = people / most * (height - foot - top)
        middle = (index + 0.5) * step
        parts.append(rect(middle - step * 0.36, height - foot - tall, step * 0.72, tall, ACCENT))
        parts.append(text(middle, height - 4, f"{low}–{low + 10}", 9, SOFT))
        if people:
            parts.append(text(middle, height - foot - tall - 4, str(people), 9.5, INK, bold=True))
    return svg(width, height, label, parts)


def box(spread: Spread, lowest: int, label: str) -> Markup:
    """Range, middle half and median of scores on a common scale from `lowest` to 100."""
    width, height = 150, 16
    if spread.count == 0:
        return svg(width, height, label, [line(0, 8, width, 8, FAINT, 1)])

    def at(value: Decimal | None) -> float:
        return 2 + (float(value or 0) - lowest) / (FULL - lowest) * (width - 4)

    left, right = at(spread.lower_quartile), at(spread.upper_quartile)
    return svg(
        width,
        height,
        label,
        [
            line(2, 8, width - 2, 8, FAINT, 1),
            line(at(spread.lowest), 8, at(spread.highest), 8, SOFT, 1.2),
            rect(left, 3, max(right - left, 1), 10, PALE),
            rect(at(spread.median) - 1, 1, 2, 14, INK),
        ],
    )


def share(parts_of: Sequence[int], label: str) -> Markup:
    """Counts of grades as one bar, best first and darkest; the numbers stand beside it in words."""
    width, height, total = 150, 12, sum(parts_of)
    shades = (ACCENT, ACCENT_2, PALE, PALER)
    parts, x = [rect(0, 1, width, 10, FAINT)], 0.0
    for index, people in enumerate(parts_of):
        length = people / total * width if total else 0
        parts.append(rect(x, 1, max(length - 0.8, 0), 10, shades[min(index, len(shades) - 1)]))
        x += length
    return svg(width, height, label, parts)


def _placed(values: Sequence[float | None], width: float, height: float) -> list[tuple[float, float] | None]:
    """Points in a box: evenly spaced, the smallest at its foot, the largest at its top, a flat series in the middle."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    step = width / (len(values) - 1) if len(values) > 1 else 0
    start = 0 if step else width / 2

    def y(value: float) -> float:
        return height / 2 if high == low else (1 - (value - low) / (high - low)) * height

    return [None if value is None else (start + index * step, y(value)) for index, value in enumerate(values)]


def _runs(place: Iterable[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Stretches without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for at in place:
        if at is None:
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if len(run) > 1]


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
