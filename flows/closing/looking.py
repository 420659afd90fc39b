"""The checklist of a period, as ledger, journal, sheets and calendar have it today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from flows import gate_results, wiring
from flows.appeals.deadlines import deadlines_of
from flows.appeals.entries import told_by
from flows.appeals.filing import revision_of
from flows.appeals.handed import handed
from flows.appeals.judging import pending
from flows.carry_over import carried_into
from flows.closing.checklist import Item, Signed, holding, void, with_waivers
from flows.company import Company
from flows.corrections.entries import standing_of
from flows.sheets.made import act_of
from flows.sheets.model import SHEET
from flows.sheets.status import owed
from flows.warehouse import ledger_tables as t
from flows.warehouse import outbox
from flows.warehouse.basis import BASIS, Basis
from flows.warehouse.engine import reading
from flows.warehouse.journal import Entry, entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_periods import Status, status
from flows.warehouse.ledger_queries import history, load_results
from flows.working_calendar import calendar_of
from transforms.errors import NotFoundError
from transforms.findings import Finding, critical
from transforms.period import Period
from transforms.scoring.results import PeriodResults

NAMED = 5
_UNSENT: tuple[outbox.State, ...] = ("queued", "held", "claimed", "sending", "failed", "unknown")


@dataclass(frozen=True)
class Checklist:
    """Where a period stands. `void`: who signed something else before. `seen`: the last entry that was looked at."""

    period: Period
    revision: RecordedRevision
    status: Status
    items: tuple[Item, ...]
    signed: tuple[Signed, ...]
    void: tuple[str, ...]
    seen: int


@dataclass(frozen=True)
class _Ground:
    """What every item looks at."""

    company: Company
    engine: sa.Engine
    period: Period
    revision: RecordedRevision
    results: PeriodResults
    entries: tuple[Entry, ...]
    today: date


def checklist(company: Company, period: Period, today: date) -> Checklist:
    """What a period may be closed with, and whose signatures hold.

    Raises:
        NotFoundError: the period was never run.
    """
    engine = wiring.ledger(company)
    revision = revision_of(engine, period)
    told = entries(engine, period=period.key)
    ground = _Ground(company, engine, period, revision, load_results(engine, revision.id), told, today)
    return _told(engine, period, revision, tuple(_items(ground)), told)


def again(company: Company, found: Checklist) -> Checklist:
    """The same items after an act of ours: waivers, signatures and status as they are now."""
    engine = wiring.ledger(company)
    return _told(engine, found.period, found.revision, found.items, entries(engine, period=found.period.key))


def _told(
    engine: sa.Engine, period: Period, revision: RecordedRevision, items: tuple[Item, ...], told: tuple[Entry, ...]
) -> Checklist:  # fmt: skip
    return Checklist(
        period, revision, status(engine, period.key), with_waivers(items, told, revision.id),
        holding(told, revision.id), void(told, revision.id), told[-1].id if told else 0,
    )  # fmt: skip


def _items(ground: _Ground) -> Iterator[Item]:
    for look in (_sheets, _findings, _appeals, _settle_days, _corrections, _window, _mail):
        yield look(ground)


def _sheets(ground: _Ground) -> Item:
    missing, late = _owing(ground), _received_since(ground)
    if late:
        says = f"{len(late)} sheets came back after the rows of this revision were read: {_some(late)}"
        return Item("sheets", says, f"jixiao run {ground.period.key} --refresh", (*missing, *late))
    says = f"{len(missing)} raters owe sheets: {_some(missing)}" if missing else "every sheet is in"
    return Item("sheets", says, f"jixiao sheets status {ground.period.key}", missing)


def _owing(ground: _Ground) -> tuple[str, ...]:
    """Raters who owe judgements, late or not yet."""
    found = owed(ground.company, ground.period, ground.today)
    return tuple(sorted({each.rater_id for each in found if each.open > 0}))


def _received_since(ground: _Ground) -> tuple[str, ...]:
    """Sheets that came back after the snapshot was made, which a run without --refresh does not read."""
    revisions = history(ground.engine, ground.period.key)
    first = next(each for each in revisions if each.snapshot_id == ground.revision.snapshot_id)
    sheets = (entry for entry in ground.entries if entry.kind == SHEET and act_of(entry) == "received")
    return tuple(dict.fromkeys(entry.key for entry in sheets if entry.at > first.created_at))


def _findings(ground: _Ground) -> Item:
    found = {each.check for each in critical((*_of_last_gate(ground), *ground.results.findings))}
    says = f"{len(found)} critical findings: {_some(tuple(sorted(found)))}" if found else "no critical finding"
    todo = f"jixiao show findings {ground.period.key}, mend the data, run again"
    return Item("findings", says, todo, tuple(sorted(found)))


def _of_last_gate(ground: _Ground) -> tuple[Finding, ...]:
    try:
        return gate_results.findings(ground.company, ground.period)
    except NotFoundError:
        return ()


def _appeals(ground: _Ground) -> Item:
    known = told_by(ground.entries)
    found = pending(ground.engine, known, ground.period.key)
    concerns = frozenset(each.filed.employee_id for each in known if each.id in found)
    says = f"{len(found)} appeals are not settled: {_some(found)}" if found else f"{len(known)} appeals, none open"
    todo = "decide them (jixiao appeal list); one that was upheld needs a correction that stands (jixiao correct)"
    return Item("appeals", says, todo, found, concerns)


def _settle_days(ground: _Ground) -> Item:
    if not ground.revision.provisional:
        return Item("settle_days", "settle days are over")
    until = ground.results.provisional_until
    says = f"revision {ground.revision.number} is provisional: numbers may change until {until}"
    todo = f"run it again after that day: jixiao run {ground.period.key} --refresh"
    return Item("settle_days", says, todo, (str(until),))


def _corrections(ground: _Ground) -> Item:
    until = _basis_until(ground)
    now, then = (_decided(ground.engine, ground.period.key, at) for at in (None, until))
    left = tuple(sorted(now ^ then))
    number = ground.revision.number
    says = f"not in revision {number} yet: {_some(left)}" if left else "every correction is in the revision"
    return Item("corrections", says, f"jixiao plan {ground.period.key}, then jixiao run {ground.period.key}", left)


def _basis_until(ground: _Ground) -> int:
    """The last entry that the revision knew; 0 of one that was made before there was a journal."""
    key = str(ground.revision.id)
    return next((e.read(Basis).journal_until for e in ground.entries if e.kind == BASIS and e.key == key), 0)


def _decided(engine: sa.Engine, period: str, until: int | None) -> set[str]:
    """Corrections that stand, and what was carried over from closed periods."""
    carried = carried_into(engine, period, until)
    return {each.id for each in standing_of(engine, period, until)} | {
        f"{line.from_period}/{line.employee_id}/{line.scheme}/{line.key}/{line.amount_fen}" for line in carried
    }


def _window(ground: _Ground) -> Item:
    due = deadlines_of(ground.company.settings, calendar_of(ground.company))
    told = handed(ground.engine, ground.period.key, ground.company.settings.time_zone)
    running = {who: due.appeal_until(each.on) for who, each in told.items()}
    found = tuple(sorted(who for who, until in running.items() if until >= ground.today))
    if not found:
        return Item("window", "the window to appeal is over for everybody")
    last = max(running[who] for who in found)
    return Item(
        "window", f"{len(found)} people may appeal until {last}: {_some(found)}", "wait until the day after", found
    )


def _mail(ground: _Ground) -> Item:
    rows = outbox.rows(ground.engine, period=ground.period.key, states=_UNSENT)
    left = tuple(row.message_id for row in rows if row.revision_id is not None)
    says = f"{len(left)} letters with reports have not arrived" if left else "nothing waits in the outbox"
    return Item("mail", says, "jixiao deliver --list", left, blocking=False)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")


def closed_by(engine: sa.Engine, period: str) -> tuple[str, datetime, int] | None:
    """Who gave the last signature, when, and under which revision; None: the period is not final."""
    c = t.period_events.c
    chosen = sa.select(c.by, c.at, c.revision_id).where(c.period == period, c.status == "final")
    with reading(engine) as con:
        row = con.execute(chosen).first()
    return (row.by, datetime.fromisoformat(row.at), row.revision_id) if row else None
