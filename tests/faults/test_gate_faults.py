"""What goes wrong around the gate: broken snapshots, a reader that errs, everything bad at once, no network."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from expectations import sql_rules
from expectations.rules import Kind
from tests.gate_company import found, healthy, report
from transforms.findings import Severity, critical


def test_a_table_without_a_column_of_the_contract_is_critical_and_nothing_else_is_said():
    con = healthy()
    con.execute("alter table orders drop column paid_at")
    checked = report(con)
    (finding,) = checked.findings
    assert (finding.check, finding.severity) == ("orders.columns_missing", Severity.CRITICAL)
    assert "paid_at" in finding.message
    assert len(checked.quarantine) == 0


def test_a_table_that_is_not_there_at_all_is_critical():
    con = healthy()
    con.execute("drop table traffic")
    assert found(con)["traffic.columns_missing"].severity is Severity.CRITICAL


@pytest.mark.parametrize("kind", [Kind.BEFORE, Kind.NOT_ALLOWED])
def test_a_reader_that_overlooks_bad_rows_is_caught_by_the_other(kind, monkeypatch):
    honest = sql_rules.bad
    monkeypatch.setattr(sql_rules, "bad", lambda rule, window: "false" if rule.kind is kind else honest(rule, window))
    con = healthy()
    con.execute("update orders set status = 'lost', paid_at = created_at - interval 1 hour where order_id = 'o10050'")
    finding = found(con)["gate.checkers_disagree"]
    assert finding.severity is Severity.CRITICAL


def test_accounts_that_were_never_registered_stop_the_run_instead_of_scoring_nobody():
    con = healthy()
    con.execute("delete from accounts")
    checked = report(con)
    assert {"messages.too_many_bad_rows", "orders.too_many_bad_rows"} <= {f.check for f in critical(checked.findings)}
    assert (checked.quarantine["table_name"] == "messages").sum() == 143 * 20


def test_a_gate_that_finds_critical_faults_changes_no_table():
    con = healthy()
    con.execute("delete from employees")
    before = {
        name: con.execute(f"select count(*) from {name}").fetchall() for name in ("orders", "messages", "accounts")
    }
    assert critical(report(con).findings)
    assert before == {name: con.execute(f"select count(*) from {name}").fetchall() for name in before}


def test_no_progress_bar_and_no_log_line_reaches_the_terminal(capfd):
    con = healthy()
    con.execute("update orders set status = 'lost' where order_id = 'o10050'")
    report(con)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_no_connection_is_opened(monkeypatch):
    def refuse(*_):
        raise AssertionError("the gate opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert report(healthy()).findings == ()


def test_great_expectations_is_loaded_only_when_a_gate_runs_and_writes_nothing_at_home(tmp_path):
    program = (
        "import json, sys\n"
        "import expectations.gate, expectations.page, expectations.quarantine\n"
        "before = 'great_expectations' in sys.modules\n"
        "from tests.gate_company import healthy, report\n"
        "report(healthy())\n"
        "print(json.dumps([before, 'great_expectations' in sys.modules]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert json.loads(run.stdout.splitlines()[-1]) == [False, True]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
