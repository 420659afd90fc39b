"""Prefect around a run: its settings, its server, its task runner. Nothing here knows what a flow does.

Prefect reads its settings when it is imported, so `prepare` comes before the first `import prefect`. Settings are
looked up in prefect 3.8.8; why each is set is in docs/decisions/0070-prefect-on-one-machine.md.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows import runtime_server, runtime_state
from flows.runtime_server import Server

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

    from flows.company import Company

__all__ = ["Server", "connected", "environment", "prepare", "refresh", "server", "task_runner", "up", "with_loopback"]

STARTUP_TIMEOUT_SECONDS = 120
_HAND_OVER_SECONDS = 10
_LOOPBACK = "127.0.0.1,localhost"


def environment(company: "Company") -> dict[str, str]:
    """The variables that keep Prefect quiet, at home in the company folder, and off the network."""
    home = company.prefect_home.resolve()
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_HOME": str(home),
        # Prefect unpacks its pages into site-packages, and served code into the system's /tmp, unless told otherwise.
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "ui"),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_TIMEOUT_SECONDS),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_CLI_PROMPT": "false",
        # A write per task event makes SQLite refuse others (503), and the client then sleeps 2 s: write in batches.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "500",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        # A company's web proxy must not be asked for the server on this machine.
        **{name: with_loopback(os.environ.get(name, "")) for name in ("NO_PROXY", "no_proxy")},
    }


def prepare(company: "Company") -> None:
    """Set `environment` for this process and its children; drop what a person's own Prefect set-up left behind.

    `PREFECT_API_*` stays: `jixiao serve` may be pointed at a server elsewhere. `server` replaces it.
    """
    company.prefect_home.mkdir(mode=0o700, parents=True, exist_ok=True)
    ours = environment(company)
    for name in [n for n in os.environ if n.startswith("PREFECT_") and not n.startswith(("PREFECT_API_", "PREFECT__"))]:
        del os.environ[name]
    os.environ.update(ours)
    refresh()


@contextmanager
def server(company: "Company") -> Iterator[Server]:
    """A Prefect server for the length of the block: the one `up` keeps when it is there, else one of our own.

    Our own is started at once and comes up while the caller works on; call `wait` before the first flow. It ends
    with the block, and by itself should this process be killed.

    Raises:
        StorageError: from `wait`, when the server does not come up.
    """
    prepare(company)
    if url := runtime_state.running_url(company.prefect_home):
        with connected(url):
            yield Server(mode="running", url=url)
        return
    with runtime_server.ephemeral(company.prefect_home) as own, connected(own.url):
        yield own


def task_runner(company: "Company") -> "TaskRunner":  # type: ignore[type-arg]
    """The task runner the company chose: threads (11 ms a task), or processes (0.15 s a task, for heavy tasks)."""
    from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

    workers = company.settings.documents.workers
    kinds = {"threads": ThreadPoolTaskRunner, "processes": ProcessPoolTaskRunner}
    return kinds[company.settings.task_runner](max_workers=workers)


def up(company: "Company", entrypoint: str = "flows.monthly_report:monthly_report") -> None:
    """Keep a Prefect server and the schedule alive in the foreground until SIGTERM or SIGINT; see runtime_up."""
    from flows import runtime_up

    prepare(company)
    runtime_up.keep_alive(company, entrypoint)


@contextmanager
def connected(url: str) -> Iterator[None]:
    """Point Prefect's client at `url`, with no key or password meant for another server."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PREFECT_API_")}
    os.environ["PREFECT_API_URL"] = url
    refresh()
    try:
        yield
    finally:
        _hand_over()
        del os.environ["PREFECT_API_URL"]
        os.environ.update(kept)
        refresh()


def _hand_over() -> None:
    """Send what Prefect's background threads still hold (logs, task rows) while the server is there to take it."""
    if "prefect.logging.handlers" in sys.modules:
        from prefect.events.worker import EventsWorker
        from prefect.logging.handlers import APILogWorker

        workers = (APILogWorker, EventsWorker)
        for worker in workers:
            logging.getLogger(worker.__name__).setLevel(logging.ERROR)  # "Still processing items" is no news here
        for worker in workers:
            worker.drain_all(timeout=_HAND_OVER_SECONDS)


def refresh() -> None:
    """Let a Prefect that is already imported read its settings again."""
    if "prefect.context" in sys.modules:
        from prefect.context import refresh_global_settings_context

        refresh_global_settings_context()


def with_loopback(hosts: str) -> str:
    """A NO_PROXY list with this machine in it."""
    missing = [host for host in _LOOPBACK.split(",") if host not in hosts.split(",")]
    return ",".join([*filter(None, [hosts]), *missing])
