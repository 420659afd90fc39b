"""Source files: where raw rows are, and the SELECT that maps them to each canonical table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from flows.company import Company
from flows.yaml_files import load_yaml, validate_data
from flows.yaml_mistakes import allowed
from transforms.errors import ConfigError, Place
from transforms.tables import TABLES
from transforms.titles import Frozen

_NAME = re.compile(r"[a-z][a-z0-9_]*")
# Where sheets that came back lie, a folder a period, and the source that reads their rows.
RECEIVED = "sheets/received"
_RECEIVED_SOURCE = Path(str(files("flows.sheets"))) / "source" / "received.yaml"


def _plain(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"'{name}' is not a plain name: use a-z, 0-9 and _, beginning with a letter")
    return name


Name = Annotated[str, AfterValidator(_plain)]


class FilesInput(Frozen):
    """One raw table made of all files that `path` matches (relative to the company folder, `$NAME` allowed).

    `columns`: those the selects use; a file without one of them is refused. `sheet`: of a workbook, default the first.
    """

    path: str = Field(min_length=1)
    required: bool = True
    columns: tuple[str, ...] = ()
    sheet: str | None = None


class SqlInput(Frozen):
    """One raw table made of the rows of a query."""

    query: str = Field(min_length=1)
    columns: tuple[str, ...] = ()


class FilesSource(Frozen):
    """Files of one format. A name ending in `.gz` is unpacked."""

    source: Name
    kind: Literal["files"]
    format: Literal["csv", "xlsx", "parquet", "jsonl"] = "csv"
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"] = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    inputs: dict[Name, FilesInput] = Field(min_length=1)
    tables: dict[str, str] = Field(min_length=1)


class SqlSource(Frozen):
    """A database: a SQLAlchemy URL, written here or in the environment variable `url_env`. Read-only."""

    source: Name
    kind: Literal["sql"]
    url: str = ""
    url_env: str = ""
    inputs: dict[Name, SqlInput] = Field(min_length=1)
    tables: dict[str, str] = Field(min_length=1)


_KINDS: dict[str, type[FilesSource] | type[SqlSource]] = {"files": FilesSource, "sql": SqlSource}


@dataclass(frozen=True)
class Source:
    """One source with the file it was read from, so that errors can say where."""

    path: Path
    shown: str
    definition: FilesSource | SqlSource
    line_of: Callable[[tuple[str | int, ...]], int]

    @property
    def name(self) -> str:
        """The source's name."""
        return self.definition.source

    def place(self, *keys: str) -> Place:
        """Where a key stands, such as `place("tables", "orders")`."""
        return Place(self.shown, self.line_of(keys), field=".".join(keys))


def load_sources(company: Company) -> tuple[Source, ...]:
    """Read every `config/sources/*.yaml`, in order of name; then, when sheets came back, the source of their rows.

    Raises:
        ConfigError: no source at all, a file that does not fit, an unknown canonical table, a name used twice.
    """
    paths = sorted(company.sources.glob("*.yaml")) if company.sources.is_dir() else []
    if not paths:
        raise ConfigError(
            "there is no source", where=Place(str(company.sources)), todo="add a file such as orders.yaml there"
        )
    received = [_RECEIVED_SOURCE] if any((company.data / RECEIVED).glob("*/*.csv")) else []
    sources = tuple(_load(company, path) for path in [*paths, *received])
    _require_distinct(sources)
    return sources


def _load(company: Company, path: Path) -> Source:
    data, line_of = load_yaml(path)
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind not in _KINDS:
        where = Place(str(path), line_of(("kind",)), field="kind")
        raise ConfigError(f"'{kind}' is not a kind of source", where=where, todo=allowed(str(kind), _KINDS))
    definition = validate_data(_KINDS[str(kind)], data, path, line_of)
    shown = path.relative_to(company.root).as_posix() if path.is_relative_to(company.root) else str(path)
    source = Source(path, shown, definition, line_of)
    for table in definition.tables:
        if table not in TABLES:
            raise ConfigError(
                f"'{table}' is not a canonical table", where=source.place("tables", table), todo=allowed(table, TABLES)
            )
    return source


def _require_distinct(sources: tuple[Source, ...]) -> None:
    seen: dict[str, Source] = {}
    for source in sources:
        if source.name in seen:
            todo = "give each source its own name"
            what = f"the source name '{source.name}' is also used in {seen[source.name].shown}"
            raise ConfigError(what, where=source.place("source"), todo=todo)
        seen[source.name] = source
