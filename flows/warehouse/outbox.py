"""The outbox: a row a message, and its fate as appended events. Claims and leases live here, safe for many senders.

    held ──release──► queued ──► claimed ──► sending ──► sent
                        ▲  ▲        │           ├──────► failed    refused for good, or too often
                        │  └────────┘ lease     ├──────► queued    refused for now (not before `until`)
                        └──resolve── unknown ◄──┘                  the answer was lost: a person says what happened

`cancelled`: a later revision of the period took its place before it was sent. A state is taken by adding the event
with the next sequence number; of two who try, the primary key lets one through.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from flows.mail.letter import Letter
from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading, retried, writing
from flows.warehouse.ledger_hash import moment
from flows.warehouse.ledger_rows import body_of

State = Literal["queued", "held", "claimed", "sending", "sent", "failed", "unknown", "cancelled"]
PROVISIONAL = "provisional"


@dataclass(frozen=True)
class OutboxRow:
    """A message and its last event. A reminder belongs to no revision.

    `until`: end of the lease, or the moment before which it is not tried again.
    """

    message_id: str
    period: str
    revision_id: int | None
    recipient_id: str
    kind: str
    department_id: str
    part: int
    body: str
    sequence: int
    state: State
    at: str
    by: str
    until: str | None
    attempt: int
    detail: str

    @property
    def letter(self) -> Letter:
        """What to send."""
        return Letter.model_validate_json(self.body)


@dataclass(frozen=True)
class Queued:
    """What queueing did: letters new, known before, and rows of older revisions cancelled."""

    new: int
    known: int
    cancelled: int


def queue(
    engine: sa.Engine,
    revision_id: int,
    period: str,
    letters: Iterable[Letter],
    at: datetime,
    state: Literal["queued", "held"],
) -> Queued:
    """Add the letters of a revision; those of a recipient queued before are left as they are.

    Letters of older revisions of the period that were not sent yet are cancelled.

    Raises:
        StorageError: the ledger refused; nothing was queued.
    """
    return retried(lambda: _queue(engine, revision_id, period, tuple(letters), at, state))


def queue_letter(engine: sa.Engine, letter: Letter, at: datetime) -> bool:
    """Add a letter that belongs to no revision; False when one of its Message-ID is there already.

    Raises:
        StorageError: the ledger refused; nothing was queued.
    """
    return retried(lambda: _queue_letter(engine, letter, at))


def rows(engine: sa.Engine, *, period: str | None = None, states: Iterable[State] = ()) -> tuple[OutboxRow, ...]:
    """Messages with their last event, in the order they were queued; of one period, or in some states."""
    chosen = _with_last_event()
    if period is not None:
        chosen = chosen.where(t.outbox.c.period == period)
    if wanted := tuple(states):
        chosen = chosen.where(t.outbox_events.c.state.in_(wanted))
    with reading(engine) as con:
        return _read(con, chosen)


def get(engine: sa.Engine, message_id: str) -> OutboxRow | None:
    """One message; None when there is none of that Message-ID."""
    with reading(engine) as con:
        return next(iter(_read(con, _with_last_event().where(t.outbox.c.message_id == message_id))), None)


def counts(engine: sa.Engine, period: str | None = None) -> dict[State, int]:
    """How many messages stand in each state."""
    found: dict[State, int] = {}
    for row in rows(engine, period=period):
        found[row.state] = found.get(row.state, 0) + 1
    return found


def claim(engine: sa.Engine, by: str, now: datetime, lease_seconds: float, count: int) -> tuple[OutboxRow, ...]:
    """Take up to `count` messages that are due, or whose claimant let the lease run out before sending."""
    lease = moment(now + timedelta(seconds=lease_seconds))
    return retried(lambda: _claim(engine, by, now, lease, count))


def next_due(engine: sa.Engine) -> str | None:
    """The moment the next queued message may be tried; None when none is queued."""
    return min((row.until or row.at for row in rows(engine, states=("queued",))), default=None)


def expired(engine: sa.Engine, now: datetime) -> tuple[OutboxRow, ...]:
    """Messages whose sender vanished while sending: nobody knows whether they left."""
    return tuple(row for row in rows(engine, states=("sending",)) if (row.until or "") <= moment(now))


def advance(  # noqa: PLR0913 (a column of the event each)
    engine: sa.Engine, row: OutboxRow, state: State, at: datetime, *, by: str, until: datetime | None = None,
    attempt: int | None = None, detail: str = "",
) -> OutboxRow | None:  # fmt: skip
    """Add the next event of a message; None when somebody else added one since the row was read."""
    event = {
        "message_id": row.message_id, "sequence": row.sequence + 1, "state": state, "at": moment(at), "by": by,
        "until": moment(until) if until else None, "attempt": row.attempt if attempt is None else attempt,
        "detail": detail,
    }  # fmt: skip
    try:
        with writing(engine) as con:
            con.execute(sa.insert(t.outbox_events), event)
    except IntegrityError:
        return None
    return OutboxRow(**{**row.__dict__, **event})


def superseded(engine: sa.Engine, row: OutboxRow) -> bool:
    """Whether mail of a later revision of the same period was queued; never of a reminder."""
    if row.revision_id is None:
        return False
    c = t.outbox.c
    later = sa.select(c.message_id).where(c.period == row.period, c.revision_id > row.revision_id).limit(1)
    with reading(engine) as con:
        return con.scalar(later) is not None


def release(engine: sa.Engine, period: str, at: datetime, *, by: str) -> int:
    """Let go what a provisional run held; what was held for another reason stays. Returns how many."""
    held = [row for row in rows(engine, period=period, states=("held",)) if row.detail == PROVISIONAL]
    return sum(advance(engine, row, "queued", at, by=by, detail="released") is not None for row in held)


def _queue(
    engine: sa.Engine, revision_id: int, period: str, letters: tuple[Letter, ...], at: datetime,
    state: Literal["queued", "held"],
) -> Queued:  # fmt: skip
    c = t.outbox.c
    with writing(engine) as con:
        known_for = sa.select(c.recipient_id, c.kind, c.department_id).where(c.revision_id == revision_id)
        known = {tuple(row) for row in con.execute(known_for)}
        new = [a for a in letters if (a.recipient_id, a.kind, a.department_id) not in known]
        if new:
            con.execute(sa.insert(t.outbox), [_row(letter, at) for letter in new])
            con.execute(sa.insert(t.outbox_events), [_first(letter, at, state) for letter in new])
        cancelled = _cancel_older(con, revision_id, period, at)
    return Queued(len(new), len(letters) - len(new), cancelled)


def _queue_letter(engine: sa.Engine, letter: Letter, at: datetime) -> bool:
    try:
        with writing(engine) as con:
            con.execute(sa.insert(t.outbox), _row(letter, at))
            con.execute(sa.insert(t.outbox_events), _first(letter, at, "queued"))
    except IntegrityError:
        if get(engine, letter.message_id) is None:
            raise
        return False
    return True


def _row(letter: Letter, at: datetime) -> dict[str, Any]:
    searched = ("message_id", "period", "revision_id", "recipient_id", "kind", "department_id", "part")
    return {name: getattr(letter, name) for name in searched} | {"body": body_of(letter), "queued_at": moment(at)}


def _first(letter: Letter, at: datetime, state: str) -> dict[str, Any]:
    detail = PROVISIONAL if state == "held" else ""
    return _event(letter.message_id, 1, state, at, detail)


def _event(message_id: str, sequence: int, state: str, at: datetime, detail: str) -> dict[str, Any]:
    fixed = {"by": "jixiao", "until": None, "attempt": 0}
    return fixed | {
        "message_id": message_id, "sequence": sequence, "state": state, "at": moment(at), "detail": detail,
    }  # fmt: skip


def _cancel_older(con: sa.Connection, revision_id: int, period: str, at: datetime) -> int:
    older = _with_last_event().where(
        t.outbox.c.period == period,
        t.outbox.c.revision_id < revision_id,
        t.outbox_events.c.state.in_(("queued", "held")),
    )
    events = [_event(row.message_id, row.sequence + 1, "cancelled", at, "superseded") for row in _read(con, older)]
    if events:
        con.execute(sa.insert(t.outbox_events), events)
    return len(events)


def _claim(engine: sa.Engine, by: str, now: datetime, lease: str, count: int) -> tuple[OutboxRow, ...]:
    event = t.outbox_events.c
    due = sa.and_(event.state.in_(("queued", "claimed")), sa.or_(event.until.is_(None), event.until <= moment(now)))
    with writing(engine) as con:
        taken = _read(con, _with_last_event().where(due).limit(count))
        changed = {"state": "claimed", "at": moment(now), "by": by, "until": lease}
        claims = [OutboxRow(**{**row.__dict__, **changed, "sequence": row.sequence + 1}) for row in taken]
        if claims:
            con.execute(sa.insert(t.outbox_events), [_event_of(row) for row in claims])
    return tuple(claims)


def _event_of(row: OutboxRow) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in t.outbox_events.columns}


def _with_last_event() -> sa.Select[Any]:
    c, event, later = t.outbox.c, t.outbox_events.c, t.outbox_events.alias()
    last = sa.select(sa.func.max(later.c.sequence)).where(later.c.message_id == c.message_id).correlate(t.outbox)
    message = [column for column in c if column.name != "queued_at"]
    said = [column for column in event if column.name != "message_id"]
    return (
        sa.select(*message, *said)
        .select_from(t.outbox)
        .join(t.outbox_events, sa.and_(event.message_id == c.message_id, event.sequence == last.scalar_subquery()))
        .order_by(c.queued_at, c.recipient_id, c.message_id)
    )


def _read(con: sa.Connection, chosen: sa.Select[Any]) -> tuple[OutboxRow, ...]:
    return tuple(OutboxRow(**row) for row in con.execute(chosen).mappings().all())
