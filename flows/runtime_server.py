"""A Prefect server in a process of its own: `python -m flows.runtime_server FD ephemeral|full`.

We listen, the child accepts (the socket is inherited): there is no port to race for, and a client that is early waits
in the queue instead of failing. The child is started first and imported last: it comes up on the other core.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from flows import runtime_child, runtime_state, runtime_template
from transforms.errors import Place, StorageError

Mode = Literal["running", "ephemeral"]
_TIMEOUT_SECONDS = 120


@dataclass
class Server:
    """A server to run flows on. `mode` is `running` (kept by `jixiao up`) or `ephemeral` (ours, ends with the run)."""

    mode: Mode
    url: str
    started: float = field(default_factory=time.monotonic)
    child: subprocess.Popen[bytes] | None = None
    log: Path | None = None
    held: ExitStack = field(default_factory=ExitStack)

    def wait(self) -> float:
        """Wait until the server answers; gives the seconds waited here, which is what a person felt of the start.

        Raises:
            StorageError: it ended, or did not answer in 120 s; the text names its log.
        """
        begun = time.monotonic()
        if self.child:
            _answers(self.url, self.child, self.log)
            self.held.enter_context(_without_heartbeat())
        return time.monotonic() - begun

    def __str__(self) -> str:
        """What a person is told."""
        return f"Prefect server kept by `jixiao up` ({self.url})" if self.mode == "running" else "own Prefect server"


@contextmanager
def ephemeral(home: Path) -> Iterator[Server]:
    """A server for one run, without pages and without a scheduler."""
    runtime_template.seed(home)
    child, url = launch(home, "ephemeral", port=0)
    with ExitStack() as held:
        held.callback(runtime_child.stop, child)
        yield Server(mode="ephemeral", url=url, child=child, log=home / "server.log", held=held)


def launch(home: Path, kind: Literal["ephemeral", "full"], port: int) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server child on a loopback port (0: any free one); gives the process and the API's address.

    Raises:
        OSError: the port is taken.
    """
    with socket.create_server(("127.0.0.1", port), backlog=128) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        fd = listening.fileno()
        child = runtime_child.start(__name__, str(fd), kind, address, log=home / "server.log", pass_fds=(fd,))
    return child, f"{address}/api"


def wait_until_up(url: str, child: subprocess.Popen[bytes], log: Path | None) -> None:
    """Wait for a child of `launch`; raises like `Server.wait`."""
    _answers(url, child, log)


def _answers(url: str, child: subprocess.Popen[bytes], log: Path | None) -> None:
    """One question: the socket is open from the start, so the answer comes when the server is up."""
    try:
        runtime_state.ask(url, "/health", _TIMEOUT_SECONDS)
    except (OSError, http.client.HTTPException) as error:
        silent = isinstance(error, TimeoutError)
        what = f"did not answer in {_TIMEOUT_SECONDS} s" if silent else f"ended with code {_code(child)}"
        raise StorageError(f"the Prefect server {what}", where=Place(file=str(log)), todo="read that log") from error


def _code(child: subprocess.Popen[bytes]) -> int:
    """How a child ended whose socket is closed already."""
    try:
        return child.wait(timeout=20)
    except subprocess.TimeoutExpired:
        runtime_child.stop(child)
        return child.returncode


@contextmanager
def _without_heartbeat() -> Iterator[None]:
    """No heartbeats: an ephemeral server has nobody to read them, and stopping them costs each flow a second."""
    from prefect.settings import temporary_settings

    with temporary_settings({"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": None}):
        yield


def _serve(fd: int, kind: str, address: str) -> None:
    """The child: be the server until told to stop, or until the parent is gone."""
    runtime_child.leave_with_parent(lambda: os._exit(0))
    os.environ.update(
        PREFECT_API_URL=f"{address}/api",
        PREFECT_SERVER_CORS_ALLOWED_ORIGINS=address,
        # Neither is needed for one run, and nobody would tidy the events up.
        PREFECT_SERVER_REGISTER_BLOCKS_ON_START=str(kind == "full").lower(),
        PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED=str(kind == "full").lower(),
    )
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=kind == "ephemeral", final=True)
    config = uvicorn.Config(app, lifespan="on", log_level="error", timeout_graceful_shutdown=3)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=fd)])


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2], sys.argv[3])
