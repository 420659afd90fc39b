"""A server for one run: it comes up, keeps what it should, writes nowhere else, calls nobody, and goes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows import runtime, runtime_state
from flows.settings import load_company
from tests.prefect_rows import all_text, rows
from tests.prefect_server import alive, until
from transforms.errors import StorageError

pytestmark = pytest.mark.slow_real

# Every Python process of the run, the server included, notes whom it connects to.
WATCH = """
import os, sys
def note(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        with open(os.environ["CALLS"], "a") as file:
            file.write(f"{args[1][0]}\\n")
sys.addaudithook(note)
"""
RUN = """
import json, sys
from pathlib import Path
from flows import runtime
from flows.settings import load_company
with runtime.server(load_company(Path(sys.argv[1]))) as server:
    from prefect import flow, task

    @task
    def double(number):
        return number * 2

    @flow
    def doubled():
        return [future.result() for future in [double.submit(n) for n in range(20)]]

    waited = server.wait()
    result = doubled()
print(json.dumps({"mode": server.mode, "waited": waited, "result": result, "pid": server.child.pid, "url": server.url}))
"""


@pytest.fixture
def watched(tmp_path):
    """Environment of a run by somebody who has never used Prefect, with calls noted."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    (tmp_path / "home").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    places = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "home"), "CALLS": str(tmp_path / "calls")}
    return kept | places | {"PYTHONPATH": f"{tmp_path / 'watch'}:{Path.cwd()}", "HTTP_PROXY": "http://192.0.2.1:1"}


def test_a_run_in_a_new_folder(small_company, watched, tmp_path):
    root = small_company()
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(root)], env=watched, capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout)
    assert said["mode"] == "ephemeral"
    assert said["result"] == [n * 2 for n in range(20)]
    assert done.stderr == ""
    database = root / "data" / "prefect" / "prefect.db"
    assert rows(database, "select state_type, count(*) from flow_run group by 1") == [("COMPLETED", 1)]
    assert rows(database, "select state_type, count(*) from task_run group by 1") == [("COMPLETED", 20)]
    assert rows(database, "select count(*) from events") == [(0,)]
    assert "doubled" in set(all_text(database))
    assert not alive(said["pid"])
    assert (root / "data" / "prefect" / "server.log").read_text() == ""
    assert list((tmp_path / "home").rglob("*")) == []
    assert set((tmp_path / "calls").read_text().split()) == {"127.0.0.1"}


def test_the_server_goes_when_the_run_is_killed(small_company, watched):
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from flows import runtime\nfrom flows.settings import load_company\n"
        "with runtime.server(load_company(Path(sys.argv[1]))) as server:\n"
        "    print(server.child.pid, flush=True); time.sleep(60)"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(small_company())], env=watched, stdout=subprocess.PIPE, text=True
    )
    server = int(run.stdout.readline())
    assert alive(server)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    until(lambda: not alive(server), seconds=20, what="the end of an orphaned server")


@pytest.mark.usefixtures("own_environment")
def test_a_server_that_cannot_start_is_one_sentence_that_names_its_log(small_company):
    company = load_company(small_company())
    company.prefect_home.mkdir(parents=True)
    (company.prefect_home / "prefect.db").write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(StorageError, match=r"server ended with code \d+") as caught, runtime.server(company) as server:
        server.wait()
    assert caught.value.where.file == str(company.prefect_home / "server.log")
    assert "file is not a database" in (company.prefect_home / "server.log").read_text()


def test_another_homes_server_is_not_ours(prefect_server, tmp_path):
    runtime_state.write_state(tmp_path, prefect_server.url, 1)
    assert runtime_state.running_url(tmp_path) is None
    runtime_state.write_state(prefect_server.home, prefect_server.url, 1)
    assert runtime_state.running_url(prefect_server.home) == prefect_server.url


@pytest.mark.usefixtures("own_environment")
def test_a_flow_runs_on_a_server_that_is_already_up(prefect_server, small_company):
    from prefect import flow

    company = load_company(small_company())
    company.prefect_home.parent.mkdir()
    company.prefect_home.symlink_to(prefect_server.home)
    runtime_state.write_state(prefect_server.home, prefect_server.url, 1)

    @flow(name="on-a-server-already-up")
    def seven():
        return 7

    with runtime.server(company) as server:
        assert server.mode == "running"
        assert server.wait() < 1
        assert seven() == 7
    counted = rows(
        prefect_server.home / "prefect.db",
        "select count(*) from flow_run join flow on flow.id = flow_id where flow.name = 'on-a-server-already-up'",
    )
    assert counted == [(1,)]
