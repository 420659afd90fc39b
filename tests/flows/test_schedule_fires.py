"""A cron schedule really fires: real server, scheduler and runner. (With SQLAlchemy 2.1 it does not, in silence.)"""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.schedule import scheduled_period
from flows.settings import load_company
from tests.prefect_server import end_with_children, until

pytestmark = pytest.mark.slow_real

SERVE = """
import sys
from pathlib import Path
from flows import schedule
from flows.settings import load_company
schedule.serve(load_company(Path(sys.argv[1])), "tests.flows.marker_flow:monthly_report")
"""
HERE = Path(__file__).parents[2]


def marks(root: Path) -> list[list[str]]:
    """What the flow left: month, mode, scheduled start, pid."""
    path = root / "marks"
    return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def company(small_company):
    return load_company(small_company("schedule: {cron: '* * * * *', mode: provisional}\ntime_zone: Asia/Taipei\n"))


@pytest.fixture
def serving(company, prefect_server):
    """The schedule served in a process of its own, against the session's server."""
    env = {**os.environ, "PREFECT_API_URL": prefect_server.url, "PYTHONPATH": str(HERE)}
    log = company.root / "serve.log"
    with log.open("wb") as output:
        served = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(company.root)],
            env=env,
            cwd=HERE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield served
    finally:
        end_with_children(served)


def prefect(*arguments: str, url: str) -> str:
    """Prefect's own command line."""
    env = {**os.environ, "PREFECT_API_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_cron_fires_and_a_period_can_be_given_by_hand(company, prefect_server, serving):
    begun = datetime.now(UTC)

    def scheduled() -> list[list[str]]:
        assert serving.poll() is None, (company.root / "serve.log").read_text()
        return [mark for mark in marks(company.root) if mark[2].endswith(":00+00:00")]

    until(lambda: bool(scheduled()), seconds=120, what="a cron schedule of every minute")
    month, mode, due, _ = scheduled()[0]
    assert mode == "provisional"
    assert timedelta(0) <= datetime.fromisoformat(due) - begun <= timedelta(seconds=120)
    assert month == scheduled_period(datetime.fromisoformat(due), "Asia/Taipei").key

    prefect("deployment", "run", "monthly-report/month-end", "-p", "period=2024-02", url=prefect_server.url)
    until(lambda: any(m[0] == "2024-02" for m in marks(company.root)), seconds=60, what="the run by hand")
