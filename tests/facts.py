"""Write facts by hand, readably: what a test does not say is filled in with something plain.

    con = facts(
        messages=chat("b1", "a1", "3 10:00:00 buyer", "3 10:00:20 agent"),
        orders=[order("o1", "b1", "3 10:05:00", paid="3 10:06:00", amount=9900)],
    )

Times are days of October 2026 (`3 10:00:00`; `-2 …` is 28 September, `34 …` is 3 November). Unless a test brings its
own tables, there is one shop `s1`, and the accounts a1 … a4 of the employees E1 … E4 in `customer_service`.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import duckdb

from transforms.measures.catalogue import measure_of
from transforms.measures.parameters import MeasureParameters
from transforms.measures.runner import compute
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.evaluate import evaluate
from transforms.metrics.model import Level
from transforms.period import Period, parse
from transforms.tables import TABLES, Column, Table, Type, ddl

Row = dict[str, Any]

_PLAIN: dict[Type, Any] = {
    Type.TEXT: "x", Type.INTEGER: 0, Type.DECIMAL: 0, Type.BOOLEAN: False,
    Type.DATE: date(2020, 1, 1), Type.TIMESTAMP: datetime.fromisoformat("2020-01-01"),
}  # fmt: skip
_NUMBERS = count(1)


def at(text: str) -> datetime:
    """`3 10:00:00` (or `3 10:00`) → 2026-10-03 10:00:00."""
    day, _, clock = text.partition(" ")
    return datetime.combine(on(int(day)), time.fromisoformat(clock or "00:00"))


def on(day: int) -> date:
    """A day counted from 1 October 2026; 0 is 30 September."""
    return date(2026, 9, 30) + timedelta(day)


def employee(employee_id: str, department: str = "customer_service", **more: Any) -> dict[str, list[Row]]:
    """An employee with an account of the same name in lower case (`E1` → `a1`) and one department, from 2020 on."""
    account = {"account_id": "a" + employee_id[1:], "shop_id": "s1", "employee_id": employee_id, "kind": "human"}
    return {
        "employees": [{"employee_id": employee_id, "name": employee_id}],
        "assignments": [{"employee_id": employee_id, "department_id": department, "role": "member"}],
        "accounts": [{**account, **more}],
    }


def chat(buyer: str, account: str, *lines: str, session: str = "", shop: str = "s1") -> list[Row]:
    """Lines such as `3 10:00:00 buyer`, `3 10:00:20 agent`, `… auto`, `… mass`, `… phrase` (an advertising phrase)."""
    session = session or f"{shop}-{buyer}-{account}"
    return [_line(buyer, account, session, shop, *text.rsplit(" ", 1)) for text in lines]


def _line(buyer: str, account: str, session: str, shop: str, moment: str, who: str) -> Row:
    return {
        "message_id": f"m{next(_NUMBERS):06}", "shop_id": shop, "session_id": session, "buyer_id": buyer,
        "account_id": account, "sent_at": at(moment), "direction": "buyer" if who == "buyer" else "agent",
        "kind": who if who in {"auto", "mass"} else "human", "is_filter_phrase": who == "phrase",
        "forbidden_phrases": int(who == "forbidden"),
    }  # fmt: skip


def order(order_id: str, buyer: str, created: str, *, paid: str = "", amount: int = 10000, **more: Any) -> Row:
    """An order of `amount` fen, fully paid when `paid` gives a time."""
    return {
        "order_id": order_id, "shop_id": "s1", "buyer_id": buyer, "status": "paid" if paid else "created",
        "created_at": at(created), "paid_at": at(paid) if paid else None, "order_amount_fen": amount,
        "paid_amount_fen": amount if paid else None, **more,
    }  # fmt: skip


def facts(con: duckdb.DuckDBPyConnection | None = None, **tables: list[Row]) -> duckdb.DuckDBPyConnection:
    """A connection (in memory unless given) with every canonical table: these rows, and the plain company."""
    con = con or duckdb.connect()
    rows = {**_plain_company(), **tables}
    for table in TABLES.values():
        con.execute(ddl(table))
        _insert(con, table, rows.get(table.name, []))
    return con


def measured(con: duckdb.DuckDBPyConnection, days: str = "2026-10", **parameters: Any) -> dict[str, dict[str, int]]:
    """Sums (for peaks: the greatest) over the days, by employee and measure; `""` holds what is nobody's."""
    table = compute(con, MeasureParameters(**parameters), parse(days))
    found: dict[str, dict[str, int]] = {"": {}, **{f"E{n}": {} for n in range(1, 5)}}
    for row in table.fillna({"employee_id": ""}).itertuples():
        sums = found.setdefault(row.employee_id, {})
        sums[row.measure] = (
            max(sums.get(row.measure, 0), row.value)
            if "peak" in row.measure
            else (sums.get(row.measure, 0) + row.value)
        )
    return {who: _Zero(sums) for who, sums in found.items()}


def valued(
    con: duckdb.DuckDBPyConnection, *keys: str, days: str = "2026-10", level: Level = "employee", **parameters: Any
) -> dict[str, Any]:
    """Values of metrics in the window by subject (several metrics: by `subject key`)."""
    window, chosen = parse(days), [CATALOGUE[key] for key in keys]
    first = window.shifted(-12).start if any(metric.growth_of for metric in chosen) else window.start
    known = compute(con, MeasureParameters(**parameters), Period(first, window.end))
    found = evaluate(known, chosen, [window], [level])
    return {each.subject_id if len(keys) == 1 else f"{each.subject_id} {each.metric}": each.value for each in found}


class _Zero(dict[str, int]):
    """Measures without a row are zero."""

    def __missing__(self, key: str) -> int:
        measure_of(key)  # a misspelt measure is a mistake of the test
        return 0


def _plain_company() -> dict[str, list[Row]]:
    company: dict[str, list[Row]] = {
        "shops": [{"shop_id": "s1", "title": "Shop", "platform": "taobao", "currency": "CNY"}],
        "departments": [{"department_id": d, "title_zh_hans": d} for d in ("customer_service", "logistics")],
    }
    for number in range(1, 5):
        for name, rows in employee(f"E{number}").items():
            company.setdefault(name, []).extend(rows)
    return company


def _insert(con: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[Row]) -> None:
    lines = [_filled(table, row, number) for number, row in enumerate(rows, 1)]
    if lines:
        marks = ", ".join("?" * len(lines[0]))
        con.executemany(f"insert into {table.name} values ({marks})", lines)


def _filled(table: Table, row: Row, number: int) -> list[Any]:
    unknown = set(row) - set(table.names)
    if unknown:
        raise KeyError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    return [*(row.get(c.name, _plain(c)) for c in table.columns), "facts", f"{table.name}.csv", number]


def _plain(column: Column) -> Any:
    if column.nullable:
        return None
    return column.allowed[0] if column.allowed else _PLAIN[column.type]
