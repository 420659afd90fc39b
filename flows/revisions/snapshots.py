"""Two snapshots beside each other: which tables differ, which rows, and one read with a table of the other."""

from contextlib import closing
from dataclasses import dataclass

import duckdb
import pandas as pd

from flows import gate_results
from flows.company import Company
from flows.warehouse.snapshot_connection import connect
from flows.warehouse.snapshots import load_manifest, stored_rows
from transforms.period import Period
from transforms.tables import TABLES, Table

PERSONS = frozenset({"employee_id", "rater_id", "account_id", "subject_id"})  # never told: others read the keys
_SHOWN = 5


@dataclass(frozen=True)
class Quarantine:
    """Rows that are left out, as `expectations.quarantine.apply` reads them."""

    quarantine: pd.DataFrame


@dataclass(frozen=True)
class LateRows:
    """Rows of a table that two snapshots do not share. `shown`: business keys, if few; `by_person`: up to five each.

    Keys are told without the persons in them; of tables whose keys name persons, to those whom the rows concern alone.
    """

    table: str
    count: int
    shown: tuple[str, ...]
    by_person: dict[str, tuple[str, ...]]

    def concerning(self, employee_id: str | None) -> tuple[str, ...]:
        """Up to five business keys of rows that are this person's; of the table where it has no more than five."""
        return self.by_person.get(employee_id or "", self.shown)


def differing_tables(company: Company, old: str, new: str) -> tuple[str, ...]:
    """The canonical tables whose rows are not the same in two snapshots, in the order of the contract."""
    if old == new:
        return ()
    before, after = (load_manifest(company, each)["tables"] for each in (old, new))
    return tuple(name for name in TABLES if _contents(before, name) != _contents(after, name))


def _contents(tables: dict[str, list[dict[str, object]]], name: str) -> list[str]:
    return sorted(str(entry["content"]) for entry in tables.get(name, []))


def take(con: duckdb.DuckDBPyConnection, company: Company, period: Period, table: str, now: str, then: str) -> None:
    """Make one table of a period's facts (of the snapshot `now`) hold what it held in the snapshot `then`.

    What was in quarantine then is left out of it, and nothing else.
    """
    from expectations import quarantine
    from expectations.run import exists

    original = f"all_{table}" if exists(con, f"all_{table}") else table
    con.execute(f"create or replace view {original} as {stored_rows(company, then, {table})[table]}")
    here, there = (gate_results.quarantined(company, period, each) for each in (now, then))
    kept = pd.concat([here[here["table_name"] != table], there[there["table_name"] == table]], ignore_index=True)
    quarantine.apply(con, Quarantine(kept))


def late_rows(company: Company, table: str, old: str, new: str) -> LateRows:
    """The rows of a table that one of two snapshots has and the other has not, whatever of a row is otherwise."""
    told = TABLES[table]
    with closing(connect(company)) as con:
        for name, snapshot_id in (("then", old), ("now", new)):
            for each, sql in stored_rows(company, snapshot_id, {table, "accounts"}).items():
                con.execute(f"create view {name}_{each} as {sql}")
        con.execute(_differing(told))
        count = con.execute("select count(distinct whole) from late").fetchone()
        shown = con.execute("select distinct key from late order by key limit ?", [_SHOWN + 1]).fetchall()
        people = con.execute(_by_person(told)).fetchall()
    few = tuple(str(key) for (key,) in shown) if len(shown) <= _SHOWN and not PERSONS & {*told.key} else ()
    return LateRows(table, int(count[0]) if count else 0, few, {str(who): tuple(keys) for who, keys in people})


def _differing(table: Table) -> str:
    """Rows by what the contract says of them; not by the file they came from."""
    columns = ", ".join(f'"{name}"' for name in table.names)
    key = " || '/' || ".join(f'cast("{name}" as varchar)' for name in table.key if name not in PERSONS) or "''"
    whole = " || '/' || ".join(f'cast("{name}" as varchar)' for name in table.key)
    one, other = (f"select {columns} from {side}_{table.name}" for side in ("then", "now"))
    return (
        f"create temp table late as select *, {key} as key, {whole} as whole from "
        f"(({one} except all {other}) union all ({other} except all {one}))"
    )


def _by_person(table: Table) -> str:
    """Keys by whose rows they are: named in the row, or whose account it is in the row's moment."""
    whose = ["select employee_id as who, key from late"] if "employee_id" in table.names else []
    if "account_id" in table.names and table.name != "accounts":
        whose.append("select a.employee_id as who, l.key from late l join now_accounts a using (account_id)")
    told = " union ".join(whose) or "select '' as who, '' as key where false"
    return (
        f"select who, list(key order by key)[1:{_SHOWN}] from (select distinct who, key from ({told})) "
        "where who is not null group by who order by who"
    )
