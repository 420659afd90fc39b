"""Where a period stands: open, provisional, final. Each step is an appended event."""

from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading, retried, writing
from flows.warehouse.ledger_hash import moment
from transforms.errors import PeriodError

Status = Literal["open", "provisional", "final"]
_RANK = {"open": 0, "provisional": 1, "final": 2}


def status(engine: sa.Engine, period: str) -> Status:
    """Where the period stands now; `open` when nothing was ever said."""
    with reading(engine) as con:
        row = _last(con, period)
    return row["status"] if row else "open"


def final_periods(engine: sa.Engine) -> tuple[str, ...]:
    """Every period that is final now, sorted."""
    c = t.period_events.c
    with reading(engine) as con:
        return tuple(con.scalars(sa.select(c.period).where(c.status == "final").distinct().order_by(c.period)))


def set_status(
    engine: sa.Engine, period: str, new: Literal["provisional", "final"], revision_id: int, at: datetime, *,
    by: str, reason: str = "",
) -> bool:  # fmt: skip
    """Append that a revision made the period provisional or final; False when it stands there already.

    Raises:
        PeriodError: a final period cannot become provisional again.
        StorageError: the ledger refused.
    """
    said = {"status": new, "revision_id": revision_id, "at": moment(at), "by": by, "reason": reason}
    return retried(lambda: _append(engine, period, said))


def _append(engine: sa.Engine, period: str, said: dict[str, object]) -> bool:
    with writing(engine) as con:
        row = _last(con, period)
        if row and row["status"] == said["status"]:
            return False
        _require_forward(period, row["status"] if row else "open", str(said["status"]))
        sequence = row["sequence"] + 1 if row else 1
        con.execute(sa.insert(t.period_events), {"period": period, "sequence": sequence, **said})
        return True


def _last(con: sa.Connection, period: str) -> sa.RowMapping | None:
    c = t.period_events.c
    chosen = sa.select(t.period_events).where(c.period == period).order_by(c.sequence.desc()).limit(1)
    return con.execute(chosen).mappings().first()


def _require_forward(period: str, old: str, new: str) -> None:
    if _RANK[new] < _RANK[old]:
        raise PeriodError(f"period {period} is {old} and cannot become {new}", todo="a closed period stays closed")
