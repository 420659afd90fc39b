"""The row rules read by DuckDB: finds every bad row of a snapshot with its file and row number."""

from datetime import date

import duckdb

from expectations.rules import Action, Kind, Rule, account_column, held, rules_of
from transforms.period import Period
from transforms.tables import TABLES, Table

# One row a broken rule: `rule` is the check's code, `key` the business key, `day` null where the table has no days.
_BAD_ROWS = """
create or replace temp table bad_rows (
  table_name varchar, check_code varchar, action varchar, key varchar, file varchar, row bigint,
  day date, shop_id varchar, account_id varchar, employee_id varchar)
"""


def find(con: duckdb.DuckDBPyConnection, as_of: date, window: Period) -> None:
    """Fill the temporary table `bad_rows` from every table of the contract, parents before children.

    Duplicated keys are looked for inside `window` only: staging keeps one row a key, and counting the keys of all
    days would cost more than everything else together. The first key column is never empty there.
    """
    con.execute(_BAD_ROWS)
    for table in TABLES.values():
        if rules := rules_of(table.name, as_of):
            con.execute(_insert(table, rules, window))


def bad(rule: Rule, window: Period) -> str:  # noqa: PLR0911 - one line a kind
    """The rule as a DuckDB condition on the row `t`: true when the row is bad, never null."""
    first = f"t.{rule.columns[0]}"
    match rule.kind:
        case Kind.MISSING:
            return f"({first} is null)"
        case Kind.NOT_ALLOWED:
            return f"coalesce({first} not in ({', '.join(_text(value) for value in rule.options)}), false)"
        case Kind.BELOW:
            return f"coalesce({first} < {rule.limit}, false)"
        case Kind.ABOVE:
            return f"coalesce({first} > {rule.limit}, false)"
        case Kind.BEFORE:
            return f"coalesce(t.{rule.columns[1]} < {first}, false)"
        case Kind.FUTURE:
            return f"coalesce(cast({first} as date) > date '{rule.options[0]}', false)"
        case Kind.DUPLICATED:
            return _duplicated(rule, window)
        case Kind.FLAG:
            return f"coalesce({rule.sql}, false)"


def in_days(table: Table, days: Period, row: str = "t") -> str:
    """Condition: the row lies in these days; true for tables kept whole, and for a row without a time."""
    if not table.time:
        return "true"
    day = f"cast({row}.{table.time} as date)"
    return f"coalesce({day} between date '{days.start}' and date '{days.end}', true)"


def key_text(table: Table) -> str:
    """SQL of the business key of the row `t` as one text, parts joined by a slash."""
    return "concat_ws('/', " + ", ".join(f"cast(t.{name} as varchar)" for name in table.key) + ")"


def _duplicated(rule: Rule, window: Period) -> str:
    table = TABLES[rule.table]
    keys, scope = ", ".join(rule.columns), in_days(table, window, "d")
    twice = f"select {keys} from {table.name} d where {scope} group by {keys} having count(*) > 1"
    mine = " and ".join(f"twice.{name} = t.{name}" for name in rule.columns)
    return f"({in_days(table, window)} and exists (select 1 from ({twice}) twice where {mine}))"


def _insert(table: Table, rules: tuple[Rule, ...], window: Period) -> str:
    """One scan of the table; only bad rows get further than the `where`."""
    flags = ",\n    ".join(f"{bad(rule, window)} as b{n}" for n, rule in enumerate(rules))
    hits = ", ".join(
        f"case when b{n} then {{'code': '{rule.check}', 'action': '{rule.action}'}} end" for n, rule in enumerate(rules)
    )
    return f"""
    insert into bad_rows
    with flagged as (select t.*, {flags} from {table.name} t),
    broken as (
      select *, unnest(list_filter([{hits}], lambda hit: hit is not null)) as hit
      from flagged where {" or ".join(f"b{n}" for n in range(len(rules)))})
    select '{table.name}', t.hit.code, t.hit.action, {key_text(table)}, t._file, t._row, {_day(table)}, {_shop(table)},
           {_account(table)}, {_employee(table)}
    from broken t"""


def _day(table: Table) -> str:
    return f"cast(t.{table.time} as date)" if table.time else "null"


def _shop(table: Table) -> str:
    return "t.shop_id" if "shop_id" in table.names else "null"


def _account(table: Table) -> str:
    return f"t.{account_column(table)}" if account_column(table) else "null"


def _employee(table: Table) -> str:
    """Whose numbers the row touches: named by the row itself, or who held its account then."""
    named = next((c.name for c in table.columns if c.references == "employees.employee_id"), "")
    named = named or ("employee_id" if "employee_id" in table.names else "")
    if named:
        return f"t.{named}"
    if not account_column(table):
        return "null"
    return f"(select min(a.employee_id) from accounts a where {held(table.name)})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def quarantined(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int, str]]:
    """Table, key, file, row and check of every row to take out, in a fixed order."""
    return con.execute(
        "select table_name, key, file, row, check_code from bad_rows where action = ? order by all", [Action.QUARANTINE]
    ).fetchall()
