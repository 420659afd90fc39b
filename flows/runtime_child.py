"""Child processes that leave with their parent, whatever ends it, and that are ended by their own pid."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

_GRACE_SECONDS = 10
_LOG_BYTES = 1_000_000


def start(module: str, *arguments: str, log: Path, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Run `python -m module arguments` with its output appended to `log`.

    Its standard input is a pipe that closes when we die: the child must call `leave_with_parent`. It has a session of
    its own, so that Ctrl-C reaches us alone and we end it in order.
    """
    begin_again = log.exists() and log.stat().st_size > _LOG_BYTES
    with log.open("wb" if begin_again else "ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=pass_fds,
            start_new_session=True,
        )


def stop(child: subprocess.Popen[bytes], grace_seconds: float = _GRACE_SECONDS) -> None:
    """End a child: ask (SIGTERM), wait, insist (SIGKILL). Ends it by pid; a child already gone is fine."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    if child.stdin:
        child.stdin.close()


def leave_with_parent(leave: Callable[[], None]) -> None:
    """In a child made by `start`: call `leave` once the parent is gone."""
    pipe = os.dup(sys.stdin.fileno())  # Prefect's own children inherit descriptor 0 otherwise

    def watch() -> None:
        while os.read(pipe, 1):
            pass
        leave()

    threading.Thread(target=watch, daemon=True, name="leave-with-parent").start()
