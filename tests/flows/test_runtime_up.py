"""`jixiao up`: keeps both alive, refuses a second one, is found by a run, and stops clean."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows import runtime, runtime_state
from flows.settings import load_company
from tests.prefect_rows import rows
from tests.prefect_server import _session_members, alive, end_with_children, until

pytestmark = pytest.mark.slow_real

UP = """
import sys
from pathlib import Path
from flows import runtime
from flows.settings import load_company
runtime.up(load_company(Path(sys.argv[1])), "tests.flows.marker_flow:monthly_report")
"""
HERE = Path(__file__).parents[2]


@pytest.fixture
def company(small_company):
    return load_company(small_company("schedule: {cron: '* * * * *'}\n"))


@pytest.fixture
def kept(company):
    """`up` for the company, with its children serving."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-c", UP, str(company.root)]
    out = company.root / "up.out"
    with out.open("wb") as output:
        up = subprocess.Popen(
            command, env=env | {"PYTHONPATH": str(HERE)}, cwd=HERE, stdout=output, stderr=output, start_new_session=True
        )
    try:
        until(lambda: up.poll() is not None or "http" in out.read_text(), seconds=120, what="up")
        assert up.poll() is None, out.read_text()
        yield up
    finally:
        children = children_of(up.pid)
        end_with_children(up)
        until(lambda: not any(map(alive, children)), seconds=30, what="the end of the children")


def children_of(pid: int) -> list[int]:
    """The processes it started and that are still its own."""
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] if alive(pid) else []


def test_it_keeps_them_alive_and_stops_clean(company, kept):
    out, home = company.root / "up.out", company.prefect_home
    url = runtime_state.running_url(home)
    assert re.search(r"http://127\.0\.0\.1:\d+ ", out.read_text())
    assert url

    second = subprocess.run(
        [sys.executable, "-c", UP, str(company.root)], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert f"already running for this company (process {kept.pid})" in second.stderr

    with_state = runtime_state.read_url(home)
    until(lambda: len(children_of(kept.pid)) == 2, seconds=20, what="both children")
    before = children_of(kept.pid)
    for child in before:
        os.kill(child, signal.SIGKILL)
    until(
        lambda: len(children_of(kept.pid)) == 2 and not set(before) & set(children_of(kept.pid)),
        seconds=60,
        what="children started again",
    )
    until(lambda: runtime_state.running_url(home) == with_state, seconds=60, what="the server at its old address")

    (company.root / "slow").touch()
    marks = company.root / "marks"
    until(marks.exists, seconds=120, what="a scheduled run after both were killed")
    month_end, children = int(marks.read_text().split()[3]), children_of(kept.pid)
    assert alive(month_end)
    kept.terminate()
    assert kept.wait(30) == 0
    assert not any(map(alive, [*children, month_end]))
    assert not _session_members(kept.pid)
    assert runtime_state.read_url(home) == ""
    assert ("CANCELLED",) in rows(home / "prefect.db", "select state_type from flow_run")


@pytest.mark.usefixtures("own_environment")
def test_a_run_finds_the_server_that_up_keeps(company, kept):
    from prefect import flow

    @flow(name="found-it")
    def seven():
        return 7

    with runtime.server(company) as server:
        assert server.mode == "running"
        assert seven() == 7
    found = rows(company.prefect_home / "prefect.db", "select count(*) from flow where name = 'found-it'")
    assert found == [(1,)]
    kept.send_signal(signal.SIGINT)
    assert kept.wait(30) == 0
