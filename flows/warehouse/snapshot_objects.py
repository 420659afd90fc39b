"""Writing the objects of a snapshot: only those that no earlier snapshot has."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.warehouse.snapshot_disk import sync
from flows.warehouse.snapshot_layout import Layout
from flows.warehouse.snapshot_store import Stored, described, object_path

BATCH_ROWS = 100_000
WRITERS = 2
# Texts that repeat within an object; a dictionary of ids that never repeat only costs time and space.
_UNIQUE = ("_row", "message_id", "order_id", "session_id", "rating_id", "refund_id", "ticket_id", "content")


@dataclass(frozen=True)
class Part:
    """One partition of a table: its place, how many rows, and the hash of its rows in any order."""

    shop: str
    part: str
    rows: int
    content: str


def parts(con: duckdb.DuckDBPyConnection, layout: Layout) -> list[Part]:
    """The partitions of a staged table, in order, with the hash of the rows of each.

    The hash adds up the four quarters of every row's SHA-256, so it needs no order and no memory, and then hashes
    the sums with the table's columns: the same rows give the same hash whatever file or thread brought them.
    """
    if not con.execute(f"select 1 from {layout.table} limit 1").fetchall():
        return []
    sums = ", ".join(f"sum(cast('0x' || _hash[{at}:{at + 15}] as ubigint))" for at in (1, 17, 33, 49))
    found = con.execute(
        f"select _shop, _part, count(*), {sums} from (select _shop, _part, {layout.content} as _hash "
        f"from ({layout.prepared})) group by _shop, _part order by _shop, _part"
    ).fetchall()
    return [Part(shop, part, rows, _content(layout, rows, quarters)) for shop, part, rows, *quarters in found]


def _content(layout: Layout, rows: int, quarters: list[int]) -> str:
    told = [layout.table, *layout.columns, str(rows), *(str(quarter) for quarter in quarters)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def write_objects(
    con: duckdb.DuckDBPyConnection, layout: Layout, wanted: list[Part], folder: Path
) -> Iterator[tuple[str, Stored]]:
    """Write the wanted partitions under `folder`; yields content and what the manifest says of the object."""
    if not wanted:
        return
    with ThreadPoolExecutor(WRITERS) as pool:
        running: list[Future[tuple[str, Stored]]] = []
        for part, table in _tables(con, layout, wanted):
            running.append(pool.submit(_write, table, part, object_path(folder, part.content)))
            if len(running) > 2 * WRITERS:
                yield running.pop(0).result()
        yield from (future.result() for future in running)


def _tables(con: duckdb.DuckDBPyConnection, layout: Layout, wanted: list[Part]) -> Iterator[tuple[Part, pa.Table]]:
    """The rows of each wanted partition, in order, cut from one sorted stream."""
    con.register("_wanted", pa.table({"_shop": [p.shop for p in wanted], "_part": [p.part for p in wanted]}))
    fields = ", ".join(f'"{name}"' for name in layout.columns)
    order = ", ".join(f'"{name}"' for name in layout.order)
    stream = con.sql(
        f"select {fields} from ({layout.prepared}) semi join _wanted using (_shop, _part) "
        f"order by _shop, _part, {order}"
    ).to_arrow_reader(BATCH_ROWS)
    held: list[pa.RecordBatch] = []
    batches = iter(stream)
    for part in wanted:
        while sum(batch.num_rows for batch in held) < part.rows:
            held.append(next(batches))
        table = pa.Table.from_batches(held)
        yield part, table.slice(0, part.rows)
        held = table.slice(part.rows).to_batches()
    stream.close()
    con.unregister("_wanted")


def _write(table: pa.Table, part: Part, path: Path) -> tuple[str, Stored]:
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    repeating = [name for name in texts if name not in _UNIQUE]
    pq.write_table(table.combine_chunks(), path, compression="zstd", use_dictionary=repeating, store_schema=False)
    sync(path)
    return part.content, described(path)
