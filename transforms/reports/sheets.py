"""Sheets of points as matrices: a row a line, a column a window."""

from collections.abc import Iterable
from decimal import Decimal

from transforms.reports.appraisal_model import PointCell, PointRow, SheetView
from transforms.reports.clauses import clauses
from transforms.reports.derivation import value_steps
from transforms.scoring.results import PointLineResult, PointSheetResult


def sheet_view(sheet: PointSheetResult, window: str) -> SheetView:
    """A sheet of a scheme whose own period is `window`; parts of it (weeks) become columns in their order."""
    parts = tuple(sorted({line.window for line in sheet.lines} - {window}))
    by_key: dict[str, list[PointLineResult]] = {}
    for line in sheet.lines:
        by_key.setdefault(line.key, []).append(line)
    return SheetView(
        key=sheet.key,
        title=sheet.title,
        windows=parts,
        rows=tuple(_row(lines, window, parts) for lines in by_key.values()),
        lines_sum=_sum(sheet.lines) or Decimal(0),
        total=sheet.total,
    )


def _row(lines: list[PointLineResult], window: str, parts: tuple[str, ...]) -> PointRow:
    first, judged = lines[0], [line for line in lines if line.points is not None]
    cells = {line.window: _cell(line, len(parts) if line.window == window and parts else 1) for line in lines}
    columns = (window,) if window in cells else parts
    return PointRow(
        key=first.key,
        title=first.title,
        unit=first.unit,
        better=first.better,
        says=first.says,
        source=first.source,
        rule=clauses(judged[0].trace, first.unit) if judged else (),
        cells=tuple(cells.get(column) for column in columns),
        points=_sum(lines),
    )


def _cell(line: PointLineResult, span: int) -> PointCell:
    same = {name: getattr(line, name) for name in PointCell.model_fields.keys() - {"span", "steps"}}
    return PointCell(**same, span=span, steps=value_steps(line.trace))


def _sum(lines: Iterable[PointLineResult]) -> Decimal | None:
    known = [line.points for line in lines if line.points is not None]
    return sum(known, Decimal(0)) if known else None
