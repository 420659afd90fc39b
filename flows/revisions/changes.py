"""What a revision changes against another one of its period, with the causes."""

import pandas as pd
import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.computing import Ground
from flows.corrections.entries import CORRECTION
from flows.revisions.causes import caused
from flows.revisions.factors import factors
from flows.revisions.stood_on import stood_on
from flows.warehouse.basis import CHANGES
from flows.warehouse.journal import entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import get_revision, history, load_results
from transforms.revisions import Cause, Change, Changes, difference, found
from transforms.scoring.results import PeriodResults

Key = tuple[object, ...]


def changes_since(
    company: Company, before: RecordedRevision, ground: Ground, results: PeriodResults,
    measures: pd.DataFrame | None = None,
) -> Changes:  # fmt: skip
    """Every change of `results`, computed on `ground`, against the period's revision `before`, with its causes.

    `measures`: those the results were computed from, when they are at hand.
    """
    engine = wiring.ledger(company)
    changed = found(load_results(engine, before.id), results)
    those = factors(company, stood_on(engine, before), ground, results) if changed else ()
    told = caused(company, ground, results, changed, those, measures)
    return Changes(period=ground.period.key, since=before.number, changes=told)


def changes_between(engine: sa.Engine, older_id: int, newer_id: int) -> Changes:
    """What the newer of two revisions of a period says otherwise than the older one.

    Causes are those that the revisions between gave for the same number; what changed and changed back is not there.

    Raises:
        NotFoundError: there is no such revision.
    """
    older, newer = get_revision(engine, older_id), get_revision(engine, newer_id)
    if older_id == newer_id:
        return Changes(period=newer.period, since=older.number, changes=())
    changed = difference(load_results(engine, older_id), load_results(engine, newer_id))
    known, undone = _known(engine, older, newer), _undone(engine, older, newer)
    told = tuple(each.model_copy(update=_told(known.get(_key(each), ()), undone)) for each in changed)
    return Changes(period=newer.period, since=older.number, changes=told)


def noted(engine: sa.Engine, revision: RecordedRevision) -> Changes | None:
    """What the revision noted as changed when it was made; None of a period's first."""
    told = entries(engine, period=revision.period, kinds=(CHANGES,))
    return next((each.read(Changes) for each in told if each.key == str(revision.id)), None)


def _known(engine: sa.Engine, older: RecordedRevision, newer: RecordedRevision) -> dict[Key, tuple[Change, ...]]:
    """What the revisions after one up to the other noted, by what changed."""
    first, last = sorted((older.number, newer.number))
    found: dict[Key, tuple[Change, ...]] = {}
    for revision in history(engine, newer.period):
        if first < revision.number <= last and (said := noted(engine, revision)):
            for each in said.changes:
                found[_key(each)] = (*found.get(_key(each), ()), each)
    return found


def _undone(engine: sa.Engine, older: RecordedRevision, newer: RecordedRevision) -> frozenset[str]:
    """Corrections that stand in both revisions: what came between and went again is no cause."""
    one, other = ({each.id for each in stood_on(engine, revision).corrections} for revision in (older, newer))
    named = {each.key for each in entries(engine, period=newer.period, kinds=(CORRECTION,))}
    return frozenset(named - (one ^ other))


def _told(noted: tuple[Change, ...], undone: frozenset[str]) -> dict[str, object]:
    causes: dict[tuple[str, str, str], Cause] = {}
    for each in noted:
        causes |= {(cause.kind, cause.key, cause.says.zh_hans): cause for cause in each.causes}
    left = tuple(each for each in causes.values() if each.key not in undone) or tuple(causes.values())
    own = {"own": any(each.own for each in noted)} if noted else {}
    return {"causes": left, **own}


def _key(each: Change) -> Key:
    return (
        each.level, each.subject_id, each.department_id, each.what, each.scheme, each.key, each.aspect, each.window,
    )  # fmt: skip
