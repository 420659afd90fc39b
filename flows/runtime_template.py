"""Prefect's empty database, made once at set-up: `python -m flows.runtime_template`.

Making it in every new company folder costs 5 s of migrations at the first run; copying it costs nothing. It lives with
the installed packages and is named by Prefect's version. Without it a run still works, only slower the first time.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path


def template_path() -> Path:
    """Where the empty database of the installed Prefect lives."""
    return Path(sys.prefix) / "share" / "jixiao" / f"prefect-{version('prefect')}.db"


def seed(home: Path) -> None:
    """Give a new Prefect home its database; does nothing when there is one, or no template."""
    database, template = home / "prefect.db", template_path()
    if database.exists() or not template.exists():
        return
    part = home / f"prefect.db.{os.getpid()}"
    shutil.copyfile(template, part)
    part.replace(database)


def build() -> Path:
    """Make the template unless it is there; gives its path."""
    if (path := template_path()).exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / "made.db"
        _migrate(Path(folder), made)
        made.replace(path)
    return path


def _migrate(home: Path, made: Path) -> None:
    """Let Prefect make its database in `home`, and write it as one file without a journal."""
    os.environ.update(PREFECT_HOME=str(home), DO_NOT_TRACK="1", PREFECT_SERVER_ANALYTICS_ENABLED="false")
    import asyncio

    from prefect.server.database import provide_database_interface

    asyncio.run(provide_database_interface().create_db())
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        database.execute("vacuum into ?", [str(made)])
    with closing(sqlite3.connect(made)) as database:
        # As Prefect wants it; changing it with two of its connections open leaves both waiting for a minute.
        database.execute("pragma journal_mode = wal")


if __name__ == "__main__":
    sys.stdout.write(f"{build()}\n")
