"""Bring the ledger's tables up to the program's version, in this process, without a configuration file."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from flows.warehouse.engine import name_of, reading, storage_errors, writing
from flows.warehouse.migrations import HEAD
from transforms.errors import Place, StorageError

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x6A6978  # any number, the same for all who migrate


def upgrade(engine: sa.Engine) -> None:
    """Create or migrate the tables; one short query when they are up to date (Alembic costs 0.3 s to import).

    Raises:
        StorageError: the ledger cannot be reached, or was written by a newer program.
    """
    if version(engine) == HEAD:
        return
    with storage_errors(engine), writing(engine) as con:
        _wait_for_others(con)
        _migrate(con)
    if version(engine) != HEAD:
        raise StorageError("the ledger could not be migrated", where=Place(name_of(engine)))


def version(engine: sa.Engine) -> str | None:
    """The migration the ledger stands at; None when it has no tables."""
    with reading(engine) as con:
        return _version(con)


def configuration(con: sa.Connection) -> "Config":
    """Alembic's configuration on an open connection, for migrations and for comparing tables."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = con
    return config


def _version(con: sa.Connection) -> str | None:
    if not sa.inspect(con).has_table("alembic_version"):
        return None
    found: str | None = con.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def _wait_for_others(con: sa.Connection) -> None:
    """Two programs starting together migrate one after the other (SQLite: the write lock does it)."""
    if con.dialect.name == "postgresql":
        con.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def _migrate(con: sa.Connection) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = configuration(con)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = _version(con)
    if found is not None and found not in known:
        what = f"the ledger was written by a newer program (its tables are version {found}, this one knows {HEAD})"
        raise StorageError(what, where=Place(name_of(con.engine)), todo="install the newer jixiao")
    command.upgrade(config, "head")
