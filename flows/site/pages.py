"""The two kinds of pages of a site: one file each, its one script and its styles named by hash in the page's policy."""

import base64
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from flows.rendering.documents import stem
from flows.rendering.environment import environment, stylesheet
from flows.rendering.formats import Formats
from flows.rendering.languages import TEMPLATES
from flows.rendering.look import PLAIN, Look
from flows.rendering.palette import drawn, variables
from flows.site.columns import COLUMNS, TABLES
from flows.site.folder import GENERATOR, plain
from flows.site.index import Index
from flows.site.lists import Lists
from flows.site.table import Piece, pages, pieces
from transforms.reports import EmployeeReport
from transforms.titles import Locale


@cache
def styles(look: Look = PLAIN) -> str:
    """The stylesheet of every page."""
    return variables(look.accent) + stylesheet("site/site.css", look=look)


@cache
def script() -> str:
    """The script of every page."""
    return (TEMPLATES / "site" / "site.js").read_text(encoding="utf-8")


@cache
def policy(look: Look = PLAIN) -> str:
    """What a page may do: run the one script, use the one stylesheet, show the logo inside it, and nothing else."""
    allowed = f"script-src '{_hash(script())}'; style-src '{_hash(styles(look))}'; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def index_page(index: Index, locale: Locale, look: Look = PLAIN) -> bytes:
    """The first page."""
    context = index.material.context
    told = {"index": index, "results": index.material.results, "context": context, "company": context.company}
    return _page("index", locale, context.currency, look, told)


def list_pages(report: EmployeeReport, lists: Lists, locale: Locale, look: Look = PLAIN) -> Iterator[tuple[str, bytes]]:
    """File name and content of the pages behind one person's numbers; the further ones are named `ID~2.html`, ….

    `report`: the person's, for what stands at the head of the pages.
    """
    formats = Formats(locale, report.head.currency, look.numbers, look.words_in(locale))
    cut = pages(pieces((*lists.filtered, *lists.lists), formats))
    files = [_file(report.subject_id, n) for n in range(1, len(cut) + 1)]
    where = dict(_places(cut, files))
    for number, (file, page) in enumerate(zip(files, cut, strict=True), start=1):
        told = {"report": report, "lists": lists, "page": page, "number": number, "files": files, "where": where,
                "columns": COLUMNS, "tables": TABLES, "company": report.head.company}  # fmt: skip
        yield file, _page("lists", locale, report.head.currency, look, told)


def _places(cut: Sequence[Sequence[Piece]], files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every anchor with the address it stands at."""
    for file, page in zip(files, cut, strict=True):
        for piece in page:
            first = (piece.of_list.whole.anchor,) if piece.number == 1 else ()
            yield from ((anchor, f"{quote(file)}#{quote(anchor)}") for anchor in (*first, *piece.anchors))


def _file(employee_id: str, number: int) -> str:
    return f"{plain(employee_id)}{'' if number == 1 else f'~{number}'}.html"


def _page(name: str, locale: Locale, currency: str, look: Look, told: dict[str, Any]) -> bytes:
    template = environment(locale, currency, look).get_template(f"site/{name}.html.j2")
    frame = {"styles": styles(look), "script": script(), "policy": policy(look), "generator": GENERATOR, "stem": stem}
    return drawn(template.render(**told, **frame), look.accent).encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
