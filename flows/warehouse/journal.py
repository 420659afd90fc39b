"""HR's journal: every act on a period as an appended, hash-chained entry; what stands now is read from the entries.

Corrections and their withdrawals, sheets, appeals, acknowledgements, waivers, signatures, what a revision was made
from and what it changed: one list, one chain. An entry is never edited; a later one says otherwise.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading, retried, writing
from flows.warehouse.ledger_hash import GENESIS, chain_hash, moment
from flows.warehouse.ledger_rows import body_of
from transforms.titles import Frozen

T = TypeVar("T", bound=Frozen)


@dataclass(frozen=True)
class Draft:
    """An entry to be written. `key`: what it is about (a correction's id, a revision's id), `by`: who does it."""

    period: str
    kind: str
    key: str
    body: Frozen
    by: str


@dataclass(frozen=True)
class Entry:
    """An entry of the journal; `id` counts over all periods from 1, `at` is UTC."""

    id: int
    period: str
    kind: str
    key: str
    body: str
    at: datetime
    by: str
    hash: str

    def read(self, model: type[T]) -> T:
        """The body as what it is."""
        return model.model_validate_json(self.body)


Guard = Callable[[tuple[Entry, ...]], None]


def append(engine: sa.Engine, drafts: Iterable[Draft], at: datetime, guard: Guard | None = None) -> tuple[Entry, ...]:
    """Write entries, all or none. `guard` sees every entry of the first draft's period, and refuses by raising.

    Nobody else writes between the look and the entry, so that a rule on two persons cannot be passed by two at once.

    Raises:
        StorageError: the ledger refused; nothing was written.
    """
    wanted = tuple(drafts)
    return retried(lambda: _append(engine, wanted, at, guard))


def append_within(con: sa.Connection, drafts: Sequence[Draft], at: datetime) -> tuple[Entry, ...]:
    """The same inside a transaction that writes."""
    _wait_for_others(con)
    last = con.execute(sa.select(t.journal).order_by(t.journal.c.id.desc()).limit(1)).mappings().first()
    number, previous = (last["id"], last["hash"]) if last else (0, GENESIS)
    made = []
    for draft in drafts:
        row = _row(draft, number := number + 1, previous, at)
        con.execute(sa.insert(t.journal), row)
        previous = row["hash"]
        made.append(_entry(row))
    return tuple(made)


def entries(
    engine: sa.Engine, *, period: str | None = None, kinds: Iterable[str] = (), until: int | None = None
) -> tuple[Entry, ...]:
    """Entries in the order they were written; of one period, of some kinds, or up to an entry's id (included)."""
    with reading(engine) as con:
        return entries_within(con, period=period, kinds=kinds, until=until)


def entries_within(
    con: sa.Connection, *, period: str | None = None, kinds: Iterable[str] = (), until: int | None = None
) -> tuple[Entry, ...]:
    """The same inside a transaction."""
    c = t.journal.c
    chosen = sa.select(t.journal).order_by(c.id)
    if period is not None:
        chosen = chosen.where(c.period == period)
    if wanted := tuple(kinds):
        chosen = chosen.where(c.kind.in_(wanted))
    if until is not None:
        chosen = chosen.where(c.id <= until)
    return tuple(_entry(dict(row)) for row in con.execute(chosen).mappings())


def last_id(engine: sa.Engine) -> int:
    """Id of the newest entry; 0 of an empty journal."""
    with reading(engine) as con:
        return con.scalar(sa.select(sa.func.max(t.journal.c.id))) or 0


def broken_entries(con: sa.Connection) -> Iterator[str]:
    """Every entry that is not as it was written, as sentences."""
    previous, expected = GENESIS, 1
    for row in con.execute(sa.select(t.journal).order_by(t.journal.c.id)).mappings():
        if row["id"] != expected:
            yield f"journal entry {expected} is missing"
        if row["previous_hash"] != previous:
            yield f"journal entry {row['id']} does not follow the entry before it"
        if chain_hash(dict(row)) != row["hash"]:
            yield f"journal entry {row['id']} was changed"
        previous, expected = row["hash"], row["id"] + 1


def _append(engine: sa.Engine, drafts: tuple[Draft, ...], at: datetime, guard: Guard | None) -> tuple[Entry, ...]:
    with writing(engine) as con:
        _wait_for_others(con)
        if guard and drafts:
            guard(entries_within(con, period=drafts[0].period))
        return append_within(con, drafts, at)


def _wait_for_others(con: sa.Connection) -> None:
    """One writer at a time, so that the chain has no fork (SQLite: the write lock does it)."""
    if con.dialect.name == "postgresql":
        con.execute(sa.text("LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE"))


def _row(draft: Draft, number: int, previous: str, at: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": number, "period": draft.period, "kind": draft.kind, "key": draft.key, "body": body_of(draft.body),
        "at": moment(at), "by": draft.by, "previous_hash": previous,
    }  # fmt: skip
    return row | {"hash": chain_hash(row)}


def _entry(row: dict[str, Any]) -> Entry:
    kept = {name: row[name] for name in ("id", "period", "kind", "key", "body", "by", "hash")}
    return Entry(**kept, at=datetime.fromisoformat(row["at"]))
