"""The ledger's database: opening it, transactions, and its failures as sentences."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

from transforms.errors import Place, StorageError

T = TypeVar("T")
LOG_NAME = "jixiao_ledger"
BUSY_SECONDS = 30
ATTEMPTS = 6
_MISSING = ("no such table", "no such column", "does not exist")
_TODO = {
    "disk is full": "free some disk space and run again; nothing was recorded",
    "disk i/o error": "the disk is full or failing: free some space, then run again; nothing was recorded",
    "no space left": "free some disk space on the database server and run again; nothing was recorded",
    "readonly": "give yourself the right to write the ledger file and its folder",
    "locked": "another run holds the ledger; wait for it and run again",
    "unable to open": "check that the folder exists and that you may write to it",
    "not a database": "the file is not a ledger; restore it from a backup",
    "malformed": "the ledger file is damaged; restore it from a backup",
}


def open_ledger(url: str) -> sa.Engine:
    """Open the ledger at a SQLAlchemy URL (SQLite or PostgreSQL); its folder is made when missing.

    Raises:
        StorageError: the URL is not one, names another database, or the folder cannot be made.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    return _engine(address, pool_pre_ping=True, connect_args={"connect_timeout": 10})


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that reads one consistent state.

    Raises:
        StorageError: the ledger cannot be reached, or its tables are older than the program.
    """
    isolation = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with storage_errors(engine), engine.connect().execution_options(**isolation) as con:
        yield con


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that writes: all of it or nothing. On SQLite it takes the write lock at once.

    Raises:
        StorageError: as `reading`, or the disk is full.
        IntegrityError: another writer was first; callers that expect one try again.
    """
    with storage_errors(engine), engine.connect().execution_options(jixiao_writes=True) as con, con.begin():
        yield con


@contextlib.contextmanager
def storage_errors(engine: sa.Engine) -> Iterator[None]:
    """Turn the database's failures into StorageError; broken constraints stay IntegrityError."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise _explained(engine, error) from error


def retried(write: Callable[[], T]) -> T:
    """Do a write again when another writer was first; it must look at the ledger anew each time.

    Raises:
        StorageError: as `writing`, or others were first every time.
    """
    for attempt in range(ATTEMPTS):
        try:
            return write()
        except IntegrityError:
            time.sleep(0.05 * 2**attempt)
    raise StorageError("the ledger is written by too many runs at once", todo="wait for the other runs and run again")


def name_of(engine: sa.Engine) -> str:
    """The ledger's address for messages, without its password."""
    return engine.url.render_as_string(hide_password=True)


def _address(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
    except SQLAlchemyError as error:
        raise StorageError("the ledger's address is not a SQLAlchemy URL", todo=_write_url()) from error
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        what = f"the ledger cannot be kept in {address.get_backend_name()}"
        raise StorageError(what, todo=_write_url())
    return address if "+" in address.drivername else _with_driver(address)


def _with_driver(address: sa.URL) -> sa.URL:
    return address.set(drivername="postgresql+psycopg") if address.drivername == "postgresql" else address


def _write_url() -> str:
    return "write sqlite:///path/ledger.sqlite or postgresql+psycopg://user@host/database under ledger.url"


def _engine(address: sa.URL, **options: Any) -> sa.Engine:
    """An engine that tells nobody the values it is given, in errors or in logs, whatever the level of logging.

    The driver warns of a pipeline it gave up when another writer was first: that write is done again, so it is no news.
    """
    logging.getLogger(f"sqlalchemy.engine.Engine.{LOG_NAME}").setLevel(logging.WARNING)
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    return sa.create_engine(address, hide_parameters=True, logging_name=LOG_NAME, **options)


def _sqlite(address: sa.URL) -> sa.Engine:
    if address.database and address.database != ":memory:":
        _make_folder(Path(address.database).parent)
    engine = _engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        todo = "make it, or choose another place under ledger.url"
        raise StorageError("the ledger's folder cannot be made", where=Place(str(folder)), todo=todo) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would open transactions by itself, and too late for a consistent read: we do it in _begin_sqlite.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(con: sa.Connection) -> None:
    # A reader that turns writer cannot wait for another writer (SQLITE_BUSY at once), so writers say so first.
    con.exec_driver_sql("BEGIN IMMEDIATE" if con.get_execution_options().get("jixiao_writes") else "BEGIN")


def _explained(engine: sa.Engine, error: DBAPIError) -> StorageError:
    where, text = Place(name_of(engine)), _short(error)
    if isinstance(error, OperationalError | ProgrammingError) and _lacks_tables(text):
        return StorageError("the ledger's tables are missing or old", where=where, todo="run `jixiao status` once")
    todo = next((advice for words, advice in _TODO.items() if words in text.lower()), "check that it is running")
    return StorageError(f"the ledger refused: {text}", where=where, todo=todo)


def _lacks_tables(text: str) -> bool:
    """PostgreSQL says `does not exist` of tables, and of databases and roles too."""
    return any(words in text for words in _MISSING) and not any(words in text for words in ("database", "role"))


def _short(error: DBAPIError) -> str:
    """The database's own first line; never the statement, whose values are personal."""
    return (str(error.orig).splitlines() or [""])[0]
