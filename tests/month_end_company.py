"""The demo company at a tenth of its size, its month closed once by the real command line; shared by all tests."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PERIOD, AS_OF = "2026-10", "2026-11-21"
_MAIN = "from flows.cli import main; main()"


@dataclass(frozen=True)
class Closed:
    """A company folder whose October is closed, and what the run printed."""

    root: Path
    printed: str


def jixiao(*words: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own; `home`: home, temporary and working folder in one."""
    command = [sys.executable, "-c", _MAIN, *words]
    places = {name: str(home) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")} if home else {}
    return subprocess.run(
        command, cwd=home, env=os.environ | places, capture_output=True, text=True, timeout=300, check=False
    )


def run_again(root: Path) -> subprocess.CompletedProcess[str]:
    """`jixiao run` on the closed period, the sources read anew, mail included."""
    return jixiao("run", PERIOD, "--refresh", "--as-of", AS_OF, "--send", "--company", str(root))


def ledger_rows(root: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the ledger."""
    with sqlite3.connect(f"file:{root / 'data' / 'ledger.sqlite'}?mode=ro", uri=True) as con:
        names = [name for (name,) in con.execute("select name from sqlite_master where type = 'table' order by name")]
        return {name: sorted(con.execute(f"select * from {name}").fetchall(), key=repr) for name in names}


def files(folder: Path) -> dict[str, str]:
    """Hash of every file below a folder, by relative path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """The demo company after `jixiao demo`."""
    folder = _shared(tmp_path_factory) / "month-end"
    folder.mkdir(exist_ok=True)
    root, told = folder / "demo", folder.with_name("month-end.txt")
    with folder.with_name("month-end.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the workers of one session share it: the first makes it
        if not told.exists():
            (folder / "home").mkdir()
            done = jixiao("demo", "--scale", "0.1", "--company", str(root), home=folder / "home")
            assert done.returncode == 0, done.stderr
            told.write_text(done.stdout, "utf-8")
    return Closed(root, told.read_text("utf-8"))


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this session that all its workers see."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture
def copied(closed: Closed, tmp_path: Path) -> Path:
    """A copy of the closed company that a test may change."""
    return Path(shutil.copytree(closed.root, tmp_path / "demo", symlinks=True))
