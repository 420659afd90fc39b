"""Snapshots: the frozen rows a revision stands on.

The id of a snapshot is the hash of what its tables hold (contract columns of every row, and the rejected rows), and
of nothing else: not the names or order of files, not repeats, not lineage, not the code's version. The same rows
therefore give the same snapshot, and lineage is that of the run which stored them first.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import duckdb

from flows.company import Company
from flows.sources.report import StageReport
from flows.warehouse import snapshot_store as store
from flows.warehouse.snapshot_connection import connect
from flows.warehouse.snapshot_disk import move_all, reported, write_durably
from flows.warehouse.snapshot_layout import Layout, layouts
from flows.warehouse.snapshot_objects import Part, parts, write_objects
from transforms.errors import NotFoundError, Place, StorageError
from transforms.tables import LINEAGE, TABLES, ddl

FORMAT = 1
_ROW_NUMBERS = ("row", "other_row")


@dataclass(frozen=True)
class StagedSnapshot:
    """A snapshot that is complete but not visible: `publish` it or `discard` it."""

    snapshot_id: str
    folder: Path
    store: Path
    lock: int = field(compare=False, repr=False)


def contract_version() -> str:
    """A short hash of the canonical tables: it changes when a table, column, type or key does."""
    told = "\n".join(f"{ddl(table)}\nkey {table.key}" for table in TABLES.values())
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def write_snapshot(con: duckdb.DuckDBPyConnection, company: Company, report: StageReport) -> StagedSnapshot:
    """Write what `stage` left in `con` into a staging folder, sharing the objects that earlier snapshots have.

    Raises:
        StorageError: the disk is full or refuses; nothing is left behind.
    """
    with reported(company.snapshots):
        folder, lock = store.new_staging(company.snapshots)
        try:
            manifest = _write_all(con, company.snapshots, folder, report)
            snapshot_id = identity(manifest)
            text = _text({"snapshot_id": snapshot_id, **manifest})
            write_durably(store.manifest_path(folder, snapshot_id), text)
        except BaseException:
            store.remove_staging(folder, lock)
            raise
    return StagedSnapshot(snapshot_id, folder, company.snapshots, lock)


def identity(manifest: dict[str, Any]) -> str:
    """The snapshot id: the hash of the format, the contract, and the rows of every partition."""
    tables = {
        table: [[entry["shop"], entry["part"], entry["rows"], entry["content"]] for entry in entries]
        for table, entries in manifest["tables"].items()
    }
    told = {"format": manifest["format"], "contract": manifest["contract"], "tables": tables}
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def publish(staged: StagedSnapshot) -> str:
    """Make a staged snapshot visible: objects first, the manifest last. Doing it twice changes nothing.

    Connections opened on the staged snapshot read files that are moved here: open the published one anew.
    Returns the snapshot id.

    Raises:
        StorageError: the disk refuses; the snapshot is then not visible.
    """
    target = store.manifest_path(staged.store, staged.snapshot_id)
    with reported(staged.store), store.exclusive(staged.store):
        if not target.exists():
            _move_objects(staged)
            move_all([(store.manifest_path(staged.folder, staged.snapshot_id), target)])
    store.remove_staging(staged.folder, staged.lock)
    return staged.snapshot_id


def discard(staged: StagedSnapshot) -> None:
    """Forget a staged snapshot."""
    store.remove_staging(staged.folder, staged.lock)


def open_snapshot(company: Company, snapshot_id: str) -> duckdb.DuckDBPyConnection:
    """A connection with a view per canonical table (contract columns and lineage), `rejected` and `conflicts`.

    Works for published and for staged snapshots. Scanned without ORDER BY, `messages` come in the order shop, day the
    session began, buyer, session, time, message.

    Raises:
        NotFoundError: there is no such snapshot.
        StorageError: an object is missing or damaged.
    """
    con = connect(company)
    for table, rows in stored_rows(company, snapshot_id).items():
        con.execute(f"create view {table} as {rows}")
    return con


def stored_rows(company: Company, snapshot_id: str, tables: Collection[str] | None = None) -> dict[str, str]:
    """SQL that reads each stored table of a snapshot (or these alone), by its name.

    Raises:
        NotFoundError: there is no such snapshot.
        StorageError: an object is missing or damaged.
    """
    root = _root(company, snapshot_id)
    manifest = store.read_manifest(store.manifest_path(root, snapshot_id))
    wanted = [layout for layout in layouts() if tables is None or layout.table in tables]
    return {layout.table: _view(layout, _paths(company, root, manifest, layout.table)) for layout in wanted}


def _paths(company: Company, root: Path, manifest: dict[str, Any], table: str) -> list[str]:
    return [str(_present({company.snapshots, root}, entry)) for entry in manifest["tables"].get(table, [])]


def load_manifest(company: Company, snapshot_id: str) -> dict[str, Any]:
    """The manifest of a published or staged snapshot.

    Raises:
        NotFoundError: there is no such snapshot.
    """
    return store.read_manifest(store.manifest_path(_root(company, snapshot_id), snapshot_id))


def _root(company: Company, snapshot_id: str) -> Path:
    """Where the manifest is: the store when it is published, else the folder it is staged in."""
    for root in (company.snapshots, *sorted(company.snapshots.glob(f"{store.STAGING}*"))):
        if store.manifest_path(root, snapshot_id).is_file():
            return root
    raise NotFoundError(f"there is no snapshot {snapshot_id[:12]}", where=Place(str(company.snapshots)))


def _present(roots: set[Path], entry: dict[str, Any]) -> Path:
    paths = [store.object_path(root, entry["content"]) for root in sorted(roots)]
    for path in paths:
        if store.is_whole(path, entry):
            return path
    what = "an object of the snapshot is missing or damaged"
    raise StorageError(what, where=Place(str(paths[0])), todo="restore it from a backup")


def _view(layout: Layout, paths: list[str]) -> str:
    fields = ", ".join(f'"{name}"' for name in layout.columns)
    if paths:
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        return f"select {fields} from read_parquet([{listed}])"
    if layout.table not in TABLES:
        kinds = {name: "bigint" if name in _ROW_NUMBERS else "varchar" for name in layout.columns}
        nothing = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in kinds.items())
        return f"select {nothing} where false"
    empty = [f'cast(null as {column.type.value}) as "{column.name}"' for column in TABLES[layout.table].columns]
    lineage = [f"cast(null as {'bigint' if name == '_row' else 'varchar'}) as {name}" for name in LINEAGE]
    return f"select {', '.join(empty + lineage)} where false"


def _write_all(con: duckdb.DuckDBPyConnection, root: Path, folder: Path, report: StageReport) -> dict[str, Any]:
    newest = store.newest_objects(root)
    return {
        "format": FORMAT,
        "contract": contract_version(),
        "code": _code_version(),
        "tables": {layout.table: _write_table(con, layout, root, newest, folder) for layout in layouts()},
        "sources": [asdict(file) for file in report.files],
        "counts": {table.table: asdict(table) for table in report.tables},
    }


def _write_table(
    con: duckdb.DuckDBPyConnection, layout: Layout, root: Path, newest: dict[str, store.Stored], folder: Path
) -> list[dict[str, Any]]:
    found = parts(con, layout)
    shared = {part.content: store.stored(root, part.content, part.rows, newest) for part in found}
    written = dict(write_objects(con, layout, [part for part in found if not shared[part.content]], folder))
    return [_entry(part, shared[part.content] or written[part.content]) for part in found]


def _entry(part: Part, file: store.Stored) -> dict[str, Any]:
    return {**asdict(part), "sha256": file["sha256"], "bytes": file["bytes"]}


def _move_objects(staged: StagedSnapshot) -> None:
    """Move the new objects to the store. One that another run published meanwhile holds the same rows: keep that."""
    path = store.manifest_path(staged.folder, staged.snapshot_id)
    manifest, newest = store.read_manifest(path), store.newest_objects(staged.store)
    moves = []
    for entry in store.entries(manifest):
        there = store.stored(staged.store, entry["content"], entry["rows"], newest)
        if there:
            entry |= {"sha256": there["sha256"], "bytes": there["bytes"]}
        else:
            content = entry["content"]
            moves.append((store.object_path(staged.folder, content), store.object_path(staged.store, content)))
    move_all(moves)
    write_durably(path, _text(manifest))


def _text(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _code_version() -> str:
    try:
        return version("jixiao")
    except PackageNotFoundError:
        return "unknown"
