"""Overdue appeals: each goes to the final instance by itself, once, and those concerned are reminded."""

from dataclasses import dataclass
from datetime import date, datetime

from flows import wiring
from flows.appeals.acts import Escalated
from flows.appeals.deadlines import Deadlines, deadlines_of
from flows.appeals.entries import appeals
from flows.appeals.judging import escalate
from flows.appeals.procedure import Appeal
from flows.appeals.words import paragraphs, subject
from flows.company import Company
from flows.mail.reminders import contacts, queue_reminder
from flows.working_calendar import calendar_of

BY_ITSELF = "jixiao"


@dataclass(frozen=True)
class Swept:
    """An appeal that is overdue, what became of it, and how many reminders were queued for it."""

    appeal: Appeal
    due_on: date
    escalated: bool
    reminders: int


def sweep(company: Company, today: date, at: datetime) -> tuple[Swept, ...]:
    """Put every overdue appeal before the final instance, and remind judge, HR and final instance, each once.

    Raises:
        StorageError: the ledger refused; what was written until then stands.
    """
    due = deadlines_of(company.settings, calendar_of(company))
    overdue = [each for each in appeals(wiring.ledger(company)) if due.overdue(each, today)]
    return tuple(_swept(company, due, each, today, at) for each in overdue)


def _swept(company: Company, due: Deadlines, appeal: Appeal, today: date, at: datetime) -> Swept:
    due_on = due.due_on(appeal) or today
    reminders = _remind(company, appeal, due_on, at)
    if appeal.state == "escalated":
        return Swept(appeal, due_on, escalated=False, reminders=reminders)
    act = Escalated(reason=f"overdue since {due_on}", on=today, by_itself=True)
    return Swept(escalate(company, appeal.id, act, at, by=BY_ITSELF), due_on, escalated=True, reminders=reminders)


def _remind(company: Company, appeal: Appeal, due_on: date, at: datetime) -> int:
    engine, officers = wiring.ledger(company), company.settings.officers
    judge = (appeal.judge_id,) if appeal.judge_id and appeal.state == "assigned" else ()
    known = contacts(engine, company)
    fates = [
        queue_reminder(
            engine, company, period=appeal.filed.period, recipient_id=who, topic=f"appeal/{appeal.id}/{appeal.state}",
            subject=subject(appeal), paragraphs=paragraphs(appeal, due_on.isoformat()), at=at, known=known,
        )
        for who in dict.fromkeys((*judge, *officers.hr, *officers.final_instance))
        if who != appeal.filed.employee_id
    ]  # fmt: skip
    return fates.count("queued")
