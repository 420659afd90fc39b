"""The re-run from Prefect's page: a real server, a served deployment, a form that refuses, a page with ids only."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from flows import wiring
from flows.corrections.entering import enter
from flows.settings import load_company
from flows.warehouse.ledger_queries import history
from tests import tiny_company as tiny
from tests.prefect_rows import all_text
from tests.prefect_server import end_with_children, until
from transforms.corrections.model import Correction, Decision

pytestmark = pytest.mark.slow_real

SERVE = """
import sys
from pathlib import Path
from flows import schedule
from flows.settings import load_company
schedule.serve(load_company(Path(sys.argv[1])))
"""
HERE = Path(__file__).parents[2]
DONE = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@pytest.fixture
def company(tmp_path):
    """The tiny company, its month run once, and a correction waiting."""
    root = tiny.build(tmp_path / "tiny")
    tiny.edit(root / tiny.COMPANY_YAML, "delivery:", "schedule: {cron: '0 7 20 1 *'}\ndelivery:")
    tiny.run(root)
    company = load_company(root)
    decision = Decision(act="override", subject_id="E1", key="product_knowledge", value="95")
    correction = Correction(
        kind="override", period=tiny.PERIOD, decision=decision, concerns=("E1",), reason="重新评阅", evidence="HR-7",
        asked_by="E2", approved_by="M1",
    )  # fmt: skip
    enter(company, correction, datetime.now(UTC), by="M1")
    return company


@pytest.fixture
def serving(company, prefect_server):
    """Both deployments served in a process of its own."""
    env = {**os.environ, "PREFECT_API_URL": prefect_server.url, "PYTHONPATH": str(HERE)}
    log = company.root / "serve.log"
    with log.open("wb") as output:
        served = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(company.root)], env=env, cwd=HERE, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield prefect_server
    finally:
        end_with_children(served)


def asked(server, path: str, told: dict[str, object]) -> tuple[int, object]:
    """What the server answers to a POST, as its page would send it."""
    answer = httpx.post(f"{server.url}/{path}", json=told, timeout=30)
    return answer.status_code, answer.json()


def deployment(server) -> dict[str, object]:
    """The re-run's deployment, once it is served."""

    def found() -> list[dict[str, object]]:
        wanted = {"deployments": {"name": {"any_": ["re-run"]}}}
        return asked(server, "deployments/filter", wanted)[1]

    until(lambda: bool(found()), seconds=120, what="the deployment")
    return found()[0]


def run(server, which: dict[str, object], **parameters: object) -> dict[str, object]:
    """Start a run with what a person filled in, and wait for its end."""
    code, made = asked(server, f"deployments/{which['id']}/create_flow_run", {"parameters": parameters})
    assert code == 201, made

    def state() -> dict[str, object]:
        return httpx.get(f"{server.url}/flow_runs/{made['id']}", timeout=30).json()

    until(lambda: state()["state_type"] in DONE, seconds=180, what="the run")
    return state()


def pages(server) -> list[str]:
    """Every page that runs left, oldest first."""
    return [each["data"] for each in asked(server, "artifacts/filter", {"sort": "ID_DESC"})[1] if each["data"]]


def test_the_form_shows_first_and_then_does_what_it_showed(company, serving):
    which = deployment(serving)
    form = which["parameter_openapi_schema"]
    assert set(form["required"]) == {"period", "reason", "asked_by"}
    assert all(field.get("description") for field in form["properties"].values())
    wanted = {"period": tiny.PERIOD, "reason": "correction C-1", "asked_by": "M1", "as_of": str(tiny.AS_OF)}

    refused = asked(
        serving, f"deployments/{which['id']}/create_flow_run", {"parameters": {**wanted, "period": "2026-13"}}
    )
    assert refused[0] in {409, 422}

    assert run(serving, which, **wanted)["state_type"] == "COMPLETED", (company.root / "serve.log").read_text()
    engine = wiring.ledger(company)
    assert [each.number for each in history(engine, tiny.PERIOD)] == [1]
    page = next(each for each in pages(serving) if "what a run would do" in each)
    assert "| employee | E1 | indicator |" in page
    assert "correction C-" in page

    assert run(serving, which, **wanted, dry_run=False)["state_type"] == "COMPLETED"
    assert [each.number for each in history(engine, tiny.PERIOD)] == [1, 2]
    second = next(each for each in pages(serving) if "what the run does" in each)
    assert second.split("\n", 1)[1] == page.split("\n", 1)[1]


def test_no_name_score_or_reason_reaches_prefect(serving):
    which = deployment(serving)
    run(serving, which, period=tiny.PERIOD, reason="check", asked_by="M1", as_of=str(tiny.AS_OF))
    told = "\n".join(all_text(next(serving.home.glob("*.db"))))
    for secret in ("孟经理", "重新评阅", "95.00", "@example.com"):
        assert secret not in told
