"""What the journal says of workbooks: which were made, for whom, and as which bytes."""

import json

import sqlalchemy as sa

from flows.sheets.model import SHEET, Made, Received
from flows.warehouse import journal
from flows.warehouse.journal import Entry


def act_of(entry: Entry) -> str:
    """What an entry of kind `sheet` says was done: made or received."""
    return str(json.loads(entry.body)["act"])


def made(engine: sa.Engine, period: str, sheet: str) -> tuple[Made, ...]:
    """Every time a sheet of a period was made, oldest first."""
    entries = journal.entries(engine, period=period, kinds=(SHEET,))
    return tuple(entry.read(Made) for entry in entries if entry.key == sheet and act_of(entry) == "made")


def last_made(engine: sa.Engine, period: str, sheet: str) -> Made | None:
    """The workbook of a sheet as it was made last; None when it was not made yet."""
    return next(reversed(made(engine, period, sheet)), None)


def received_as(engine: sa.Engine, sha256: str) -> Received | None:
    """What was received with these bytes; None when nothing was."""
    entries = journal.entries(engine, kinds=(SHEET,))
    received = (entry.read(Received) for entry in entries if act_of(entry) == "received")
    return next((each for each in received if each.sha256 == sha256), None)
