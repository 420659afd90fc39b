"""What PDF/UA-1 (ISO 14289-1) asks for and a program can see, read from a PDF by pikepdf.

The package `pdfua` looks at 16 of the 106 rules; here are those our pages could break beyond them. Each check yields
a sentence a fault; none means that nothing was found, not that a person with a screen reader is content.
"""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pikepdf
from fontTools.ttLib import TTFont

STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "NonStruct",
        "P",
        "H1",
        "H2",
        "H3",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Link",
        "Figure",
    ]
)
PAINTS = frozenset(
    ["Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE", "IMAGE", "EI"]
)
BELOW = {
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"},
    "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"},
}  # fmt: skip
ABOVE = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "LBody": {"LI"}}
MAY_BE_EMPTY = {"TD", "TH"}
MM = 72 / 25.4


def faults(paper: bytes) -> list[str]:
    """Everything that was found, in the order of the checks."""
    with pikepdf.open(BytesIO(paper)) as pdf:
        return [*_catalog(pdf), *_pages(pdf), *_structure(pdf), *_fonts(pdf)]


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.MarkInfo.Marked:
        yield "not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.ViewerPreferences.get("/DisplayDocTitle", False):
        yield "the title is not shown in the window"
    with pdf.open_metadata() as about:
        if about.get("pdfuaid:part") != "1":
            yield "does not say that it is PDF/UA-1"
        if not about.get("dc:title"):
            yield "no title"
    if "/Suspects" in root.MarkInfo:
        yield "suspects"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """All content is tagged or an artifact; what is tagged has an owner that knows of it."""
    parents = _parent_tree(pdf)
    for number, page in enumerate(pdf.pages):
        where, seen = f"page {number + 1}", Counter()
        if page.get("/Tabs") != "/S":
            yield f"{where}: the order of tabs is not the structure's"
        if "/Annots" in page:
            yield f"{where}: annotations, which no check here looks at"
        yield from (f"{where}: {each}" for each in _content(page, seen))
        owners = parents[int(page.StructParents)]
        for mcid, times in seen.items():
            if times > 1:
                yield f"{where}: marked content {mcid} is there {times} times"
            if mcid not in _own_content(owners[mcid]):
                yield f"{where}: marked content {mcid} has no owner"


def _content(page: pikepdf.Page, seen: Counter[int]) -> Iterator[str]:
    open_: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            mcid = operands[1].get("/MCID") if name == "BDC" else None
            if mcid is not None:
                seen[int(mcid)] += 1
            if open_:
                yield f"{operands[0]} within {open_[-1]}"
            open_.append(str(operands[0]))
        elif name == "EMC":
            open_.pop()
        elif name in PAINTS and not open_:
            yield f"{name} outside of everything marked"
    if open_:
        yield f"{open_} is not closed"


def _parent_tree(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _own_content(element: pikepdf.Object) -> list[int]:
    return [int(kid) for kid in element.K if isinstance(kid, int)] if element is not None else []


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


def _tag(element: pikepdf.Object) -> str:
    return str(element.S)[1:]


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements below one in reading order."""
    for kid in _kids(element):
        yield kid
        yield from elements(kid)


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    top = pdf.Root.StructTreeRoot
    every = list(elements(top))
    for element in every:
        yield from _element(element)
    levels = [int(_tag(each)[1]) for each in every if _tag(each) in {"H1", "H2", "H3", "H4"}]
    if levels[:1] != [1] or levels.count(1) > 1:
        yield f"headings begin {levels[:3]}, first-level ones: {levels.count(1)}"
    yield from (f"a heading {second} after one of {first}" for first, second in pairwise(levels) if second > first + 1)


def _element(element: pikepdf.Object) -> Iterator[str]:
    tag, kids = _tag(element), _kids(element)
    if tag not in STANDARD:
        yield f"{tag} is no standard tag"
    if tag not in MAY_BE_EMPTY and not len(element.K):
        yield f"an empty {tag}"
    wrong = {_tag(kid) for kid in kids} - BELOW.get(tag, STANDARD)
    if wrong or (tag in BELOW and _own_content(element)):
        yield f"{tag} holds {sorted(wrong) or 'text'}"
    for kid in kids:
        if _tag(kid) in ABOVE and tag not in ABOVE[_tag(kid)]:
            yield f"{_tag(kid)} within {tag}"
        if kid.P.objgen != element.objgen:
            yield f"a {_tag(kid)} that names another parent"
    if tag == "TH" and str(element.A.get("/Scope")) not in {"/Column", "/Row"}:
        yield "a header cell without scope"
    if tag == "Figure":
        yield from _figure(element)
    if tag == "Table":
        yield from _regular(element)


def _figure(element: pikepdf.Object) -> Iterator[str]:
    if not str(element.get("/Alt", "")).strip():
        yield "a figure without words"
    left, bottom, right, top = (float(edge) for edge in element.A.BBox)
    if not (0 <= left < right <= 596 and 0 <= bottom < top <= 842):
        yield f"a figure off the page: {left, bottom, right, top}"


def _regular(table: pikepdf.Object) -> Iterator[str]:
    """Every row has as many columns, spans counted; there is a header cell."""
    rows = [each for each in elements(table) if _tag(each) == "TR"]
    widths, carried = set(), Counter()
    for number, row in enumerate(rows):
        cells = [kid.get("/A", {}) for kid in _kids(row)]
        spans = [(int(cell.get("/ColSpan", 1)), int(cell.get("/RowSpan", 1))) for cell in cells]
        widths.add(sum(columns for columns, _ in spans) + carried[number])
        for columns, deep in spans:
            carried.update({number + further: columns for further in range(1, deep)})
    if len(widths) != 1:
        yield f"a table with rows of {sorted(widths)} columns"
    if not any(_tag(each) == "TH" for each in elements(table)):
        yield "a table without a header cell"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font" and "/DescendantFonts" in font:
            yield from (f"{str(font.BaseFont)[8:]}: {each}" for each in _font(font))


def _font(font: pikepdf.Object) -> Iterator[str]:
    inner = font.DescendantFonts[0]
    about = inner.FontDescriptor
    if "/ToUnicode" not in font:
        yield "its text cannot be copied"
    if not ({"/FontFile2", "/FontFile3"} & set(about.keys())):
        yield "not embedded"
    if str(inner.Subtype) == "/CIDFontType2":
        if "/CIDToGIDMap" not in inner:
            yield "no map from characters to glyphs"
        yield from _widths(inner, about.FontFile2.read_bytes())


def _widths(inner: pikepdf.Object, program: bytes) -> Iterator[str]:
    """The widths the PDF tells are those of the font, to one thousandth of an em."""
    with TTFont(BytesIO(program)) as font:
        em, order, metrics = font["head"].unitsPerEm, font.getGlyphOrder(), font["hmtx"]
        told = list(inner.W)
        for first, widths in zip(told[::2], told[1::2], strict=True):
            for glyph, width in enumerate(widths, start=int(first)):
                real = metrics[order[glyph]][0] * 1000 / em
                if abs(float(width) - real) > 1:
                    yield f"glyph {glyph} is told to be {float(width)} wide and is {real}"
