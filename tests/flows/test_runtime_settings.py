"""Prefect's settings: known to the installed Prefect, inside the company folder, off the network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import runtime, runtime_state, runtime_up
from flows.settings import load_company
from transforms.errors import StorageError

HOSTS = st.lists(st.sampled_from(["10.0.0.1", ".corp.example", "127.0.0.1", "localhost", "*"]), max_size=4)


CONSOLE = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"  # not a setting: it overrides a line of Prefect's logging.yml


@pytest.fixture
def company(small_company, own_environment):  # noqa: ARG001 - for what it puts back
    return load_company(small_company())


def test_every_setting_exists_in_the_installed_prefect(company):
    from prefect.logging.configuration import DEFAULT_LOGGING_SETTINGS_PATH, load_logging_config
    from prefect.settings.models.root import Settings, _get_settings_accessors

    known = _get_settings_accessors(Settings)
    own = {name for name in runtime.environment(company) if name.startswith("PREFECT_")} - {CONSOLE}
    assert own <= set(known), own - set(known)
    assert "level" in load_logging_config(DEFAULT_LOGGING_SETTINGS_PATH)["handlers"]["console"]


def test_every_path_lies_in_the_company_folder(company):
    paths = [v for v in runtime.environment(company).values() if v.startswith("/")]
    assert len(paths) >= 2
    assert all(Path(p).is_relative_to(company.root) for p in paths)


def test_what_a_persons_own_prefect_left_is_dropped(company, monkeypatch):
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", "postgresql+asyncpg://elsewhere/x")
    runtime.prepare(company)
    assert "PREFECT_LOGGING_LEVEL" not in os.environ
    assert "PREFECT_SERVER_DATABASE_CONNECTION_URL" not in os.environ
    assert os.environ["PREFECT_HOME"] == str(company.prefect_home)


def test_an_imported_prefect_reads_its_settings_again(company):
    from prefect.settings import get_current_settings

    runtime.prepare(company)
    assert get_current_settings().home == company.prefect_home


@given(HOSTS)
def test_loopback_never_goes_through_a_proxy_and_nothing_is_lost(hosts):
    merged = runtime.with_loopback(",".join(hosts)).split(",")
    assert {"127.0.0.1", "localhost", *hosts} == set(merged)
    assert runtime.with_loopback(",".join(merged)) == ",".join(merged)


@given(st.floats(0, 1e6))
def test_pauses_grow_but_never_beyond_a_minute(pause):
    assert 1 <= runtime_up.next_pause(pause) <= 60
    assert runtime_up.next_pause(pause) >= min(pause, 60)


def test_task_runner_is_the_one_chosen(small_company):
    from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

    company = load_company(small_company("documents: {workers: 3}\n"))
    assert isinstance(runtime.task_runner(company), ThreadPoolTaskRunner)
    settings = company.settings.model_copy(update={"task_runner": "processes"})
    chosen = runtime.task_runner(type(company)(company.root, settings))
    assert isinstance(chosen, ProcessPoolTaskRunner)
    assert chosen._max_workers == 3


@pytest.mark.parametrize("left", ["", "{}", "not json", '{"url": "http://127.0.0.1:9/api", "pid": 1}'])
def test_a_stale_state_file_is_no_server(tmp_path, left):
    (tmp_path / "server.json").write_text(left)
    assert runtime_state.running_url(tmp_path) is None


def test_a_second_one_is_refused_and_told_which_process_holds_it(tmp_path):
    code = (
        "import sys, pathlib; from flows import runtime_state\n"
        "with runtime_state.only_one(pathlib.Path(sys.argv[1]), 'up'): print('held', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdin=pipe, stdout=pipe, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StorageError, match=f"process {holder.pid}"), runtime_state.only_one(tmp_path, "up"):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with runtime_state.only_one(tmp_path, "up"):  # a holder that was killed holds nothing
        pass


def test_importing_the_runtime_does_not_import_prefect():
    code = "import sys; import flows.runtime, flows.schedule, flows.runtime_up; print('prefect' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
