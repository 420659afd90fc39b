"""What recipients already have of a period's documents: read from the messages that were sent."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from flows.mail.letter import Letter
from flows.warehouse import outbox
from flows.warehouse.outbox import OutboxRow


@dataclass(frozen=True)
class Mailed:
    """A document in a message that was sent; `at`: when, as the ledger writes moments; `letter`: kind, department."""

    at: str
    revision_id: int
    revision_number: int
    recipient_id: str
    letter: tuple[str, str]
    document: tuple[str, str]
    pdf_sha256: str


def mailed(engine: sa.Engine, period: str) -> tuple[Mailed, ...]:
    """Every document of a period that was sent, in the order of sending.

    A message whose fate is unknown, or that was refused, brought nothing.
    """
    sent = outbox.rows(engine, period=period, states=("sent",))
    found = (each for row in sent if row.revision_id is not None for each in _of(row, row.letter))
    return tuple(sorted(found, key=lambda each: (each.at, each.revision_id)))


def last_of_subject(told: Iterable[Mailed], before: str) -> dict[tuple[str, str], str]:
    """Hash of the file that was mailed last of each (kind, subject), to whomever, before a moment."""
    return {each.document: each.pdf_sha256 for each in told if each.at < before}


def last_of_recipient(told: Iterable[Mailed]) -> dict[tuple[str, tuple[str, str]], Mailed]:
    """What each recipient was sent last of each (kind, subject)."""
    return {(each.recipient_id, each.document): each for each in told}


def _of(row: OutboxRow, letter: Letter) -> Iterable[Mailed]:
    for a in letter.attachments:
        yield Mailed(
            row.at, letter.revision_id or 0, letter.revision_number or 0, row.recipient_id,
            (row.kind, row.department_id), (a.kind, a.subject_id), a.pdf_sha256,
        )  # fmt: skip
