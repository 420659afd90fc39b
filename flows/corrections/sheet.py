"""The corrections sheet: a workbook to list corrections in, with drop-downs, and only its cells open."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.company import Company
from flows.corrections import knowing
from flows.corrections.sheet_words import ACTS, HEADS, KINDS, LAYOUT, NOBODY, NOTES, ROLES, TABS, WIDTHS
from flows.corrections.snapshot import known_tables, snapshot_of
from transforms.errors import ConfigError, Place
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import parse
from transforms.tables import TABLES
from transforms.titles import Locale, Title

LISTS, MARK = "_lists", "_jixiao"
ROWS = 300
_PALE = "FFFDF3D0"
_HEAD, _LINE = "FFE7EDF3", "FFD8D2BC"
_NOTES_WIDTH = 110


def write(company: Company, period: str, path: Path) -> None:
    """Write a blank sheet for a period.

    Raises:
        ConfigError: there is a file already; somebody may have written in it.
        NotFoundError: nothing was ever run, so nobody can be offered for choice.
    """
    import openpyxl  # takes a third of a second

    if path.exists():
        raise ConfigError("there is such a sheet already", where=Place(str(path)), todo="move it away, or give --out")
    key, locale = parse(period).key, company.settings.documents.locale
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    _fill(sheet, locale)
    _explain(book.create_sheet(TABS[1].in_locale(locale)), key, locale)
    _offer(book, sheet, _choices(company, key, locale))
    _mark(book.create_sheet(MARK), key)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _choices(company: Company, period: str, locale: Locale) -> dict[str, list[str]]:
    """What may be chosen in a column."""
    with snapshot_of(company, period) as con:
        named = con.execute("select employee_id, name from employees order by 1").fetchall()
        departments = [name for (name,) in con.execute("select department_id from departments order by 1").fetchall()]
    people = [f"{who} {name}" for who, name in named]
    lines = sorted({line for _, version in knowing.of_period(company, period) for line in knowing.lines_of(version)})
    return {
        "kind": _words(KINDS, locale), "act": _words(ACTS, locale), "table": list(known_tables()),
        "whom": [*people, *departments, "company", NOBODY.in_locale(locale)],
        "line": ["score", *lines, *sorted(CATALOGUE.keys() - set(lines))],
        "rater": people, "role": _words(ROLES, locale), "asked_by": people, "approved_by": people,
    }  # fmt: skip


def _words(titles: dict[str, Title], locale: Locale) -> list[str]:
    return [title.in_locale(locale) for title in titles.values()]


def _fill(sheet: Any, locale: Locale) -> None:
    """Heads locked, three hundred open rows below."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    side = Side("thin", _LINE)
    thin = Border(left=side, right=side, top=side, bottom=side)
    sheet.title = TABS[0].in_locale(locale)
    wrapped, pale = Alignment(wrap_text=True, vertical="top"), PatternFill("solid", fgColor=_PALE)
    for number, (title, width) in enumerate(zip(HEADS.values(), WIDTHS, strict=True), start=1):
        head = sheet.cell(1, number, title.in_locale(locale))
        head.font, head.fill, head.alignment = Font(bold=True), PatternFill("solid", fgColor=_HEAD), wrapped
        sheet.column_dimensions[letter(number)].width = width
        for row in range(2, ROWS + 2):
            cell = sheet.cell(row, number)
            cell.number_format, cell.protection = "@", Protection(locked=False)
            cell.fill, cell.alignment, cell.border = pale, wrapped, thin
    sheet.freeze_panes, sheet.protection.sheet = "A2", True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "1:1"


def _offer(book: Any, sheet: Any, choices: dict[str, list[str]]) -> None:
    """Drop-downs from a hidden tab; the columns on offer follow the table chosen in the row."""
    from openpyxl.workbook.defined_name import DefinedName

    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    every = {**choices, **{f"t_{name}": list(TABLES[name].names) for name in known_tables()}}
    for number, (name, listed) in enumerate(every.items(), start=1):
        _list(lists, number, listed)
        place = f"'{LISTS}'!${letter(number)}$1:${letter(number)}${len(listed)}"
        book.defined_names[f"c_{name}"] = DefinedName(f"c_{name}", attr_text=place)
    for name in choices:
        _validate(sheet, name, f"c_{name}", strict=name != "line")
    _validate(sheet, "column", f'INDIRECT("c_t_"&{letter(_number("table"))}2)', strict=False)


def _list(lists: Any, number: int, listed: Sequence[str]) -> None:
    for row, text in enumerate(listed, start=1):
        cell = lists.cell(row, number)
        cell.value, cell.data_type = text, "s"  # a name that begins with = is no formula


def _validate(sheet: Any, name: str, formula: str, *, strict: bool) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=strict)
    sheet.add_data_validation(choice)
    choice.add(f"{letter(_number(name))}2:{letter(_number(name))}{ROWS + 1}")


def _explain(sheet: Any, period: str, locale: Locale) -> None:
    from openpyxl.styles import Alignment

    sheet.column_dimensions["A"].width = _NOTES_WIDTH
    for row, note in enumerate(NOTES, start=1):
        cell = sheet.cell(row, 1, note.in_locale(locale).format(period=period))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.protection.sheet = True


def _mark(sheet: Any, period: str) -> None:
    """What a reader goes by, whatever the language."""
    for row, text in enumerate(("corrections", LAYOUT, period, " ".join(HEADS)), start=1):
        sheet.cell(row, 1, text)
    sheet.sheet_state = "veryHidden"


def _number(name: str) -> int:
    return list(HEADS).index(name) + 1


def letter(number: int) -> str:
    """Letter of a column, 1 is A."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def cell_name(tab: str, name: str, row: int) -> str:
    """A cell as people write it: `更正!F7`."""
    return f"{tab}!{letter(_number(name))}{row}"
