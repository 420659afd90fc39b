"""A filled workbook, read by the contract of `layout`: every row somebody filled, and every cell that is wrong.

Nothing is taken from titles or places that a person may change: tabs, rows and choices are those of the hidden tab,
and a row whose code or shown number is not the one it was made with is refused.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.sheets.cells import Cell, CellError
from flows.sheets.layout import HEAD, HIDDEN, LAYOUT, TABS, Column, TabKey, place, row_code
from transforms.errors import PeriodError
from transforms.period import Period, parse

MOST_BYTES, MOST_UNPACKED_BYTES = 10_000_000, 200_000_000
# The keys that a row's code is made of.
_CODED: Mapping[TabKey, tuple[str, ...]] = {
    "judgements": ("employee_id", "indicator", "role"), "targets": ("level", "subject_id", "metric"),
    "exams": ("employee_id", "exam"),
}  # fmt: skip
_MAKE_AGAIN = "fill a workbook as `jixiao sheets make` made it: copy the marks into a new one"


@dataclass(frozen=True)
class Problem:
    """Why a workbook is not taken: the file, the tab and the cell ("" when it is the whole file), and what to do."""

    file: str
    tab: str
    cell: str
    what: str
    todo: str

    @property
    def where(self) -> str:
        """Read as `E1001.xlsx, 评分!F7`."""
        return (
            f"{self.file}, {self.tab}!{self.cell}" if self.cell else f"{self.file}{', ' if self.tab else ''}{self.tab}"
        )

    def __str__(self) -> str:
        """All on one line."""
        return f"{self.where}: {self.what} — {self.todo}"


@dataclass(frozen=True)
class Head:
    """What a workbook says of itself. `made_for`: personnel number, "" when nobody is named."""

    sheet: str
    period: Period
    company: str
    kind: str
    made_for: str
    department: str
    made_at: str


@dataclass(frozen=True)
class Row:
    """A row that somebody filled: cells by column of the tab, and the keys it was made with. `number`: Excel's."""

    tab: TabKey
    code: str
    number: int
    keys: Mapping[str, str]
    cells: Mapping[str, Cell]

    @property
    def withdrawn(self) -> bool:
        """What was given in this row before no longer counts."""
        return any(cell.withdrawn for cell in self.cells.values())


@dataclass(frozen=True)
class Filled:
    """A workbook as it came back. `codes`: of all rows it asks for; `rows`: those with something in them."""

    file: str
    head: Head
    titles: Mapping[TabKey, str]
    codes: frozenset[str]
    choices: Mapping[str, Mapping[str, Mapping[str, str]]]
    rows: tuple[Row, ...]

    def problem(self, row: Row, column: str, error: CellError) -> Problem:
        """What is wrong with a cell, where it stands."""
        return Problem(
            self.file, self.titles[row.tab], f"{_letter(row.tab, column)}{row.number}", error.what, error.todo
        )


class RefusedWorkbook(Exception):
    """A workbook that is not taken, with everything that is wrong in it."""

    def __init__(self, *problems: Problem) -> None:
        """Keep them all."""
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def read(file: str, content: bytes) -> Filled:
    """A filled workbook.

    Raises:
        RefusedWorkbook: it is no workbook of ours, or what it asks was changed.
    """
    book = _Book(file, content)
    try:
        return _filled(book)
    finally:
        book.close()


@dataclass
class _Book:
    """The workbook twice: with values as last computed, and with formulas."""

    file: str
    content: bytes
    values: Any = field(init=False)
    formulas: Any = field(init=False)

    def __post_init__(self) -> None:
        _refuse_bombs(self.file, self.content)
        self.values, self.formulas = (self._load(data_only=each) for each in (True, False))

    def _load(self, *, data_only: bool) -> Any:
        import openpyxl

        try:
            return openpyxl.load_workbook(io.BytesIO(self.content), data_only=data_only)
        except Exception as error:  # whatever openpyxl meets in a damaged file: its own errors are of many kinds
            raise _whole(
                self.file, "it cannot be opened as a workbook", "save it as .xlsx, without a password"
            ) from error

    def close(self) -> None:
        """Let both go."""
        self.values.close()
        self.formulas.close()

    def cell(self, title: str, row: int, column: int) -> Cell:
        """A cell as it was seen."""
        shown, written = self.values[title].cell(row, column), self.formulas[title].cell(row, column)
        return Cell(shown.value, shown.number_format, written.data_type == "f" and shown.value is None)


def _whole(file: str, what: str, todo: str) -> RefusedWorkbook:
    return RefusedWorkbook(Problem(file, "", "", what, todo))


def _refuse_bombs(file: str, content: bytes) -> None:
    """A file is unpacked only when it is a zip archive of a sane size."""
    if len(content) > MOST_BYTES:
        raise _whole(file, f"it has more than {MOST_BYTES // 10**6} MB", _MAKE_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise _whole(file, "it cannot be opened as a workbook", "save it as .xlsx, without a password") from error
    if unpacked > MOST_UNPACKED_BYTES:
        raise _whole(file, "it is far larger unpacked than a sheet can be", _MAKE_AGAIN)


def _filled(book: _Book) -> Filled:
    hidden = _hidden(book)
    head = _head(book.file, hidden)
    titles = {row[1]: str(row[2]) for row in hidden if row[0] == "tab"}
    missing = [title for key, title in titles.items() if key not in TABS or title not in book.values.sheetnames]
    if missing:
        raise RefusedWorkbook(*(Problem(book.file, each, "", "the tab is missing", _MAKE_AGAIN) for each in missing))
    made = [_made_row(book, titles, row) for row in hidden if row[0] == "row"]
    if changed := [each for each in made if isinstance(each, Problem)]:
        raise RefusedWorkbook(*changed)
    rows = tuple(row for row in made if isinstance(row, Row))
    given = tuple(row for row in rows if not all(cell.blank for cell in row.cells.values()))
    return Filled(book.file, head, titles, frozenset(row.code for row in rows), _choices(hidden), given)


def _hidden(book: _Book) -> list[tuple[Any, ...]]:
    if HIDDEN not in book.values.sheetnames:
        raise _whole(book.file, "it is not a sheet that jixiao made", _MAKE_AGAIN)
    rows = [(*row, *[None] * 5)[:5] for row in book.values[HIDDEN].iter_rows(values_only=True) if row and row[0]]
    return [(str(row[0]), "" if row[1] is None else str(row[1]), *row[2:]) for row in rows]


def _head(file: str, hidden: list[tuple[Any, ...]]) -> Head:
    told = {row[1]: "" if row[2] is None else str(row[2]) for row in hidden if row[0] == "head"}
    if missing := [name for name in HEAD if name not in told]:
        raise _whole(file, f"its hidden tab does not say: {', '.join(missing)}", _MAKE_AGAIN)
    if told["layout"] != LAYOUT:
        what = f"it has layout {told['layout']}, this program reads layout {LAYOUT}"
        raise _whole(file, what, "make the sheet again with `jixiao sheets make --again` and copy the marks")
    try:
        period = parse(told["period"])
    except PeriodError as error:
        raise _whole(file, f"'{told['period']}' is not a period", _MAKE_AGAIN) from error
    return Head(
        told["sheet"], period, told["company"], told["kind"], told["for"], told["department"], told["made_at"]
    )  # fmt: skip


def _made_row(book: _Book, titles: Mapping[str, str], told: tuple[Any, ...]) -> Row | Problem:
    """A row that the hidden tab names, if it still stands where it was made, with what it was made for."""
    _, key, code, number, keys = told
    tab: TabKey = next(each for each in TABS if each == key)
    title, at, made = titles[tab], int(number), json.loads(keys)
    if book.cell(title, at, 1).value != code or not _belong(tab, str(code), made):
        return Problem(book.file, title, f"A{at}", "this row is not the one that was made here", _MAKE_AGAIN)
    for column in TABS[tab]:
        shown = book.cell(title, at, place(tab, column.name))
        if column.name in made and not _same(shown, made[column.name], column):
            cell = f"{_letter(tab, column.name)}{at}"
            return Problem(book.file, title, cell, "a locked cell was changed", _MAKE_AGAIN)
    asked = (column.name for column in TABS[tab] if column.is_input and not _made_with(column, made))
    return Row(tab, str(code), at, made, {name: book.cell(title, at, place(tab, name)) for name in asked})


def _letter(tab: TabKey, column: str) -> str:
    """A column as Excel calls it; no tab has more than 26."""
    return chr(ord("A") + place(tab, column) - 1)


def _belong(tab: TabKey, code: str, keys: Mapping[str, str]) -> bool:
    """Whether keys are those of the code; a blank row has none."""
    return not keys or row_code(*(str(keys.get(name)) for name in _CODED.get(tab, ()))) == code


def _same(shown: Cell, key: str, column: Column) -> bool:
    """Whether a shown number is still the key; titles stand where a key has one."""
    return column.name not in {"employee_id", "subject_id", "exam"} or str(shown.value) == str(key)


def _made_with(column: Column, keys: Mapping[str, str]) -> bool:
    """Whether the row was made for what this column asks: then the cell is locked, and the key says it."""
    return column.name in keys or (column.choices == "people" and "employee_id" in keys)


def _choices(hidden: list[tuple[Any, ...]]) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for kind, name, label, _, value in hidden:
        if kind == "choice":
            found.setdefault(name, {})[str(label)] = json.loads(value)
    return found
