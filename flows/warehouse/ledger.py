"""Recording revisions: one transaction, append-only, hash-chained; the same inputs make no second revision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from flows.company import CompanySettings
from flows.warehouse import ledger_tables as t
from flows.warehouse.basis import BASIS, CHANGES, Basis
from flows.warehouse.engine import retried, writing
from flows.warehouse.journal import Draft, append_within
from flows.warehouse.ledger_hash import (
    GENESIS,
    SchemeVersion,
    canonical,
    chain_hash,
    digest,
    inputs_hash,
    moment,
    settings_body,
)
from flows.warehouse.ledger_rows import result_rows, rows_digest
from transforms.corrections.model import Correction
from transforms.period import Period
from transforms.revisions import Changes
from transforms.scoring.results import PeriodResults


@dataclass(frozen=True)
class RevisionInput:
    """What a revision is made from, and what came out. `created_at` must carry a time zone.

    `basis` and `changes` (against the period's revision before it) go into the journal with it.
    """

    period: Period
    snapshot_id: str
    schemes: tuple[SchemeVersion, ...]
    settings: CompanySettings
    code_version: str
    created_at: datetime
    results: PeriodResults
    snapshot_manifest: str = "{}"
    corrections: tuple[Correction, ...] = ()
    basis: Basis | None = None
    changes: Changes | None = None

    @property
    def input_hash(self) -> str:
        """Hash of what it is made from."""
        return inputs_hash(
            self.period.key, self.snapshot_id, self.schemes, self.settings, self.code_version, self.results,
            self.corrections,
        )  # fmt: skip


@dataclass(frozen=True)
class RecordedRevision:
    """A revision in the ledger. `id` counts over all periods, `number` within the period from 1."""

    id: int
    number: int
    period: str
    snapshot_id: str
    provisional: bool
    created_at: datetime
    hash: str
    input_hash: str
    created: bool = False


def record(engine: sa.Engine, revision: RevisionInput) -> RecordedRevision:
    """Append a revision, or return the period's latest one when it was made from the same inputs.

    Raises:
        StorageError: the ledger refused; it is as it was before.
    """
    return retried(lambda: _record(engine, revision))


def revision_of(row: sa.RowMapping) -> RecordedRevision:
    """A row of `revisions` as the value callers hold."""
    created_at = datetime.fromisoformat(row["created_at"])
    kept = {name: row[name] for name in ("id", "number", "period", "snapshot_id", "provisional", "hash", "input_hash")}
    return RecordedRevision(**kept, created_at=created_at)


def insert_missing(con: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> int:
    """Add the rows whose primary key is new, in order; returns how many. Of rows with one key the first one stays."""
    keys = list(table.primary_key.columns)
    known = {tuple(row) for row in con.execute(sa.select(*keys).where(_any_of(keys, rows)))} if rows else set()
    by_key = {tuple(row[key.name] for key in keys): row for row in reversed(rows)}
    new = [row for key, row in reversed(by_key.items()) if key not in known]
    if new:
        con.execute(sa.insert(table), new)
    return len(new)


def _any_of(keys: list[sa.Column[Any]], rows: list[dict[str, Any]]) -> sa.ColumnElement[bool]:
    """Rows sharing the first key column's values: few enough to compare here."""
    return keys[0].in_({row[keys[0].name] for row in rows})


def _record(engine: sa.Engine, revision: RevisionInput) -> RecordedRevision:
    with writing(engine) as con:
        return _append(con, revision)


def _append(con: sa.Connection, revision: RevisionInput) -> RecordedRevision:
    _wait_for_others(con)
    body = settings_body(revision.settings)
    row = _inputs(revision, digest(body))
    last = _last(con, sa.true())
    latest = _last(con, t.revisions.c.period == revision.period.key)
    if latest is not None and latest["input_hash"] == row["input_hash"]:
        return revision_of(latest)
    _store_inputs(con, revision, row["settings_hash"], body)
    row |= {"id": last["id"] + 1 if last else 1, "previous_hash": last["hash"] if last else GENESIS}
    row |= {"number": latest["number"] + 1 if latest else 1}
    said = result_rows(row["id"], revision.results)
    row["results_digest"] = rows_digest(said)
    row["hash"] = chain_hash(row)
    con.execute(sa.insert(t.revisions), row)
    for table, rows in said:
        if rows:
            con.execute(sa.insert(table), rows)
    append_within(con, _noted(revision, row["id"]), revision.created_at)
    return RecordedRevision(
        row["id"], row["number"], row["period"], row["snapshot_id"], row["provisional"],
        datetime.fromisoformat(row["created_at"]), row["hash"], row["input_hash"], created=True,
    )  # fmt: skip


def _noted(revision: RevisionInput, revision_id: int) -> list[Draft]:
    by = revision.basis.asked_by if revision.basis else ""
    bodies = ((BASIS, revision.basis), (CHANGES, revision.changes))
    return [Draft(revision.period.key, kind, str(revision_id), body, by) for kind, body in bodies if body is not None]


def _wait_for_others(con: sa.Connection) -> None:
    """One writer at a time, so that the chain has no fork (SQLite: the write lock does it)."""
    if con.dialect.name == "postgresql":
        con.execute(sa.text("LOCK TABLE revisions IN SHARE ROW EXCLUSIVE MODE"))


def _last(con: sa.Connection, which: sa.ColumnElement[bool]) -> sa.RowMapping | None:
    return (
        con.execute(sa.select(t.revisions).where(which).order_by(t.revisions.c.id.desc()).limit(1)).mappings().first()
    )


def _inputs(revision: RevisionInput, settings_hash: str) -> dict[str, Any]:
    results, key = revision.results, revision.period.key
    until = results.provisional_until
    return {
        "period": key, "period_start": revision.period.start.isoformat(), "period_end": revision.period.end.isoformat(),
        "input_hash": revision.input_hash,
        "snapshot_id": revision.snapshot_id, "settings_hash": settings_hash,
        "scheme_hashes": canonical(sorted({scheme.hash for scheme in revision.schemes})),
        "code_version": revision.code_version, "provisional": results.provisional,
        "provisional_until": until.isoformat() if until else None,
        "created_at": moment(revision.created_at),
    }  # fmt: skip


def _store_inputs(con: sa.Connection, revision: RevisionInput, settings_hash: str, body: str) -> None:
    at = moment(revision.created_at)
    schemes = {scheme.hash: scheme for scheme in revision.schemes}
    insert_missing(
        con, t.snapshots, [{"id": revision.snapshot_id, "manifest": revision.snapshot_manifest, "recorded_at": at}]
    )
    insert_missing(con, t.settings, [{"hash": settings_hash, "body": body, "recorded_at": at}])
    insert_missing(
        con, t.scheme_versions,
        [{"hash": key, **scheme.model_dump(), "recorded_at": at} for key, scheme in sorted(schemes.items())],
    )  # fmt: skip
