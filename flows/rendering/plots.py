"""People plotted by two scores: output against quality. Told by position and words, so it prints in black and white."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from flows.rendering.svg import ACCENT, FULL, INK, RULE, SOFT, dot, line, number, svg, text
from transforms.reports.appraisal_model import PlotPoint

WIDTH, HEIGHT = 680, 300
SIZE, DOT = 9, 3.0
HIGHEST_FOOT, FEW = 80.0, 20  # an axis begins there at the latest; a short one has a tick every 5
_CJK = 0x2E80
_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Field:
    """Where scores lie on the drawing; the axes run from `low` to 100."""

    low_across: float
    low_up: float
    left: float = 34
    top: float = 18
    wide: float = WIDTH - 34 - 80
    high: float = HEIGHT - 18 - 34

    def at(self, across: float, up: float) -> tuple[float, float]:
        """The place of two scores."""
        right = (across - self.low_across) / (FULL - self.low_across)
        above = (up - self.low_up) / (FULL - self.low_up)
        return self.left + right * self.wide, self.top + (1 - above) * self.high


def plot(points: Sequence[PlotPoint], across: str, up: str, label: str) -> Markup:
    """Everybody as a dot with the name beside it; dashed lines are the means of both scores.

    The axes begin at a multiple of ten below the lowest score, so that people who lie close can be told apart.
    """
    field = _Field(_begin(p.output for p in points), _begin(p.quality for p in points))
    parts = [*_axes(field, across, up), *_means(field, points), *_people(field, points)]
    return svg(WIDTH, HEIGHT, label, parts, css="wide")


def _begin(scores: Iterable[Decimal]) -> float:
    return max(0.0, min([*(float(score // 10 * 10) for score in scores), HIGHEST_FOOT]))


def _ticks(low: float) -> list[float]:
    apart = 10 if FULL - low > FEW else 5
    return [low + n * apart for n in range(int((FULL - low) // apart) + 1)]


def _axes(field: _Field, across: str, up: str) -> Iterator[str]:
    foot, end = field.top + field.high, field.left + field.wide
    yield line(field.left, foot, end, foot, RULE, 0.8)
    yield line(field.left, field.top, field.left, foot, RULE, 0.8)
    for tick in _ticks(field.low_across):
        yield text(field.at(tick, 0)[0], foot + 12, number(tick), SIZE, SOFT)
    for tick in _ticks(field.low_up):
        yield text(field.left - 5, field.at(0, tick)[1] + 3, number(tick), SIZE, SOFT, anchor="end")
    yield text(field.left + field.wide / 2, HEIGHT - 4, f"{across} →", 9.5, INK, bold=True)
    yield text(2, 9, f"{up} ↑", 9.5, INK, bold=True, anchor="start")


def _means(field: _Field, points: Sequence[PlotPoint]) -> Iterator[str]:
    if points:
        across = sum(float(p.output) for p in points) / len(points)
        x, y = field.at(across, sum(float(p.quality) for p in points) / len(points))
        yield line(x, field.top, x, field.top + field.high, SOFT, 0.8, dashed=True)
        yield line(field.left, y, field.left + field.wide, y, SOFT, 0.8, dashed=True)


def _people(field: _Field, points: Sequence[PlotPoint]) -> Iterator[str]:
    placed = [(point.name, *field.at(float(point.output), float(point.quality))) for point in points]
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for _, x, y in placed]
    for name, x, y in sorted(placed, key=lambda each: (each[2], each[1], each[0])):
        left, foot = _beside(x, y, _width(name), taken)
        yield dot(x, y, DOT, ACCENT)
        yield text(left, foot, name, SIZE, INK, anchor="start")


def _width(name: str) -> float:
    """About how wide a name is drawn: full width for Chinese, half for Latin."""
    return sum(SIZE if ord(character) > _CJK else SIZE * 0.56 for character in name)


def _beside(x: float, y: float, width: float, taken: list[_Box]) -> tuple[float, float]:
    """Where a name begins: right of its dot, else left, above or below, where it covers least of what stands there.

    The place is taken from then on.
    """
    right, middle = x + DOT + 3, x - width / 2
    starts = [(right, y + 3.2), (x - DOT - 3 - width, y + 3.2), (middle, y - DOT - 3), (middle, y + DOT + SIZE),
              (right, y - DOT - 2), (right, y + DOT + SIZE - 1)]  # fmt: skip
    boxes = [(left, foot - SIZE + 1.5, left + width, foot + 1.5) for left, foot in starts]
    best = min(range(len(boxes)), key=lambda n: (sum(_shared(boxes[n], other) for other in taken), n))
    taken.append(boxes[best])
    return starts[best]


def _shared(one: _Box, other: _Box) -> float:
    """The area that two boxes (left, top, right, bottom) share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)
