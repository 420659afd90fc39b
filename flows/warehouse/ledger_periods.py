"""Where a period stands: open, provisional, final. Each step is an appended event."""

import time
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading, writing
from flows.warehouse.ledger import ATTEMPTS, moment
from transforms.errors import PeriodError, StorageError

Status = Literal["open", "provisional", "final"]
_RANK = {"open": 0, "provisional": 1, "final": 2}


def status(engine: sa.Engine, period: str) -> Status:
    """Where the period stands now; `open` when nothing was ever said."""
    with reading(engine) as con:
        row = _last(con, period)
    return row["status"] if row else "open"


def set_status(
    engine: sa.Engine, period: str, new: Literal["provisional", "final"], revision_id: int, at: datetime, *,
    by: str, reason: str = "",
) -> bool:  # fmt: skip
    """Append that a revision made the period provisional or final; False when it stands there already.

    Raises:
        PeriodError: a final period cannot become provisional again.
        StorageError: the ledger refused.
    """
    for attempt in range(ATTEMPTS):
        try:
            with writing(engine) as con:
                row = _last(con, period)
                if row and row["status"] == new:
                    return False
                _require_forward(period, row["status"] if row else "open", new)
                event = {"period": period, "sequence": row["sequence"] + 1 if row else 1, "status": new}
                said = {"revision_id": revision_id, "at": moment(at), "by": by, "reason": reason}
                con.execute(sa.insert(t.period_events), event | said)
                return True
        except IntegrityError:
            time.sleep(0.05 * 2**attempt)  # another run was first: look again
    raise StorageError("the period's status is written by too many runs at once", todo="run again")


def _last(con: sa.Connection, period: str) -> sa.RowMapping | None:
    c = t.period_events.c
    chosen = sa.select(t.period_events).where(c.period == period).order_by(c.sequence.desc()).limit(1)
    return con.execute(chosen).mappings().first()


def _require_forward(period: str, old: str, new: str) -> None:
    if _RANK[new] < _RANK[old]:
        raise PeriodError(f"period {period} is {old} and cannot become {new}", todo="a closed period stays closed")
