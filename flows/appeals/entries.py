"""Appeals as the journal has them."""

from collections.abc import Iterable

import sqlalchemy as sa

from flows.appeals.acts import ACT, APPEAL, Act, Filed
from flows.appeals.procedure import Appeal, after, begun
from flows.warehouse.journal import Entry, entries
from flows.yaml_files import nearest
from transforms.errors import NotFoundError


def appeals(engine: sa.Engine, period: str | None = None, until: int | None = None) -> tuple[Appeal, ...]:
    """Every appeal as it stands, in the order they were filed; `until`: as of that entry of the journal."""
    return told_by(entries(engine, period=period, kinds=(APPEAL,), until=until))


def told_by(found: Iterable[Entry]) -> tuple[Appeal, ...]:
    """Appeals from the entries of a journal; entries of other kinds are passed over."""
    standing: dict[str, Appeal] = {}
    for entry in found:
        if entry.kind == APPEAL:
            act = act_of(entry)
            known = standing.get(entry.key)
            standing[entry.key] = begun(act, entry.by) if isinstance(act, Filed) else _after(known, act, entry)
    return tuple(standing.values())


def act_of(entry: Entry) -> Act:
    """What an entry says."""
    return ACT.validate_json(entry.body)


def appeal_of(engine: sa.Engine, appeal_id: str) -> Appeal:
    """One appeal by its id.

    Raises:
        NotFoundError: there is none.
    """
    known = {each.id: each for each in appeals(engine)}
    if appeal_id not in known:
        close = nearest(appeal_id, list(known))
        todo = (f"did you mean {close}? " if close else "") + "`jixiao appeal list` shows them"
        raise NotFoundError(f"there is no appeal {appeal_id}", todo=todo)
    return known[appeal_id]


def _after(known: Appeal | None, act: Act, entry: Entry) -> Appeal:
    if known is None:
        raise NotFoundError(f"journal entry {entry.id} is about appeal {entry.key}, which was never filed")
    return after(known, act, entry.by)
