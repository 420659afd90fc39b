"""Reading the ledger: revisions, results, the past scores of people, and whether the chain holds."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import name_of, reading
from flows.warehouse.journal import broken_entries
from flows.warehouse.ledger import RecordedRevision, revision_of
from flows.warehouse.ledger_hash import GENESIS, SchemeVersion, chain_hash, digest
from flows.warehouse.ledger_rows import exact, read_results, stored_digest
from transforms.errors import NotFoundError, Place
from transforms.period import Period
from transforms.scoring.results import PeriodResults


@dataclass(frozen=True)
class PastScore:
    """What the latest revision of an earlier period says of a person."""

    period: str
    score: Decimal | None
    grade: str | None


def load_results(engine: sa.Engine, revision_id: int) -> PeriodResults:
    """All that a revision says, equal to what was recorded.

    Raises:
        NotFoundError: no such revision.
    """
    with reading(engine) as con:
        return read_results(con, _revision(con, revision_id))


def get_revision(engine: sa.Engine, revision_id: int) -> RecordedRevision:
    """One revision by its id.

    Raises:
        NotFoundError: no such revision.
    """
    with reading(engine) as con:
        return revision_of(_revision(con, revision_id))


def latest(engine: sa.Engine, period: str) -> RecordedRevision | None:
    """The period's last revision; None when it was never run."""
    revisions = history(engine, period)
    return revisions[-1] if revisions else None


def history(engine: sa.Engine, period: str) -> tuple[RecordedRevision, ...]:
    """The period's revisions, oldest first."""
    chosen = sa.select(t.revisions).where(t.revisions.c.period == period).order_by(t.revisions.c.number)
    with reading(engine) as con:
        return tuple(revision_of(row) for row in con.execute(chosen).mappings())


def last_revision_id(engine: sa.Engine) -> int:
    """Id of the newest revision of any period; 0 of an empty ledger."""
    with reading(engine) as con:
        return con.scalar(sa.select(sa.func.max(t.revisions.c.id))) or 0


def periods(engine: sa.Engine) -> tuple[str, ...]:
    """Every period that has a revision, oldest first."""
    c = t.revisions.c
    chosen = (
        sa.select(c.period).distinct().add_columns(c.period_end, c.period_start).order_by(c.period_end, c.period_start)
    )
    with reading(engine) as con:
        return tuple(con.scalars(chosen))


def previous_scores(
    engine: sa.Engine, employee_ids: Iterable[str], before: Period, count: int, *, until: int | None = None
) -> dict[str, tuple[PastScore, ...]]:
    """Scores of the `count` periods that ended before this one began, oldest first, by employee.

    A period speaks by its latest revision (up to the id `until`); an employee it does not know has no entry for it.
    """
    with reading(engine) as con:
        rows = con.execute(_past(before, count, until)).mappings().all()
    scores: dict[str, list[PastScore]] = defaultdict(list)
    for row in rows:
        scores[row["employee_id"]].append(PastScore(row["period"], exact(row["score"]), row["grade"]))
    return {employee: tuple(scores[employee]) for employee in employee_ids}


def recorded_digest(engine: sa.Engine, revision_id: int) -> str:
    """The hash of everything a revision said when it was recorded."""
    with reading(engine) as con:
        return str(_revision(con, revision_id)["results_digest"])


def verify_chain(engine: sa.Engine) -> list[str]:
    """Everything in the ledger that is not as it was recorded, as sentences; empty when the chain holds.

    A removed tail leaves no trace inside the ledger itself: compare the last hash with the one a run printed.
    """
    with reading(engine) as con:
        return [*_bad_links(con), *_bad_inputs(con), *_bad_results(con), *broken_entries(con)]


def _revision(con: sa.Connection, revision_id: int) -> sa.RowMapping:
    row = con.execute(sa.select(t.revisions).where(t.revisions.c.id == revision_id)).mappings().first()
    if row is None:
        todo = "`jixiao status` lists the revisions"
        raise NotFoundError(f"there is no revision {revision_id}", where=Place(name_of(con.engine)), todo=todo)
    return row


def _past(before: Period, count: int, until: int | None) -> sa.Select[Any]:
    c = t.revisions.c
    known = sa.true() if until is None else c.id <= until
    last = (
        sa.select(sa.func.max(c.id).label("id"), c.period_end)
        .where(c.period_end < before.start.isoformat(), known)
        .group_by(c.period, c.period_end)
        .order_by(c.period_end.desc())
        .limit(count)
        .subquery()
    )
    people = t.person_results.c
    return (
        sa.select(people.employee_id, c.period, people.score, people.grade)
        .join(t.revisions, c.id == people.revision_id)
        .join(last, last.c.id == c.id)
        .order_by(c.period_end)
    )


def _revisions(con: sa.Connection) -> Iterator[sa.RowMapping]:
    yield from con.execute(sa.select(t.revisions).order_by(t.revisions.c.id)).mappings().all()


def _bad_links(con: sa.Connection) -> Iterator[str]:
    previous, expected = GENESIS, 1
    for row in _revisions(con):
        if row["id"] != expected:
            yield f"revision {expected} is missing"
        if row["previous_hash"] != previous:
            yield f"revision {row['id']} does not follow the revision before it"
        if chain_hash(dict(row)) != row["hash"]:
            yield f"revision {row['id']} was changed"
        previous, expected = row["hash"], row["id"] + 1


def _bad_inputs(con: sa.Connection) -> Iterator[str]:
    for row in con.execute(sa.select(t.scheme_versions)).mappings():
        version = SchemeVersion(scheme=row["scheme"], effective_from=row["effective_from"], text=row["text"])
        if version.hash != row["hash"]:
            yield f"scheme {row['scheme']} from {row['effective_from']} was changed"
    known = set(con.scalars(sa.select(t.scheme_versions.c.hash)))
    for row in con.execute(sa.select(t.settings)).mappings():
        if digest(row["body"]) != row["hash"]:
            yield f"settings {row['hash'][:12]} were changed"
    for row in _revisions(con):
        if missing := set(json.loads(row["scheme_hashes"])) - known:
            yield f"revision {row['id']} lacks {len(missing)} of its scheme versions"


def _bad_results(con: sa.Connection) -> Iterator[str]:
    for row in _revisions(con):
        if stored_digest(con, row["id"]) != row["results_digest"]:
            yield f"the results of revision {row['id']} were changed"
