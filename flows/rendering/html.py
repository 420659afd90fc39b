"""A report as HTML: one file that opens from disk, asks nothing of the network, and reads well on a phone."""

from flows.rendering.environment import environment, stylesheet
from flows.rendering.texts import cleaned
from transforms.reports import Report
from transforms.titles import Locale

SCREEN = ("report.css", "screen.css")
PAPER = ("report.css", "paper.css")


def screen_page(report: Report, locale: Locale, code: str = "") -> str:
    """The self-contained page, its styles inside. `code` is printed in its foot (the start of the content's hash)."""
    return _render(report, locale, stylesheet(*SCREEN), code)


def paper_page(report: Report, locale: Locale, code: str = "") -> str:
    """The page for the PDF; its stylesheet is parsed once a worker and handed over apart."""
    return _render(report, locale, "", code)


def _render(report: Report, locale: Locale, styles: str, code: str) -> str:
    template = environment(locale, report.head.currency).get_template(f"{report.kind}.html.j2")
    return template.render(report=cleaned(report), styles=styles, code=code)
