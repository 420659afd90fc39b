"""What the snapshot of a period says about a row, an account, an order: looked up when a correction is entered."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import timedelta

import duckdb

from expectations.rules import ACCOUNT_MOMENT, account_column
from flows import wiring
from flows.company import Company
from flows.corrections import rows
from flows.facts import open_facts
from flows.warehouse.ledger_queries import latest, periods
from flows.warehouse.snapshot_disk import reported
from transforms.corrections.model import Correction
from transforms.errors import NotFoundError
from transforms.measures.relations import prepare
from transforms.period import Period, parse
from transforms.tables import TABLES, Table, Type

Row = dict[str, str | None]
_HELD = """
    select distinct employee_id from accounts
    where account_id = $account and shop_id = $shop and kind = 'human' and employee_id is not null
      and valid_from <= $moment::timestamp and (valid_until is null or $moment::timestamp < valid_until)"""
_ACCOUNTS = """
    select distinct account_id from accounts
    where employee_id = $employee and shop_id = $shop and kind = 'human'
      and valid_from <= $moment::timestamp and (valid_until is null or $moment::timestamp < valid_until)
    order by account_id"""


@contextmanager
def snapshot_of(company: Company, period: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The rows a period is scored from: those of its latest revision, before its first run those of the newest period.

    Raises:
        NotFoundError: nothing was ever run, so there is no snapshot.
        PeriodError: that is no period.
    """
    engine, key = wiring.ledger(company), parse(period).key
    found = latest(engine, key) or next((latest(engine, each) for each in reversed(periods(engine))), None)
    if found is None:
        raise NotFoundError("there is no snapshot: nothing was ever run", todo=f"run it first: jixiao run {key}")
    with reported(company.data), closing(open_facts(company, found.snapshot_id, parse(found.period))) as con:
        yield con


def row_of(con: duckdb.DuckDBPyConnection, table: Table, key: Mapping[str, str]) -> Row | None:
    """A row's values as text, quarantined or not; None: the snapshot has no such row. The key must be readable."""
    cells = ", ".join(f"cast(t.{name} as varchar)" for name in table.names)
    where = " and ".join(f"t.{name} = cast(${name} as {table.column(name).type.value})" for name in table.key)
    found = con.execute(f"select {cells} from {rows.stored(con, table)} t where {where}", dict(key)).fetchone()
    return None if found is None else dict(zip(table.names, found, strict=True))


def holders(con: duckdb.DuckDBPyConnection, table: Table, row: Row) -> frozenset[str]:
    """Who had the row's account at the moment that decides who is credited."""
    account, when = row.get(account_column(table)), moment_of(table, row)
    if account is None or when is None:
        return frozenset()
    found = con.execute(_HELD, {"account": account, "shop": row.get("shop_id"), "moment": when}).fetchall()
    return frozenset(person for (person,) in found)


def accounts_of(con: duckdb.DuckDBPyConnection, table: Table, row: Row, employee_id: str) -> tuple[str, ...]:
    """The accounts somebody had in the row's shop at the moment that decides who is credited."""
    when = moment_of(table, row)
    found = con.execute(_ACCOUNTS, {"employee": employee_id, "shop": row.get("shop_id"), "moment": when}).fetchall()
    return tuple(account for (account,) in found)


def moment_of(table: Table, row: Row) -> str | None:
    """The moment an account was at work, as text: a day's work is whose the account is at noon."""
    for name in ACCOUNT_MOMENT.get(table.name, ()):
        if row.get(name) is not None:
            return f"{row[name]} 12:00:00" if table.column(name).type is Type.DATE else row[name]
    return None


def owner_of(
    company: Company, con: duckdb.DuckDBPyConnection, order_id: str, standing: tuple[Correction, ...] = ()
) -> str | None:
    """Whose an order is, as the measures have it with these corrections; None: nobody's, or there is none."""
    rows.apply(con, standing)
    placed = con.execute("select cast(created_at as date) from orders where order_id = ?", [order_id]).fetchone()
    if placed is None:
        return None
    days = Period(placed[0] - timedelta(1), placed[0])  # a business day may begin after midnight
    prepare(con, company.settings.measures, days, ("order_facts", "ownership"))
    found = con.execute("select employee_id from attributed_orders where order_id = ?", [order_id]).fetchone()
    return found[0] if found else None


def known_tables() -> tuple[str, ...]:
    """Tables whose rows may be corrected."""
    return tuple(name for name in TABLES if name != "messages")
