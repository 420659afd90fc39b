"""Sources of kind `files`: find them, make each readable, hand them to the reader of their format."""

import os
import re
from pathlib import Path

from flows.company import Company
from flows.sources import workbooks
from flows.sources.csv_files import load_csv
from flows.sources.json_lines import load_json_lines
from flows.sources.model import FilesInput, FilesSource, Source
from flows.sources.parquet_files import load_parquet, parquet_columns
from flows.sources.raw import Broken, Loaded, Loading, SourceFile, create_view, require_columns
from flows.sources.report import FileRead
from flows.sources.text_files import distinct, header, sha256, transcode, unreadable
from transforms.errors import ConfigError, SourceError

_VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?")


def load_files(
    loading: Loading, company: Company, definition: FilesSource
) -> tuple[list[FileRead], list[Broken], set[str]]:
    """Make a raw table of each input.

    Returns the files read, the lines that are no row, and the inputs that are not there (no match, not required, and
    no columns declared to make an empty table of).

    Raises:
        SourceError: no file where one is required, a file that cannot be read, a column missing, a wrong encoding.
    """
    read: list[FileRead] = []
    broken: list[Broken] = []
    absent: set[str] = set()
    for name, declared in definition.inputs.items():
        paths = matching(company, loading.source, name, declared)
        if not paths and not declared.columns:
            absent.add(name)
            continue
        loaded = _load(loading, company, definition, name, paths)
        create_view(loading, name, loaded.parts, declared.columns)
        read += [_file_read(definition.source, name, shown_name(company, path), path, loaded) for path in paths]
        broken += loaded.broken
    return read, broken, absent


def matching(company: Company, source: Source, name: str, declared: FilesInput) -> list[Path]:
    """The files an input means, in order of name; Excel's lock files and hidden files are none.

    Raises:
        ConfigError: the path uses an environment variable that is not set.
        SourceError: there is none and one is required.
    """
    pattern = _expanded(source, name, declared.path)
    base, relative = (
        (Path(pattern.anchor), pattern.relative_to(pattern.anchor))
        if pattern.is_absolute()
        else (company.root, pattern)
    )
    found = sorted(path for path in base.glob(str(relative)) if path.is_file() and path.name[0] not in ".~")
    if not found and declared.required:
        todo = "put the export there, correct the path, or set `required: false`"
        where = source.place("inputs", name, "path")
        raise SourceError(f"no file matches '{declared.path}' in {company.root}", where=where, todo=todo)
    return found


def shown_name(company: Company, path: Path) -> str:
    """What a file is called in messages and lineage: relative to the company folder where it can be."""
    return path.relative_to(company.root).as_posix() if path.is_relative_to(company.root) else path.as_posix()


def _expanded(source: Source, name: str, path: str) -> Path:
    for variable in _VARIABLE.findall(path):
        if variable not in os.environ:
            where = source.place("inputs", name, "path")
            raise ConfigError(f"the environment variable {variable} is not set", where=where, todo=f"set {variable}")
    return Path(os.path.expandvars(path))


def _load(loading: Loading, company: Company, definition: FilesSource, name: str, paths: list[Path]) -> Loaded:
    declared = definition.inputs[name]
    files = [
        _prepared(loading, definition, name, path, shown_name(company, path), number)
        for number, path in enumerate(paths)
    ]
    if definition.format == "jsonl":
        loaded, keys = load_json_lines(loading, name, files)
        if paths:
            require_columns(declared.columns, keys, files[0].shown if len(files) == 1 else declared.path)
        return loaded
    for file in files:
        require_columns(declared.columns, file.columns, file.shown, _hint(definition, file))
    if definition.format == "parquet":
        return load_parquet(loading, files)
    return load_csv(loading, name, files, "," if definition.format == "xlsx" else definition.delimiter)


def _prepared(loading: Loading, definition: FilesSource, name: str, path: Path, shown: str, number: int) -> SourceFile:
    """The file as something DuckDB reads: UTF-8 text or Parquet."""
    work = loading.work / f"{name}-{number}.csv"
    if definition.format == "parquet":
        return SourceFile(path, shown, path, parquet_columns(loading, str(path), shown))
    readable = path
    if definition.format == "xlsx":
        workbooks.to_csv(path, definition.inputs[name].sheet, work, shown)
        readable = work
    elif definition.encoding == "gb18030":
        transcode(path, definition.encoding, work, shown)
        readable = work
    if definition.format == "jsonl":
        return SourceFile(path, shown, readable, ())
    delimiter = "," if definition.format == "xlsx" else definition.delimiter
    encoding = definition.encoding if readable == path else "utf-8"
    return SourceFile(path, shown, readable, distinct(header(readable, encoding, delimiter, shown)))


def _hint(definition: FilesSource, file: SourceFile) -> str:
    """Chinese in UTF-8 often decodes as GB18030 into other characters without an error: say so."""
    if definition.format != "csv" or definition.encoding != "gb18030":
        return ""
    try:
        names = header(file.path, "utf-8", definition.delimiter, file.shown)
    except SourceError:
        return ""
    readable = any(not name.isascii() for name in names)
    return "the file is UTF-8: declare `encoding: utf-8` in the source" if readable else ""


def _file_read(source: str, name: str, shown: str, path: Path, loaded: Loaded) -> FileRead:
    broken = sum(line.file == shown for line in loaded.broken)
    try:
        hashed = sha256(path)
    except OSError as error:
        raise unreadable(shown, error) from None
    return FileRead(source, name, shown, loaded.rows[shown], broken, hashed)
