"""Rows taken out of the facts: how many are too many, which they are, and the views without them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import duckdb

from expectations.reasons import reason_of, unread
from expectations.rules import Action, row_rules
from expectations.run import SAMPLE_KEYS, Run, exists, number, percent
from expectations.sql_rules import key_text
from transforms.findings import Finding, Severity
from transforms.tables import TABLES, Group, Table

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("table_name", "key", "file", "row", "check", "reason")
# However small a table is, one bad row alone does not stop a run.
ROWS_ALLOWED = 1


class Report(Protocol):
    """What `apply` needs of a report of the gate."""

    @property
    def quarantine(self) -> "pd.DataFrame":
        """Columns `COLUMNS`, one row a reason."""


def apply(con: duckdb.DuckDBPyConnection, report: Report) -> None:
    """Put views without the quarantined rows in the place of the fact tables; the originals become `all_orders` etc.

    Rows are told by their business key: the same rows under other file names are the same rows. Applying a second
    report replaces the first.
    """
    keys = report.quarantine[["table_name", "key"]].drop_duplicates()
    con.register("_keys", keys)
    con.execute("create or replace table quarantined (table_name varchar, file varchar, row bigint)")
    for table in TABLES.values():
        if table.group is Group.FACT:
            _replace(con, table, touched=table.name in set(keys["table_name"]))
    con.unregister("_keys")


def _replace(con: duckdb.DuckDBPyConnection, table: Table, *, touched: bool) -> None:
    original = f"all_{table.name}"
    if not exists(con, original):
        is_view = number(con, "select count(*) from information_schema.views where table_name = ?", [table.name])
        con.execute(f"alter {'view' if is_view else 'table'} {table.name} rename to {original}")
    if touched:
        # Keys are looked up once; the view compares file and row number, which is cheap for every scan after.
        con.execute(
            f"insert into quarantined select '{table.name}', t._file, t._row from {original} t "
            f"where {key_text(table)} in (select key from _keys where table_name = '{table.name}')"
        )
    without = (
        f" t where not exists (select 1 from quarantined q where q.table_name = '{table.name}' "
        "and q.file = t._file and q.row = t._row)"
    )
    con.execute(f"create or replace view {table.name} as from {original}{without if touched else ''}")


def listing(run: Run) -> "pd.DataFrame":
    """Every quarantined or unreadable row with its key, file, row number and reason, in a fixed order."""
    import pandas as pd

    rules = {rule.check: rule for rule in row_rules(run.as_of)}
    rows = run.con.execute(
        "select distinct table_name, key, file, row, check_code from bad_rows where action = ?", [Action.QUARANTINE]
    ).fetchall()
    lines = [(*row, reason_of(run.locale, rules[row[4]].text, run.words(rules[row[4]]))) for row in rows]
    lines += _rejected_lines(run)
    frame = pd.DataFrame(lines, columns=list(COLUMNS)).astype({"row": "int64"})
    return frame.sort_values(list(COLUMNS), ignore_index=True)


def _rejected_lines(run: Run) -> Iterator[tuple[str, str, str, int, str, str]]:
    if exists(run.con, "rejected"):
        query = "select distinct table_name, '', file, row, field, reason from rejected"
        for table, key, file, row, field, reason in run.con.execute(query).fetchall():
            where = f"{run.column(field)}: " if field else ""
            yield table, key, file, row, _code(table, field), where + unread(run.locale, reason)


def rejected(run: Run) -> Iterator[Finding]:
    """Rows that staging could not read: critical where pay hangs on every row, else counted and left out."""
    if not exists(run.con, "rejected"):
        return
    found = run.con.execute(
        "select table_name, field, reason, count(distinct (file, row)), "
        f"list(distinct concat(file, ' #', row) order by concat(file, ' #', row))[1:{SAMPLE_KEYS}] "
        "from rejected group by 1, 2, 3"
    ).fetchall()
    for table, field, reason, rows, places in found:
        fact = table not in TABLES or TABLES[table].group is Group.FACT
        words = {"column": run.column(field or ""), "reason": unread(run.locale, reason)}
        yield run.finding(
            _code(table, field), Severity.WARNING if fact else Severity.CRITICAL, rows, quarantined=fact, words=words,
            text="rejected" if field else "line_rejected", sample_keys=tuple(places),
        )  # fmt: skip


def _code(table: str, field: str | None) -> str:
    return f"{table}.{field or 'line'}_rejected"


def too_many(run: Run) -> Iterator[Finding]:
    """Fact tables with more bad rows in the period than `quarantine_limit_rate` of its rows. Needs `bad_rows`."""
    limit = run.settings.quarantine_limit_rate
    for table in TABLES.values():
        if table.group is not Group.FACT:
            continue
        unread = _unread(run, table)
        bad, rows = _bad(run, table) + unread, _rows(run, table) + unread
        if bad > max(ROWS_ALLOWED, limit * rows):
            words = {"rate": percent(bad / rows), "limit": percent(limit)}
            yield run.finding(f"{table.name}.too_many_bad_rows", Severity.CRITICAL, round(bad), words=words)


def _days(run: Run, table: Table) -> str:
    return (
        f"cast(t.{table.time} as date) between date '{run.period.start}' and date '{run.period.end}'"
        if table.time
        else "true"
    )


def _rows(run: Run, table: Table) -> int:
    return int(number(run.con, f"select count(*) from {table.name} t where {_days(run, table)}"))


def _bad(run: Run, table: Table) -> int:
    query = (
        "select count(distinct (file, row)) from bad_rows "
        "where table_name = ? and action = ? and coalesce(day between ? and ?, true)"
    )
    limits = [table.name, Action.QUARANTINE, run.period.start, run.period.end]
    return int(number(run.con, query, limits))


def _unread(run: Run, table: Table) -> float:
    """Unreadable rows of the period: they have no day, so each file's are shared out as its readable rows lie."""
    if not exists(run.con, "rejected"):
        return 0.0
    query = f"""
    with unread as (select file, count(distinct row) as bad from rejected where table_name = ? group by 1),
    read as (select t._file as file, count(*) as rows, count(*) filter (where {_days(run, table)}) as mine
             from {table.name} t where t._file in (select file from unread) group by 1)
    select coalesce(sum(u.bad * coalesce(r.mine / r.rows, 1)), 0) from unread u left join read r using (file)
    """
    return float(number(run.con, query, [table.name]))
