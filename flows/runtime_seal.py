"""Errors between a step and Prefect: Prefect writes an error's text and traceback into its database, log and page.

A user's error names rows, values and people. So a step gives Prefect a sealed error, which says only its class and exit
code; the real one stays in this process for whoever runs it, or, in an unattended run, goes to the process's own error
output (`data/prefect/schedule.log` under `jixiao up`).

    @task                           @flow
    @sealed                         @sealed_flow
    def gate(run): …                def monthly_report(…): …

Between processes of a pool the real error travels inside the sealed one. What a flow raises Prefect pickles to disk, so
there it is kept in memory, under a key.
"""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import uuid4

P = ParamSpec("P")
R = TypeVar("R")


_kept: dict[str, Exception] = {}


class Stopped(Exception):
    """A step stopped. Its text is all that Prefect may know; `cause` is the error itself, or `key` where it is kept."""

    def __init__(self, told: str, cause: Exception | None = None, key: str = "") -> None:
        """`told` names no value, no row and no person."""
        super().__init__(told)
        self.cause, self.key = cause, key


def sealed(step: Callable[P, R]) -> Callable[P, R]:
    """Wrap a step, below `@task`, so that its errors reach Prefect sealed."""

    @wraps(step)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return step(*args, **kwargs)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text may hold a value
            _tell_if_unattended(error)
            traceback.clear_frames(error.__traceback__)  # its frames hold connections and rows, and Prefect keeps it
            raise Stopped(_told(error), error) from None

    return guarded


def sealed_flow(flow: Callable[P, R]) -> Callable[P, R]:
    """Wrap a flow, below `@flow`: what it raises carries a key only; the error stays in this process."""

    @wraps(flow)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return sealed(flow)(*args, **kwargs)
        except Stopped as stopped:
            key = uuid4().hex
            _kept[key] = stopped.cause or stopped
            raise Stopped(str(stopped), key=key) from None

    return guarded


@contextmanager
def unsealed() -> Iterator[None]:
    """Around the call of a flow: raise the step's own error."""
    try:
        yield
    except Stopped as stopped:
        raise (stopped.cause or _kept.pop(stopped.key, stopped)) from None


def _told(error: Exception) -> str:
    code = getattr(error, "exit_code", 1)
    return f"{type(error).__name__}, exit code {code}; what and where: the output of this run on its own machine"


def _tell_if_unattended(error: Exception) -> None:
    """A run that a schedule or a worker started has nobody to raise to."""
    if "prefect" in sys.modules:
        from prefect.runtime import deployment

        if deployment.id is not None:
            traceback.print_exception(error, file=sys.stderr)
