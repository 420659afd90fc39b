"""Parquet files as raw tables: every column cast to text, read in place."""

import duckdb

from flows.sources.raw import Loaded, Loading, SourceFile, quoted, text
from flows.sources.text_files import distinct, unreadable


def parquet_columns(loading: Loading, path: str, shown: str) -> tuple[str, ...]:
    """Names of the columns of a file.

    Raises:
        SourceError: the file is not Parquet.
    """
    try:
        found = loading.con.execute(f"describe from read_parquet({text(path)})").fetchall()
    except duckdb.Error as error:
        raise unreadable(shown, error) from None
    return tuple(row[0] for row in found)


def load_parquet(loading: Loading, files: list[SourceFile]) -> Loaded:
    """Selects over the files; nothing is copied."""
    loaded = Loaded()
    for file in files:
        fields = "".join(
            f"cast({quoted(name)} as varchar) as {quoted(unique)}, "
            for name, unique in zip(file.columns, distinct(file.columns), strict=True)
        )
        scan = f"read_parquet({text(str(file.readable))}, file_row_number=true)"
        loaded.parts.append(f"select {fields}{text(file.shown)} as _file, file_row_number + 1 as _row from {scan}")
        count = f"select count(*) from read_parquet({text(str(file.readable))})"
        loaded.rows[file.shown] = loading.con.execute(count).fetchall()[0][0]
    return loaded
