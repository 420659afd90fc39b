"""What queueing the mail of a revision found: recipients who cannot be reached, documents too large."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading, retried, writing
from flows.warehouse.ledger import insert_missing
from flows.warehouse.ledger_hash import digest, moment
from flows.warehouse.ledger_rows import body_of
from transforms.findings import Finding


def record_delivery_findings(engine: sa.Engine, revision_id: int, found: Iterable[Finding], at: datetime) -> int:
    """Append findings of a revision's mailing; those known before stay as they are. Returns how many are new."""
    rows = [
        {
            "revision_id": revision_id, "check_code": finding.check, "hash": digest(body_of(finding)),
            "body": body_of(finding), "recorded_at": moment(at),
        }
        for finding in found
    ]  # fmt: skip
    return retried(lambda: _record(engine, rows))


def delivery_findings(engine: sa.Engine, revision_id: int) -> tuple[Finding, ...]:
    """The findings of a revision's mailing."""
    c = t.delivery_findings.c
    chosen = sa.select(c.body).where(c.revision_id == revision_id).order_by(c.check_code, c.hash)
    with reading(engine) as con:
        return tuple(Finding.model_validate_json(body) for body in con.scalars(chosen))


def _record(engine: sa.Engine, rows: list[dict[str, object]]) -> int:
    with writing(engine) as con:
        return insert_missing(con, t.delivery_findings, rows)
