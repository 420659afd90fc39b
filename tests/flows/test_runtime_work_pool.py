"""prefect.yaml as shipped: deployed to a real server, run by a real worker of a process pool."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.prefect_server import until

pytestmark = pytest.mark.slow_real

HERE = Path(__file__).parents[2]
MARKER = "tests.flows.marker_flow.monthly_report"
MONTH_END = "flows.monthly_report.monthly_report"


@pytest.fixture
def prefect(prefect_server, small_company, tmp_path):
    """Prefect's command line in a folder with the shipped prefect.yaml; `company` is where JIXIAO_COMPANY points."""
    root = small_company()
    env = {**os.environ, "PREFECT_API_URL": prefect_server.url, "JIXIAO_COMPANY": str(root), "PYTHONPATH": str(HERE)}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
        done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    shutil.copy(HERE / "prefect.yaml", tmp_path)
    run("work-pool", "create", "jixiao", "--type", "process", "--overwrite")
    run.company = root
    return run


def test_the_shipped_deployment_is_month_end(prefect):
    prefect("deploy", "--name", "month-end")
    told = prefect("deployment", "inspect", "monthly-report/month-end")
    assert MONTH_END in told
    assert "0 7 20 * *" in told
    assert "Asia/Shanghai" in told
    assert str(prefect.company) in told.replace("\n", "")


def test_a_worker_runs_it(prefect, tmp_path):
    yaml = tmp_path / "prefect.yaml"
    assert MONTH_END in yaml.read_text()
    yaml.write_text(yaml.read_text().replace(MONTH_END, MARKER))
    prefect("deploy", "--name", "month-end")
    prefect("deployment", "run", "monthly-report/month-end", "-p", "period=2026-10")
    prefect("worker", "start", "--pool", "jixiao", "--run-once")
    marks = prefect.company / "marks"
    until(marks.exists, seconds=60, what="the worker's run")
    assert marks.read_text().startswith("2026-10 final ")
