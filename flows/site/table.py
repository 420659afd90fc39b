"""Rows as HTML, cut into pieces that a browser opens at once.

A list has up to tens of thousands of rows: they are escaped in one go, which a template would do cell by cell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby

from markupsafe import Markup, escape

from flows.rendering.formats import Formats
from flows.site.lists import Part, RowList
from flows.site.rows import Row

PIECE_BYTES = 900_000
PAGE_BYTES = 1_800_000  # with head and numbers a page stays below 2 MB
_BLOCK_ROWS = 2000
_CELL, _ROW = "\x1f", "\x1e"  # no id holds them: control characters are taken out where rows are read


@dataclass(frozen=True)
class _Words:
    """Formats that remember: the same few numbers and days come thousands of times."""

    value: Callable[[Decimal], str]
    count: Callable[[int], str]
    day: Callable[[date], str]
    days: Callable[[str], str]


@dataclass(frozen=True)
class Piece:
    """A piece of a list as a page shows it, one of `of`. `body`: rows of the table, days and parts above them."""

    of_list: RowList
    number: int
    of: int
    body: Markup
    anchors: tuple[str, ...]


def pieces(lists: Iterable[RowList], formats: Formats) -> Iterator[Piece]:
    """Every list that has rows in one piece, or in as many as it takes."""
    words = _Words(cache(formats.fine), cache(formats.count), cache(formats.short_day), formats.days)
    for one in lists:
        if one.whole.rows:
            cut = _cut(_blocks(one, words))
            yield from (Piece(one, n, len(cut), *piece) for n, piece in enumerate(cut, start=1))


def pages(cut: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces in order on as few pages as hold them; at least one page."""
    made: list[list[Piece]] = [[]]
    size = 0
    for piece in cut:
        length = len(piece.body.encode())
        if size + length > PAGE_BYTES and made[-1]:
            made.append([])
            size = 0
        made[-1].append(piece)
        size += length
    return tuple(tuple(page) for page in made)


Block = tuple[str, str | None]


def _cut(blocks: Iterable[Block]) -> list[tuple[Markup, tuple[str, ...]]]:
    made: list[list[Block]] = []
    size = PIECE_BYTES
    for block in blocks:
        length = len(block[0].encode())
        if size + length > PIECE_BYTES:
            made.append([])
            size = 0
        made[-1].append(block)
        size += length
    return [(Markup("".join(html for html, _ in each)), tuple(a for _, a in each if a)) for each in made]  # noqa: S704


def _blocks(one: RowList, words: _Words) -> Iterator[Block]:
    """Rows grouped by part and day; the first block of the whole and of a part holds its anchor."""
    for part, rows in _parts(one):
        if part is not None:
            told = f"{escape(words.days(part.window))} <small>{words.count(len(rows))}</small>"
            yield f'<tbody id="{escape(part.anchor)}" class="part"><tr><th colspan={_width(one)}>{told}', part.anchor
        for day, found in groupby(rows, key=lambda row: row.day):
            of_day = list(found)
            for start in range(0, len(of_day), _BLOCK_ROWS):
                head = f"{escape(words.day(day))} <small>{words.count(len(of_day))}</small>"
                yield _body(one, head, of_day[start : start + _BLOCK_ROWS], words), None


def _parts(one: RowList) -> Iterator[tuple[Part | None, Sequence[Row]]]:
    """The parts, and what of the whole lies before, between and after them."""
    left = list(one.whole.rows)
    for part in one.parts:
        before = [row for row in left if row.day < part.rows[0].day]
        if before:
            yield None, before
        yield part, part.rows
        left = [row for row in left if row.day > part.rows[-1].day]
    if left:
        yield None, left


def _body(one: RowList, head: str, rows: Sequence[Row], words: _Words) -> str:
    cells = _ROW.join(_CELL.join(_cells(one, row, words)) for row in rows)
    html = str(escape(cells)).replace(_CELL, "<td>").replace(_ROW, "<tr><td>")
    return f"<tbody><tr><th colspan={_width(one)}>{head}<tr><td>{html}"


def _cells(one: RowList, row: Row, words: _Words) -> tuple[str, ...]:
    told = (*row.ids, row.shop_id)
    return (*told, words.value(row.value)) if one.values else told


def _width(one: RowList) -> int:
    return len(one.columns) + 1 + one.values
