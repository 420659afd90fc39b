"""Sources of kind `sql`: queries over a read-only connection, streamed in batches.

PostgreSQL sessions are opened with `default_transaction_read_only=on`, SQLite files with `mode=ro` and `query_only`:
the database itself refuses to write, whatever the query says. Other databases are refused, because nothing here
could promise that.
"""

import hashlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyarrow as pa

from flows.company import Company
from flows.sources.model import Source, SqlSource
from flows.sources.raw import Loading, create_view, quoted, require_columns, text
from flows.sources.report import FileRead
from flows.sources.text_files import distinct
from flows.sources.values import as_text
from transforms.errors import ConfigError, SourceError

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

BATCH_ROWS = 50_000
CONNECT_SECONDS = 15


def load_queries(loading: Loading, company: Company, definition: SqlSource) -> list[FileRead]:
    """Make a raw table of each query.

    Raises:
        ConfigError: no address, or a database that cannot be opened read-only.
        SourceError: the database does not answer, refuses the query, or a column is missing.
    """
    import sqlalchemy as sa  # half a second, and most companies have files only

    engine = _engine(company, loading.source, definition)
    try:
        with engine.connect() as connection:
            return [_load(loading, connection, definition, name) for name in definition.inputs]
    except sa.exc.SQLAlchemyError as error:
        raise _failed(loading.source, engine, error) from None
    finally:
        engine.dispose()


def _engine(company: Company, source: Source, definition: SqlSource) -> "Engine":
    import sqlalchemy as sa

    url = _url(source, definition)
    match url.get_backend_name():
        case "postgresql":
            options = f"{url.query.get('options', '')} -c default_transaction_read_only=on".strip()
            arguments = {"options": options, "connect_timeout": CONNECT_SECONDS}
            return sa.create_engine(url.set(drivername="postgresql+psycopg"), connect_args=arguments)
        case "sqlite":
            return _sqlite(company, source, url)
        case other:
            todo = "use postgresql or sqlite, or export to files"
            raise ConfigError(f"'{other}' cannot be opened read-only", where=source.place(_key(definition)), todo=todo)


def _sqlite(company: Company, source: Source, url: "URL") -> "Engine":
    import sqlalchemy as sa

    path = company.root / (url.database or "")
    if not path.is_file():
        todo = "correct the url; paths are relative to the company folder"
        raise SourceError(f"there is no SQLite file '{url.database}'", where=source.place("source"), todo=todo)
    engine = sa.create_engine(f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true")
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("pragma query_only = on"))
    return engine


def _key(definition: SqlSource) -> str:
    return "url_env" if definition.url_env else "url"


def _url(source: Source, definition: SqlSource) -> "URL":
    import sqlalchemy as sa

    where = source.place(_key(definition))
    given = os.environ.get(definition.url_env, "") if definition.url_env else definition.url
    if not given:
        what = f"the environment variable {definition.url_env} is not set" if definition.url_env else "there is no url"
        raise ConfigError(what, where=where, todo="give url_env (the name of a variable) or url")
    try:
        return sa.make_url(given)
    except sa.exc.ArgumentError:
        raise ConfigError("this is not a SQLAlchemy url", where=where, todo="postgresql://user@host/database") from None


def _load(loading: Loading, connection: Any, definition: SqlSource, name: str) -> FileRead:
    import sqlalchemy as sa

    declared = definition.inputs[name]
    shown = f"{definition.source}.{name}"
    streamed = connection.execution_options(stream_results=True, yield_per=BATCH_ROWS)
    result = streamed.execute(sa.text(declared.query.strip().rstrip(";").replace(":", r"\:")))
    columns = distinct(tuple(result.keys()))
    require_columns(declared.columns, columns, shown)
    rows, content = _store(loading, name, columns, result.partitions())
    fields = ", ".join(quoted(column) for column in columns)
    part = f"select {fields}, {text(shown)} as _file, rowid + 1 as _row from {loading.table(name + '__0')}"
    create_view(loading, name, [part], ())
    return FileRead(definition.source, name, shown, rows, 0, content)


def _store(loading: Loading, name: str, columns: tuple[str, ...], batches: Iterable[Any]) -> tuple[int, str]:
    """Append the batches to a table of text; returns how many rows, and the hash of their text in order."""
    table, hashed, rows = loading.table(f"{name}__0"), hashlib.sha256(), 0
    loading.con.execute(f"create table {table} ({', '.join(f'{quoted(c)} varchar' for c in columns)})")
    for batch in batches:
        values = [pa.array([as_text(value) for value in column], pa.string()) for column in zip(*batch, strict=True)]
        loading.con.register("_batch", pa.table(dict(zip(columns, values, strict=True))))
        loading.con.execute(f"insert into {table} from _batch")
        loading.con.unregister("_batch")
        rows += len(batch)
        for value in values:
            hashed.update(repr(value.to_pylist()).encode())
    return rows, hashed.hexdigest()


def _failed(source: Source, engine: "Engine", error: Exception) -> SourceError:
    """The database's own first line; the address is shown without its password."""
    own = str(getattr(error, "orig", None) or error).strip().splitlines()
    address = engine.url.render_as_string(hide_password=True)
    what = f"the database {address} refused: {own[0] if own else type(error).__name__}"
    return SourceError(what, where=source.place("inputs"), todo="check the address, the rights and the query")
