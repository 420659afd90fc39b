"""Sources → staging: one typed table per canonical table, deduplicated, and the rows that could not be typed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.company import Company
from flows.sources.databases import load_queries
from flows.sources.files import load_files
from flows.sources.mapping import map_rows, selects
from flows.sources.model import FilesSource, Source
from flows.sources.raw import Broken, Loading, quoted
from flows.sources.report import FileRead, StageReport
from flows.sources.versions import settle
from flows.warehouse.snapshot_disk import reported
from flows.warehouse.snapshot_store import new_staging, remove_staging
from transforms.tables import TABLES

REJECTED = (
    "create table rejected (table_name varchar not null, source varchar not null, file varchar not null, "
    '"row" bigint not null, field varchar, value varchar, reason varchar not null, content varchar not null)'
)
"""`content` is a hash of the row as given: the same broken row in two exports is one rejected row."""
CONFLICTS = (
    "create table conflicts (table_name varchar not null, key varchar not null, file varchar not null, "
    '"row" bigint not null, other_file varchar not null, other_row bigint not null, content varchar not null)'
)
"""Rows of one export that contradict each other; `content` is a hash of what both say."""


def stage(company: Company, sources: Iterable[Source], con: duckdb.DuckDBPyConnection) -> StageReport:
    """Fill `con` with a table per canonical table (columns of the contract and lineage), `rejected` and `conflicts`.

    Files are read in order of name, and what is kept does not depend on that order. Nothing is written outside the
    company folder, and temporary files are gone afterwards.

    Raises:
        ConfigError: a select that does not fit the contract.
        SourceError: a source that cannot be read as its file says.
        StorageError: the disk is full.
    """
    con.execute("set TimeZone = 'UTC'")
    con.execute((resources.files("flows.sources") / "macros.sql").read_text(encoding="utf-8"))
    con.execute("create schema mapped")
    con.execute(REJECTED)
    con.execute(CONFLICTS)
    read: list[FileRead] = []
    mapped: dict[str, list[str]] = defaultdict(list)
    with reported(company.data), _work_folder(company) as work:
        for source in sources:
            read += _map_source(company, source, con, work, mapped)
    tables = tuple(settle(con, table, mapped[name]) for name, table in TABLES.items())
    con.execute("drop view if exists _mapped; drop schema mapped cascade")
    return StageReport(tuple(read), tables)


@contextmanager
def _work_folder(company: Company) -> Iterator[Path]:
    """A folder for transcoded files; those of killed runs are removed here too."""
    folder, lock = new_staging(company.data / "tmp")
    try:
        yield folder
    finally:
        remove_staging(folder, lock)


def _map_source(
    company: Company, source: Source, con: duckdb.DuckDBPyConnection, work: Path, mapped: dict[str, list[str]]
) -> list[FileRead]:
    schema = f"raw_{source.name}"
    con.execute(f"create schema {schema}")
    con.execute(f"set search_path = '{schema},macros'")
    try:
        loading = Loading(con, schema, source, work)
        read, broken, absent = _load(loading, company)
        feeding: dict[str, str] = {}
        for select in selects(loading):
            feeding |= {name: select.table.name for name in select.reads if name not in feeding}
            if not select.reads & absent:
                target = f"mapped.{quoted(f'{source.name}__{select.table.name}')}"
                map_rows(loading, select, target)
                mapped[select.table.name].append(target)
    finally:
        con.execute("set search_path = 'main'")
    _keep_broken(con, source, broken, feeding)
    con.execute(f"drop schema {schema} cascade")
    return read


def _load(loading: Loading, company: Company) -> tuple[list[FileRead], list[Broken], set[str]]:
    definition = loading.source.definition
    if isinstance(definition, FilesSource):
        return load_files(loading, company, definition)
    return load_queries(loading, company, definition), [], set()


def _keep_broken(con: duckdb.DuckDBPyConnection, source: Source, broken: list[Broken], feeding: dict[str, str]) -> None:
    """Lines that are no row, once each, under the first canonical table that their input feeds."""
    if not broken:
        return
    once = {(line.input, line.content): line for line in sorted(broken, key=_place, reverse=True)}
    rows = [
        (feeding.get(line.input, line.input), source.name, line.file, line.row, line.reason, line.content)
        for line in once.values()
    ]
    names = ("table_name", "source", "file", "row", "reason", "content")
    con.register("_broken", pa.table(dict(zip(names, zip(*rows, strict=True), strict=True))))
    con.execute("insert into rejected by name from _broken")
    con.unregister("_broken")


def _place(line: Broken) -> tuple[str, int]:
    return line.file, line.row
