"""A report as HTML: one file that opens from disk, asks nothing of the network, and reads well on a phone.

Templates are written once, as XML, for paper and screen. What only a browser needs is put into the finished page here:
roles and names of tables (a phone shows rows as cards, and some browsers then forget that it is a table), and void
elements without a slash. See docs/decisions/0092.
"""

import re
from functools import cache

from flows.rendering.environment import EXTRA, environment, stylesheet
from flows.rendering.look import PLAIN, Look
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
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}
HEADINGS = {"h1", "h2", "h3", "h4"}
# The page is escaped, so "<" opens a tag of ours and ">" ends it.
_TAG = re.compile(r"<(table|thead|tbody|tfoot|tr|th|td|h[1-4]|meta|col|br|hr|img)\b([^<>]*?)/?>")
_ID = re.compile(r'\bid="([^"]+)"')


@cache
def screen_styles(kind: Kind, look: Look = PLAIN) -> str:
    """The styles of a page on a screen: what all reports share, the kind's own, paper for the printer, the screen's."""
    on_paper = f"@media print {{\n{stylesheet('paper.css', look=look)}\n}}\n"
    shared = stylesheet("report.css", *OWN[kind], look=look)
    return variables(look.accent) + shared + on_paper + stylesheet("screen.css", EXTRA, look=look)


@cache
def paper_styles(kind: Kind, look: Look = PLAIN) -> str:
    """The styles of a page on paper. A kind's own styles only: matching rules is a third of a document's time."""
    return literal(stylesheet("report.css", *OWN[kind], "paper.css", EXTRA, look=look), look.accent)


def screen_page(report: Report, locale: Locale, code: str = "", look: Look = PLAIN) -> str:
    """The self-contained page, its styles inside. `code` is printed in its foot (the start of the content's hash)."""
    return for_browsers(_render(report, locale, screen_styles(report.kind, look), code, look))


def paper_page(report: Report, locale: Locale, code: str = "", look: Look = PLAIN) -> str:
    """The page for the PDF; its stylesheet is parsed once a worker and handed over apart."""
    return _render(report, locale, "", code, look)


def for_browsers(page: str) -> str:
    """The page with roles on the parts of tables, each table named by the heading above it, and void elements plain.

    One pass over the tags; what a template already says (an id, a role, a name) stays.
    """
    above = ""

    def tag(found: re.Match[str]) -> str:
        nonlocal above
        name, given = found[1], found[2].rstrip()
        if name in HEADINGS:
            above = known[1] if (known := _ID.search(given)) else f"h{found.start()}"
            return found[0] if known else f'<{name} id="{above}"{given}>'
        return f"<{name}{_role(name, given)}{_name(name, given, above)}{given}>"

    return _TAG.sub(tag, page)


def _role(name: str, given: str) -> str:
    if " role=" in given:
        return ""
    if name == "th":
        return ' role="rowheader"' if 'scope="row' in given else ' role="columnheader"'
    return f' role="{ROLES[name]}"' if name in ROLES else ""


def _name(name: str, given: str, above: str) -> str:
    return f' aria-labelledby="{above}"' if name == "table" and above and "aria-label" not in given else ""


def _render(report: Report, locale: Locale, styles: str, code: str, look: Look) -> str:
    template = environment(locale, report.head.currency, look).get_template(f"{report.kind}.html.j2")
    return drawn(template.render(report=cleaned(report), styles=styles, code=code), look.accent)
