"""Workbooks going out: written once each, and written down in the journal."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows import wiring
from flows.company import Company
from flows.schemes import load_schemes
from flows.sheets.composing import Ground, of_departments, of_raters
from flows.sheets.dues import due_days_of
from flows.sheets.expected import Shortfall, expected
from flows.sheets.layout import LAYOUT
from flows.sheets.made import last_made
from flows.sheets.model import SHEET, Made
from flows.sheets.raters import load_raters
from flows.sheets.situation import situation
from flows.sheets.workbook import Sheet, write
from flows.warehouse import journal
from flows.warehouse.journal import Draft
from flows.warehouse.snapshot_disk import reported
from transforms.errors import NotFoundError
from transforms.period import Period

_OTHER = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Workbook:
    """What became of one workbook. `asked`: judgements in it; `is_new`: False where it was there and stayed."""

    sheet: str
    made_for: str
    path: Path
    asked: int
    is_new: bool


@dataclass(frozen=True)
class Outcome:
    """The workbooks, and for whom raters are missing."""

    workbooks: tuple[Workbook, ...]
    shortfalls: tuple[Shortfall, ...]


def make(
    company: Company, period: Period, at: datetime, *, rater: str = "", out: Path | None = None, again: bool = False,
    by: str = "jixiao",
) -> Outcome:  # fmt: skip
    """Make the workbooks of a period; one that is there stays as it is, somebody may have judged in it.

    `rater`: only this one's. `again`: make those that are there anew; the old ones are kept with a number. `at`: UTC.

    Raises:
        NotFoundError: the rater owes nothing, or nobody does.
        StorageError: the folder cannot be written.
    """
    ground = ground_of(company, period, at)
    sheets = [*of_raters(ground, rater), *(() if rater else of_departments(ground))]
    if not sheets:
        raise _nothing(period, rater)
    folder = out or company.data / "sheets" / "out" / period.key
    with reported(folder):
        made = tuple(_settle(ground, sheet, folder, again=again, by=by) for sheet in sheets)
    return Outcome(made, ground.owed.shortfalls)


def ground_of(company: Company, period: Period, at: datetime) -> Ground:
    """Everything the workbooks of a period are made of."""
    seen, schemes = situation(company, period), load_schemes(company)
    owed = expected(seen.book, schemes, load_raters(company), due_days_of(company))
    return Ground(company=company, period=period, seen=seen, schemes=schemes, owed=owed, at=at)


def _nothing(period: Period, rater: str) -> NotFoundError:
    whom = f"{rater} judges nobody" if rater else "no scheme asks anybody for a judgement"
    todo = f"jixiao sheets status {period.key} lists who does; config/raters.yaml can name more raters"
    return NotFoundError(f"{whom} in {period.key}", todo=todo)


def _settle(ground: Ground, sheet: Sheet, folder: Path, *, again: bool, by: str) -> Workbook:
    """Write one workbook unless it is there, and its entry of the journal unless that is there."""
    engine = wiring.ledger(ground.company)
    path, codes = folder / f"{file_stem(sheet.head['sheet'])}.xlsx", _codes(sheet)
    is_new = again or not path.exists()
    if is_new:
        _keep_old(path)
        write(sheet, path)
    if is_new or last_made(engine, ground.period.key, sheet.head["sheet"]) is None:
        journal.append(engine, [_entry(ground, sheet, path, codes, by)], ground.at)
    return Workbook(sheet.head["sheet"], sheet.head["for"], path, len(codes), is_new)


def _codes(sheet: Sheet) -> tuple[str, ...]:
    return tuple(row.code for tab in sheet.tabs if tab.key == "judgements" for row in tab.rows)


def _entry(ground: Ground, sheet: Sheet, path: Path, codes: tuple[str, ...], by: str) -> Draft:
    inside = path.resolve().is_relative_to(ground.company.root)
    made = Made(
        sheet=sheet.head["sheet"], kind="rater" if sheet.head["kind"] == "rater" else "department",
        made_for=sheet.head["for"], layout=LAYOUT, rows=codes,
        path=str(path.resolve().relative_to(ground.company.root) if inside else path.resolve()),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )  # fmt: skip
    return Draft(ground.period.key, SHEET, made.sheet, made, by)


def _keep_old(path: Path) -> None:
    """Give the workbook that is there the next free number."""
    if path.exists():
        free = next(n for n in range(1, 10_000) if not path.with_stem(f"{path.stem}.{n}").exists())
        path.rename(path.with_stem(f"{path.stem}.{free}"))


def file_stem(sheet: str) -> str:
    """The name of a sheet's file: what follows the period; an id with other characters gets a hash."""
    name = sheet.partition("/")[2]
    plain = _OTHER.sub("_", name)
    return name if plain == name else f"{plain}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
