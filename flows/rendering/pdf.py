"""A page as PDF. One `Press` a process: fonts and stylesheets set up once, nothing fetched from outside."""

import logging
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from flows.rendering.environment import stylesheet
from flows.rendering.fonts import HOUSE, face_rules
from flows.rendering.html import PAPER

if TYPE_CHECKING:  # importing weasyprint costs half a second and loads Pango
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher


@dataclass(frozen=True)
class Press:
    """What every document of a process shares."""

    fonts: "FontConfiguration"
    styles: "CSS"
    fetcher: "URLFetcher"


@cache
def press() -> Press:
    """Set up once a process (about half a second)."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it would quote what stands in a report
    fonts, fetcher = FontConfiguration(), house_fetcher()
    css = face_rules() + stylesheet(*PAPER)
    return Press(fonts, CSS(string=css, font_config=fonts, url_fetcher=fetcher), fetcher)


def pdf(page: str) -> bytes:
    """The PDF of a page; the same page gives the same bytes."""
    from weasyprint import HTML

    tools = press()
    document = HTML(string=page, url_fetcher=tools.fetcher, media_type="print")
    return document.write_pdf(font_config=tools.fonts, stylesheets=[tools.styles], pdf_tags=True)


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
