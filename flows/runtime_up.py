"""`jixiao up`: one server and one schedule, kept alive.

A child that ends is started again: at once if it lived for a minute, else after 1, 2, 4 … 60 s. They end with us: in
order on SIGTERM and SIGINT, by themselves when we are killed (flows/runtime_child.py).
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from flows import runtime_child, runtime_server, runtime_state, runtime_template
from flows.company import Company
from transforms.errors import StorageError

_UI_PORT = 4200
_POLL_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 60.0
_FORGIVEN_SECONDS = 60.0
if TYPE_CHECKING:
    from subprocess import Popen
    from types import FrameType

Say = Callable[[str], None]


@dataclass
class Kept:
    """A child to keep: how to start it, when it began, and how long to pause before the next start."""

    name: str
    start: Callable[[], "Popen[bytes]"]
    child: "Popen[bytes] | None" = None
    begun: float = 0
    pause_seconds: float = 0

    def tend(self, now: float, say: Say) -> None:
        """Start the child again if it is gone and its pause is over."""
        if self.child and self.child.poll() is not None:
            code, self.child = self.child.returncode, None
            self.pause_seconds = 0 if now - self.begun > _FORGIVEN_SECONDS else next_pause(self.pause_seconds)
            self.begun = now
            say(f"the {self.name} ended with code {code}; starting it again in {self.pause_seconds:g} s")
        if not self.child and now - self.begun >= self.pause_seconds:
            self.begun, self.child = now, self.start()

    def stop(self) -> None:
        """End the child, if there is one."""
        if self.child:
            runtime_child.stop(self.child)


def next_pause(pause_seconds: float) -> float:
    """1, 2, 4 … 60 s."""
    return min(max(1.0, pause_seconds * 2), _LONGEST_PAUSE_SECONDS)


def keep_alive(company: Company, entrypoint: str) -> None:
    """Run until SIGTERM or SIGINT; then end both children and return.

    Raises:
        StorageError: `up` is running already for this company, or the server does not come up the first time.
    """
    home = company.prefect_home
    with runtime_state.only_one(home, "up"), ExitStack() as held:
        _stop_on_signals(held)
        held.callback(runtime_state.clear_state, home)
        runtime_template.seed(home)
        server = Kept("server", _server_starter(home, _free_port()))
        held.callback(server.stop)
        server.tend(time.monotonic(), _say)
        url = runtime_state.read_url(home)
        _say(f"Prefect: {url.removesuffix('/api')} · schedule: {company.settings.schedule.cron}", "Ctrl-C stops both")
        schedule = Kept("schedule", _schedule_starter(company, url, entrypoint))
        held.callback(schedule.stop)
        while True:
            for kept in (server, schedule):
                kept.tend(time.monotonic(), _say)
            time.sleep(_POLL_SECONDS)


def _server_starter(home: Path, port: int) -> Callable[[], "Popen[bytes]"]:
    def start() -> "Popen[bytes]":
        child, url = runtime_server.launch(home, "full", port)
        try:
            runtime_server.wait_until_up(url, child, home / "server.log")
        except BaseException:
            runtime_child.stop(child)
            raise
        runtime_state.write_state(home, url, child.pid)
        return child

    return start


def _schedule_starter(company: Company, url: str, entrypoint: str) -> Callable[[], "Popen[bytes]"]:
    os.environ["PREFECT_API_URL"] = url
    root, log = str(company.root.resolve()), company.prefect_home / "schedule.log"
    return lambda: runtime_child.start("flows.schedule", root, entrypoint, log=log)


def _free_port() -> int:
    """Prefect's usual port, so that the page's address stays the same; any free one when that is taken."""
    import socket

    for port in (_UI_PORT, 0):
        try:
            with socket.create_server(("127.0.0.1", port)) as taken:
                return int(taken.getsockname()[1])
        except OSError:
            continue
    raise StorageError("no free port on this machine", todo="stop a server that is not needed")


def _stop_on_signals(held: ExitStack) -> None:
    """A signal unwinds `held`; further ones are ignored while it does."""

    def leave(_number: int, _frame: "FrameType | None") -> NoReturn:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)
        sys.exit(0)

    for name in (signal.SIGTERM, signal.SIGINT):
        held.callback(signal.signal, name, signal.signal(name, leave))


def _say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
