"""A folder that is either the whole new site or the whole old one, and never somebody's other folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from flows.rendering.documents import stem
from flows.warehouse.snapshot_disk import reported
from transforms.errors import Place, StorageError

GENERATOR = 'name="generator" content="jixiao site"'
_HEAD_BYTES = 4000


def plain(subject_id: str) -> str:
    """An id as the name of a file or folder: ASCII, and never a way out of the folder."""
    return stem("employee", subject_id).removeprefix("employee-")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new folder to write to; it takes the place of `target` at the end, or is removed when the block fails.

    Raises:
        StorageError: the disk refuses, or `target` is a folder with something else in it.
    """
    _require_own(target)
    with reported(target):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        _tidy(target)
        made = Path(mkdtemp(dir=target.parent, prefix=_prefix(target)))
    try:
        with reported(target):
            made.chmod(0o750)
            yield made
            _swap(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def write(path: Path, content: bytes) -> None:
    """A file that its owner writes and its group reads, in a folder that is made when it is missing."""
    path.parent.mkdir(exist_ok=True)
    path.parent.chmod(0o750)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        os.fchmod(file.fileno(), 0o640)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _prefix(target: Path) -> str:
    return f".{target.name}.part-"


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _require_own(target: Path) -> None:
    if not target.exists() or _is_site(target) or (target.is_dir() and not any(target.iterdir())):
        return
    what, todo = "there is something that is no site", "give --to a folder that is new or empty"
    raise StorageError(what, where=Place(str(target)), todo=todo)


def _is_site(target: Path) -> bool:
    try:
        with (target / "index.html").open("rb") as file:
            return GENERATOR.encode() in file.read(_HEAD_BYTES)
    except OSError:
        return False


def _tidy(target: Path) -> None:
    """Leftovers of a run that was killed: what it had begun goes, what it had moved aside comes back."""
    for left in target.parent.glob(f"{_prefix(target)}*"):
        shutil.rmtree(left, ignore_errors=True)
    old = _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _swap(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
        return
    old = _old(target)
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)
