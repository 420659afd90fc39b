"""CSV into DuckDB. Files with the same header are scanned together, in order, so that row numbers are ordinals.

DuckDB keeps the order of files and lines when it writes a new table (`preserve_insertion_order`), whatever its
threads do, so the table's rowid less the first rowid of the file is the row. A file with a line that DuckDB refuses
is read again by `csv_repair`, which numbers its rows itself.
"""

import csv
import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import duckdb

from flows.sources.csv_repair import Record, records, without_header
from flows.sources.raw import Broken, Loaded, Loading, SourceFile, columns_option, quoted, text
from flows.sources.text_files import MAX_LINE_BYTES, lines, unreadable
from flows.warehouse.snapshot_disk import is_full

# A value no export holds: nothing is read as NULL, so that an employee called NA keeps the name.
_NO_NULL = "\x01"


def load_csv(loading: Loading, name: str, files: list[SourceFile], delimiter: str) -> Loaded:
    """Read prepared UTF-8 files into tables of the raw schema.

    Raises:
        SourceError: a file that cannot be read, or a byte that is not UTF-8.
    """
    loaded = Loaded()
    for number, (_, group) in enumerate(groupby(sorted(files, key=_by_columns), key=lambda file: file.columns)):
        together = list(group)
        table = f"{name}__{number}"
        refused = _refused(loading, table, together, delimiter)
        whole = [file for file in together if file not in refused]
        if whole:
            _number(loading, table, whole, together, loaded)
        for place, file in enumerate(refused):
            _repair(loading, f"{table}_{place}", name, file, delimiter, loaded)
    return loaded


def _by_columns(file: SourceFile) -> tuple[tuple[str, ...], str]:
    return file.columns, file.shown


def _refused(loading: Loading, table: str, files: list[SourceFile], delimiter: str) -> list[SourceFile]:
    """Scan the files into `table`; return those with a line that DuckDB refuses, whose rows are not to be used."""
    try:
        return _scan(loading, table, files, delimiter)
    except duckdb.IOException as error:
        if is_full(error):
            raise
        if len(files) == 1:
            raise unreadable(files[0].shown, error) from None
    except duckdb.Error:
        if len(files) == 1:
            return files
    # the reader gave up altogether and does not say reliably at which file: find out one by one
    refused = [file for file in files if _refused(loading, table, [file], delimiter)]
    whole = [file for file in files if file not in refused]
    return refused + (_scan(loading, table, whole, delimiter) if whole else [])


def _scan(loading: Loading, table: str, files: list[SourceFile], delimiter: str) -> list[SourceFile]:
    rejects, scans = quoted(f"{table}__rejects"), quoted(f"{table}__scans")
    paths = "[" + ", ".join(text(str(file.readable)) for file in files) + "]"
    options = (
        f"header=true, auto_detect=false, delim={text(delimiter)}, quote='\"', escape='\"', nullstr={text(_NO_NULL)}, "
        f"columns={columns_option(files[0].columns)}, max_line_size={MAX_LINE_BYTES}, filename='_path', "
        f"store_rejects=true, rejects_limit=0, rejects_table={text(rejects[1:-1])}, rejects_scan={text(scans[1:-1])}"
    )
    loading.con.execute(f"drop table if exists {rejects}; drop table if exists {scans}")
    loading.con.execute(f"create or replace table {loading.table(table)} as from read_csv({paths}, {options})")
    found = loading.con.execute(
        f"select distinct file_path from {rejects} join {scans} using (scan_id, file_id)"
    ).fetchall()
    loading.con.execute(f"drop table {rejects}; drop table {scans}")
    return [file for file in files if (str(file.readable),) in found]


def _number(loading: Loading, table: str, whole: list[SourceFile], scanned: list[SourceFile], loaded: Loaded) -> None:
    """Put the row numbers beside the rows: rowid less the first rowid of the file."""
    held = loading.con.execute(
        f"select _path, min(rowid), count(*) from {loading.table(table)} group by _path"
    ).fetchall()
    shown = {str(file.readable): file.shown for file in whole}
    firsts = [(path, shown[path], first) for path, first, _ in held if path in shown]
    loaded.rows |= {file.shown: 0 for file in whole} | {shown[path]: count for path, _, count in held if path in shown}
    if not firsts:
        firsts = [("", "", 0)]
    values = ", ".join(f"({text(path)}, {text(name)}, {first})" for path, name, first in firsts)
    fields = ", ".join(f"rows.{quoted(column)}" for column in scanned[0].columns)
    loaded.parts.append(
        f"select {fields}, files._file, rows.rowid - files._first + 1 as _row from {loading.table(table)} as rows "
        f"join (values {values}) as files(_path, _file, _first) using (_path)"
    )


def _repair(loading: Loading, table: str, name: str, file: SourceFile, delimiter: str, loaded: Loaded) -> None:
    """Read a file that has broken lines: the good ones into a table, the others into `loaded.broken`."""
    clean = loading.work / f"{table}.csv"
    found = records(without_header(lines(file.readable, "utf-8", file.shown), delimiter), delimiter, len(file.columns))
    lost = list(_write_good(found, clean))
    columns = ("_row", *file.columns)
    loading.con.execute(
        f"create table {loading.table(table)} as from read_csv({text(str(clean))}, header=false, auto_detect=false, "
        f"delim=',', quote='\"', escape='\"', nullstr={text(_NO_NULL)}, columns={columns_option(columns)}, "
        f"max_line_size={MAX_LINE_BYTES})"
    )
    clean.unlink()
    fields = ", ".join(quoted(column) for column in file.columns)
    loaded.parts.append(
        f"select {fields}, {text(file.shown)} as _file, cast(_row as bigint) as _row from {loading.table(table)}"
    )
    (good,) = loading.con.execute(f"select count(*) from {loading.table(table)}").fetchall()[0]
    loaded.rows[file.shown] = good + len(lost)
    loaded.broken += [Broken(name, file.shown, record.row, record.reason, _hash(record.text)) for record in lost]


def _write_good(found: Iterator[Record], clean: Path) -> Iterator[Record]:
    """Write the good rows, each with its number, as plain CSV; yield the others."""
    with clean.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for record in found:
            if record.reason:
                yield record
            else:
                writer.writerow([record.row, *record.values])


def _hash(line: str) -> str:
    return hashlib.sha256(line.rstrip("\r\n").encode()).hexdigest()
