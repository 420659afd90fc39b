"""Every text in a Prefect database, for tests that look for what must not be in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path


def all_text(database_path: Path) -> Iterator[str]:
    """Every text and blob value of every table (blobs read as UTF-8, what is not UTF-8 replaced)."""
    with closing(sqlite3.connect(f"{database_path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in database.execute(f'select * from "{table}"'):
                yield from (_text(value) for value in row if isinstance(value, str | bytes))


def rows(database_path: Path, query: str) -> list[tuple[object, ...]]:
    """What a query gives."""
    with closing(sqlite3.connect(f"{database_path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
