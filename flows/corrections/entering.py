"""Entering corrections and taking them back: looked at against the snapshot, refused with a reason, or written down."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from flows import wiring
from flows.company import Company
from flows.corrections import knowing
from flows.corrections.concerning import concerns
from flows.corrections.entries import CORRECTION, WITHDRAWAL, act_of, standing_of
from flows.corrections.snapshot import Row, row_of, snapshot_of
from flows.warehouse.journal import Draft, Entry, append, entries
from transforms.corrections.checking import check, check_row, normalised
from transforms.corrections.clashing import clash
from transforms.corrections.model import Correction, Withdrawal
from transforms.corrections.persons import check_persons
from transforms.corrections.standing import standing
from transforms.corrections.trouble import Sort, Trouble
from transforms.errors import ConfigError, JixiaoError, NotFoundError, Place, RuleError
from transforms.period import parse
from transforms.tables import TABLES

_ERROR = {Sort.WRITTEN: ConfigError, Sort.MISSING: NotFoundError, Sort.RULE: RuleError}
_ROW_PLACES = {"table", "key", "kind", "period"}


@dataclass(frozen=True)
class Reviewed:
    """A correction as it would be written down, what is wrong with it, and the snapshot's row it is about."""

    correction: Correction
    troubles: tuple[Trouble, ...] = ()
    row: Row | None = None


def enter(company: Company, correction: Correction, at: datetime, by: str) -> Entry:
    """Write a correction down. One that stands already is not written again: its entry is returned.

    Whom it concerns is found here, whatever `correction.concerns` says. The period's status does not forbid it: in
    a closed period it becomes a slip or is carried over.

    Raises:
        ConfigError: a value cannot be read, or does not fit the contract.
        NotFoundError: it names a row, person, line or period that does not exist.
        RuleError: a person may not do this, or another correction of the same thing stands.
    """
    return write(company, review(company, (correction,)), at, by)[0]


def write(company: Company, reviewed: Sequence[Reviewed], at: datetime, by: str) -> tuple[Entry, ...]:
    """Write corrections of one period down that were reviewed before, all or none.

    Raises:
        ConfigError, NotFoundError, RuleError: as `enter`, the first trouble there is.
    """
    for each in reviewed:
        require_none(each.troubles)
    return _written(company, tuple(each.correction for each in reviewed), at, by)


def review(company: Company, corrections: Sequence[Correction]) -> tuple[Reviewed, ...]:
    """Each correction in the form it is kept in, with whom it concerns and everything that is wrong with it.

    Raises:
        NotFoundError: nothing was ever run, so there is no snapshot.
        PeriodError: the period is none.
    """
    if not corrections:
        return ()
    period = corrections[0].period
    stand, judged = standing_of(wiring.ledger(company), parse(period).key), knowing.judging(company, corrections)
    with snapshot_of(company, period) as con:
        found = tuple(_reviewed(company, con, normalised(each), stand, judged) for each in corrections)
    return tuple(_among(found, n) for n in range(len(found)))


def require_none(troubles: Iterable[Trouble], where: Place | None = None) -> None:
    """Stop at the first trouble.

    Raises:
        ConfigError, NotFoundError, RuleError: by its sort.
    """
    for each in troubles:
        raise error_of(each, where)


def error_of(trouble: Trouble, where: Place | None = None) -> JixiaoError:
    """The error that says a trouble."""
    return _ERROR[trouble.sort](trouble.what, where=where or Place(field=trouble.place), todo=trouble.todo)


def withdraw(company: Company, withdrawal: Withdrawal, at: datetime, by: str) -> Entry:
    """Write a counter-entry: the correction no longer stands.

    Raises:
        NotFoundError: there is no such correction.
        RuleError: it does not stand any more, or a person may not do this.
    """
    engine = wiring.ledger(company)
    correction = find(company, withdrawal.correction_id)
    with snapshot_of(company, correction.period) as con:
        known = knowing.known_of(company, con, correction)
    require_none(check_persons(withdrawal, known, correction.concerns))
    draft = Draft(correction.period, WITHDRAWAL, correction.id, withdrawal, by)
    return append(engine, [draft], at, lambda told: _require_standing(told, correction.id))[0]


def find(company: Company, correction_id: str) -> Correction:
    """A correction by its id, whether it stands or not.

    Raises:
        NotFoundError: there is none.
    """
    told = entries(wiring.ledger(company), kinds=(CORRECTION,))
    found = [each.read(Correction) for each in told if each.key == correction_id]
    if not found:
        raise NotFoundError(f"there is no correction {correction_id}", todo="jixiao correct list PERIOD")
    return found[-1]


def already(company: Company, correction: Correction) -> Entry | None:
    """The entry of a correction that says the same and stands."""
    return _standing_entries(company, correction.period).get(correction.id)


def _reviewed(
    company: Company, con: duckdb.DuckDBPyConnection, correction: Correction, stand: tuple[Correction, ...],
    judged: knowing.Judging,
) -> Reviewed:  # fmt: skip
    """What hinders looking further (no such table, an unreadable key) is told alone."""
    known = knowing.known_of(company, con, correction, judged)
    found = check(correction, known)
    if any(each.place in _ROW_PLACES for each in found):
        return Reviewed(correction, found)
    change = correction.row
    row = None if change is None else row_of(con, TABLES[change.table], change.key)
    if not found and change is not None:
        found = check_row(change, row)
    if any(each.sort is not Sort.RULE for each in found):
        return Reviewed(correction, found, row)
    others = tuple(each for each in stand if not clash(each, correction))
    whole = correction.model_copy(update={"concerns": concerns(company, con, correction, row, others)})
    return Reviewed(whole, (*check(whole, known), *_clashes(whole, stand)), row)


def _among(reviewed: tuple[Reviewed, ...], n: int) -> Reviewed:
    """With a trouble when another correction of the same list speaks of the same thing."""
    mine, before = reviewed[n], (each.correction for each in reviewed[:n])
    if all(not clash(mine.correction, other) for other in before):
        return mine
    again = Trouble("key", "the list corrects the same thing before", "keep one of the two", Sort.RULE)
    return replace(mine, troubles=(*mine.troubles, again))


def _clashes(correction: Correction, stand: Iterable[Correction]) -> Iterator[Trouble]:
    for other in stand:
        if other.id != correction.id and clash(other, correction):
            what = f"{other.id} corrects the same already: {other.reason}"
            yield Trouble("key", what, f"take it back first: jixiao correct withdraw {other.id}", Sort.RULE)


def _written(company: Company, corrections: tuple[Correction, ...], at: datetime, by: str) -> tuple[Entry, ...]:
    known = _standing_entries(company, corrections[0].period) if corrections else {}
    new = [each for each in corrections if each.id not in known]
    drafts = [Draft(each.period, CORRECTION, each.id, each, by) for each in new]
    made = append(wiring.ledger(company), drafts, at, lambda told: _require_free(told, new)) if drafts else ()
    every = known | {each.key: each for each in made}
    return tuple(every[each.id] for each in corrections)


def _standing_entries(company: Company, period: str) -> dict[str, Entry]:
    engine = wiring.ledger(company)
    stand = {each.id for each in standing_of(engine, period)}
    told = entries(engine, period=period, kinds=(CORRECTION,))
    return {entry.key: entry for entry in told if entry.key in stand}


def _require_free(told: tuple[Entry, ...], new: Sequence[Correction]) -> None:
    """Inside the journal's transaction: nobody corrected the same meanwhile."""
    stand = standing(act_of(each) for each in told if each.kind in {CORRECTION, WITHDRAWAL})
    for correction in new:
        if any(each.id == correction.id for each in stand):
            raise RuleError(f"{correction.id} was entered a moment ago", todo="nothing has to be done")
        require_none(_clashes(correction, stand))


def _require_standing(told: tuple[Entry, ...], correction_id: str) -> None:
    stand = standing(act_of(each) for each in told if each.kind in {CORRECTION, WITHDRAWAL})
    if all(each.id != correction_id for each in stand):
        raise RuleError(f"{correction_id} was taken back before", todo="jixiao correct list PERIOD shows what stands")
