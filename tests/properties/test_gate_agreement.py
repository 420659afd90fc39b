"""Great Expectations and DuckDB read the same rules: on any rows they must name the same ones as bad."""

from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations import quarantine, row_findings, sql_rules, suites
from expectations.rules import rules_of
from expectations.run import Run
from flows.company import Gate
from tests.gate_company import AS_OF, PERIOD, empty
from transforms.tables import TABLES, Type

CHEAP = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_TIMES = st.datetimes(datetime(2026, 9, 20), datetime(2026, 11, 10)).map(lambda t: t.replace(microsecond=0))  # noqa: DTZ001
_VALUES = {
    Type.TEXT: st.sampled_from(["a1", "a2", "ghost", "NA", "", "shop1", "nowhere", "E1", "E9", "o1", "o2"]),
    Type.INTEGER: st.integers(-2, 3),
    Type.DECIMAL: st.integers(-20, 1_010_000).map(lambda n: n / 10_000),
    Type.BOOLEAN: st.booleans(),
    Type.DATE: st.dates(date(2026, 9, 20), date(2026, 11, 10)),
    Type.TIMESTAMP: _TIMES,
}
_TABLES = [
    "employees",
    "assignments",
    "accounts",
    "messages",
    "orders",
    "order_items",
    "ratings",
    "traffic",
    "judgements",
]


def _column(column):
    values = _VALUES[column.type]
    if column.allowed:
        values = st.sampled_from([*column.allowed, "odd"])
    if column.references:
        known = {"shops": "shop1", "employees": "E1", "departments": "cs", "accounts": "a1", "orders": "o1"}
        values = st.sampled_from([known.get(column.references.split(".")[0], "x"), "other"])
    return st.one_of(st.none(), values) if column.nullable else values


@st.composite
def companies(draw):
    """Rows of several tables, good and bad ones mixed, as tuples in the order of the contract."""
    rows = {}
    for name in _TABLES:
        one = st.tuples(*(_column(column) for column in TABLES[name].columns))
        rows[name] = draw(st.lists(one, max_size=6))
    return rows


def _stored(rows):
    con = empty()
    con.execute("insert into shops values ('shop1', 'Shop', 'taobao', 'CNY', 's', 'shops.csv', 1)")
    con.execute("insert into departments values ('cs', '客服', null, null, 's', 'departments.csv', 1)")
    for name, lines in rows.items():
        marks = ", ".join("?" for _ in (*TABLES[name].columns, 1, 2, 3))
        for number, line in enumerate(lines, start=1):
            con.execute(f"insert into {name} values ({marks})", [*line, "s", f"{name}.csv", number])
    return con


def _run(con):
    return Run(con, PERIOD, Gate(), AS_OF, "en")


@given(companies())
@CHEAP
def test_both_readers_name_the_same_rows(rows):
    run = _run(_stored(rows))
    sql_rules.find(run.con, run.as_of, run.window)
    for name in _TABLES:
        frame, every = row_findings.frame(run, TABLES[name])
        by_suite = suites.failures(name, frame, rules_of(name, AS_OF), ("_file", "_row"))
        by_sql = row_findings._by_sql(run, TABLES[name], every)
        assert {check: set(places) for check, places in by_suite.items() if places} == by_sql


@given(companies())
@CHEAP
def test_a_third_reading_in_plain_python_agrees_on_orders(rows):
    con = _stored(rows)
    sql_rules.find(con, AS_OF, _run(con).window)
    found = con.execute(
        "select check_code, row from bad_rows where table_name = 'orders' and check_code in"
        " ('orders.paid_before_created', 'orders.delivered_before_shipped', 'orders.status_not_allowed',"
        "  'orders.order_amount_fen_below_minimum', 'orders.unknown_shop')"
    ).fetchall()
    expected = set()
    for number, values in enumerate(rows["orders"], start=1):
        order = dict(zip(TABLES["orders"].names, values, strict=True))
        if order["paid_at"] and order["paid_at"] < order["created_at"]:
            expected.add(("orders.paid_before_created", number))
        if order["delivered_at"] and order["shipped_at"] and order["delivered_at"] < order["shipped_at"]:
            expected.add(("orders.delivered_before_shipped", number))
        if order["status"] == "odd":
            expected.add(("orders.status_not_allowed", number))
        if order["order_amount_fen"] < 0:
            expected.add(("orders.order_amount_fen_below_minimum", number))
        if order["shop_id"] != "shop1":
            expected.add(("orders.unknown_shop", number))
    assert set(found) == expected


@given(companies())
@CHEAP
def test_after_quarantine_the_facts_break_no_rule_and_no_row_is_lost(rows):
    con = _stored(rows)
    sql_rules.find(con, AS_OF, _run(con).window)
    kept_out = {(table, file, row) for table, _, file, row, _ in sql_rules.quarantined(con)}

    class Report:
        quarantine = quarantine.listing(_run(con))

    quarantine.apply(con, Report)
    for name in ("messages", "orders", "order_items", "ratings", "traffic"):
        all_rows = set(con.execute(f"select '{name}', _file, _row from all_{name}").fetchall())
        rest = set(con.execute(f"select '{name}', _file, _row from {name}").fetchall())
        assert rest == all_rows - kept_out
    sql_rules.find(con, AS_OF, _run(con).window)
    assert sql_rules.quarantined(con) == []
