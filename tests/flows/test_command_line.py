"""The command line as a clerk meets it: real processes, help, sentences, exit codes, JSON and CSV; never a traceback."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows import wiring
from flows.settings import load_company
from flows.warehouse.ledger_queries import periods
from tests import tiny_company as tiny

PROJECT = Path(__file__).parents[2]
COMMANDS = (
    "run", "status", "show scores", "show pay", "show points", "show consequences", "show pools", "show findings",
    "show filtered", "explain", "deliver", "resolve", "up", "serve",
    "init", "config check", "demo",
)  # fmt: skip


def jixiao(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, as its console script does."""
    child = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'jixiao'; from flows.cli import main; main()", *arguments],
        capture_output=True, text=True, check=False, cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "200", "NO_COLOR": "1", **environment},
    )  # fmt: skip
    assert "Traceback" not in child.stderr
    assert "unexpected" not in child.stderr
    return child


def told(child: subprocess.CompletedProcess[str], code: int) -> str:
    """What a failed command said: an error, where, and what to do."""
    assert child.returncode == code, child.stdout + child.stderr
    assert child.stderr.startswith("error: ")
    assert "to do: " in child.stderr
    return child.stderr


@pytest.fixture
def root(tmp_path):
    return tiny.build(tmp_path / "tiny")


@pytest.fixture(scope="module")
def run_before(tmp_path_factory):
    """A tiny company with two revisions."""
    return tiny.with_a_past(tmp_path_factory)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_and_shows_an_example(command):
    child = jixiao(*command.split(), "--help")
    assert child.returncode == 0
    assert f"jixiao {command}" in child.stdout.split("Example", 1)[1]


def test_help_lists_every_command():
    shown = jixiao("--help").stdout
    assert not [command for command in COMMANDS if command.split()[0] not in shown]
    assert "--company" in shown


def test_a_new_company_folder_passes_its_check_and_says_what_to_put_where(tmp_path):
    folder = tmp_path / "acme"
    made = jixiao("init", str(folder))
    assert made.returncode == 0, made.stderr
    assert f"jixiao config check --company {folder}" in made.stdout
    assert (folder / "config" / "company.yaml").is_file()
    checked = jixiao("config", "check", "--company", str(folder))
    assert checked.returncode == 0, checked.stderr
    assert "Configuration is in order" in checked.stdout
    assert "data/inbox/employees.csv" in checked.stdout
    assert "no file yet" in checked.stdout
    again = jixiao("init", str(folder))
    assert "exists already" in told(again, 4)


def test_running_a_new_company_folder_names_the_first_missing_export(tmp_path):
    folder = tmp_path / "acme"
    jixiao("init", str(folder))
    from flows import steps
    from flows.settings import load_company
    from transforms.errors import SourceError

    with pytest.raises(SourceError, match=r"no file matches 'data/inbox/employees\.csv'"):
        steps.extract(load_company(folder))


def test_a_company_that_is_complete_passes_its_check(root):
    child = jixiao("config", "check", "--company", str(root))
    assert child.returncode == 0, child.stderr
    assert "scheme desk_monthly" in child.stdout
    assert "source office" in child.stdout
    assert "no file yet" not in child.stdout


@pytest.mark.parametrize("command", [("config", "check"), ("run", tiny.PERIOD, "--as-of", "2026-11-21")])
def test_a_scheme_with_weights_of_99(root, command):
    tiny.edit(root / tiny.SCHEME_YAML, "weight: 40", "weight: 39")
    error = told(jixiao(*command, "--company", str(root)), 4)
    assert f"{tiny.SCHEME_YAML}, line 9, field versions[0].indicators[0].weight" in error
    assert "scheme desk_monthly" in error
    assert "99" in error
    assert "100" in error
    assert sorted(path.name for path in (root / "data").iterdir()) == ["inbox"]


@pytest.mark.parametrize("command", [("run", tiny.PERIOD), ("status",), ("config", "check"), ("deliver",)])
def test_a_folder_that_is_no_company(tmp_path, command):
    assert "jixiao init" in told(jixiao(*command, "--company", str(tmp_path / "nowhere")), 4)
    assert "jixiao init" in told(jixiao(*command, "--company", str(tmp_path)), 4)
    assert list(tmp_path.iterdir()) == []


PERIODS = {
    "text": ("Oktober", (), "'Oktober' is not a period", "2026-10"),
    "not over": ("2026-10", ("--as-of", "2026-10-31"), "period 2026-10 is not over", "2026-11-01"),
    "future": ("2199-01", (), "period 2199-01 lies in the future", "choose a period that is over"),
}


@pytest.mark.parametrize(("period", "more", "what", "todo"), PERIODS.values(), ids=PERIODS)
def test_a_period_that_cannot_be_run(root, period, more, what, todo):
    error = told(jixiao("run", period, *more, "--company", str(root)), 6)
    assert what in error
    assert todo in error
    assert sorted(path.name for path in (root / "data").iterdir()) == ["inbox"]


@pytest.mark.parametrize("command", ["show scores", "show findings", "show filtered", "explain E1 paid_amount"])
def test_a_period_never_run(root, command):
    error = told(jixiao(*command.split(), tiny.PERIOD, "--company", str(root)), 9)
    assert f"jixiao run {tiny.PERIOD}" in error


@pytest.mark.slow_real
def test_a_run_that_the_gate_stops_says_so_in_three_lines(root):
    """Through the flow and its server: the sentence arrives whole, and nothing else does."""
    tiny.add_lines(root / "data" / "inbox" / tiny.EMPLOYEES, "E2,王芳,other@example.com,2024-01-01,member")
    error = told(jixiao("run", tiny.PERIOD, "--as-of", "2026-11-21", "--company", str(root)), 3)
    assert "E2 stands twice with different content: data/inbox/org/employees.csv row 2" in error
    assert "王芳" not in error
    assert [line.split(":")[0].strip() for line in error.splitlines()] == ["error", "to do"]
    assert periods(wiring.ledger(load_company(root))) == ()
    assert not list((root / "data" / "snapshots").rglob("*.json"))


LISTS = ("status", f"show scores {tiny.PERIOD}", f"show findings {tiny.PERIOD}", f"show filtered {tiny.PERIOD}")


@pytest.mark.parametrize("command", LISTS)
def test_lists_are_json_and_csv_when_asked(run_before, command):
    as_json = jixiao(*command.split(), "--company", str(run_before), "--json")
    as_csv = jixiao(*command.split(), "--company", str(run_before), "--csv")
    rows = json.loads(as_json.stdout)
    read = list(csv.DictReader(io.StringIO(as_csv.stdout)))
    assert len(rows) == len(read)
    assert [list(row) for row in rows] == [list(row) for row in read]
    assert jixiao(*command.split(), "--company", str(run_before)).returncode == 0


def test_scores_as_json(run_before):
    rows = json.loads(jixiao("show", "scores", tiny.PERIOD, "--company", str(run_before), "--json").stdout)
    assert {row["employee"] for row in rows} == {"E1", "E2", "NA", "M1"}
    assert [row["name"] for row in rows if row["employee"] == "NA"] == ["NA"]
    assert all(row["score"] for row in rows)


def test_explain_as_json_and_as_text(run_before):
    here = ("--company", str(run_before))
    explained = json.loads(jixiao("explain", "NA", "paid_amount", tiny.PERIOD, *here, "--json").stdout)
    (line,) = explained["indicators"]
    assert line["key"] == "paid_amount"
    assert explained["source_rows"]["owned_paid_amount_fen"]
    text = jixiao("explain", "NA", "paid_amount", tiny.PERIOD, *here)
    assert text.returncode == 0
    assert "data/inbox/orders/2026.csv" in text.stdout


def test_unknown_employees_and_metrics_are_named_with_the_nearest(run_before):
    here = (tiny.PERIOD, "--company", str(run_before))
    assert "jixiao show scores 2026-10" in told(jixiao("explain", "E9", "paid_amount", *here), 9)
    assert "did you mean paid_amount" in told(jixiao("explain", "E1", "paid_amout", *here), 9)


def test_deliver_lists_and_sends(run_before, tmp_path):
    root = shutil.copytree(run_before, tmp_path / "tiny")
    listed = jixiao("deliver", "--list", "--company", str(root))
    assert listed.stdout.count("queued") == 5
    assert "@example.com" not in listed.stdout.replace("@example.com>", "")
    sent = jixiao("deliver", "--company", str(root))
    assert sent.returncode == 0, sent.stderr
    assert len(list((root / "data" / "outbox").rglob("*.eml"))) == 10
    assert "no message <x@y>" in told(jixiao("resolve", "<x@y>", "--sent", "--by", "Li Na", "--company", str(root)), 9)


def test_a_command_line_that_is_not_understood():
    assert jixiao("run").returncode == 2
    assert jixiao("rum").returncode == 2
    assert jixiao("show", "scores", "2026-10", "--jsn").returncode == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell):
    child = jixiao(_JIXIAO_COMPLETE=f"source_{shell}", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert child.returncode == 0
    assert "jixiao" in child.stdout
