"""What charts are drawn with: SVG elements as text. Strings are escaped, all else are numbers made by charts."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from flows.rendering.palette import LIGHT

INK, SOFT, FAINT, RULE = LIGHT["ink"], LIGHT["soft"], LIGHT["faint"], LIGHT["rule"]
ACCENT, ACCENT_2, PALE, PALER = LIGHT["accent"], LIGHT["accent-2"], LIGHT["pale"], LIGHT["paler"]
PAGE = LIGHT["page"]
FONTS = "Jixiao Sans, Noto Sans CJK SC, LXGW WenKai, BabelStone Han, PingFang SC, Microsoft YaHei, sans-serif"
FULL = 100.0
SVG = "http://www.w3.org/2000/svg"


def svg(width: int, height: int, label: str, body: Iterable[str], css: str = "") -> Markup:
    """A drawing of a size in CSS pixels, named for those who do not see it."""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" preserveAspectRatio="xMinYMid"'
    name = f'role="img" aria-label="{escape(label)}"'
    inside = "".join(body)
    return Markup(  # noqa: S704 - every string inside is escaped, the rest are numbers
        f'<svg xmlns="{SVG}" class="chart {css}" {size} {name} font-family="{FONTS}">{inside}</svg>'
    )


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A filled box."""
    size = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {size} fill="{fill}"/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float, *, dashed: bool = False) -> str:
    """A straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    dashes = ' stroke-dasharray="2.5 1.5"' if dashed else ""
    return f'<line {ends} stroke="{stroke}" stroke-width="{number(width)}"{dashes}/>'


def polyline(points: Iterable[tuple[float, float]], shift: float, stroke: str, width: float) -> str:
    """A line through points, moved by `shift` both ways."""
    path = " ".join(f"{number(x + shift)},{number(y + shift)}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{number(width)}"/>'


def dot(x: float, y: float, radius: float, fill: str, stroke: str = "none") -> str:
    """A filled circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}" stroke="{stroke}"/>'


def text(x: float, y: float, words: str, size: float, fill: str, *, bold: bool = False, anchor: str = "middle") -> str:
    """Words at a baseline; `anchor` is the SVG word for what of them stands at `x`."""
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{number(x)}" y="{number(y)}" font-size="{number(size)}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}"{weight}>{escape(words)}</text>'


def number(value: float) -> str:
    """A coordinate, at most two digits behind the point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
