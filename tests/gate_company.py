# ruff: noqa: ISC004 - statements of SQL, in the order they run
"""A small healthy company in DuckDB tables of the contract: four months of two shops, for the tests of the gate."""

from datetime import date

import duckdb

from expectations import gate
from flows.company import Gate
from transforms.findings import Finding
from transforms.period import parse
from transforms.tables import TABLES, ddl

PERIOD = parse("2026-10")
AS_OF = date(2026, 11, 21)
DAYS = "(select cast(unnest(generate_series(date '2026-07-01', date '2026-11-20', interval 1 day)) as date) as day)"

_ROWS = (
    "insert into shops select 'shop' || i, 'Shop', 'taobao', 'CNY', 's', 'shops.csv', i from range(1, 3) r(i)",
    "insert into departments values ('cs', '客服', null, null, 's', 'departments.csv', 1),"
    " ('ops', '运营', null, null, 's', 'departments.csv', 2)",
    "insert into employees select 'E' || i, case i when 4 then 'NA' else '员工' || i end, 'e' || i || '@example.com',"
    " date '2020-01-01', null, null, 's', 'employees.csv', i from range(1, 5) r(i)",
    "insert into assignments select 'E' || i, case when i < 3 then 'cs' else 'ops' end, date '2020-01-01', null,"
    " case when i in (1, 3) then 'manager' else 'member' end, null, 's', 'assignments.csv', i from range(1, 5) r(i)",
    "insert into accounts select 'a' || i, 'shop' || s, timestamp '2020-01-01', null, 'E' || i, 'human', 's',"
    " 'accounts.csv', i * 2 + s from range(1, 5) r(i), range(1, 3) q(s)",
    "insert into accounts select 'robot', 'shop' || s, timestamp '2020-01-01', null, null, 'robot', 's',"
    " 'accounts.csv', 100 + s from range(1, 3) q(s)",
    "insert into messages select 'm' || strftime(day, '%m%d') || n, shop_id, 's' || n, 'b' || n, 'a' || (n % 4 + 1),"
    " day + interval (n) hour, case n % 2 when 0 then 'buyer' else 'agent' end, 'human', false, 0, 's', 'messages.csv',"
    f" row_number() over () from {DAYS}, range(10) r(n), (select shop_id from shops)",
    "insert into orders select 'o' || strftime(day, '%m%d') || n, shop_id, 'b' || n, 'tea', 'delivered',"
    " day + interval 10 hour, day + interval 11 hour, null, day + interval 20 hour, null, day + interval 60 hour, null,"
    " 1000, 1000, 600, 50, true, 'a' || (n % 4 + 1), 's', 'orders.csv', row_number() over ()"
    f" from {DAYS}, range(5) r(n), (select shop_id from shops)",
    "insert into order_items select order_id, shop_id, 1, 'i1', created_at, 1, 1000, 's', 'items.csv', _row from orders",
    "insert into traffic select shop_id, day, 'tea', 'search', 100, 40, null, null, 's', 'traffic.csv', row_number() over ()"
    f" from {DAYS}, (select shop_id from shops)",
    "insert into inventory select shop_id, day, 'tea', 50000, 's', 'inventory.csv', row_number() over ()"
    f" from {DAYS}, (select shop_id from shops)",
    "insert into platform_totals select shop_id, created_at::date, count(*), sum(order_amount_fen), 's', 'totals.csv',"
    " row_number() over () from orders group by shop_id, created_at::date",
)


def empty() -> duckdb.DuckDBPyConnection:
    """Every table of the contract, without rows, and the table of rejected rows."""
    con = duckdb.connect()
    for table in TABLES.values():
        con.execute(ddl(table))
    con.execute(
        "create table rejected (table_name varchar, source varchar, file varchar, row bigint, field varchar,"
        " value varchar, reason varchar)"
    )
    return con


def healthy() -> duckdb.DuckDBPyConnection:
    """A company without a fault."""
    con = empty()
    for rows in _ROWS:
        con.execute(rows)
    return con


def report(con: duckdb.DuckDBPyConnection, locale: str = "en", **settings: float) -> gate.GateReport:
    """The gate's report for October 2026."""
    return gate.run(con, PERIOD, Gate(**settings), AS_OF, locale=locale)


def found(con: duckdb.DuckDBPyConnection, **settings: float) -> dict[str, Finding]:
    """Findings by check; of several with the same check the last."""
    return {finding.check: finding for finding in report(con, **settings).findings}
