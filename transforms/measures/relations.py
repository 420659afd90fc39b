"""Runs the .sql files of this package: canonical tables in, relations of countable things out (temporary tables)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from importlib.resources import files

import duckdb

from transforms.measures.parameters import MeasureParameters
from transforms.period import Period

# A silence longer than this ends a chat, so that a window needs no line from further away.
CHAT_DAYS = 7

_BEFORE_TURNS = ("calendar", "chats")
SUBJECTS = (
    "waits", "waiting_peaks", "order_facts", "contacts", "ownership", "recommendations",
    "service", "fulfilment", "product_lines", "campaigns", "tickets",
    "presence", "quality", "tasks", "shop_scores", "figures",
)  # fmt: skip

_OF_TURNS = {"waits", "waiting_peaks"}

_IN_PIECES = """
    select coalesce(bool_or(is_disordered), false)
        or count(*) filter (where begins_session)
           <> (select count(*) from (select distinct shop_id, buyer_id, session_id from turns where begins_session))
    from turns"""


def prepare(
    con: duckdb.DuckDBPyConnection, parameters: MeasureParameters, days: Period, subjects: Sequence[str] = SUBJECTS
) -> None:
    """Make every relation for these business days, as temporary tables and views of this connection.

    `con` has the canonical tables of `transforms.tables`. Made again, they replace the earlier ones. Facts from
    before and after the days are read where a window of a definition reaches there, so days can be computed apart:
    the relations of two ranges side by side are the relations of both.
    """
    _set_variables(con, parameters, days)
    for name in _BEFORE_TURNS:
        _run(con, name)
    if _OF_TURNS & set(subjects):
        _make_turns(con)
    for name in subjects:
        _run(con, name)


def _set_variables(con: duckdb.DuckDBPyConnection, parameters: MeasureParameters, days: Period) -> None:
    values: dict[str, object] = parameters.model_dump()
    start = parameters.business_day_start
    offset = timedelta(hours=start.hour, minutes=start.minute, seconds=start.second)
    before = max(CHAT_DAYS, parameters.lookback_days + 1)
    after = CHAT_DAYS + 1 + max(parameters.pay_days, parameters.order_days)
    values |= {
        "filters": list(parameters.filters),
        "business_day_start": offset,
        "first_day": days.start,
        "last_day": days.end,
        "first_line_at": datetime.combine(days.start, time()) + offset - timedelta(before),
        "last_line_before": datetime.combine(days.end, time()) + offset + timedelta(after),
    }
    for name, value in values.items():
        con.execute(f"set variable {name} = ?", [value])


def _make_turns(con: duckdb.DuckDBPyConnection) -> None:
    """Stream the lines as they are stored, which is fast; sort them first where they turn out not to be in order."""
    _run(con, "ordered_lines")
    con.execute("create or replace temp view ordered_lines as from stored_lines")
    _run(con, "turns")
    if _one(con, _IN_PIECES):
        con.execute("create or replace temp table sorted_lines as from stored_lines "
                    "order by shop_id, buyer_id, session_id, sent_at, message_id")  # fmt: skip
        con.execute("create or replace temp view ordered_lines as from sorted_lines")
        _run(con, "turns")


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> bool:
    row = con.execute(sql).fetchone()
    return bool(row and row[0])


def _run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute(files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8"))
