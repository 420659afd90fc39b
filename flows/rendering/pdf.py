"""A page as PDF. One `Press` a process: fonts and stylesheets set up once, nothing fetched from outside."""

import logging
from dataclasses import dataclass
from functools import cache
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from flows.rendering.embedding import shrunk
from flows.rendering.fonts import HOUSE, face_rules
from flows.rendering.html import paper_styles
from flows.rendering.look import PLAIN, Look
from flows.rendering.svg import SVG
from flows.rendering.tagging import mended
from flows.rendering.watermark import mark_pages
from transforms.reports import Kind

if TYPE_CHECKING:  # importing weasyprint costs half a second and loads Pango
    from pydyf import PDF
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

VARIANT = "pdf/ua-1"


@dataclass(frozen=True)
class Press:
    """What every document of a process shares."""

    fonts: "FontConfiguration"
    faces: "CSS"
    fetcher: "URLFetcher"


@cache
def press() -> Press:
    """Set up once a process (about half a second)."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it would quote what stands in a report
    fonts, fetcher = FontConfiguration(), house_fetcher()
    Finalize(None, press.cache_clear, exitpriority=1)  # in a worker too: WeasyPrint's copy of the fonts goes
    faces = CSS(string=face_rules(), font_config=fonts, url_fetcher=fetcher)
    return Press(fonts, faces, fetcher)


@cache
def styles_of(kind: Kind, look: Look = PLAIN) -> "CSS":
    """The stylesheet of a kind and look, parsed once a process."""
    from weasyprint import CSS

    tools = press()
    return CSS(string=paper_styles(kind, look), font_config=tools.fonts, url_fetcher=tools.fetcher)


def pdf(page: str, kind: Kind, look: Look = PLAIN) -> bytes:
    """The PDF of a report's page, which is well-formed XML; the same page gives the same bytes.

    Raises:
        xml.etree.ElementTree.ParseError: the page is not well-formed: something was not escaped.
    """
    tools, root = press(), ET.fromstring(page)  # noqa: S314 - our own page: no DTD, every value escaped
    _name_drawings(root)
    word = watermark_of(root)

    def finish(laid_out: "Document", drawn: "PDF") -> None:
        mended(drawn)
        shrunk(laid_out, drawn)
        if word:
            mark_pages(drawn, word)

    document = opened(root, tools.fetcher)
    styles = [tools.faces, styles_of(kind, look)]
    return bytes(document.write_pdf(finisher=finish, font_config=tools.fonts, stylesheets=styles, pdf_variant=VARIANT))


def watermark_of(root: ET.Element) -> str:
    """The word that the page wants across each of its sheets, in its own language; "": none."""
    body = root.find("body")
    return body.get("data-watermark", "") if body is not None else ""


def _name_drawings(root: ET.Element) -> None:
    """A drawing's words where WeasyPrint looks for them: it takes a `title` inside, not `aria-label`."""
    for drawing in root.iter(f"{{{SVG}}}svg"):
        title = ET.Element(f"{{{SVG}}}title")
        title.text = drawing.get("aria-label", "")
        drawing.insert(0, title)


def opened(root: ET.Element, fetcher: "URLFetcher") -> "HTML":
    """WeasyPrint's view of a page read by the C parser of XML: its own HTML parser takes a tenth of a document's time.

    Only what `weasyprint.HTML.__init__` sets is set here.
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    document = HTML.__new__(HTML)
    document.base_url, document.url_fetcher, document.media_type = None, fetcher, "print"
    document.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    document.etree_element = document.wrapper_element.etree_element
    return document


def house_fetcher() -> "URLFetcher":
    """A fetcher that opens the house font files, `data:` URLs, and nothing else."""
    from weasyprint.urls import URLFetcher

    allowed = {path.as_uri() for path in HOUSE}

    class HouseFetcher(URLFetcher):  # type: ignore[misc]
        """Refuses before anything is opened: a plain function would break on its attributes."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            """The font file, or an error that WeasyPrint logs and goes on from."""
            if url not in allowed and not url.startswith("data:"):
                message = "a report may fetch nothing but its own fonts"
                raise ValueError(message)
            return super().fetch(url, headers)

    return HouseFetcher(allowed_protocols=("data", "file"), allow_redirects=False)
