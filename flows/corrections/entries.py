"""Corrections as the journal has them."""

from datetime import datetime

import sqlalchemy as sa

from flows.warehouse.journal import Entry, entries
from transforms.corrections.model import Correction, Withdrawal
from transforms.corrections.standing import standing

CORRECTION, WITHDRAWAL = "correction", "withdrawal"


def standing_of(engine: sa.Engine, period: str, until: int | None = None) -> tuple[Correction, ...]:
    """The corrections of a period that stand, by id; `until`: as of that entry of the journal."""
    told = entries(engine, period=period, kinds=(CORRECTION, WITHDRAWAL), until=until)
    return standing(act_of(entry) for entry in told)


def act_of(entry: Entry) -> Correction | Withdrawal:
    """What an entry says."""
    return entry.read(Correction) if entry.kind == CORRECTION else entry.read(Withdrawal)


def known_since(engine: sa.Engine, period: str) -> dict[str, datetime]:
    """When each correction of a period was last entered."""
    return {entry.key: entry.at for entry in entries(engine, period=period, kinds=(CORRECTION,))}
