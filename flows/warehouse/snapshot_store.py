"""Where snapshots lie, and the only code that creates, finds or removes files there.

In `data/snapshots`:
`objects/ab/ab12….parquet` are named by the hash of their rows, shared between snapshots, never changed;
`<snapshot id>.json` are manifests: a snapshot exists when its manifest does;
`.staging-…` is a run at work: new objects, and last its manifest; locked as long as the run lives.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.errors import Place, StorageError

STAGING = ".staging-"
_LOCK = ".lock"

Stored = dict[str, Any]
"""What a manifest says of an object's file: `sha256` and `bytes`."""


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
        what = f"the snapshot's manifest cannot be read: {error}"
        todo = "restore it from a backup; a snapshot is never mended by hand"
        raise StorageError(what, where=Place(str(path)), todo=todo) from None


def entries(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """What a manifest says of its objects, of all tables."""
    return [entry for table in manifest["tables"].values() for entry in table]


def newest_objects(store: Path) -> dict[str, Stored]:
    """The objects of the newest manifest, by content: those the next snapshot most likely shares."""
    newest = max(store.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, default=None)
    return {entry["content"]: entry for entry in entries(read_manifest(newest))} if newest else {}


def stored(store: Path, content: str, rows: int, newest: dict[str, Stored]) -> Stored | None:
    """The object with these rows that the store already has whole, or None."""
    path = object_path(store, content)
    known = newest.get(content)
    if known:
        return known if is_whole(path, known) else None
    return described(path) if _holds(path, rows) else None


def is_whole(path: Path, entry: Stored) -> bool:
    """Whether the object is there with the size its manifest says."""
    try:
        return bool(path.stat().st_size == entry["bytes"])
    except OSError:
        return False


def _holds(path: Path, rows: int) -> bool:
    try:
        return bool(pq.read_metadata(path).num_rows == rows)
    except (OSError, pa.ArrowInvalid):
        return False


def described(path: Path) -> Stored:
    """The hash and size of a file."""
    with path.open("rb") as file:
        return {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}


def new_staging(store: Path) -> tuple[Path, int]:
    """A staging folder of our own and its lock, after removing those whose run is dead."""
    store.mkdir(parents=True, exist_ok=True)
    with exclusive(store):
        _remove_stale(store)
        folder = Path(tempfile.mkdtemp(dir=store, prefix=STAGING))
        return folder, _lock(folder, fcntl.LOCK_EX)


def _lock(folder: Path, how: int) -> int:
    lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(lock, how)
    except BaseException:
        os.close(lock)
        raise
    return lock


def _remove_stale(store: Path) -> None:
    """Remove staging folders that no living process has locked; a dead process holds no lock."""
    for folder in store.glob(f"{STAGING}*"):
        with contextlib.suppress(FileNotFoundError, BlockingIOError):
            remove_staging(folder, _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB))


def remove_staging(folder: Path, lock: int) -> None:
    """Remove a staging folder and release its lock. Doing it twice does nothing."""
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def exclusive(store: Path) -> Iterator[None]:
    """One process at a time."""
    lock = _lock(store, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)
