"""The payroll workbook of a revision, from the ledger alone, into `data/payroll/PERIOD/rN/`."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.corrections.entries import standing_of
from flows.payroll.assumptions import Stand, assumptions_table
from flows.payroll.changes import changes_table
from flows.payroll.people import lines_table, people_table
from flows.payroll.pools import pools_table, reconciliation_table
from flows.scheme_records import of_revision
from flows.warehouse.basis import BASIS, CHANGES, Basis
from flows.warehouse.journal import entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_periods import status
from flows.warehouse.ledger_queries import history, load_results
from flows.warehouse.snapshot_disk import replaced, reported
from flows.workbooks.tables import DataTable
from flows.workbooks.writing import csv_text, workbook
from transforms.corrections.model import Correction
from transforms.errors import NotFoundError
from transforms.period import Period
from transforms.revisions import Changes


@dataclass(frozen=True)
class Payroll:
    """What was made, and of which revision."""

    revision: RecordedRevision
    path: Path
    tables: tuple[DataTable, ...]


def make(company: Company, period: Period, number: int | None = None) -> Payroll:
    """Write workbook and CSV files of a revision (the latest without a number); made again they are the same bytes.

    Raises:
        NotFoundError: the period has no such revision, or nobody is paid by a scheme in it.
        StorageError: the folder cannot be written.
    """
    engine = wiring.ledger(company)
    revision, before = _revisions(engine, period, number)
    tables = _tables(engine, company, revision, before)
    if not tables[0].rows:
        todo = "schemes that pay have `pay:` and count as score or beside: jixiao scheme list"
        raise NotFoundError(f"no scheme pays anybody in {period.key}", todo=todo)
    locale = company.settings.documents.locale
    folder = company.data / "payroll" / period.key / f"r{revision.number}"
    path = folder / f"payroll_{period.key.replace('..', '_')}_r{revision.number}.xlsx"
    with reported(company.data):
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, workbook(tables, locale, revision.created_at, _mark(revision)))
        for table in tables:
            _write(folder / f"{table.key}.csv", csv_text(table).encode("utf-8-sig"))
    return Payroll(revision, path, tables)


def _mark(revision: RecordedRevision) -> str:
    return f"{revision.period} · r{revision.number} · {revision.hash[:12]}"


def _write(path: Path, content: bytes) -> None:
    with replaced(path) as whole:
        whole.write_bytes(content)
    path.chmod(0o640)


def _revisions(
    engine: sa.Engine, period: Period, number: int | None
) -> tuple[RecordedRevision, RecordedRevision | None]:
    known = history(engine, period.key)
    found = [each for each in known if number in {None, each.number}]
    if not found:
        todo = f"run it first: jixiao run {period.key}" if not known else f"there are 1 to {known[-1].number}"
        what = f"period {period.key} has no revision" + ("" if number is None else f" {number}")
        raise NotFoundError(what, todo=todo)
    chosen = found[-1]
    earlier = [each for each in known if each.number < chosen.number]
    return chosen, earlier[-1] if earlier else None


def _tables(
    engine: sa.Engine, company: Company, revision: RecordedRevision, before: RecordedRevision | None
) -> tuple[DataTable, ...]:
    results, locale = load_results(engine, revision.id), company.settings.documents.locale
    old = load_results(engine, before.id) if before else None
    return (
        people_table(results, locale), lines_table(results, locale), pools_table(results, locale),
        reconciliation_table(results, locale), changes_table(old, results, _changes(engine, revision), locale),
        assumptions_table(results, _stand(engine, company, revision), locale),
    )  # fmt: skip


def _changes(engine: sa.Engine, revision: RecordedRevision) -> Changes | None:
    found = [each for each in entries(engine, period=revision.period, kinds=(CHANGES,)) if each.key == str(revision.id)]
    return found[-1].read(Changes) if found else None


def _stand(engine: sa.Engine, company: Company, revision: RecordedRevision) -> Stand:
    settings = company.settings
    return Stand(
        company=settings.name, currency=settings.currency, period=revision.period,
        status=status(engine, revision.period), revision=revision.number, revision_hash=revision.hash,
        snapshot_id=revision.snapshot_id,
        recorded_on=company.day_of(revision.created_at),
        schemes=of_revision(engine, revision.id), corrections=_corrections(engine, revision),
    )  # fmt: skip


def _corrections(engine: sa.Engine, revision: RecordedRevision) -> tuple[Correction, ...]:
    """Those the revision was made with."""
    found = [each for each in entries(engine, period=revision.period, kinds=(BASIS,)) if each.key == str(revision.id)]
    return standing_of(engine, revision.period, found[-1].read(Basis).journal_until) if found else ()
