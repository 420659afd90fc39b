"""JSON lines into DuckDB: a column per key; nested values stay JSON text, null stays NULL."""

import hashlib

import duckdb

from flows.sources.raw import Broken, Loaded, Loading, SourceFile, quoted, text
from flows.sources.text_files import MAX_LINE_BYTES, distinct, lines, unreadable


def load_json_lines(loading: Loading, name: str, files: list[SourceFile]) -> tuple[Loaded, tuple[str, ...]]:
    """Read prepared UTF-8 files, one table a file. Blank lines are no rows. Also returns the keys there are.

    Raises:
        SourceError: a file that cannot be read.
    """
    loaded, keys = Loaded(), dict[str, None]()
    for number, file in enumerate(files):
        table = f"{name}__{number}"
        _load_lines(loading, table, file)
        found = _keys(loading, table)
        keys |= dict.fromkeys(found)
        lost = _broken(loading, table, name, file)
        loaded.parts.append(_select(loading, table, file, found))
        loaded.broken += lost
        loaded.rows[file.shown] = _count(loading, table)
    return loaded, tuple(keys)


def _load_lines(loading: Loading, table: str, file: SourceFile) -> None:
    # one column, no delimiter and no quote: a line is a value
    options = (
        f"header=false, auto_detect=false, delim='\x01', quote='', escape='', nullstr='\x02', "
        f"columns={{'_line': 'VARCHAR'}}, max_line_size={MAX_LINE_BYTES}"
    )
    try:
        loading.con.execute(
            f"create table {loading.table(table)} as "
            f"select _line, case when json_valid(_line) then json_type(_line) = 'OBJECT' else false end as _good "
            f"from read_csv({text(str(file.readable))}, {options})"
        )
    except duckdb.Error as error:
        for _ in lines(file.readable, "utf-8", file.shown):
            pass  # says which row is not UTF-8, if that is why
        raise unreadable(file.shown, error) from None


def _count(loading: Loading, table: str) -> int:
    return int(loading.con.execute(f"select count(*) from {loading.table(table)}").fetchall()[0][0])


def _keys(loading: Loading, table: str) -> tuple[str, ...]:
    found = loading.con.execute(
        f"select distinct unnest(json_keys(_line)) as k from {loading.table(table)} where _good order by k"
    ).fetchall()
    return tuple(key for (key,) in found)


def _select(loading: Loading, table: str, file: SourceFile, keys: tuple[str, ...]) -> str:
    pointers = ["/" + key.replace("~", "~0").replace("/", "~1") for key in keys]
    fields = "".join(
        f"json_extract_string(_line, {text(pointer)}) as {quoted(column)}, "
        for pointer, column in zip(pointers, distinct(keys), strict=True)
    )
    return f"select {fields}{text(file.shown)} as _file, rowid + 1 as _row from {loading.table(table)} where _good"


def _broken(loading: Loading, table: str, name: str, file: SourceFile) -> list[Broken]:
    found = loading.con.execute(f"select rowid + 1, _line from {loading.table(table)} where not _good").fetchall()
    hashed = [(row, hashlib.sha256(line.encode()).hexdigest()) for row, line in found]
    return [Broken(name, file.shown, row, "the line is not a JSON object", content) for row, content in hashed]
