"""Drawings that compare groups on one scale: how scores lie beside a common mean, and two marks with what lies between.

Told by position and shape; the numbers stand beside each drawing in words.
"""

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup

from flows.rendering.svg import ACCENT, FAINT, FULL, INK, PAGE, PALE, SOFT, dot, line, rect, svg
from transforms.reports.groups import Spread

WIDTH, HEIGHT, SIDE = 190, 18, 3


def strip(spread: Spread, lowest: int, common: Decimal | None, label: str) -> Markup:
    """Range, middle half, median and mean (a dot) of scores from `lowest` to 100; dashed: the mean of all groups."""
    parts = [line(SIDE, HEIGHT / 2, WIDTH - SIDE, HEIGHT / 2, FAINT, 1), *_common(common, lowest)]
    return svg(WIDTH, HEIGHT, label, [*parts, *_box(spread, lowest)])


def dumbbell(ring: Decimal | None, filled: Decimal | None, lowest: int, label: str) -> Markup:
    """Two scores on one scale, a ring and a filled dot, joined by a line."""
    places = [_at(value, lowest) for value in (ring, filled) if value is not None]
    parts = [line(SIDE, HEIGHT / 2, WIDTH - SIDE, HEIGHT / 2, FAINT, 1)]
    if len(places) > 1:
        parts.append(line(min(places), HEIGHT / 2, max(places), HEIGHT / 2, SOFT, 1.6))
    if filled is not None:
        parts.append(dot(_at(filled, lowest), HEIGHT / 2, 4, ACCENT))
    if ring is not None:
        parts.append(dot(_at(ring, lowest), HEIGHT / 2, 3, PAGE, INK))
    return svg(WIDTH, HEIGHT, label, parts)


def _common(common: Decimal | None, lowest: int) -> Iterable[str]:
    if common is not None:
        yield line(_at(common, lowest), 0, _at(common, lowest), HEIGHT, SOFT, 0.8, dashed=True)


def _box(spread: Spread, lowest: int) -> Iterable[str]:
    if not spread.count:
        return
    left, right = _at(spread.lower_quartile, lowest), _at(spread.upper_quartile, lowest)
    yield line(_at(spread.lowest, lowest), HEIGHT / 2, _at(spread.highest, lowest), HEIGHT / 2, SOFT, 1.2)
    yield rect(left, HEIGHT / 2 - 5, max(right - left, 1), 10, PALE)
    yield rect(_at(spread.median, lowest) - 1, HEIGHT / 2 - 7, 2, 14, INK)
    yield dot(_at(spread.mean, lowest), HEIGHT / 2, 2.4, ACCENT, PAGE)


def _at(value: Decimal | None, lowest: int) -> float:
    return SIDE + (float(value or 0) - lowest) / (FULL - lowest) * (WIDTH - 2 * SIDE)
