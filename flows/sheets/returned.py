"""From a filled workbook to rows of the canonical tables, with who gave them, when, and from which Excel row."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flows.sheets import cells
from flows.sheets.cells import Cell, CellError
from flows.sheets.layout import OVERTIME_LIMITS, SCORE_LIMITS, TabKey
from flows.sheets.reading import Filled, Problem, RefusedWorkbook, Row
from flows.sources.values import as_text
from flows.warehouse.ledger_hash import digest, moment
from transforms.tables import TABLES

BESIDE = ("withdrawn", "received_at", "workbook", "workbook_row", "entry")
_NONE, _PERCENT = Decimal(0), Decimal("0.01")
_PLACES = 4
# What a row must say; a judgement or a target without it is not given yet, any other row is incomplete.
_REQUIRED: Mapping[TabKey, tuple[str, ...]] = {
    "judgements": ("score",), "targets": ("value",), "events": ("subject", "kind", "occurred_on"),
    "exams": ("person", "exam", "taken_on", "score", "score_max"), "attendance": ("person", "day", "kind"),
}  # fmt: skip
_ASKED_FOR = frozenset({"judgements", "targets"})
Values = dict[str, str]


@dataclass(frozen=True)
class Stamp:
    """When and as what a workbook was received: UTC, the company's wall time, the kept file, who filled it."""

    received_at: datetime
    wall_time: datetime
    workbook: str
    by: str


@dataclass(frozen=True)
class Returned:
    """Rows by table, and the codes of judgements that were given and taken back."""

    tables: Mapping[str, tuple[Values, ...]]
    given: tuple[str, ...]
    withdrawn: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by tab, those taken back included."""
        return {name: len(rows) for name, rows in self.tables.items()}


def rows_of(filled: Filled, stamp: Stamp) -> Returned:
    """Every row somebody filled, as the canonical tables have it.

    Raises:
        RefusedWorkbook: with every cell that cannot be taken.
    """
    told = [_told(filled, row) for row in filled.rows if _says_something(row)]
    if problems := [*(p for _, _, wrong in told for p in wrong), *_repeated(filled, told)]:
        raise RefusedWorkbook(*problems)
    tables: dict[str, list[Values]] = {}
    for row, values, _ in told:
        tables.setdefault(row.tab, []).append(_stamped(filled, row, values, stamp))
    judged = [row for row, _, _ in told if row.tab == "judgements"]
    return Returned(
        {name: tuple(rows) for name, rows in tables.items()},
        tuple(row.code for row in judged if not row.withdrawn), tuple(row.code for row in judged if row.withdrawn),
    )  # fmt: skip


def as_csv(table: str, rows: tuple[Values, ...]) -> str:
    """The rows as CSV with a header: the table's columns and `BESIDE`."""
    out = io.StringIO()
    writer = csv.DictWriter(
        out, (*TABLES[table].names, *BESIDE), restval="", extrasaction="ignore", lineterminator="\n",
        quoting=csv.QUOTE_ALL,
    )  # fmt: skip
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


Told = tuple[Row, Values, list[Problem]]


def _says_something(row: Row) -> bool:
    """Of rows that ask for something, those where it is given or taken back; a comment alone is not given yet."""
    return row.tab not in _ASKED_FOR or any(not row.cells[name].blank for name in _REQUIRED[row.tab])


def _told(filled: Filled, row: Row) -> Told:
    values: Values = {}
    wrong = []
    for name, cell in row.cells.items():
        try:
            values |= _cell(filled, row, name, cell)
        except CellError as error:
            wrong.append(filled.problem(row, name, error))
    return row, values, wrong or _beyond_best(filled, row, values)


def _cell(filled: Filled, row: Row, name: str, cell: Cell) -> Values:
    if cell.withdrawn:
        return {}
    if cell.blank:
        if name in _REQUIRED[row.tab] and not row.withdrawn:
            raise CellError("the cell is empty", "fill it, or clear the whole row")
        return {}
    return _READERS[row.tab, name](filled, row, cell)


def _number(column: str, most: int | None) -> Callable[[Filled, Row, Cell], Values]:
    limit = None if most is None else Decimal(most)
    return lambda _filled, _row, cell: {column: _written(cells.number(cell, _NONE, limit))}


def _choice(choices: str) -> Callable[[Filled, Row, Cell], Values]:
    return lambda filled, _row, cell: dict(cells.choice(cell, filled.choices.get(choices, {})))


def _day(column: str) -> Callable[[Filled, Row, Cell], Values]:
    return lambda filled, _row, cell: {column: cells.day(cell, filled.head.period).isoformat()}


def _text(column: str) -> Callable[[Filled, Row, Cell], Values]:
    return lambda _filled, _row, cell: {column: cells.text(cell)}


def _score(_filled: Filled, _row: Row, cell: Cell) -> Values:
    """Points of 100; a percentage is read as points."""
    return {"score": _written(cells.number(cell, *map(Decimal, SCORE_LIMITS), percent=True))}


def _target(_filled: Filled, row: Row, cell: Cell) -> Values:
    """A cell is written in the unit people read; the row's factor makes the table's unit of it."""
    factor = Decimal(row.keys["factor"])
    value = (cells.number(cell, _NONE, None, percent=factor == _PERCENT) * factor).normalize()
    if -int(value.as_tuple().exponent) > _PLACES:
        raise CellError("the target has too many decimals", "round it")
    return {"value": _written(value)}


_READERS: Mapping[tuple[TabKey, str], Callable[[Filled, Row, Cell], Values]] = {
    ("judgements", "score"): _score, ("judgements", "comment"): _text("comment"),
    ("targets", "value"): _target,
    ("events", "subject"): _choice("subjects"), ("events", "kind"): _choice("event_kinds"),
    ("events", "occurred_on"): _day("occurred_on"), ("events", "quantity"): _number("quantity", None),
    ("events", "reference"): _text("reference"), ("events", "comment"): _text("comment"),
    ("exams", "person"): _choice("people"), ("exams", "exam"): _text("exam"), ("exams", "taken_on"): _day("taken_on"),
    ("exams", "score"): _number("score", None), ("exams", "score_max"): _number("score_max", None),
    ("attendance", "person"): _choice("people"), ("attendance", "day"): _day("day"),
    ("attendance", "kind"): _choice("attendance_kinds"),
    ("attendance", "overtime_hours"): _number("overtime_hours", OVERTIME_LIMITS[1]),
}  # fmt: skip


def _written(number: Decimal) -> str:
    return as_text(number) or "0"


def _beyond_best(filled: Filled, row: Row, values: Values) -> list[Problem]:
    """An exam's points are at most the best possible."""
    if row.tab != "exams" or row.withdrawn or Decimal(values["score"]) <= Decimal(values["score_max"]):
        return []
    what = f"{values['score']} is above the best possible, {values['score_max']}"
    return [filled.problem(row, "score", CellError(what, "correct one of the two"))]


def _repeated(filled: Filled, told: list[Told]) -> Iterator[Problem]:
    """Two rows of one workbook about the same person, day or exam: nobody knows which is meant."""
    first: dict[tuple[str, ...], int] = {}
    for row, values, wrong in told:
        key = (row.tab, *(values.get(name, "") for name in TABLES[row.tab].key))
        if row.tab in {"exams", "attendance"} and not wrong and not row.withdrawn:
            if key in first:
                error = CellError(f"row {first[key]} says something of the same too", "keep one of the two rows")
                yield filled.problem(row, "person", error)
            first.setdefault(key, row.number)


def _stamped(filled: Filled, row: Row, values: Values, stamp: Stamp) -> Values:
    """The row with its keys, who gave it and when, and where it stands."""
    wall_time = stamp.wall_time.isoformat(" ")
    entry = digest([filled.head.sheet, filled.head.made_at, row.tab, row.number])[:16]
    given = {
        "given_at": wall_time, "entered_at": wall_time, "entered_by": stamp.by, "event_id": f"sheet-{entry}",
        "quantity": "1", "withdrawn": "true" if row.withdrawn else "false",
        "received_at": moment(stamp.received_at), "workbook": stamp.workbook, "workbook_row": str(row.number),
        "entry": entry,
    }  # fmt: skip
    return {**row.keys, **given, **values}
