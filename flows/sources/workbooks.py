"""Excel workbooks: one sheet written out as CSV, every cell as the text a person would write."""

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.sources.text_files import unreadable
from flows.sources.values import as_text
from flows.yaml_mistakes import allowed
from transforms.errors import Place, SourceError


def to_csv(path: Path, sheet: str | None, target: Path, shown: str) -> None:
    """Write a sheet (default the first) as UTF-8 CSV.

    Raises:
        SourceError: not a workbook, no such sheet, or an empty one.
    """
    import openpyxl  # takes a third of a second, and most companies have no workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        raise unreadable(shown, error) from None
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise SourceError(f"there is no sheet '{sheet}'", where=Place(shown), todo=allowed(sheet, book.sheetnames))
        _write(_rows(book[sheet] if sheet else book.worksheets[0]), target, shown)
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # some exports declare a wrong size, which would cut rows off
    return iter(sheet.iter_rows(values_only=True))


def _write(rows: Iterator[tuple[object, ...]], target: Path, shown: str) -> None:
    names = [_cell(cell) for cell in next(rows, ())]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SourceError("the sheet is empty", where=Place(shown, row=0), todo="put the column names in the first row")
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        for row in rows:
            cells = [_cell(cell) for cell in row]
            # short rows are filled up, and blank cells beyond the header are no columns
            width = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
            writer.writerow(cells[: max(width, len(names))] + [""] * (len(names) - len(cells)))


def _cell(value: object) -> str:
    return as_text(value) or ""
