"""A workbook as values, and writing it: locked but for the inputs, drop-downs, limits, ready to print on A4."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from flows.sheets.layout import FIRST_ROW, HIDDEN, TABS, Column, TabKey, as_json
from flows.sheets.limits import limit
from flows.sheets.words import DONE
from flows.sheets.words import TABS as TITLES
from flows.warehouse.snapshot_disk import replaced
from transforms.period import Period
from transforms.titles import Locale

CellValue = str | Decimal | int | date | None
Choice = tuple[str, Mapping[str, str]]  # label, columns of the canonical table
Looks = dict[tuple[bool, str, bool, bool], Any]  # the style of cells that look alike

_FONT = "Microsoft YaHei"
_HEAD = PatternFill("solid", fgColor="1F4E79")
_INPUT = PatternFill("solid", fgColor="FFF8DC")
_LINE, _STRONG = Side("thin", "D0D0D0"), Side("medium", "8FA9C4")
_TEXT = "@"
_LINE_POINTS, _TITLE_POINTS, _HEAD_POINTS = 15, 26, 30
_A4 = 9
_FIRST_WIDE = 0x2E80  # Chinese characters and their punctuation begin here


@dataclass(frozen=True)
class Row:
    """A row of a tab. `cells` by column name; `formats`: number formats of cells that need one.

    `locked`: inputs that are filled in already and stay. Rows of one `part` belong together, with a line above.
    """

    code: str
    keys: Mapping[str, str]
    cells: Mapping[str, CellValue]
    formats: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    locked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tab:
    """A tab with its heading and rows."""

    key: TabKey
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """A workbook. `notes`: label and text; `choices`: by list, in the order they are offered."""

    head: Mapping[str, str]
    period: Period
    locale: Locale
    title: str
    notes: tuple[tuple[str, str], ...]
    tabs: tuple[Tab, ...]
    choices: Mapping[str, tuple[Choice, ...]]


def write(sheet: Sheet, path: Path) -> None:
    """Write the workbook; it appears whole or not at all."""
    book = Workbook()
    _write_notes(book.worksheets[0], sheet)
    hidden = book.create_sheet(HIDDEN)
    places = _write_hidden(hidden, sheet)
    for tab in sheet.tabs:
        _write_tab(book.create_sheet(TITLES[tab.key].in_locale(sheet.locale)), tab, sheet, places)
        _name_inputs(book, tab, sheet.locale)
    book.move_sheet(hidden, len(sheet.tabs))
    hidden.sheet_state = "hidden"
    book.active = 1
    book.worksheets[0].sheet_view.tabSelected = False
    book.security = WorkbookProtection(lockStructure=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as whole:
        book.save(whole)


def last_row(tab: Tab) -> int:
    """The Excel row of the tab's last row."""
    return FIRST_ROW + len(tab.rows) - 1


def _write_notes(page: Any, sheet: Sheet) -> None:
    page.title = TITLES["notes"].in_locale(sheet.locale)
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 16, 88
    _put(page.cell(1, 1), sheet.title).font = Font(_FONT, 16, bold=True, color="1F4E79")
    page.row_dimensions[1].height = _HEAD_POINTS + 4
    for row, (label, told) in enumerate(sheet.notes, start=3):
        _put(page.cell(row, 1), label).font = Font(_FONT, 10, bold=True)
        _put(page.cell(row, 2), told).font = Font(_FONT, 10)
        for column in (1, 2):
            page.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        page.row_dimensions[row].height = _height(told, 88) + 5
    _protect(page)
    _print_on_a4(page, "portrait")


def _write_hidden(page: Any, sheet: Sheet) -> dict[str, str]:
    """Write what a reader goes by; returns where the labels of each list stand."""
    for name, value in sheet.head.items():
        _append(page, ("head", name, value))
    for tab in sheet.tabs:
        _append(page, ("tab", tab.key, TITLES[tab.key].in_locale(sheet.locale), FIRST_ROW, last_row(tab)))
    places = {}
    for name, offered in sheet.choices.items():
        first = page.max_row + 1
        for label, keys in offered:
            _append(page, ("choice", name, label, None, as_json(keys)))
        places[name] = f"'{HIDDEN}'!$C${first}:$C${page.max_row}"
    for tab in sheet.tabs:
        for number, row in enumerate(tab.rows, start=FIRST_ROW):
            _append(page, ("row", tab.key, row.code, number, as_json(row.keys)))
    _protect(page)
    return places


def _append(page: Any, cells: tuple[str | int | None, ...]) -> None:
    row = page.max_row + (1 if page["A1"].value is not None else 0)
    for column, value in enumerate(cells, start=1):
        _say(page.cell(row, column), value)


def _write_tab(page: Any, tab: Tab, sheet: Sheet, places: Mapping[str, str]) -> None:
    columns = TABS[tab.key]
    _put(page.cell(1, 2), tab.heading).font = Font(_FONT, 14, bold=True, color="1F4E79")
    page.row_dimensions[1].height = _TITLE_POINTS
    _write_head(page, columns, sheet.locale)
    before, looks = None, Looks()
    for number, row in enumerate(tab.rows, start=FIRST_ROW):
        _write_row(page, number, row, columns, looks, starts=row.part != before)
        before = row.part
    for place, column in enumerate(columns, start=1):
        if column.is_input and tab.rows:
            reach = f"{get_column_letter(place)}{FIRST_ROW}:{get_column_letter(place)}{last_row(tab)}"
            limit(page, tab.key, column, reach, sheet.period, sheet.locale, places.get(column.choices, ""))
    if tab.key == "judgements":
        _count_done(page, tab, sheet.locale)
    page.freeze_panes = page.cell(FIRST_ROW, 4 if tab.key in {"judgements", "targets"} else 3)
    page.auto_filter.ref = f"B2:{get_column_letter(len(columns))}{max(last_row(tab), 2)}"
    _protect(page)
    _print_on_a4(page, "landscape")


def _write_head(page: Any, columns: tuple[Column, ...], locale: Locale) -> None:
    for place, column in enumerate(columns, start=1):
        cell = _put(page.cell(2, place), column.title.in_locale(locale))
        cell.font, cell.fill = Font(_FONT, 10, bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        size = page.column_dimensions[get_column_letter(place)]
        size.width, size.hidden = max(column.width, 4), column.width == 0
    page.row_dimensions[2].height = _HEAD_POINTS


def _write_row(page: Any, number: int, row: Row, columns: tuple[Column, ...], looks: Looks, *, starts: bool) -> None:
    for place, column in enumerate(columns, start=1):
        cell = page.cell(number, place)
        _say(cell, row.code if column.name == "code" else row.cells.get(column.name))
        is_open = column.is_input and column.name not in row.locked
        shown = row.formats.get(column.name, _format(column))
        key = (column.holds in {"number", "day"}, shown, is_open, starts)
        if key in looks:
            cell._style = copy(looks[key])  # noqa: SLF001 - ten times as fast as giving every cell its own style
        else:
            _dress(cell, *key)
            looks[key] = cell._style  # noqa: SLF001
    tall = (_height(str(row.cells.get(each.name) or ""), each.width) for each in columns if each.width)
    page.row_dimensions[number].height = max(20, max(tall) + 4)


def _dress(cell: Any, is_number: bool, shown: str, is_open: bool, starts: bool) -> None:  # noqa: FBT001 - parts of a key
    """How a cell of a row looks, and whether it is locked."""
    cell.border = Border(top=_STRONG if starts else _LINE, bottom=_LINE, left=_LINE, right=_LINE)
    cell.protection, cell.font = Protection(locked=not is_open), Font(_FONT, 10)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="right" if is_number else "left")
    cell.number_format = shown
    if is_open:
        cell.fill = _INPUT


def _format(column: Column) -> str:
    return {"day": "yyyy-mm-dd", "number": "General"}.get(column.holds, _TEXT)


def _height(text: str, width: float) -> float:
    """Points that a wrapped text needs; a Chinese character is as wide as two others."""
    lines = (sum(1.9 if ord(letter) >= _FIRST_WIDE else 1 for letter in line) for line in text.split("\n"))
    return sum(max(1, -(-size // max(width - 1, 1))) for size in lines) * _LINE_POINTS


def _put(cell: Any, value: CellValue) -> Any:
    """Give a cell its value; a text's format is text."""
    _say(cell, value)
    if isinstance(value, str):
        cell.number_format = _TEXT
    return cell


def _say(cell: Any, value: CellValue) -> None:
    """Text stays text, whatever it looks like: an id that begins with = is no formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value


def _count_done(page: Any, tab: Tab, locale: Locale) -> None:
    """How many are judged already, at the top right; it counts by itself."""
    place = [column.name for column in TABS[tab.key]].index("score") + 1
    letter = get_column_letter(place)
    reach = f"{letter}{FIRST_ROW}:{letter}{last_row(tab)}"
    cell = page.cell(1, place)
    cell.value = f'="{DONE.in_locale(locale)} "&COUNT({reach})&" / {len(tab.rows)}"'
    cell.font, cell.alignment = Font(_FONT, 10, bold=True), Alignment(horizontal="left", vertical="center")


def _name_inputs(book: Any, tab: Tab, locale: Locale) -> None:
    title = TITLES[tab.key].in_locale(locale)
    for place, column in enumerate(TABS[tab.key], start=1):
        if column.is_input:
            letter, name = get_column_letter(place), f"{tab.key}_{column.name}"
            where = f"'{title}'!${letter}${FIRST_ROW}:${letter}${max(last_row(tab), FIRST_ROW)}"
            book.defined_names[name] = DefinedName(name, attr_text=where)


def _protect(page: Any) -> None:
    """Locked without a password; widths and the filter stay free."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.autoFilter = False


def _print_on_a4(page: Any, orientation: str) -> None:
    page.page_setup.paperSize, page.page_setup.orientation = _A4, orientation
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.6
    page.page_margins.header = page.page_margins.footer = 0.25
    page.oddFooter.center.text = "&P / &N"
    if orientation == "landscape":
        page.print_title_rows = "1:2"
