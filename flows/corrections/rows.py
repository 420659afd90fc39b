"""Corrections applied to the facts of a snapshot, before anything is counted.

A corrected table is a view: the rows as the period counts them without those that a correction names, and the
corrected rows beside. A corrected row counts even when it was in quarantine: a person vouches for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import duckdb

from expectations.run import exists, number
from transforms.corrections.model import Correction, RowChange
from transforms.tables import LINEAGE, TABLES, Table

_Named = tuple[str, RowChange]  # the correction's id, and what it does
_NEW = "add"


def apply(con: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]) -> None:
    """Make the tables hold what these corrections say, and nothing that an earlier call said.

    Corrections that stand together touch different cells, so their order does not matter. Added and set rows carry
    the lineage `correction`, the correction's id as file, row 1.
    """
    wanted: dict[str, list[_Named]] = defaultdict(list)
    for each in sorted(corrections, key=lambda one: one.id):
        if each.row is not None:
            wanted[each.row.table].append((each.id, each.row))
    for table in TABLES.values():
        if table.name in wanted:
            _correct(con, table, wanted[table.name])
        elif exists(con, _before(table)):
            con.execute(f"create or replace view {table.name} as from {_before(table)}")
    _attribute(con, corrections)


def unmatched(con: duckdb.DuckDBPyConnection, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Those that set or remove a row which the snapshot does not have: they change nothing."""
    told = ((each, each.row) for each in corrections)
    return tuple(each for each, row in told if row is not None and row.act != _NEW and not is_there(con, row))


def is_there(con: duckdb.DuckDBPyConnection, change: RowChange) -> bool:
    """Whether the snapshot has the row, in quarantine or not."""
    table = TABLES[change.table]
    found = con.execute(f"select 1 from {stored(con, table)} t where {_is_key(table)}", change.key).fetchone()
    return found is not None


def stored(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    """Name of the table with every row of the snapshot, those in quarantine too, without corrections."""
    return next((name for name in (f"all_{table.name}", _before(table)) if exists(con, name)), table.name)


def _correct(con: duckdb.DuckDBPyConnection, table: Table, changes: Sequence[_Named]) -> None:
    if not exists(con, _before(table)):
        is_view = number(con, "select count(*) from information_schema.views where table_name = ?", [table.name])
        con.execute(f"alter {'view' if is_view else 'table'} {table.name} rename to {_before(table)}")
    columns, corrected, left_out = ", ".join((*table.names, *LINEAGE)), f"corrected_{table.name}", f"left_{table.name}"
    con.execute(f"create or replace table {corrected} as select {columns} from {_before(table)} where false")
    con.execute(f"create or replace table {left_out} as select {', '.join(table.key)} from {corrected}")
    for ids, change in _merged(changes):
        con.execute(f"insert into {left_out} select {_typed_key(table)}", change.key)
        if change.act != "remove":
            _insert(con, table, ids, change)
    same = " and ".join(f"gone.{name} = t.{name}" for name in table.key)
    con.execute(
        f"create or replace view {table.name} as "
        f"select {columns} from {_before(table)} t where not exists (select 1 from {left_out} gone where {same}) "
        f"union all select {columns} from {corrected}"
    )


def _merged(changes: Iterable[_Named]) -> list[_Named]:
    """One change a row: several corrections may each set another column of it."""
    rows: dict[tuple[tuple[str, str], ...], _Named] = {}
    for name, change in changes:
        key = tuple(sorted(change.key.items()))
        if key in rows:
            names, other = rows[key]
            name, change = f"{names}, {name}", other.model_copy(update={"values": other.values | change.values})  # noqa: PLW2901
        rows[key] = name, change
    return list(rows.values())


def _insert(con: duckdb.DuckDBPyConnection, table: Table, ids: str, change: RowChange) -> None:
    values: Mapping[str, str | None] = change.key | change.values
    from_snapshot = "null" if change.act == _NEW else "t.{name}"
    cells = [
        f"cast(${c.name} as {c.type.value})" if c.name in change.values or c.name in change.key
        else from_snapshot.format(name=c.name)
        for c in table.columns
    ]  # fmt: skip
    rows = "" if change.act == _NEW else f" from {stored(con, table)} t where {_is_key(table)}"
    told = {f"{name}": value for name, value in values.items()} | {"lineage": ids}
    con.execute(f"insert into corrected_{table.name} select {', '.join(cells)}, 'correction', $lineage, 1{rows}", told)


def _is_key(table: Table) -> str:
    return " and ".join(f"t.{name} = cast(${name} as {table.column(name).type.value})" for name in table.key)


def _typed_key(table: Table) -> str:
    return ", ".join(f"cast(${name} as {table.column(name).type.value})" for name in table.key)


def _before(table: Table) -> str:
    return f"uncorrected_{table.name}"


def _attribute(con: duckdb.DuckDBPyConnection, corrections: Iterable[Correction]) -> None:
    """Whose orders are, whatever their chats say; `ownership.sql` reads it first."""
    con.execute("create or replace temp table attributions (shop_id varchar, order_id varchar, employee_id varchar)")
    for each in corrections:
        if (told := each.attribution) is not None:
            con.execute("insert into attributions values (?, ?, ?)", [told.shop_id, told.order_id, told.employee_id])
