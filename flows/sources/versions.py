"""One row a business key: repeats are dropped, of several versions the later one is kept, and both are counted.

Later is: the larger version column where the table has one, else what came back on a sheet, else the later file name,
else the later row. Only keys that occur more than once are looked at row by row, so that clean data costs one grouping.

In tables other than facts, two rows of *one* file with the same key and different contents are no versions: one of
them is wrong, and pay may hang on it. Such pairs are kept in `conflicts`, for the gate to stop at.
"""

import duckdb

from flows.sources.raw import quoted
from flows.sources.report import TableStaged
from transforms.tables import LINEAGE, Group, Table, ddl


def settle(con: duckdb.DuckDBPyConnection, table: Table, mapped: list[str]) -> TableStaged:
    """Create the canonical table of the rows in `mapped` (made by `map_rows`), and add their bad rows to `rejected`."""
    con.execute(ddl(table))
    if not mapped:
        return TableStaged(table.name, 0, 0, 0, 0)
    columns = ", ".join(quoted(name) for name in (*table.names, *LINEAGE))
    union = " union all by name ".join(f"from {name}" for name in mapped)  # a source may leave columns out
    con.execute(f"create or replace temp view _mapped as {union}")
    duplicates, superseded = _insert(con, table, columns)
    again, replaced = _reject(con, table)
    rows = _one(con, f"select count(*) from {quoted(table.name)}")
    rejected = _one(con, f"select count(*) from rejected where table_name = '{table.name}'")
    return TableStaged(table.name, rows, duplicates + again, superseded + replaced, rejected)


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0] or 0)


def _key(table: Table) -> str:
    return ", ".join(quoted(name) for name in table.key)


def _insert(con: duckdb.DuckDBPyConnection, table: Table, columns: str) -> tuple[int, int]:
    key, name = _key(table), quoted(table.name)
    con.execute(
        f"create or replace temp table _repeated as select {key} from _mapped where _bad_field is null "
        f"group by {key} having count(*) > 1"
    )
    if not _one(con, "select count(*) from _repeated"):
        con.execute(f"insert into {name} select {columns} from _mapped where _bad_field is null")
        return 0, 0
    con.execute(
        f"insert into {name} select {columns} from _mapped anti join _repeated using ({key}) where _bad_field is null"
    )
    con.execute(
        f"create or replace temp table _versions as from _mapped semi join _repeated using ({key}) "
        f"where _bad_field is null"
    )
    con.execute(
        f"insert into {name} select {columns} from _versions "
        f"qualify row_number() over (partition by {key} order by {_latest(table)}) = 1"
    )
    if table.group is not Group.FACT:
        _keep_conflicts(con, table)
    return _counts(con, table)


def _keep_conflicts(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Each row that says something else than the first row of its key in the same file, beside that first row."""
    values = ", ".join(quoted(name) for name in table.names)
    key = "concat_ws('/', " + ", ".join(f"cast({quoted(name)} as varchar)" for name in table.key) + ")"
    con.execute(
        f"insert into conflicts select '{table.name}', {key}, _file, _first_row, _file, _row, sha256(_first || _said) "
        f"from (select *, first_value(_said) over same as _first, first_value(_row) over same as _first_row "
        f"from (select *, sha256(cast(row({values}) as varchar)) as _said from _versions) "
        f"window same as (partition by {_key(table)}, _source, _file order by _row)) where _said <> _first"
    )


def _latest(table: Table) -> str:
    version = f"{quoted(table.version)} desc nulls last, " if table.version else ""
    return f"{version}(_source = 'sheets') desc, _file desc, _row desc, _source desc"


def _counts(con: duckdb.DuckDBPyConnection, table: Table) -> tuple[int, int]:
    values = ", ".join(quoted(name) for name in table.names)
    found = con.execute(
        f"select sum(n - d), sum(d - 1) from "
        f"(select count(*) as n, count(distinct row({values})) as d from _versions group by {_key(table)})"
    ).fetchall()[0]
    return int(found[0]), int(found[1])


def _reject(con: duckdb.DuckDBPyConnection, table: Table) -> tuple[int, int]:
    """Bad rows into `rejected`, once each, unless a later file or row brings the same key in order.

    Returns how many were repeats and how many were superseded.
    """
    total = _one(con, "select count(*) from _mapped where _bad_field is not null")
    if not total:
        return 0, 0
    same_key = " and ".join(f"good.{quoted(name)} = bad.{quoted(name)}" for name in table.key)
    con.execute(
        "create or replace temp table _bad as from _mapped where _bad_field is not null "
        "qualify row_number() over (partition by _content order by _file, _row, _source) = 1"
    )
    con.execute(
        f"create or replace temp table _mended as select _content from _bad as bad "
        f"semi join {quoted(table.name)} as good on {same_key} and (good._file, good._row) > (bad._file, bad._row)"
    )
    con.execute(
        f"insert into rejected select '{table.name}', _source, _file, _row, _bad_field, _bad_value, _bad_reason, "
        f"_content from _bad anti join _mended using (_content)"
    )
    return total - _one(con, "select count(*) from _bad"), _one(con, "select count(*) from _mended")
