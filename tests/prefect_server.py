"""A real Prefect server for the session, and what flow tests share: a small company, rows of Prefect's database.

Loaded as a plugin, so that Prefect never sees the home of whoever runs the tests.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import runtime_state

_HOME = tempfile.mkdtemp(prefix="jixiao-prefect-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ.update(PREFECT_HOME=_HOME, DO_NOT_TRACK="1", PREFECT_SERVER_ANALYTICS_ENABLED="false")
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
os.environ.pop("PREFECT_API_URL", None)

COMPANY_YAML = "name: {zh-Hans: 测试公司, zh-Hant: 測試公司, en: Test company}\n"


@dataclass(frozen=True)
class PrefectServer:
    """A running `prefect server start`."""

    url: str
    home: Path
    log: Path


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    home = tmp_path_factory.mktemp("prefect-server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url, log = f"http://127.0.0.1:{port}/api", home / "server.log"
    env = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_API_URL": url, "PREFECT_SERVER_UI_ENABLED": "false"}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: _healthy(url) or _ended(server, log), seconds=120, what="the Prefect server")
        yield PrefectServer(url, home, log)
    finally:
        end_with_children(server)


@pytest.fixture
def own_environment() -> Iterator[None]:
    """Let the test change this process's environment and Prefect's settings; both are put back."""
    from flows import runtime

    kept = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(kept)
    runtime.refresh()


@pytest.fixture
def small_company(tmp_path: Path) -> Callable[[str], Path]:
    """Make a company folder, with Chinese in its path, from lines added to its company.yaml."""

    def make(more: str = "") -> Path:
        root = tmp_path / "测试 公司"
        (root / "config").mkdir(parents=True)
        (root / "config" / "company.yaml").write_text(COMPANY_YAML + more, encoding="utf-8")
        return root

    return make


def until(happened: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Wait for something to happen; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds} s for {what} in vain")
        time.sleep(0.1)


def end_with_children(process: "subprocess.Popen[bytes]") -> None:
    """End a process that was started with `start_new_session`, and the children in its session."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for pid in _session_members(process.pid):
        os.kill(pid, 9)


def alive(pid: int) -> bool:
    """Whether a process is there and not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _session_members(session: int) -> list[int]:
    members = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            members.append(int(stat.parent.name))
    return members


def _healthy(url: str) -> bool:
    try:
        return runtime_state.ask(url, "/health", 2) == b"true"
    except OSError:
        return False


def _ended(server: "subprocess.Popen[bytes]", log: Path) -> bool:
    if server.poll() is not None:
        pytest.fail(f"the Prefect server ended with {server.returncode}: {log.read_text()[-2000:]}")
    return False
