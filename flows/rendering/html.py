"""A report as HTML: one file that opens from disk, asks nothing of the network, and reads well on a phone."""

from functools import cache

from flows.rendering.environment import environment, stylesheet
from flows.rendering.palette import literal, variables
from flows.rendering.texts import cleaned
from transforms.reports import Kind, Report
from transforms.titles import Locale

OWN: dict[Kind, tuple[str, ...]] = {
    "employee": ("employee.css",),
    "department": ("groups.css", "department.css"),
    "company": ("groups.css", "company.css"),
    "acknowledgement": (),
}


@cache
def screen_styles(kind: Kind) -> str:
    """The styles of a page on a screen: what all reports share, the kind's own, and the screen's."""
    return variables() + stylesheet("report.css", *OWN[kind], "screen.css")


@cache
def paper_styles(kind: Kind) -> str:
    """The styles of a page on paper. A kind's own styles only: matching rules is a third of a document's time."""
    return literal(stylesheet("report.css", *OWN[kind], "paper.css"))


def screen_page(report: Report, locale: Locale, code: str = "") -> str:
    """The self-contained page, its styles inside. `code` is printed in its foot (the start of the content's hash)."""
    return _render(report, locale, screen_styles(report.kind), code)


def paper_page(report: Report, locale: Locale, code: str = "") -> str:
    """The page for the PDF; its stylesheet is parsed once a worker and handed over apart."""
    return _render(report, locale, "", code)


def _render(report: Report, locale: Locale, styles: str, code: str) -> str:
    template = environment(locale, report.head.currency).get_template(f"{report.kind}.html.j2")
    return template.render(report=cleaned(report), styles=styles, code=code)
