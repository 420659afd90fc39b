"""Month end by the clock: the deployment `monthly-report/month-end`, and which month a scheduled run is about.

prefect deployment run 'monthly-report/month-end' -p period=2026-10      by hand; also from Prefect's page

Beside it `revise-period/re-run`, without a schedule: what HR starts from Prefect's page after corrections; and
`daily-duties/daily`: sheets collected, raters reminded, overdue appeals escalated.
"""

import asyncio
import importlib
import os
import shutil
import signal
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flows import runtime, runtime_child, runtime_state
from flows.company import Company
from transforms.errors import ConfigError, Place, StorageError
from transforms.period import Period, last_closed_month

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.schedules import Schedule

DEPLOYMENT = "month-end"
MONTH_END = "flows.monthly_report:monthly_report"
RERUN = "re-run"
REVISE = "flows.revise_period:revise_period"
DAILY = "daily"
DAILY_DUTIES = "flows.daily:daily_duties"


def scheduled_period(scheduled: datetime, time_zone: str) -> Period:
    """The last closed month on the day a run was due, where the company is.

    A run that starts late (the machine was off) is still about the month it was due for.

    Raises:
        ValueError: `scheduled` has no time zone.
    """
    if scheduled.tzinfo is None:
        raise ValueError("the scheduled time needs a time zone")
    return last_closed_month(scheduled.astimezone(ZoneInfo(time_zone)).date())


def period_of_run(company: Company) -> Period:
    """Inside a flow that was given no period: the month its scheduled start asks for."""
    from prefect.runtime import flow_run

    return scheduled_period(flow_run.scheduled_start_time, company.settings.time_zone)


def cron(company: Company) -> "Schedule":
    """The company's schedule of month end as Prefect takes it.

    Raises:
        ConfigError: Prefect cannot read the cron expression.
    """
    return _cron(company, "cron", company.settings.schedule.cron)


def daily(company: Company) -> "Schedule":
    """When the daily duties are done.

    Raises:
        ConfigError: Prefect cannot read the cron expression.
    """
    return _cron(company, "daily", company.settings.schedule.daily)


def _cron(company: Company, name: str, text: str) -> "Schedule":
    from prefect.schedules import Cron

    try:
        return Cron(text, timezone=company.settings.time_zone)
    except ValueError as error:
        raise ConfigError(
            f"'{text}' is not a cron expression",
            where=Place(file=str(company.config / "company.yaml"), field=f"schedule.{name}"),
            todo="write minute hour day month weekday, such as 0 7 20 * *",
        ) from error


def serve(company: Company, entrypoint: str = MONTH_END) -> None:
    """Serve the schedule in the foreground until stopped, one run at a time; `entrypoint` is `module:flow`.

    The server is the one in PREFECT_API_URL, else the one `jixiao up` keeps. Stopping this does not pause the schedule:
    a run that comes due meanwhile is made up for at the next start.

    Raises:
        StorageError: no server, or this company's schedule is served already.
        ConfigError: the cron expression is wrong.
    """
    runtime.prepare(company)
    wanted = cron(company)
    _require_daily(company)
    with runtime_state.only_one(company.prefect_home, "serve"), runtime.connected(_server_url(company)):
        _keep_temporary_files_in(company.prefect_home / "tmp")
        runner = _runner(company, _flow(entrypoint), wanted)
        asyncio.run(_run_until_signal(runner))


def _require_daily(company: Company) -> None:
    if company.settings.schedule.daily:
        daily(company)


async def _run_until_signal(runner: Any) -> None:
    """Poll for due runs; on SIGTERM or SIGINT cancel the run in hand (its process ends) and leave.

    Prefect's own SIGTERM handler (3.8.8) forgets to wait for its `stop`, so ours replaces it once it is installed.
    """
    polling, stop = asyncio.create_task(runner.start()), asyncio.Event()
    await asyncio.sleep(0)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not polling.done():
        await (runner.astop() if runner.started else _cancelled(polling))
    stopping.cancel()
    await polling


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()


def _runner(company: Company, flow: "Flow[..., Any]", wanted: "Schedule") -> Any:
    from prefect.runner import Runner

    runner = Runner(name=DEPLOYMENT, limit=1, pause_on_shutdown=False)
    when = company.settings.schedule
    parameters = {"company": str(company.root.resolve()), "mode": when.mode, "send": when.send}
    runner.add_flow(flow, name=DEPLOYMENT, schedule=wanted, parameters=parameters)
    runner.add_flow(_flow(REVISE), name=RERUN, parameters={"company": parameters["company"]})
    if when.daily:
        told = {"company": parameters["company"], "send": when.send}
        runner.add_flow(_flow(DAILY_DUTIES), name=DAILY, schedule=daily(company), parameters=told)
    return runner


def _server_url(company: Company) -> str:
    if url := os.environ.get("PREFECT_API_URL") or runtime_state.running_url(company.prefect_home):
        return url
    raise StorageError(
        "no Prefect server is running for this company",
        todo="start one with `jixiao up` (it serves the schedule too), or name one in PREFECT_API_URL",
    )


def _keep_temporary_files_in(folder: Path) -> None:
    """Prefect's runner keeps a folder in the system's /tmp otherwise; what a killed run left is cleared."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def _flow(entrypoint: str) -> "Flow[..., Any]":
    module, name = entrypoint.split(":")
    return getattr(importlib.import_module(module), name)


def _serve_for_up(root: Path, entrypoint: str) -> None:
    """The child of `jixiao up`: end in order when told, and when `up` is gone."""
    from flows.settings import load_company

    runtime_child.leave_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    serve(load_company(root), entrypoint)


if __name__ == "__main__":
    _serve_for_up(Path(sys.argv[1]), sys.argv[2])
