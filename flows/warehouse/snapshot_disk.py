"""Files that are either there in full or not at all, and the sentence a user gets when the disk refuses."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from transforms.errors import Place, StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn what the disk refuses under `path` into a StorageError that says where and what to do."""
    try:
        yield
    except OSError as error:
        raise _refused(path, error.strerror or str(error), full=error.errno in _FULL) from error
    except duckdb.OutOfMemoryException as error:
        todo = "raise facts.memory_mb in config/company.yaml, or free disk space for spilling"
        raise StorageError("DuckDB ran out of memory", where=Place(str(path)), todo=todo) from error
    except duckdb.IOException as error:
        raise _refused(path, str(error).splitlines()[0], full=is_full(error)) from error


def is_full(error: duckdb.Error) -> bool:
    """Whether DuckDB says that the disk is full."""
    return "No space left" in str(error) or "File too large" in str(error)


def _refused(path: Path, why: str, *, full: bool) -> StorageError:
    todo = "free space on that disk and run again; nothing was changed" if full else "check the folder and its rights"
    return StorageError(f"the disk refuses to write: {why}", where=Place(str(path)), todo=todo)


def write_durably(path: Path, text: str) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path to write to; what was written takes the place of `path` at the end, or is removed when the block fails."""
    temporary = path.with_name(path.name + ".part")
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_all(moves: Iterable[tuple[Path, Path]]) -> None:
    """Give complete, synced files their final names, each atomically; durable when this returns."""
    folders = set()
    for source, target in moves:
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True)
            folders.add(target.parent.parent)
        source.replace(target)
        folders.add(target.parent)
    for folder in folders:
        sync(folder)
