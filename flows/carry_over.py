"""Differences of closed periods that are settled in a later one.

A closed period under `closing.after: carry_over` gets no further revision. A run computes it anew, from its own
snapshot and corrections and by the scheme versions of its own days, and writes what its pay differs by under the next
period that is not closed. Each look starts from all that was carried over before, so that running again adds nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from flows.corrections.entries import CORRECTION, WITHDRAWAL, act_of
from flows.explained import yuan
from flows.warehouse.basis import BASIS, Basis
from flows.warehouse.journal import Draft, Entry, append, entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_periods import status
from flows.warehouse.ledger_queries import load_results
from transforms.corrections.model import CarriedLine, Correction
from transforms.errors import PeriodError
from transforms.payouts.settling import differences
from transforms.period import Period
from transforms.scoring.results import PeriodResults
from transforms.titles import Frozen

if TYPE_CHECKING:
    from flows.computing import Ground

CARRY_OVER, LATE_ROWS, RULES = "carry_over", "late_rows", "rules"


class CarryOver(Frozen):
    """Differences found in a closed period, to be settled in `into`; the journal entry stands under `into`.

    `snapshot_id`, `journal_until`: what the closed period was computed from this time.
    """

    from_period: str
    into: str
    snapshot_id: str
    journal_until: int
    lines: tuple[CarriedLine, ...]


def carried_into(engine: sa.Engine, period: str, until: int | None = None) -> tuple[CarriedLine, ...]:
    """What is settled in this period; `until`: as of that entry of the journal."""
    told = entries(engine, period=period, kinds=(CARRY_OVER,), until=until)
    return tuple(line for entry in told for line in entry.read(CarryOver).lines)


def carried_from(engine: sa.Engine, period: str) -> tuple[CarryOver, ...]:
    """What was carried over from this period, oldest first."""
    told = (entry.read(CarryOver) for entry in entries(engine, kinds=(CARRY_OVER,)))
    return tuple(each for each in told if each.from_period == period)


def snapshot_of(engine: sa.Engine, closed: RecordedRevision) -> str:
    """The rows a closed period was last computed from: those of the last carry-over, else of its revision."""
    found = carried_from(engine, closed.period)
    return found[-1].snapshot_id if found else closed.snapshot_id


def to_carry(
    engine: sa.Engine, ground: "Ground", basis: Basis, closed: RecordedRevision, results: PeriodResults
) -> CarryOver | None:
    """What a run of a closed period would carry over; None: its pay is settled. Nothing is written.

    `closed`: the period's latest revision; what was carried over since counts as paid, too. `results`: the period
    computed anew on `ground`.
    """
    before = carried_from(engine, closed.period)
    because = _because(engine, ground, basis, closed, before)
    settled = tuple(line for each in before for line in each.lines)
    lines = differences(load_results(engine, closed.id), settled, results, because)
    if not lines:
        return None
    return CarryOver(
        from_period=closed.period, into=next_open(engine, ground.period).key, snapshot_id=ground.snapshot_id,
        journal_until=basis.journal_until, lines=lines,
    )  # fmt: skip


def carry_over(
    engine: sa.Engine, ground: "Ground", basis: Basis, closed: RecordedRevision, results: PeriodResults, at: datetime
) -> CarryOver | None:
    """Write what the closed period's pay differs by under the next open period; nothing where it is settled.

    Raises:
        PeriodError: another run carried over in the meantime; nothing was written.
        StorageError: the ledger refused.
    """
    known = carried_from(engine, closed.period)
    found = to_carry(engine, ground, basis, closed, results)
    if found is None:
        return None
    draft = Draft(found.into, CARRY_OVER, found.from_period, found, basis.asked_by or "jixiao")
    append(engine, [draft], at, guard=lambda told: _require_nothing_new(told, found, known))
    return found


def _require_nothing_new(told: Iterable[Entry], found: CarryOver, known: Iterable[CarryOver]) -> None:
    """Refuse to pay a difference twice: no other run wrote one between the look and the entry."""
    there = sum((each.kind, each.key) == (CARRY_OVER, found.from_period) for each in told)
    if there != sum(each.into == found.into for each in known):
        raise PeriodError(f"another run carried over from {found.from_period} at the same time", todo="run it again")


def summary(engine: sa.Engine, period: str) -> str | None:
    """What was carried over from a period, in words for the command line; None: nothing."""
    found = carried_from(engine, period)
    if not found:
        return None
    lines = [line for each in found for line in each.lines]
    people = len({line.employee_id for line in lines})
    into = ", ".join(dict.fromkeys(each.into for each in found))
    total = yuan(sum(line.amount_fen for line in lines)).replace("-", "−")
    return (
        f"{_count(len(lines), 'difference')} of {people} {'person' if people == 1 else 'people'}, {total}, into {into}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _because(
    engine: sa.Engine, ground: "Ground", basis: Basis, closed: RecordedRevision, before: tuple[CarryOver, ...]
) -> tuple[str, ...]:
    """Corrections entered or withdrawn since the last look, and `late_rows` where the rows are others."""
    since = before[-1].journal_until if before else _known_at(engine, closed)
    acts = entries(engine, period=closed.period, kinds=(CORRECTION, WITHDRAWAL), until=basis.journal_until)
    told = (act_of(entry) for entry in acts if entry.id > since)
    ids = sorted({act.id if isinstance(act, Correction) else act.correction_id for act in told})
    late = [LATE_ROWS] if ground.snapshot_id != snapshot_of(engine, closed) else []
    return (*ids, *late) or (RULES,)


def _known_at(engine: sa.Engine, closed: RecordedRevision) -> int:
    """The last entry of the journal that the closed revision knew."""
    told = entries(engine, period=closed.period, kinds=(BASIS,))
    return next((each.read(Basis).journal_until for each in told if each.key == str(closed.id)), 0)


def next_open(engine: sa.Engine, period: Period) -> Period:
    """The first period of the same length after it that is not closed."""
    after = following(period)
    while status(engine, after.key) == "final":
        after = following(after)
    return after


def following(period: Period) -> Period:
    """The next month, quarter or year; of a range of days the next such month (21st to 20th), else as many days."""
    for months in (1, 3, 12):
        after = period.shifted(months)
        if after.start == period.end + timedelta(1):
            return after
    return Period(period.end + timedelta(1), period.end + timedelta(len(period.days)))
