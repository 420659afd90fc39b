"""A flow that leaves a mark, in the shape of month end: for tests of the schedule."""

import os
import time
from pathlib import Path

from prefect import flow, task

from flows import schedule
from flows.settings import load_company


@task
def month_due(company: str) -> str:
    """The month a scheduled run is about, asked in a task as month end does."""
    return schedule.period_of_run(load_company(Path(company))).key


@flow(name="monthly-report")
def monthly_report(
    company: str,
    mode: str = "final",
    period: str | None = None,
    send: bool = False,  # noqa: ARG001, FBT001, FBT002 - the parameters of month end
) -> None:
    """Append `period mode scheduled-start pid` to the company's marks; a file `slow` makes it last a minute."""
    from prefect.runtime import flow_run

    root = Path(company)
    month = period or month_due(company)
    with (root / "marks").open("a", encoding="utf-8") as marks:
        marks.write(f"{month} {mode} {flow_run.scheduled_start_time.isoformat()} {os.getpid()}\n")
    if (root / "slow").exists():
        time.sleep(60)
