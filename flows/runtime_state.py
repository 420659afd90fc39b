"""What stands beside Prefect's database: which server is up (`server.json`), and who holds what (`*.lock`)."""

import fcntl
import http.client
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from transforms.errors import Place, StorageError

_ASK_SECONDS = 10


def write_state(home: Path, url: str, pid: int) -> None:
    """Say that the server of this home is at `url`; whole or not at all."""
    part = home / f"server.json.{os.getpid()}"
    part.write_text(json.dumps({"url": url, "pid": pid}))
    part.replace(home / "server.json")


def clear_state(home: Path) -> None:
    """Say that no server is up."""
    (home / "server.json").unlink(missing_ok=True)


def running_url(home: Path) -> str | None:
    """Address of the server of this home, or None. A stale file, or another company's server there, is None."""
    url = read_url(home)
    return url if url and home_served_at(url) == home.resolve() else None


def read_url(home: Path) -> str:
    """Address in `server.json`, unchecked; empty when there is none."""
    try:
        return str(json.loads((home / "server.json").read_text())["url"])
    except (OSError, ValueError, KeyError):
        return ""


def home_served_at(url: str, timeout_seconds: float = _ASK_SECONDS) -> Path | None:
    """The PREFECT_HOME of the server at `url` (loopback only), or None when none answers."""
    try:
        settings = json.loads(ask(url, "/admin/settings", timeout_seconds))
        return Path(settings["home"]).resolve()
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return None


def ask(url: str, path: str, timeout_seconds: float) -> bytes:
    """The body of a GET below an API address, asked directly: no proxy, no redirect.

    Raises:
        OSError: nobody answers, or not with 200.
    """
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=timeout_seconds)
    try:
        connection.request("GET", parts.path + path)
        response = connection.getresponse()
        if response.status != http.HTTPStatus.OK:
            raise ConnectionError(f"{url}{path} answered {response.status}")
        return response.read()
    finally:
        connection.close()


@contextmanager
def only_one(home: Path, what: str) -> Iterator[None]:
    """Hold `what` for this company, or refuse; a holder that dies lets go, so nothing is ever stale.

    Raises:
        StorageError: another process holds it; the text says which.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / f"{what}.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise StorageError(
                f"`jixiao {what}` is already running for this company (process {file.read().strip() or 'unknown'})",
                where=Place(file=str(path)),
                todo="use that one, or stop it first",
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
