"""A closed-books desk for appeals, acknowledgements and closing: the tiny company's October in a ledger of its own.

Snapshot, findings and results are made once by a real month end; each test gets them in an empty ledger, of each
database, so that it may write what it likes.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import pytest

from flows import wiring
from flows.company import Company, Officers
from flows.scheme_records import in_force
from flows.schemes import load_schemes
from flows.settings import load_company
from flows.warehouse import outbox
from flows.warehouse.basis import Basis
from flows.warehouse.journal import last_id
from flows.warehouse.ledger import RecordedRevision, record
from flows.warehouse.ledger_documents import record_documents
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_queries import last_revision_id, latest, load_results
from tests import ledger as kit
from tests import tiny_company
from transforms.period import parse
from transforms.scoring.results import PeriodResults

PERIOD = parse(tiny_company.PERIOD)
MADE = datetime(2026, 11, 20, 9, tzinfo=UTC)  # a Friday
LAST_DAY = date(2026, 11, 27)  # the fifth working day after it
AFTER = date(2026, 11, 30)
PEOPLE = ("E1", "E2", "M1", "NA")


@dataclass(frozen=True)
class Desk:
    """A company whose October was run, its documents made on 20 November."""

    company: Company
    shared: Path

    @property
    def engine(self):
        return wiring.ledger(self.company)

    @property
    def revision(self) -> RecordedRevision:
        return latest(self.engine, PERIOD.key)

    def with_officers(self, **lists) -> "Desk":
        settings = self.company.settings.model_copy(update={"officers": Officers(**lists)})
        return Desk(Company(self.company.root, settings), self.shared)

    def with_settings(self, **parts) -> "Desk":
        return Desk(Company(self.company.root, self.company.settings.model_copy(update=parts)), self.shared)

    def run(self, number=1, *, changed=(), provisional=False, corrections=(), made=MADE) -> RecordedRevision:
        """Record revision `number`; documents of `changed` say something else than before."""
        snapshot, results = _made(self.shared)
        until = {"provisional": provisional, "provisional_until": date(2026, 12, 3) if provisional else None}
        basis = Basis(
            as_of=made.date(), journal_until=last_id(self.engine), revisions_until=last_revision_id(self.engine)
        )
        said = kit.revision_input(
            snapshot, results=results.model_copy(update=until), code_version=str(number), created_at=made, basis=basis,
            corrections=corrections, schemes=in_force(load_schemes(self.company), PERIOD),
        )  # fmt: skip
        revision = record(self.engine, said)
        papers = [paper(who, number if who in changed else 1) for who in PEOPLE]
        record_documents(self.engine, revision.id, papers, made)
        set_status(self.engine, PERIOD.key, "provisional", revision.id, made, by="jixiao")
        return revision

    def mail(self, who, number=1, at=MADE) -> None:
        """The document that `paper(who, number)` is, sent to `who`."""
        made = paper(who, number)
        attached = kit.letter().attachments[0].model_copy(update={"subject_id": who, "pdf_sha256": made.pdf_sha256})
        revision = self.revision
        letter = kit.letter(
            message_id=f"<{who}-{revision.id}@example.com>", recipient_id=who, revision_id=revision.id,
            revision_number=revision.number, attachments=(attached,),
        )  # fmt: skip
        outbox.queue(self.engine, revision.id, PERIOD.key, [letter], at, "queued")
        row = outbox.get(self.engine, letter.message_id)
        for state in ("claimed", "sending", "sent"):
            row = outbox.advance(self.engine, row, state, at, by="test")


def paper(who, number=1):
    """A document of somebody; of another number it says something else."""
    return kit.document(who, "employee", f"%PDF-1.7 {who} {number}".encode())


def day(which: date) -> datetime:
    """A moment of that day."""
    return datetime.combine(which, time(9), UTC)


@pytest.fixture
def desk(tmp_path, tmp_path_factory) -> Desk:
    """The desk on the default ledger."""
    yield from _opened(f"sqlite:///{tmp_path / 'company' / 'data' / 'ledger.sqlite'}", tmp_path, tmp_path_factory)


@pytest.fixture
def each_desk(ledger_url, tmp_path, tmp_path_factory) -> Desk:
    """The desk on each database."""
    yield from _opened(ledger_url, tmp_path, tmp_path_factory)


def _opened(ledger_url, tmp_path, tmp_path_factory):
    shared, root = _shared(tmp_path_factory.getbasetemp() / "procedure-company"), tmp_path / "company"
    (root / "data").mkdir(parents=True)
    shutil.copytree(shared / "config", root / "config")
    for name in ("snapshots", "findings", "inbox"):
        (root / "data" / name).symlink_to(shared / "data" / name)
    found = load_company(root)
    told = found.settings.ledger.model_copy(update={"url": ledger_url})
    made = Desk(Company(root, found.settings.model_copy(update={"ledger": told})), shared)
    made.run()
    yield made
    made.engine.dispose()


@cache
def _shared(root: Path) -> Path:
    tiny_company.build(root)
    tiny_company.run(root)
    return root


@cache
def _made(root: Path) -> tuple[str, PeriodResults]:
    """Snapshot and results of the real month end."""
    engine = wiring.ledger(load_company(root))
    revision = latest(engine, PERIOD.key)
    return revision.snapshot_id, load_results(engine, revision.id)
