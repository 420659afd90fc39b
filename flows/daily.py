"""What the process calendar asks for every day: sheets taken in, raters reminded, overdue appeals escalated."""

from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow, task

from flows import wiring
from flows.company import Company
from flows.deliver import deliver
from flows.runtime_seal import sealed, sealed_flow
from flows.settings import load_company
from flows.tasks import day_asked
from flows.warehouse.ledger_periods import status
from transforms.period import Period, last_closed_month

Counts = dict[str, int]


@flow(name="daily-duties", validate_parameters=True)
@sealed_flow
def daily_duties(
    company: str = ".",
    as_of: str | None = None,
    send: bool = False,  # noqa: FBT001, FBT002 - a switch on Prefect's form
) -> Counts:
    """Do what is due today, each thing once however often it runs.

    Args:
        company: The company's folder.
        as_of: The day to judge by, as 2026-11-06. Empty, today.
        send: Send the letters that this queues, and whatever else waits.
    """
    done = {**collect(company), **remind(company, as_of), **sweep(company, as_of)}
    if send:
        deliver(company)
    return done


@task
@sealed
def collect(company: str) -> Counts:
    """Take in the filled workbooks of the drop folder; those with mistakes stay there."""
    from flows.sheets.receiving import receive

    outcomes = receive(load_company(Path(company)), datetime.now(UTC))
    refused = sum(bool(each.problems) for each in outcomes)
    return {"sheets_taken": len(outcomes) - refused, "sheets_refused": refused}


@task
@sealed
def remind(company: str, as_of: str | None) -> Counts:
    """Queue letters to raters who owe sheets of the month before, or of the running one, and are due for a letter."""
    from flows.sheets.reminding import remind as remind_all

    found, now = load_company(Path(company)), datetime.now(UTC)
    today = day_asked(found, as_of)
    return {"reminders": sum(remind_all(found, each, today, now)["queued"] for each in _asked(found, today))}


@task
@sealed
def sweep(company: str, as_of: str | None) -> Counts:
    """Put overdue appeals before the final instance."""
    from flows.appeals.sweeping import sweep as sweep_all

    found = load_company(Path(company))
    swept = sweep_all(found, day_asked(found, as_of), datetime.now(UTC))
    return {"appeals_escalated": sum(each.escalated for each in swept), "notices": sum(e.reminders for e in swept)}


def _asked(company: Company, today: date) -> tuple[Period, ...]:
    """The month before and the running one (whose own periods may be over), unless closed."""
    closed = last_closed_month(today)
    engine = wiring.ledger(company)
    return tuple(each for each in (closed, closed.shifted(1)) if status(engine, each.key) != "final")
