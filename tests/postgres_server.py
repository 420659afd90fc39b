"""A real PostgreSQL for the tests: an own cluster in a temporary folder, on a free loopback port, as an ordinary user.

Each pytest process (each xdist worker) starts its own, the first time a test asks for it. PostgreSQL refuses to run
as root, so root hands it to the user `postgres` (made by Debian's package), else `nobody`. Missing programs are a
failure, never a skip.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

START_SECONDS = 60
PREFERRED_VERSION = "15"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL (`postgresql://…`) of the cluster's database `postgres`, for its superuser."""
    programs = _programs()
    # not under pytest's own folder: that one is closed to other users
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user = _hand_over(folder)
    port = _free_port()
    try:
        server = _start(programs, folder, port, as_user)
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # fast: does not wait for forgotten connections
            server.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """URL of an empty database of the test's own, dropped after it."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as con:
        con.execute(f"create database {name}")
    yield postgres_url.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(postgres_url, autocommit=True) as con:
        con.execute(f"drop database {name} with (force)")


def _programs() -> Path:
    """The folder of initdb and postgres."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: path.parts[-3] == PREFERRED_VERSION
    )
    on_path = shutil.which("postgres")
    if on_path:
        found.insert(0, Path(on_path).resolve())
    if not found:
        pytest.fail("PostgreSQL is not installed, and these tests need a real one: apt-get install postgresql")
    return found[-1].parent


def _hand_over(folder: Path) -> list[str]:
    """Give the folder to an ordinary user when we are root; returns what to put before a command."""
    if os.geteuid() != 0:
        return []
    user = next(found for found in pwd.getpwall() if found.pw_name in {"postgres", "nobody"} and _preferred(found))
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _preferred(user: pwd.struct_passwd) -> bool:
    has_postgres = any(found.pw_name == "postgres" for found in pwd.getpwall())
    return user.pw_name == ("postgres" if has_postgres else "nobody")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _start(programs: Path, folder: Path, port: int, as_user: list[str]) -> "subprocess.Popen[bytes]":
    data, log = folder / "data", folder / "log"
    options = ["-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    command = [*as_user, programs / "initdb", *options]
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if made.returncode:
        pytest.fail(f"initdb failed: {made.stderr.strip()}")
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
    chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [*as_user, programs / "postgres", "-D", data, *chosen]
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)
    _wait(server, port, log)
    return server


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(f"postgresql://tester@127.0.0.1:{port}/postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    server.kill()
    pytest.fail(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")
