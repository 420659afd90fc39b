"""Sheets of points as matrices: a row a line, a column a window."""

from collections.abc import Iterable
from decimal import Decimal

from transforms.reports.appraisal_model import Counted, PointCell, PointRow, SheetView
from transforms.reports.clauses import clauses
from transforms.reports.derivation import value_steps
from transforms.reports.outcomes import outcome
from transforms.scoring.results import PointLineResult, PointSheetResult

MANY = 3  # lines that count the same are told as the rest from here on


def sheet_view(sheet: PointSheetResult, window: str) -> SheetView:
    """A sheet of a scheme whose own period is `window`; parts of it (weeks) become columns in their order."""
    parts = tuple(sorted({line.window for line in sheet.lines} - {window}))
    by_key: dict[str, list[PointLineResult]] = {}
    for line in sheet.lines:
        by_key.setdefault(line.key, []).append(line)
    rows = tuple(_row(lines, window, parts) for lines in by_key.values())
    return SheetView(
        key=sheet.key,
        title=sheet.title,
        windows=parts,
        rows=rows,
        counted=_counted(rows),
        lines_sum=_sum(sheet.lines) or Decimal(0),
        total=sheet.total,
    )


def _counted(rows: Iterable[PointRow]) -> tuple[Counted, ...]:
    """Lines that count the same are told together; the most of them, if they are many, last and as the rest."""
    found: dict[object, list[PointRow]] = {}
    for row in rows:
        found.setdefault((row.says, row.source), []).append(row)
    most = max(found.values(), key=len, default=[])
    views = [
        Counted(
            titles=tuple(row.title for row in alike), says=alike[0].says, source=alike[0].source,
            rest=alike is most and len(alike) >= MANY,
        )
        for alike in found.values()
    ]  # fmt: skip
    return tuple(sorted(views, key=lambda each: each.rest))


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
    same = {name: getattr(line, name) for name in PointCell.model_fields.keys() & PointLineResult.model_fields.keys()}
    told = outcome(line.trace)
    return PointCell(
        **same, span=span, steps=value_steps(line.trace), attained=told.attained, shared=told.shared,
        unusual=told.unusual or line.missing is not None,
    )  # fmt: skip


def _sum(lines: Iterable[PointLineResult]) -> Decimal | None:
    known = [line.points for line in lines if line.points is not None]
    return sum(known, Decimal(0)) if known else None
