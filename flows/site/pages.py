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
from flows.rendering.palette import variables
from flows.site.columns import COLUMNS, TABLES
from flows.site.folder import GENERATOR, plain
from flows.site.index import Index
from flows.site.lists import Lists
from flows.site.table import Piece, pages, pieces
from transforms.reports import EmployeeReport
from transforms.titles import Locale


@cache
def styles() -> str:
    """The stylesheet of every page."""
    return variables() + stylesheet("site/site.css")


@cache
def script() -> str:
    """The script of every page."""
    return (TEMPLATES / "site" / "site.js").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """What a page may do: run the one script, use the one stylesheet, and nothing else."""
    allowed = f"script-src '{_hash(script())}'; style-src '{_hash(styles())}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def index_page(index: Index, locale: Locale) -> bytes:
    """The first page."""
    context = index.material.context
    return _page("index", locale, context.currency, {"index": index, "results": index.material.results,
                                                     "context": context, "stem": stem})  # fmt: skip


def list_pages(report: EmployeeReport, lists: Lists, locale: Locale) -> Iterator[tuple[str, bytes]]:
    """File name and content of the pages behind one person's numbers; the further ones are named `ID~2.html`, ….

    `report`: the person's, for what stands at the head of the pages.
    """
    formats = Formats(locale, report.head.currency)
    cut = pages(pieces((*lists.filtered, *lists.lists), formats))
    files = [_file(report.subject_id, n) for n in range(1, len(cut) + 1)]
    where = dict(_places(cut, files))
    for number, (file, page) in enumerate(zip(files, cut, strict=True), start=1):
        told = {"report": report, "lists": lists, "page": page, "number": number, "files": files, "where": where,
                "columns": COLUMNS, "tables": TABLES, "stem": stem}  # fmt: skip
        yield file, _page("lists", locale, report.head.currency, told)


def _places(cut: Sequence[Sequence[Piece]], files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every anchor with the address it stands at."""
    for file, page in zip(files, cut, strict=True):
        for piece in page:
            first = (piece.of_list.whole.anchor,) if piece.number == 1 else ()
            yield from ((anchor, f"{quote(file)}#{quote(anchor)}") for anchor in (*first, *piece.anchors))


def _file(employee_id: str, number: int) -> str:
    return f"{plain(employee_id)}{'' if number == 1 else f'~{number}'}.html"


def _page(name: str, locale: Locale, currency: str, told: dict[str, Any]) -> bytes:
    template = environment(locale, currency).get_template(f"site/{name}.html.j2")
    page = {"styles": styles(), "script": script(), "policy": policy(), "generator": GENERATOR}
    return template.render(**told, **page).encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
