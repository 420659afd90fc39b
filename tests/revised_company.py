"""The tiny company after a month end whose mail was sent, and what HR does to it then: corrections, runs, mail."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows import wiring
from flows.corrections.entering import enter, withdraw
from flows.month_end import deliver
from flows.settings import load_company
from flows.warehouse import outbox
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import documents
from flows.warehouse.outbox import OutboxRow
from tests import tiny_company
from transforms.corrections.model import Correction, Decision, Withdrawal

PERIOD = tiny_company.PERIOD
PERSONS = {"reason": "recount", "evidence": "HR-7", "asked_by": "NA", "approved_by": "M1"}


@pytest.fixture
def mailed(tmp_path_factory, tmp_path) -> Path:
    """A copy of a company whose October has one revision, every letter of it sent."""
    return Path(shutil.copytree(_mailed(tmp_path_factory.getbasetemp() / "tiny-mailed"), tmp_path / "company"))


@cache
def _mailed(root: Path) -> Path:
    tiny_company.build(root)
    tiny_company.run(root)
    send(root)
    return root


def engine_of(root: Path) -> sa.Engine:
    """The company's ledger."""
    return wiring.ledger(load_company(root))


def override(root: Path, who: str, value: str, key: str = "product_knowledge") -> Correction:
    """Somebody's indicator set to a value by people."""
    decision = Decision(act="override", subject_id=who, key=key, value=Decimal(value))
    told = Correction(kind="override", period=PERIOD, decision=decision, concerns=(who,), **PERSONS)
    enter(load_company(root), told, datetime.now(UTC), "NA")
    return told


def take_back(root: Path, told: Correction) -> None:
    """The correction withdrawn."""
    withdraw(load_company(root), Withdrawal(correction_id=told.id, **PERSONS), datetime.now(UTC), "NA")


def again(root: Path, *, refresh: bool = False) -> RecordedRevision:
    """A run after the first: from the same rows unless told to read them anew."""
    return tiny_company.run(root, refresh=refresh)


def send(root: Path) -> None:
    """Everything that waits in the outbox."""
    deliver(load_company(root), None)


def made_for(root: Path, revision: RecordedRevision) -> list[str]:
    """The documents whose files a revision made, as `kind:subject`."""
    own = f"/r{revision.number}/"
    return [f"{d.kind}:{d.subject_id}" for d in documents(engine_of(root), revision.id) if own in d.pdf_path]


def letters_of(root: Path, revision: RecordedRevision) -> dict[tuple[str, str], list[str]]:
    """What was queued for a revision: documents by recipient and kind of letter."""
    rows = [row for row in outbox.rows(engine_of(root), period=PERIOD) if row.revision_id == revision.id]
    return {(row.recipient_id, row.kind): list(attached(row)) for row in rows}


def attached(row: OutboxRow) -> Iterator[str]:
    """The documents of a letter."""
    yield from (f"{a.kind}:{a.subject_id}" for a in row.letter.attachments)
