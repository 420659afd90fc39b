"""From raw tables to one canonical table: run a select, check its columns, cast them, keep what does not fit apart."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from flows.sources.model import Source
from flows.sources.raw import Loading, quoted, text
from flows.sources.typed import cast, given, reason, refused
from flows.warehouse.snapshot_disk import is_full
from flows.yaml_mistakes import allowed, nearest
from transforms.errors import ConfigError, SourceError
from transforms.tables import LINEAGE, TABLES, Column, Table

# Of a value shown among the rejected rows at most so much is kept.
SHOWN_CHARACTERS = 200


@dataclass(frozen=True)
class Select:
    """One select of a source: the canonical table it feeds and the raw tables it reads."""

    table: Table
    sql: str
    reads: frozenset[str]


def selects(loading: Loading) -> Iterator[Select]:
    """The selects of a source.

    Raises:
        ConfigError: a text that is not exactly one SELECT.
    """
    for name, sql in loading.source.definition.tables.items():
        plain = sql.strip().rstrip(";")
        yield Select(TABLES[name], plain, _tables_read(loading, name, plain))


def _tables_read(loading: Loading, name: str, sql: str) -> frozenset[str]:
    tree = json.loads(loading.con.execute("select json_serialize_sql($1::varchar)", [sql]).fetchall()[0][0])
    if tree["error"]:
        what = f"the select is not valid SQL: {tree['error_message'].splitlines()[0]}"
        raise ConfigError(
            what, where=loading.source.place("tables", name), todo="it must be one SELECT (DuckDB dialect)"
        )
    if len(tree["statements"]) != 1:
        raise ConfigError(
            "more than one statement", where=loading.source.place("tables", name), todo="write one SELECT"
        )
    return frozenset(_base_tables(tree["statements"])) & frozenset(loading.source.definition.inputs)


def _base_tables(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield node["table_name"]
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from _base_tables(inner)


def map_rows(loading: Loading, select: Select, target: str) -> None:
    """Make the table `target`: the contract's columns typed, lineage, and `_bad_…` where a row does not fit.

    A row that fits has `_bad_field` NULL. `_content` is a hash of the row as given, for rows that do not fit.

    Raises:
        ConfigError: columns the contract does not have, or lacks.
        SourceError: the select fails on this data.
    """
    types = _describe(loading, select)
    _check_columns(loading.source, select, types)
    try:
        loading.con.execute(f"create table {target} as {_typed(loading.source.name, select, types)}")
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException) or is_full(error):
            raise
        raise _failed(loading.source, select, error) from None


def _describe(loading: Loading, select: Select) -> dict[str, str]:
    try:
        return {row[0]: row[1] for row in loading.con.execute(f"describe {select.sql}").fetchall()}
    except duckdb.Error as error:
        raise _failed(loading.source, select, error) from None


def _check_columns(source: Source, select: Select, types: dict[str, str]) -> None:
    table, where = select.table, source.place("tables", select.table.name)
    lineage = LINEAGE[1:]
    for name in types:
        if name not in (*table.names, *lineage):
            todo = allowed(name, (*table.names, *lineage))
            raise ConfigError(f"the table {table.name} has no column '{name}'", where=where, todo=todo)
    needed = [column.name for column in table.columns if not column.nullable]
    for name in (*needed, *lineage):
        if name not in types:
            guess = nearest(name, types)
            todo = f"add it to the select{f' (is it {guess}?)' if guess else ''}"
            raise ConfigError(f"the select lacks the required column '{name}'", where=where, todo=todo)
    zoned = [name for name, kind in types.items() if kind.endswith("WITH TIME ZONE")]
    if zoned:
        todo = "convert it to the shop's wall time: … at time zone 'Asia/Shanghai'"
        raise ConfigError(f"the column '{zoned[0]}' carries a time zone", where=where, todo=todo)


def _typed(source: str, select: Select, types: dict[str, str]) -> str:
    """One pass over the select: given values as g_NAME, typed ones as NAME, then what is wrong with the row."""
    columns = [column for column in select.table.columns if column.name in types]
    missing = [column for column in select.table.columns if column.name not in types]
    both = ",\n    ".join(
        f'{given(c, types[c.name])} as "g_{c.name}", {cast(c, types[c.name])} as {quoted(c.name)}' for c in columns
    )
    reasons = ", ".join(reason(column) for column in columns)
    names = ", ".join(quoted(column.name) for column in columns)
    nulls = "".join(f", cast(null as {column.type.value}) as {quoted(column.name)}" for column in missing)
    fields = "[" + ", ".join(text(column.name) for column in columns) + "]"
    values = "[" + ", ".join(f'cast("g_{column.name}" as varchar)' for column in columns) + "]"
    all_given = ", ".join(f'"g_{column.name}"' for column in columns)
    return f"""
select {names}{nulls}, {text(source)} as _source, _file, _row,
  {fields}[_place] as _bad_field,
  case when _place is not null then left({values}[_place], {SHOWN_CHARACTERS}) end as _bad_value,
  case when _place is not null then [{reasons}][_place] end as _bad_reason,
  case when _place is not null then sha256(cast(row({all_given}) as varchar)) end as _content
from (
  select *, {_place(columns)} as _place from (
  select
    {both},
    coalesce(_file, {text(source)}) as _file, coalesce(try_cast(_row as bigint), 0) as _row
  from (
{select.sql}
  )))"""


def _place(columns: list[Column]) -> str:
    """SQL of the place (from 1) of the first column that does not fit, NULL when all fit."""
    cases = " ".join(f"when {refused(column)} then {place}" for place, column in enumerate(columns, 1))
    return f"cast(case {cases} end as utinyint)"


def _failed(source: Source, select: Select, error: duckdb.Error) -> SourceError:
    where = source.place("tables", select.table.name)
    todo = "correct the select, or the input's columns"
    return SourceError(f"the select for {select.table.name} fails: {simplified(error)}", where=where, todo=todo)


def simplified(error: duckdb.Error) -> str:
    """DuckDB's message on one line: without its class, the SQL and its suggestions about casts."""
    kept = [line.strip() for line in str(error).split("\n\n")[0].splitlines() if line.strip()]
    kept = [line for line in kept if not line.startswith(("LINE ", "^"))]
    message = " ".join(kept[:2])
    head, _, rest = message.partition(" Error: ")
    return rest if rest and " " not in head else message
