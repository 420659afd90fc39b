"""Differences of closed periods that are settled in a later one."""

import sqlalchemy as sa

from flows.warehouse.journal import entries
from transforms.corrections.model import CarriedLine
from transforms.titles import Frozen

CARRY_OVER = "carry_over"


class CarryOver(Frozen):
    """Differences found in a closed period, to be settled in `into`; the journal entry stands under `into`.

    `snapshot_id`, `journal_until`: what the closed period was computed from this time.
    """

    from_period: str
    into: str
    snapshot_id: str
    journal_until: int
    lines: tuple[CarriedLine, ...]


def carried_into(engine: sa.Engine, period: str, until: int | None = None) -> tuple[CarriedLine, ...]:
    """What is settled in this period; `until`: as of that entry of the journal."""
    told = entries(engine, period=period, kinds=(CARRY_OVER,), until=until)
    return tuple(line for entry in told for line in entry.read(CarryOver).lines)
