"""A word across every page, behind the text: outlines of the house font, drawn once a document.

It is an artifact without a font: neither read aloud nor found in the text that is copied out.
"""

from functools import cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

from flows.rendering.fonts import HOUSE
from flows.rendering.palette import LIGHT
from flows.rendering.tagging import PAPER_HEIGHT

if TYPE_CHECKING:
    import pydyf

PAPER_WIDTH = 595.28
TILT = radians(52)
LONGEST, HIGHEST = 640, 190  # points along the tilt, points of an em
NAME = "watermark"


def mark_pages(pdf: "pydyf.PDF", word: str) -> None:
    """Put the word under what every page draws."""
    import pydyf

    box = pydyf.Array([0, 0, PAPER_WIDTH, PAPER_HEIGHT])
    form = pydyf.Stream([drawing(word)], {"Type": "/XObject", "Subtype": "/Form", "BBox": box}, compress=True)
    pdf.add_object(form)
    pages = [pdf.objects[int(page.split()[0])] for page in pdf.page_references]
    resources = {page["Resources"] for page in pages}
    for shared in resources:
        pdf.objects[int(shared.split()[0])]["XObject"][NAME] = form.reference
    for page in pages:
        pdf.objects[int(page["Contents"].split()[0])].stream[:0] = _placed()


def _placed() -> list[object]:
    import pydyf

    kind = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Watermark"})
    return ["/Artifact", kind, b"BDC", b"q", f"/{NAME} Do", b"Q", b"EMC"]


@cache
def drawing(word: str) -> bytes:
    """Operators that draw the word across an A4 page: pale inside, an outline that a grey print keeps."""
    outline, width_em = _outline(word)
    size = min(HIGHEST, LONGEST / width_em)
    along, up = -size * width_em / 2, -size * 0.36  # half of a capital's height
    x = PAPER_WIDTH / 2 + along * cos(TILT) - up * sin(TILT)
    y = PAPER_HEIGHT / 2 + along * sin(TILT) + up * cos(TILT)
    turned = (size * cos(TILT), size * sin(TILT), -size * sin(TILT), size * cos(TILT), x, y)
    placed = " ".join(f"{number:.4f}" for number in turned)
    contour = f"{1.6 / size:.5f} w 1 j {_colour('paler')} RG {outline} S"  # filled over: only its outer half stays
    return f"{placed} cm {contour} {_colour('mark')} rg {outline} f".encode()


def _outline(word: str) -> tuple[str, float]:
    """The word as path operators on an em of 1, and its width in ems. A character the font lacks is left out."""
    from fontTools.misc.transform import Offset
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    with TTFont(HOUSE[1], lazy=True) as font:
        glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        pen, width = _path_pen(em), 0
        for glyph in (glyphs[names[ord(character)]] for character in word if ord(character) in names):
            glyph.draw(TransformPen(pen, Offset(width, 0)))
            width += glyph.width
        return " ".join(pen.operators), max(width, em) / em


def _path_pen(em: int) -> "PathPen":  # type: ignore[name-defined] # noqa: F821 - its base is imported late
    from fontTools.pens.basePen import BasePen

    class PathPen(BasePen):  # type: ignore[misc]
        """Collects operators of a PDF path; the base turns quadratic curves into cubic ones."""

        operators: list[str]

        def __init__(self) -> None:
            super().__init__(None)
            self.operators = []

        def _say(self, operator: str, *points: tuple[float, float]) -> None:
            numbers = " ".join(f"{number / em:.4f}" for point in points for number in point)
            self.operators.append(f"{numbers} {operator}")

        def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' names
            self._say("m", pt)

        def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
            self._say("l", pt)

        def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802
            self._say("c", pt1, pt2, pt3)

        def _closePath(self) -> None:  # noqa: N802
            self.operators.append("h")

    return PathPen()


def _colour(name: str) -> str:
    value = LIGHT[name].lstrip("#")
    return " ".join(f"{int(value[start : start + 2], 16) / 255:.3f}" for start in (0, 2, 4))
