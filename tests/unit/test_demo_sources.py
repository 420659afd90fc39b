"""The shipped sources read the demo's exports, and every planted fault ends where the manifest says."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations import gate
from flows.demo.setup import create
from flows.settings import load_company
from flows.sources import StageReport, load_sources, stage
from transforms.findings import Severity
from transforms.period import parse
from transforms.tables import TABLES

Staged = tuple[duckdb.DuckDBPyConnection, StageReport, dict[str, Any], Path]


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    root = tmp_path_factory.mktemp("demo")
    demo = create(root, scale=0.1)
    con = duckdb.connect()
    company = load_company(root)
    report = stage(company, load_sources(company), con)
    return con, report, demo.manifest, root


def one(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = con.execute(sql).fetchone()
    assert row is not None
    return row[0]


def faults(manifest: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [fault for fault in manifest["faults"] if fault["kind"] == kind]


def test_every_canonical_table_is_fed(staged: Staged) -> None:
    con, *_ = staged
    empty = [name for name in TABLES if not one(con, f"select count(*) from {name}")]
    assert empty == []


@pytest.mark.parametrize("name", list(TABLES))
def test_mapped_values_are_allowed_and_keys_unique(staged: Staged, name: str) -> None:
    con, *_ = staged
    table = TABLES[name]
    for column in table.columns:
        if column.allowed:
            values = {value for (value,) in con.execute(f"select distinct {column.name} from {name}").fetchall()}
            assert values <= set(column.allowed), f"{name}.{column.name}"
    keys = ", ".join(table.key)
    assert one(con, f"select count(*) from (select 1 from {name} group by {keys} having count(*) > 1)") == 0


def test_every_kind_of_message_and_direction_is_there(staged: Staged) -> None:
    con, *_ = staged
    assert one(con, "select count(distinct kind) from messages") == 3
    assert one(con, "select count(*) filter (is_filter_phrase and direction = 'agent') from messages") > 0
    assert one(con, "select count(*) filter (is_filter_phrase and direction = 'buyer') from messages") == 0
    assert one(con, "select sum(forbidden_phrases) from messages") > 0


def test_the_employee_called_na_keeps_the_name(staged: Staged) -> None:
    con, *_ = staged
    assert one(con, "select name from employees where employee_id = 'E1006'") == "NA"
    assert one(con, "select name from employees where employee_id = 'E1003'") == "王𠮷"


def test_the_text_of_messages_stays_outside(staged: Staged) -> None:
    con, *_ = staged
    columns = {column for (column, *_) in con.execute("describe messages").fetchall()}
    assert columns == {*TABLES["messages"].names, "_source", "_file", "_row"}


def test_robots_have_no_employee_and_people_do(staged: Staged) -> None:
    con, *_ = staged
    assert one(con, "select count(*) from accounts where (kind = 'human') = (employee_id is null)") == 0


def test_duplicates_and_later_versions_are_counted_as_planted(staged: Staged) -> None:
    _, report, manifest, _ = staged
    orders = next(table for table in report.tables if table.table == "orders")
    messages = next(table for table in report.tables if table.table == "messages")
    copies = {"orders" in fault["file"]: fault["count"] for fault in faults(manifest, "duplicate_export")}
    overlapping = sum(fault["count"] for fault in faults(manifest, "overlapping_export"))
    assert orders.superseded == sum(fault["count"] for fault in faults(manifest, "later_version")) > 0
    assert orders.duplicates == copies[True] + overlapping
    assert messages.duplicates == copies[False]


def test_the_later_version_of_an_order_wins(staged: Staged) -> None:
    con, _, manifest, _ = staged
    fault = next(f for f in faults(manifest, "later_version") if f["file"].endswith("orders/tm/2026-11.csv"))
    files = {
        file
        for (file,) in con.execute(
            "select distinct _file from orders where list_contains($1, order_id)", [fault["keys"]]
        ).fetchall()
    }
    assert files == {fault["file"]}


def test_late_rows_of_october_come_with_novembers_export(staged: Staged) -> None:
    con, _, manifest, _ = staged
    (fault,) = faults(manifest, "late_row")
    rows = con.execute(
        "select _file, strftime(created_at, '%Y-%m') from orders where list_contains($1, order_id)", [fault["keys"]]
    ).fetchall()
    assert rows == [(fault["file"], "2026-10")] * fault["count"]


@pytest.mark.parametrize("kind", ["text_in_amount", "impossible_date"])
def test_rows_that_cannot_be_typed_are_rejected_with_their_place(staged: Staged, kind: str) -> None:
    con, _, manifest, _ = staged
    (fault,) = faults(manifest, kind)
    found = con.execute('select file, "row" from rejected where file = $1', [fault["file"]]).fetchall()
    assert found == [(fault["file"], fault["rows"][0])]


def test_nothing_else_is_rejected(staged: Staged) -> None:
    con, *_ = staged
    assert one(con, "select count(*) from rejected") == 2


def test_the_gate_finds_every_fault_and_nothing_stops_the_run(staged: Staged) -> None:
    con, _, manifest, root = staged
    report = gate.run(con.cursor(), parse("2026-10"), load_company(root).settings.gate, date(2026, 11, 21))
    assert [f.check for f in report.findings if f.severity is Severity.CRITICAL] == []
    checks = {finding.check for finding in report.findings}
    for fault in manifest["faults"]:
        if "." in fault["check"].split()[0]:
            assert fault["check"] in checks, fault["kind"]
    places = set(zip(report.quarantine["file"], report.quarantine["row"], strict=True))
    for fault in manifest["faults"]:
        assert {(fault["file"], row) for row in fault["rows"] if "totals" not in fault["file"]} <= places, fault["kind"]
    (gap,) = (f for f in report.findings if f.check == "messages.days_missing")
    assert (gap.shop_id, gap.day) == ("jd_store", "2026-10-14")
