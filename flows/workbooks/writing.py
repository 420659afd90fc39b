"""Tables as a workbook without a single formula, and as CSV: amounts are numbers, everything else is text."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flows.workbooks.tables import Cell, Column, DataTable, Told
from transforms.titles import Locale
from transforms.wording import three

_FORMATS = {"amount": "#,##0.00;[Red]-#,##0.00", "count": "0", "number": "0.00", "rate": "0.00%",
            "fine": "0.####"}  # fmt: skip
_TOTAL = three("合计", "合計", "Total")
_HEAD_FILL, _LINE = "F2EDE4", "C9BFAF"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WRAP_FROM = 40


def workbook(tables: Sequence[DataTable], locale: Locale, made: datetime, mark: str) -> bytes:
    """The workbook's bytes; the same tables give the same bytes.

    `made` stands as its day of creation, `mark` at the foot of every printed page.
    """
    import openpyxl  # takes a third of a second

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.title.in_locale(locale))
        _fill(sheet, table, locale)
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = mark, "&P / &N"
    stamp = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.creator, book.properties.created, book.properties.modified = "jixiao", stamp, stamp
    return _saved(book)


def _saved(book: Any) -> bytes:
    """Without the moment of saving, which openpyxl would put into the file and into every entry of the archive."""
    import zipfile

    from openpyxl.writer.excel import ExcelWriter

    raw, stable = io.BytesIO(), io.BytesIO()
    stamp = book.properties.modified
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        writer = ExcelWriter(book, archive)
        writer.write_data()
    book.properties.modified = stamp
    with zipfile.ZipFile(raw) as found, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(found.namelist()):
            archive.writestr(zipfile.ZipInfo(name), found.read(name), zipfile.ZIP_DEFLATED)
    return stable.getvalue()


def _fill(sheet: Any, table: DataTable, locale: Locale) -> None:
    from openpyxl.utils import get_column_letter

    first = 1
    if table.note is not None:
        _put(sheet, 1, 1, table.note.in_locale(locale), Column("note", table.title))
        first = 2
    for n, column in enumerate(table.columns, start=1):
        _put(sheet, first, n, column.title.in_locale(locale), Column(column.key, column.title))
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    for r, row in enumerate(table.rows, start=first + 1):
        for n, (value, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            _put(sheet, r, n, value, column)
    if table.totalled:
        _total(sheet, table, first + 1 + len(table.rows), locale)
    _dress(sheet, table, first)


def _put(sheet: Any, row: int, column: int, value: Cell, kind: Column) -> None:
    """Text as text, whatever it looks like: a name that begins with = is no formula."""
    cell = sheet.cell(row, column)
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.value, cell.data_type, cell.number_format = value, "s", "@"
    elif isinstance(value, Told):
        cell.value, cell.number_format = value.value, _FORMATS[value.kind]
    else:
        cell.value, cell.number_format = value, _FORMATS[kind.kind]


def _total(sheet: Any, table: DataTable, row: int, locale: Locale) -> None:
    from openpyxl.styles import Font

    _put(sheet, row, 1, _TOTAL.in_locale(locale), table.columns[0])
    for n, total in enumerate(table.totals(), start=1):
        if total is not None:
            _put(sheet, row, n, total, table.columns[n - 1])
    for cell in sheet[row]:
        cell.font = Font(bold=True)


def _dress(sheet: Any, table: DataTable, head: int) -> None:
    """A head that stays in view, filters, wrapped sentences, and A4 across."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color=_LINE)
    for cell in sheet[head]:
        cell.font, cell.fill, cell.border = (
            Font(bold=True),
            PatternFill("solid", fgColor=_HEAD_FILL),
            Border(bottom=line),
        )
    for row in sheet.iter_rows(min_row=head):
        for cell, column in zip(row, table.columns, strict=False):
            cell.alignment = Alignment(
                vertical="top",
                wrap_text=column.width >= _WRAP_FROM,
                horizontal=None if column.kind == "text" else "right",
            )
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    if table.rows:
        sheet.auto_filter.ref = f"A{head}:{sheet.cell(head + len(table.rows), len(table.columns)).coordinate}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", "9", 0
    sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage = 1, True
    sheet.print_title_rows = f"{head}:{head}"


def csv_text(table: DataTable) -> str:
    """The table as CSV: keys as the head, amounts with two decimals and no thousands mark, no total."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([[_plain(value) for value in row] for row in table.rows])
    return target.getvalue()


def _plain(value: Cell) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, Told):
        return f"{value.value:f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
