"""A report as HTML: one file that opens from disk, asks nothing of the network, and reads well on a phone.

Templates are written once, as XML, for paper and screen. What only a browser needs is put into the finished page here:
names of tables, so that a screen reader's list of tables says which is which, and void elements without a slash.
See docs/decisions/0092.
"""

import re
from functools import cache

from flows.rendering.environment import environment, stylesheet
from flows.rendering.look import EXTRA, PLAIN, Look
from flows.rendering.palette import drawn, literal, variables
from flows.rendering.texts import cleaned
from transforms.reports import Kind, Report
from transforms.titles import Locale

OWN: dict[Kind, tuple[str, ...]] = {
    "employee": ("employee.css",),
    "department": ("groups.css", "department.css"),
    "company": ("groups.css", "company.css"),
    "acknowledgement": (),
}
HEADINGS = {"h2", "h3", "h4"}
# The page is escaped, so "<" opens a tag of ours and ">" ends it.
_TAG = re.compile(r"<(table|h[2-4]|meta|col|br|hr|img)\b([^<>]*?)/?>")
_ID = re.compile(r'\bid="([^"]+)"')


@cache
def screen_styles(kind: Kind, look: Look = PLAIN) -> str:
    """The styles of a page on a screen: what all reports share, the kind's own, paper for the printer, the screen's."""
    on_paper = f"@media print {{\n{stylesheet('print.css', look=look)}\n}}\n"
    shared = stylesheet("report.css", *OWN[kind], look=look)
    return variables(look.accent) + shared + on_paper + stylesheet("screen.css", EXTRA, look=look)


@cache
def paper_styles(kind: Kind, look: Look = PLAIN) -> str:
    """The styles of a page on paper. A kind's own styles only: matching rules is a third of a document's time."""
    return literal(stylesheet("report.css", *OWN[kind], "print.css", "paper.css", EXTRA, look=look), look.accent)


def screen_page(report: Report, locale: Locale, code: str = "", look: Look = PLAIN) -> str:
    """The self-contained page, its styles inside. `code` is printed in its foot (the start of the content's hash)."""
    return for_browsers(_render(report, locale, screen_styles(report.kind, look), code, look))


def paper_page(report: Report, locale: Locale, code: str = "", look: Look = PLAIN) -> str:
    """The page for the PDF; its stylesheet is parsed once a worker and handed over apart."""
    return _render(report, locale, "", code, look)


def for_browsers(page: str) -> str:
    """The page with each table named by the heading above it, and void elements without a slash.

    One pass over the tags; what a template already says (an id, a name) stays.
    """
    above = ""

    def tag(found: re.Match[str]) -> str:
        nonlocal above
        name, given = found[1], found[2].rstrip()
        if name == "table":
            return f"<table{_named(above, given)}{given}>"
        if name not in HEADINGS:
            return f"<{name}{given}>"
        known = _ID.search(given)
        above = known[1] if known else f"part{found.start()}"
        return found[0] if known else f'<{name} id="{above}"{given}>'

    return _TAG.sub(tag, page)


def _named(above: str, given: str) -> str:
    return f' aria-labelledby="{above}"' if above and "aria-label" not in given else ""


def _render(report: Report, locale: Locale, styles: str, code: str, look: Look) -> str:
    template = environment(locale, report.head.currency, look).get_template(f"{report.kind}.html.j2")
    return drawn(template.render(report=cleaned(report), styles=styles, code=code), look.accent)
