"""Reminders: letters about something a person owes, queued once a recipient, period and topic; no revision needed."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from flows.company import Company
from flows.mail.address import checked_address
from flows.mail.letter import Letter, Reminder, Workbook
from flows.warehouse import outbox
from flows.warehouse.ledger_hash import digest
from flows.warehouse.ledger_queries import get_revision, last_revision_id
from flows.warehouse.snapshots import open_snapshot
from transforms.errors import DeliveryError, NotFoundError
from transforms.titles import Title

Fate = Literal["queued", "known", "no_address"]


@dataclass(frozen=True)
class Contact:
    """How a person is called and reached, as their row says."""

    name: str
    address: str


def contacts(engine: sa.Engine, company: Company) -> dict[str, Contact]:
    """Name and e-mail address by employee, of the snapshot of the newest revision.

    Raises:
        NotFoundError: nothing was ever run, so nobody's address is known.
    """
    newest = last_revision_id(engine)
    if not newest:
        raise NotFoundError("nobody's address is known: nothing was ever run", todo="jixiao run the last period first")
    with closing(open_snapshot(company, get_revision(engine, newest).snapshot_id)) as con:
        rows = con.execute("select employee_id, coalesce(name, ''), coalesce(email, '') from employees").fetchall()
    return {who: Contact(name, address) for who, name, address in rows}


def queue_reminder(  # noqa: PLR0913 (a part of the letter each)
    engine: sa.Engine, company: Company, *, period: str, recipient_id: str, topic: str, subject: Title,
    paragraphs: tuple[Title, ...], at: datetime, workbook: Workbook | None = None,
    known: Mapping[str, Contact] | None = None,
) -> Fate:  # fmt: skip
    """Put a reminder into the outbox; one of the same recipient, period and topic is never queued twice.

    Args:
        engine: the ledger.
        company: whose sender and language are taken.
        period: what the reminder is about; its mail is listed under this period.
        recipient_id: personnel number.
        topic: what is asked and at which step, such as `sheets/overdue` or `appeal/A-12/answer`.
        subject: without the company's name, which is put before it.
        paragraphs: the text between greeting and closing words.
        at: this moment.
        workbook: the recipient's own workbook; `deliver` checks that it was made for them.
        known: `contacts`, when several reminders are queued at once.

    Returns:
        `queued`, `known` (queued before), or `no_address` (nothing was queued).

    Raises:
        NotFoundError: nothing was ever run, so nobody's address is known.
        StorageError: the ledger refused; nothing was queued.
    """
    found = (contacts(engine, company) if known is None else known).get(recipient_id)
    address = _usable(found)
    if found is None or not address:
        return "no_address"
    sender = checked_address(company.settings.delivery.sender)
    letter = Letter(
        message_id=_message_id(company, period, recipient_id, topic, sender), period=period, kind="reminder",
        recipient_id=recipient_id, recipient_name=found.name, address=address, sender=sender,
        company=company.settings.name, locale=company.settings.documents.locale, dated=at,
        reminder=Reminder(topic=topic, subject=subject, paragraphs=paragraphs), workbook=workbook,
    )  # fmt: skip
    return "queued" if outbox.queue_letter(engine, letter, at) else "known"


def _message_id(company: Company, period: str, recipient_id: str, topic: str, sender: str) -> str:
    told = digest([company.settings.name.zh_hans, "reminder", period, recipient_id, topic])
    return f"<{told[:40]}@{sender.rpartition('@')[2]}>"


def _usable(contact: Contact | None) -> str:
    """The address as mail servers want it; empty when there is none or it is not one."""
    try:
        return checked_address(contact.address if contact else "")
    except DeliveryError:
        return ""
