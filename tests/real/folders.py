"""Company folders for the real data: the configuration of this folder, and the files linked into an inbox."""

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def data_folder() -> Path:
    """Where the real data is; a clear failure when it is not told or not there."""
    told = os.environ.get("JIXIAO_REAL_DATA")
    if not told or not Path(told).is_dir():
        pytest.fail("no real data: run `make real DATA=<folder>`")
    return Path(told)


def make_company(name: str, files: str, into: Path) -> Path:
    """A company folder with the configuration of `tests/real/<name>` and the data files `files` (a glob)."""
    root = into / name
    shutil.copytree(HERE / name / "config", root / "config")
    inbox = root / "data" / "inbox"
    inbox.mkdir(parents=True)
    found = sorted(data_folder().glob(files))
    if not found:
        pytest.fail(f"no {files} in {data_folder()}")
    for path in found:
        (inbox / path.name).symlink_to(path.resolve())
    return root
