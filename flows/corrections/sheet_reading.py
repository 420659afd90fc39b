"""The corrections sheet read back: a correction a row; what is wrong is named with its cell, all at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.company import Company
from flows.corrections import entering, making
from flows.corrections.entering import Reviewed
from flows.corrections.making import Told
from flows.corrections.sheet import MARK, cell_name
from flows.corrections.sheet_words import ACTS, HEADS, KINDS, LAYOUT, NOBODY, ROLES, key_of
from flows.corrections.snapshot import snapshot_of
from flows.sources.values import as_text
from transforms.corrections.model import Correction, Decision
from transforms.corrections.trouble import Trouble
from transforms.errors import ConfigError, JixiaoError, Place

_SEPARATORS = re.compile("[;\uff1b\n]")  # full-width ones too, as a Chinese keyboard writes them
# Where a trouble shows in the sheet.
_CELLS = {"set": "value", "employee": "whom", "order": "key", "indicator": "line", "scheme": "line", "window": "line",
          "period": "kind"}  # fmt: skip
_TODO = "mend these cells and import it again; nothing was entered"


@dataclass(frozen=True)
class Line:
    """A filled row: its number in the sheet, and its texts by column."""

    row: int
    cells: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> str:
        """The personnel number out of `E1001 李喆`."""
        return (self.cells[name].split() or [""])[0]


@dataclass(frozen=True)
class Filled:
    """A workbook that came back: of which period, its tab's name, its filled rows."""

    path: Path
    period: str
    tab: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a cell."""

    cell: str
    trouble: Trouble

    def __str__(self) -> str:
        """Read as `更正!F7: 101 is … — write …`."""
        return f"{self.cell}: {self.trouble.what} — {self.trouble.todo}"


def read(path: Path) -> Filled:
    """What was filled in.

    Raises:
        ConfigError: the file is no corrections sheet of ours.
    """
    book = _opened(path)
    mark = [str(row[0].value or "") for row in book[MARK].iter_rows(min_row=1, max_row=4)] if MARK in book else []
    if mark[:2] != ["corrections", LAYOUT] or mark[3:] != [" ".join(HEADS)]:
        todo = "make one with jixiao correct sheet PERIOD, and fill that in"
        raise ConfigError("this is no corrections sheet of this version", where=Place(str(path)), todo=todo)
    sheet = book.worksheets[0]
    filled = (
        Line(number, {name: _text(cell.value) for name, cell in zip(HEADS, row, strict=False)})
        for number, row in enumerate(sheet.iter_rows(min_row=2, max_col=len(HEADS)), start=2)
    )
    return Filled(path, mark[2], sheet.title, tuple(line for line in filled if any(line.cells.values())))


def review(company: Company, filled: Filled, today: date) -> tuple[tuple[Reviewed, ...], tuple[Wrong, ...]]:
    """The corrections of a sheet as they would be entered, and everything that is wrong with it."""
    made: list[tuple[Line, Correction]] = []
    wrong: list[Wrong] = []
    with snapshot_of(company, filled.period) as con:
        for line in filled.lines:
            try:
                made.append((line, _correction(con, filled.period, line, today)))
            except JixiaoError as error:
                wrong.append(_wrong(filled, line, Trouble(error.where.field or "kind", error.what, error.todo)))
    reviewed = entering.review(company, tuple(correction for _, correction in made))
    for (line, _), each in zip(made, reviewed, strict=True):
        wrong += [_wrong(filled, line, trouble) for trouble in each.troubles]
    return reviewed, tuple(sorted(wrong, key=lambda each: (int(re.sub(r".*?(\d+)$", r"\1", each.cell)), each.cell)))


def require_right(filled: Filled, wrong: Iterable[Wrong]) -> None:
    """Stop when cells are wrong.

    Raises:
        ConfigError: all of them.
    """
    if told := [f"\n  {each}" for each in wrong]:
        what = f"{len(told)} cell{'s are' if len(told) > 1 else ' is'} wrong:{''.join(told)}"
        raise ConfigError(what, where=Place(str(filled.path)), todo=_TODO)


def _correction(con: duckdb.DuckDBPyConnection, period: str, line: Line, today: date) -> Correction:
    cells, kind = line.cells, key_of(KINDS, line.cells["kind"])
    told = Told(
        period=period, reason=cells["reason"], evidence=cells["evidence"], asked_by=line.person("asked_by"),
        approved_by=line.person("approved_by"),
    )  # fmt: skip
    match kind:
        case "fact":
            return _fact(told, line)
        case "attribution":
            return _attribution(con, told, line)
        case "rating":
            key = {"employee_id": line.person("whom"), "indicator": cells["line"], "rater_id": line.person("rater"),
                   "role": key_of(ROLES, cells["role"])}  # fmt: skip
            return making.rating(con, told, key, cells["value"], "", today)
        case "target":
            subject = line.person("whom")
            key = {"level": _level(con, subject), "subject_id": subject, "metric": cells["line"]}
            return making.target(con, told, key, cells["value"])
        case "exemption" | "override":
            return making.decision(told, _decision(con, kind, line))
        case _:
            raise _unclear("kind", f"'{cells['kind']}' is no kind of correction", f"one of: {', '.join(KINDS)}")


def _fact(told: Told, line: Line) -> Correction:
    cells = line.cells
    act = key_of(ACTS, cells["act"] or "set")
    if act not in ACTS:
        raise _unclear("act", f"'{cells['act']}' is no act", f"one of: {', '.join(ACTS)}")
    values: dict[str, str | None] = {cells["column"]: cells["value"] or None} if cells["column"] else {}
    if not cells["column"] and act == "add":
        values = {name: text or None for name, text in _pairs("value", cells["value"]).items()}
    return making.row(told, act, cells["table"], _pairs("key", cells["key"]), values)  # type: ignore[arg-type]


def _attribution(con: duckdb.DuckDBPyConnection, told: Told, line: Line) -> Correction:
    cells, key = line.cells, _pairs("key", line.cells["key"])
    if not cells["whom"]:
        raise _unclear("whom", "whose is it?", "choose the person, or nobody")
    whose = None if cells["whom"] in NOBODY.model_dump().values() else line.person("whom")
    if cells["table"] not in {"", "orders"}:
        return making.handled_by(con, told, cells["table"], key, whose)
    if set(key) != {"order_id", "shop_id"}:
        raise _unclear("key", "which order?", "write order_id=…; shop_id=…")
    return making.attribution(told, key["shop_id"], key["order_id"], whose)


def _decision(con: duckdb.DuckDBPyConnection, kind: str, line: Line) -> Decision:
    subject, value = line.person("whom"), line.cells["value"]
    level = "department" if _level(con, subject) == "department" else "employee"
    if kind == "exemption":
        return Decision(act="exempt", level=level, subject_id=subject, key=line.cells["line"])
    number = making.value_of(value)
    return Decision(act="override", level=level, subject_id=subject, key=line.cells["line"], value=number)


def _level(con: duckdb.DuckDBPyConnection, subject: str) -> str:
    if subject == "company":
        return "company"
    found = con.execute("select 1 from departments where department_id = ?", [subject]).fetchone()
    return "department" if found else "employee"


def _pairs(name: str, text: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for each in filter(str.strip, _SEPARATORS.split(text)):
        column, sign, value = each.replace("\uff1d", "=").partition("=")
        if not sign or column.strip() in pairs:
            raise _unclear(name, f"'{each.strip()}' is no column=value", "write column=value; column=value")
        pairs[column.strip()] = value.strip()
    return pairs


def _wrong(filled: Filled, line: Line, trouble: Trouble) -> Wrong:
    name = _CELLS.get(trouble.place, trouble.place)
    return Wrong(cell_name(filled.tab, name if name in HEADS else "kind", line.row), trouble)


def _unclear(name: str, what: str, todo: str) -> ConfigError:
    return ConfigError(what, where=Place(field=name), todo=todo)


def _text(value: Any) -> str:
    return (as_text(value) or "").strip()


def _opened(path: Path) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(path, data_only=True)
    except FileNotFoundError:
        raise ConfigError("there is no such file", where=Place(str(path)), todo="give the sheet's path") from None
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        what = f"this is no workbook that can be read ({type(error).__name__})"
        raise ConfigError(what, where=Place(str(path)), todo="save it as .xlsx") from error
