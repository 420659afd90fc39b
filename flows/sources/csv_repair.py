"""Reading a CSV file that is broken somewhere: every line that can be read is, the others are named.

Slow and forgiving, in Python, for the few files the fast reader refuses. A quote that is never closed would swallow
the rest of the file: here the line it stands in is given up alone, and reading goes on with the next line.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MAX_LINES_IN_A_RECORD = 200


@dataclass(frozen=True)
class Record:
    """One data row: its `values`, or the `reason` why it has none; `row` 1 is the first after the header."""

    row: int
    values: list[str]
    reason: str
    text: str


def records(lines: Iterator[str], delimiter: str, width: int) -> Iterator[Record]:
    """Data rows of the lines after the header; `width` is how many columns the header has. Blank lines are no rows."""
    csv.field_size_limit(2**31 - 1)
    waiting: deque[str] = deque()
    row = 0
    while (first := _next(waiting, lines)) is not None:
        if not first.strip("\r\n") and width > 1:
            continue
        row += 1
        yield _record(row, first, waiting, lines, delimiter, width)


def _record(row: int, first: str, waiting: deque[str], lines: Iterator[str], delimiter: str, width: int) -> Record:
    """The record that begins with `first`; lines looked at but not used go back to `waiting`."""
    if first.count('"') % 2 == 0:
        values, reason = _parse(first, delimiter, width)
        return Record(row, values, reason, first)
    used = _until_closed(waiting, lines)
    if used is not None:
        values, reason = _parse(first + "".join(used), delimiter, width)
        if not reason:
            return Record(row, values, "", first)
        waiting.extendleft(reversed(used))
    return Record(row, [], "a quote is opened and not closed", first)


def _until_closed(waiting: deque[str], lines: Iterator[str]) -> list[str] | None:
    """The following lines up to the one that closes the quote; None (and all put back) when none does."""
    used: list[str] = []
    while len(used) < MAX_LINES_IN_A_RECORD and (line := _next(waiting, lines)) is not None:
        used.append(line)
        if line.count('"') % 2:
            return used
    waiting.extendleft(reversed(used))
    return None


def _next(waiting: deque[str], lines: Iterator[str]) -> str | None:
    return waiting.popleft() if waiting else next(lines, None)


def _parse(text: str, delimiter: str, width: int) -> tuple[list[str], str]:
    try:
        values = next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter, strict=True), [""])
    except csv.Error:
        return [], "a quote inside a value is not doubled"
    if len(values) != width:
        return [], f"{len(values)} columns, the header has {width}"
    return values, ""


def without_header(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    """The lines after the header, which may itself hold a quoted line end."""
    next(csv.reader(lines, delimiter=delimiter), None)
    return lines


def batches(found: Iterator[Record], size: int) -> Iterator[list[Record]]:
    """Records in lists of at most `size`."""
    while batch := list(islice(found, size)):
        yield batch
