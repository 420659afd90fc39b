"""Raw tables: what a source's inputs become in DuckDB before any select: all VARCHAR, plus `_file` and `_row`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from flows.sources.model import Source
from flows.yaml_mistakes import allowed
from transforms.errors import Place, SourceError


@dataclass(frozen=True)
class Broken:
    """A line that is no row: where, why, and a hash of its text (the text itself may be a chat and is not kept)."""

    input: str
    file: str
    row: int
    reason: str
    content: str


@dataclass
class Loaded:
    """What reading an input gave: selects that yield its rows, data rows by file, and lines that are no row."""

    parts: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)


@dataclass(frozen=True)
class SourceFile:
    """One file of an input: where it is, what it is called in messages, what to read in its place, its columns."""

    path: Path
    shown: str
    readable: Path
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Loading:
    """What every reader needs: the connection, the schema of raw tables, the source, and a folder for its own files."""

    con: duckdb.DuckDBPyConnection
    schema: str
    source: Source
    work: Path

    def table(self, name: str) -> str:
        """The quoted name of a raw table."""
        return f'{self.schema}."{name}"'


def quoted(name: str) -> str:
    """A SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A SQL string."""
    return "'" + value.replace("'", "''") + "'"


def columns_option(names: Iterable[str]) -> str:
    """The `columns` option of read_csv: every column VARCHAR."""
    return "{" + ", ".join(f"{text(name)}: 'VARCHAR'" for name in names) + "}"


def create_view(loading: Loading, name: str, parts: list[str], columns: tuple[str, ...]) -> None:
    """The raw table as a view over its parts; without parts, an empty table of the declared columns."""
    if not parts:
        fields = ", ".join(f"cast(null as varchar) as {quoted(column)}" for column in columns)
        lineage = "cast(null as varchar) as _file, cast(null as bigint) as _row"
        parts = [f"select {fields}{', ' if fields else ''}{lineage} where false"]
    loading.con.execute(f"create view {loading.table(name)} as " + "\nunion all by name\n".join(parts))


def require_columns(wanted: tuple[str, ...], found: tuple[str, ...], shown: str, hint: str = "") -> None:
    """Refuse a file that lacks a column the selects use.

    Raises:
        SourceError: names the file, the column, the columns there are and the nearest.
    """
    have = {name.lower() for name in found}
    for name in wanted:
        if name.lower() not in have:
            todo = hint or allowed(name, found).replace("allowed:", "the file has:")
            raise SourceError(f"the column '{name}' is missing", where=Place(shown, field=name), todo=todo)
