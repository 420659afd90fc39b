"""The drop folder: filled workbooks are read, checked, put away with their rows beside them, and written down.

A workbook is put away in this order: its bytes, its rows, the journal's entry, and only then it leaves the drop folder.
Killed in between, the next collect finds it in the folder and what was kept of it by its hash, and goes on.
"""

import fcntl
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.sheets.made import made, received_as
from flows.sheets.model import SHEET, Made, Received
from flows.sheets.reading import Filled, Problem, RefusedWorkbook, read
from flows.sheets.returned import Returned, Stamp, as_csv, rows_of
from flows.sources.model import RECEIVED
from flows.warehouse import journal
from flows.warehouse.journal import Draft
from flows.warehouse.snapshot_disk import replaced, reported, sync, write_durably
from transforms.errors import PeriodError
from transforms.findings import Finding
from transforms.period import Period, parse

WORKBOOK = ".xlsx"
_OTHER_TABLES = {".xls", ".xlsm", ".xlsb", ".ods", ".et", ".csv", ".numbers"}
_UNPLAIN = re.compile(r"[^A-Za-z0-9_.-]+")
_HASH = 12  # characters of a workbook's hash in the name it is kept under
_TIME = "%Y%m%dT%H%M%S.%fZ"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = Stamp(_EPOCH, _EPOCH, "", "")  # of a workbook that is only looked at


@dataclass(frozen=True)
class Outcome:
    """What became of one workbook: received (rows by tab), known (received before), or refused (why)."""

    file: str
    sheet: str = ""
    received: Received | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def state(self) -> str:
        """In one word."""
        return "refused" if self.problems else "received" if self.received else "known"


def receive(company: Company, at: datetime) -> tuple[Outcome, ...]:
    """Take in every workbook of the drop folder that is in order; the others stay there untouched, each with why.

    Args:
        company: whose `sheets.folder` is looked at.
        at: this moment; what is received in one go is a microsecond apart, in the order the files were saved.

    Raises:
        StorageError: ledger or disk refuse; what was taken in so far is whole.
    """
    if not dropped(company):
        return ()
    with reported(company.data), _alone(company):
        _clear_up(company)
        engine = wiring.ledger(company)
        return tuple(
            _take(company, engine, path, at + timedelta(microseconds=number))
            for number, path in enumerate(dropped(company))
        )


def refusals(company: Company) -> tuple[Outcome, ...]:
    """The workbooks in the drop folder that would be refused now; nothing is changed."""
    looked = [_looked_at(company, path) for path in dropped(company)]
    return tuple(outcome for outcome in looked if outcome.problems)


def refused_findings(company: Company) -> Iterator[Finding]:
    """The warning that a run shows of workbooks it could not take in."""
    from expectations.sheet_findings import refused_sheets

    refused = {outcome.file: len(outcome.problems) for outcome in refusals(company)}
    yield from refused_sheets(refused, company.settings.documents.locale)


def dropped(company: Company) -> list[Path]:
    """The tables in the drop folder, in the order they were saved; Excel's lock files and hidden files are none."""
    folder = company.root / company.settings.sheets.folder
    found = [path for path in folder.glob("*") if path.is_file() and path.name[0] not in ".~"]
    wanted = [path for path in found if path.suffix.lower() in {WORKBOOK, *_OTHER_TABLES}]
    return sorted(wanted, key=lambda path: (path.stat().st_mtime_ns, path.name))


@contextmanager
def _alone(company: Company) -> Iterator[None]:
    """One process at a time takes workbooks in."""
    place = company.data / "sheets"
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear_up(company: Company) -> None:
    """Remove what a killed collect was writing; nobody else writes there now."""
    for path in (company.data / RECEIVED).glob("*/*.part"):
        path.unlink()


def _looked_at(company: Company, path: Path) -> Outcome:
    try:
        filled = _read(company, wiring.ledger(company), path, path.read_bytes())
        rows_of(filled, _NEVER)
    except RefusedWorkbook as refused:
        return Outcome(path.name, problems=refused.problems)
    return Outcome(path.name, filled.head.sheet)


def _take(company: Company, engine: sa.Engine, path: Path, at: datetime) -> Outcome:
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if before := received_as(engine, sha256):
        _remove(path, sha256)
        return Outcome(path.name, before.sheet)
    try:
        filled = _read(company, engine, path, content)
        kept, moment = _place(company, filled, sha256, at)
        stamp = Stamp(moment, _wall_time(company, moment), _shown(company, kept), filled.head.made_for)
        returned = rows_of(filled, stamp)
    except RefusedWorkbook as refused:
        return Outcome(path.name, problems=refused.problems)
    _put_away(kept, content, returned)
    entry = _entry(filled, path.name, _shown(company, kept), sha256, returned)
    journal.append(engine, [_draft(filled, entry)], moment)
    _remove(path, sha256)
    return Outcome(path.name, filled.head.sheet, entry)


def _read(company: Company, engine: sa.Engine, path: Path, content: bytes) -> Filled:
    if path.suffix.lower() != WORKBOOK:
        raise _refused(path.name, f"{path.suffix} is not read", f"save it as {WORKBOOK} and drop it again")
    filled = read(path.name, content)
    _require_ours(company, engine, filled)
    return filled


def _require_ours(company: Company, engine: sa.Engine, filled: Filled) -> None:
    """Refuse a sheet of another company, one nobody made, and one that is for somebody else than it was made for."""
    head = filled.head
    if head.company not in {company.settings.name.zh_hans, company.settings.name.en}:
        raise _refused(filled.file, f"it is a sheet of {head.company}", "drop it where that company's sheets go")
    known = made(engine, head.period.key, head.sheet)
    if not known:
        what = f"the sheet {head.sheet} was not made here"
        raise _refused(filled.file, what, f"make it: jixiao sheets make {head.period.key}")
    if head.made_for not in {each.made_for for each in known}:
        what = f"the sheet {head.sheet} was made for somebody else than it says now"
        raise _refused(filled.file, what, "let the rater fill the own sheet")
    if not head.made_for and any(row.tab == "events" for row in filled.rows):
        todo = "name somebody under officers.hr in config/company.yaml and make the sheet again"
        raise _refused(filled.file, "the sheet was made for nobody, so nobody wrote its events down", todo)
    _require_rows(filled, known)


def _require_rows(filled: Filled, known: Iterable[Made]) -> None:
    """Judgements that this sheet was never made for are not taken, whatever its hidden tab says."""
    asked = {code for each in known for code in each.rows}
    head = filled.head
    for row in filled.rows:
        own = row.keys.get("rater_id") == head.made_for and _falls_in(row.keys.get("period", ""), head.period)
        if row.tab == "judgements" and not (row.code in asked and own):
            title = filled.titles[row.tab]
            what, todo = "this judgement was not asked of this rater", "remove the mark, or let the rater asked judge"
            raise RefusedWorkbook(Problem(filled.file, title, f"A{row.number}", what, todo))


def _falls_in(told: str, period: Period) -> bool:
    """Whether a judgement is of a window that ends in the sheet's period; a scheme may have days of its own."""
    try:
        return period.start <= parse(told).end <= period.end
    except PeriodError:
        return False


def _refused(file: str, what: str, todo: str) -> RefusedWorkbook:
    return RefusedWorkbook(Problem(file, "", "", what, todo))


def _place(company: Company, filled: Filled, sha256: str, at: datetime) -> tuple[Path, datetime]:
    """Where a workbook is kept, and since when; of one that was put away halfway, as it was then."""
    folder = company.data / RECEIVED / filled.head.period.key
    for path in folder.glob(f"*_*_{sha256[:_HASH]}{WORKBOOK}"):
        return path, datetime.strptime(path.name.rsplit("_", 2)[1], _TIME).replace(tzinfo=UTC)
    name = _UNPLAIN.sub("-", filled.head.sheet.rpartition("/")[2]) or SHEET
    return folder / f"{name}_{at.astimezone(UTC).strftime(_TIME)}_{sha256[:_HASH]}{WORKBOOK}", at


def _put_away(kept: Path, content: bytes, returned: Returned) -> None:
    """The bytes, then the rows beside them; each file appears whole or not at all, and the disk has them at the end."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with replaced(kept) as whole:
        whole.write_bytes(content)
        sync(whole)
    for table, rows in returned.tables.items():
        with replaced(kept.with_suffix(f".{table}.csv")) as whole:
            write_durably(whole, as_csv(table, rows))
    sync(kept.parent)


def _entry(filled: Filled, file: str, path: str, sha256: str, returned: Returned) -> Received:
    head = filled.head
    return Received.model_validate(
        {
            "sheet": head.sheet, "kind": head.kind, "made_for": head.made_for, "file": file, "path": path,
            "sha256": sha256, "given": returned.given, "withdrawn": returned.withdrawn, "counts": returned.counts,
        }
    )  # fmt: skip


def _draft(filled: Filled, entry: Received) -> Draft:
    return Draft(filled.head.period.key, SHEET, entry.sheet, entry, entry.made_for or "jixiao")


def _remove(path: Path, sha256: str) -> None:
    """Take it out of the drop folder, unless somebody saved it again meanwhile."""
    if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
        path.unlink()


def _wall_time(company: Company, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(company.settings.time_zone)).replace(tzinfo=None)


def _shown(company: Company, path: Path) -> str:
    return path.relative_to(company.root).as_posix()
