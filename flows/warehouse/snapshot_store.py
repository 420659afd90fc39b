"""Where snapshots lie, and the only code that creates, moves or removes files there.

    data/snapshots/
      objects/ab/ab12….parquet   named by the hash of their rows, shared between snapshots, never changed
      <snapshot id>.json         manifests; a snapshot exists when its manifest does
      .staging-…/                a run at work: new objects, and last its manifest; locked as long as the run lives
"""

import contextlib
import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import Place, StorageError

STAGING = ".staging-"
_LOCK = ".lock"


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a StorageError that says where and what to do."""
    try:
        yield
    except OSError as error:
        raise _refused(path, error.strerror or str(error), full=error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}) from error
    except duckdb.IOException as error:
        first = str(error).splitlines()[0]
        raise _refused(path, first, full="space" in first or "large" in first) from error
    except duckdb.OutOfMemoryException as error:
        todo = "raise facts.memory_mb in config/company.yaml, or free disk space for spilling"
        raise StorageError("DuckDB ran out of memory", where=Place(str(path)), todo=todo) from error


def _refused(path: Path, why: str, *, full: bool) -> StorageError:
    todo = "free space on that disk and run again; nothing was changed" if full else "check the folder and its rights"
    return StorageError(f"the snapshot store cannot be written: {why}", where=Place(str(path)), todo=todo)


def object_path(root: Path, content: str) -> Path:
    """Where the object with these rows lies under `root` (the store, or a staging folder)."""
    return root / "objects" / content[:2] / f"{content}.parquet"


def manifest_path(root: Path, snapshot_id: str) -> Path:
    """Where the manifest lies under `root`."""
    return root / f"{snapshot_id}.json"


def read_manifest(path: Path) -> dict[str, Any]:
    """A manifest as data.

    Raises:
        StorageError: it cannot be read, or is not a manifest.
    """
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        todo = "restore it from a backup; a snapshot is never mended by hand"
        raise StorageError(f"the snapshot's manifest cannot be read: {error}", where=Place(str(path)), todo=todo) from None


def known_objects(store: Path) -> dict[str, dict[str, Any]]:
    """Objects that published manifests vouch for and that are there in full, by content."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(store.glob("*.json")):
        for table in read_manifest(path)["tables"].values():
            found |= {entry["content"]: entry for entry in table}
    return {content: entry for content, entry in found.items() if is_whole(object_path(store, content), entry)}


def is_whole(path: Path, entry: dict[str, Any]) -> bool:
    """Whether the object is there with the size its manifest says."""
    try:
        return path.stat().st_size == entry["bytes"]
    except OSError:
        return False


def new_staging(store: Path) -> tuple[Path, int]:
    """A staging folder of our own and its lock, after removing those whose run is dead."""
    store.mkdir(parents=True, exist_ok=True)
    remove_stale(store)
    folder = Path(tempfile.mkdtemp(dir=store, prefix=STAGING))
    lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def remove_stale(store: Path) -> None:
    """Remove staging folders that no living process has locked."""
    for folder in store.glob(f"{STAGING}*"):
        with contextlib.suppress(FileNotFoundError):
            lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            except BlockingIOError:
                continue
            finally:
                os.close(lock)


def remove_staging(folder: Path, lock: int) -> None:
    """Remove our own staging folder and release its lock."""
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        os.close(lock)


@contextmanager
def exclusive(store: Path) -> Iterator[None]:
    """One publisher at a time."""
    lock = os.open(store / _LOCK, os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def write_durably(path: Path, text: str) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_into(source: Path, target: Path) -> None:
    """Move one complete file to its final name, atomically and durably."""
    target.parent.mkdir(parents=True, exist_ok=True)
    sync(source)
    source.replace(target)
    sync(target.parent)
