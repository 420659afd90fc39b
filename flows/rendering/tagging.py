"""The structure of a PDF made fit for PDF/UA-1 (ISO 14289-1), before it is written.

WeasyPrint 70 tags all it draws; what is mended here, on its objects in memory:

- what runs on every page (the foot) is tagged but hangs in no tree: it becomes an artifact, which is not read aloud;
- header cells get their Scope instead of Headers by ID, which would need a tree of IDs that is not there;
- the boxes of figures are given in points from the lower left corner, not in CSS pixels from the upper one;
- elements that say nothing (a Span around every line) are taken out: half of the tree, a tenth of a file.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf

POINTS = 0.75  # a CSS pixel
PAPER_HEIGHT = 841.89
_TEXT = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "Lbl", "TH", "TD", "Caption", "Link"})
_SAYS_NOTHING = frozenset({"Span", "NonStruct"})
_MAY_BE_EMPTY = frozenset({"TD", "TH", "Figure"})
Element = dict[str, Any]


class Tree:
    """The structure tree of one document: elements by reference, and whose every marked content is."""

    def __init__(self, pdf: "pydyf.PDF") -> None:
        """Find the root; nothing is changed yet."""
        self.pdf = pdf
        self.root: Element = self.at(pdf.catalog["StructTreeRoot"])
        self.owners: dict[tuple[bytes, int], bytes] = {}

    def at(self, reference: bytes) -> Any:
        """The object of a reference."""
        return self.pdf.objects[int(reference.split()[0])]

    def children(self, element: Element) -> Iterator[tuple[bytes, Element]]:
        """The elements below one, with their references; marked content and annotations are left out."""
        for kid in element["K"]:
            if isinstance(kid, bytes) and self.at(kid)["Type"] == "/StructElem":
                yield kid, self.at(kid)


def mended(pdf: "pydyf.PDF") -> None:
    """Mend the tags of a document that was drawn and is not written yet."""
    tree = Tree(pdf)
    (document,) = tree.root["K"]
    _simplify(tree, document)
    _describe(tree, tree.at(document), in_head=False)
    _own(tree, document)
    pages = pdf.page_references
    for number, page in enumerate(pages):
        _map(tree, number, page)
        _make_artifacts(tree, page)


def _simplify(tree: Tree, reference: bytes) -> None:
    """Take out the elements below one that say nothing or hold nothing."""
    element, kids = tree.at(reference), []
    for kid in element["K"]:
        if not isinstance(kid, bytes) or tree.at(kid)["Type"] != "/StructElem":
            kids.append(kid)
            continue
        _simplify(tree, kid)
        kids += _in_place_of(tree, kid, element, reference)
    element["K"][:] = kids


def _in_place_of(tree: Tree, kid: bytes, parent: Element, above: bytes) -> list[Any]:
    """What stands for an element: itself, what is in it, or nothing."""
    element = tree.at(kid)
    says_nothing = _tag(element) in _SAYS_NOTHING or _tag(element) == _tag(parent) == "L"
    says_nothing = says_nothing and _may_hold(tree, parent, element)
    if not says_nothing and (element["K"] or _tag(element) in _MAY_BE_EMPTY):
        return [kid]
    for _, child in tree.children(element):
        child["P"] = above
    kids = list(element["K"])
    element.clear()  # the object keeps its number: an empty dictionary costs next to nothing
    return kids


def _may_hold(tree: Tree, parent: Element, element: Element) -> bool:
    """Marked content belongs into an element of text on the same page; elements may move anywhere."""
    if all(isinstance(kid, bytes) and tree.at(kid)["Type"] == "/StructElem" for kid in element["K"]):
        return True
    return _tag(parent) in _TEXT and parent.get("Pg") == element["Pg"]


def _describe(tree: Tree, element: Element, *, in_head: bool) -> None:
    """Scopes of header cells, boxes of figures."""
    for _, child in tree.children(element):
        tag = _tag(child)
        if tag in {"TH", "TD"}:
            _scope(child, column=in_head)
        elif tag == "Figure":
            child["A"]["BBox"][:] = _in_points(child["A"]["BBox"])
        _describe(tree, child, in_head=in_head or tag == "THead")


def _scope(cell: Element, *, column: bool) -> None:
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    if _tag(cell) == "TH":
        cell["A"]["Scope"] = "/Column" if column else "/Row"
    elif len(cell["A"]) == 1:  # only whose attributes they would be
        del cell["A"]


def _in_points(box: list[float]) -> list[float]:
    left, top, right, bottom = (edge * POINTS for edge in box)
    return [round(edge, 2) for edge in (left, PAPER_HEIGHT - bottom, right, PAPER_HEIGHT - top)]


def _own(tree: Tree, reference: bytes) -> None:
    """Note whose every marked content is."""
    element = tree.at(reference)
    for kid in element["K"]:
        if isinstance(kid, int):
            tree.owners[element["Pg"], kid] = reference
    for child, _ in tree.children(element):
        _own(tree, child)


def _map(tree: Tree, number: int, page: bytes) -> None:
    """The page's array of the parent tree: the owner of each marked content, null for an artifact."""
    numbers = tree.at(tree.root["ParentTree"])["Nums"]
    array = numbers[2 * number + 1]
    array[:] = [tree.owners.get((page, content), b"null") for content in range(len(array))]


def _make_artifacts(tree: Tree, page: bytes) -> None:
    """Marked content that nobody owns is what runs on every page."""
    import pydyf

    drawn = tree.at(tree.at(page)["Contents"]).stream
    for place, item in enumerate(drawn):
        if item == b"BDC" and (page, drawn[place - 1].get("MCID")) not in tree.owners and "MCID" in drawn[place - 1]:
            drawn[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})]


def _tag(element: Element) -> str:
    return str(element["S"])[1:]
