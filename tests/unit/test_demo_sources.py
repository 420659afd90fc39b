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


OCTOBER = "between date '2026-10-01' and date '2026-10-31'"
# Query over the staged tables → the range that the generator's README states for it.
READ_BACK = {
    "occupancy": (f"select sum(handling_seconds) / sum(duty_seconds) from presence where day {OCTOBER}", 0.68, 0.82),
    "uptake": (f"select sum(offers_taken) / sum(offers_made) from presence where day {OCTOBER}", 0.08, 0.22),
    "website hours": (
        f"select avg(h) from (select sum(online_seconds) / 3600 as h from presence where account_id like '%网站%' and day {OCTOBER} group by account_id)",
        134, 157,
    ),
    "qa accuracy": ("select avg(passed::int) from qa_checks", 0.88, 1.0),
    "exam score": ("select sum(score) / sum(score_max) from exams", 0.73, 0.99),
    "service level": ("select avg((first_answered_at <= answer_due_at)::int) from tickets", 0.67, 1.0),
    "technical hours": (
        "select avg(epoch(first_answered_at - opened_at)) / 3600 from tickets where subject = 'technical'", 4.0, 8.0,
    ),
    "conflict hours": (
        "select avg(epoch(first_answered_at - opened_at)) / 3600 from tickets where subject = 'conflict'", 1.7, 3.1,
    ),
    "tasks on time": ("select avg((done_at <= due_at)::int) from tasks", 0.75, 1.0),
    "task quality": ("select avg(quality) from tasks", 75, 95),
    "survey": (
        "select sum(value) filter (figure = 'survey_points') / sum(value) filter (figure = 'survey_answers') from figures",
        4.2, 4.5,
    ),
    "budget": (
        "select sum(value) filter (figure = 'spent_fen') / sum(value) filter (figure = 'budget_fen') from figures",
        0.87, 1.11,
    ),
    "page depth": (f"select sum(page_views) / sum(visits) from traffic where day {OCTOBER}", 3.6, 4.1),
    "dwell": (f"select sum(dwell_seconds) / sum(visits) from traffic where day {OCTOBER}", 118, 138),
    "attitude": (f"select avg(score) from shop_scores where aspect = 'attitude' and day {OCTOBER}", 4.75, 4.83),
}  # fmt: skip


@pytest.mark.parametrize("name", list(READ_BACK))
def test_values_read_back_lie_where_the_readme_says(staged: Staged, name: str) -> None:
    con, *_ = staged
    sql, lowest, highest = READ_BACK[name]
    assert lowest <= float(one(con, sql)) <= highest


@pytest.mark.parametrize(
    "sql",
    [
        "select kind from attendance",
        "select aspect from qa_checks",
        "select source from qa_checks",
        "select aspect from shop_scores",
        "select level from figures",
        "select channel from traffic",
        "select kind from tasks",
        "select role from judgements",
    ],
)
def test_no_word_of_the_exports_is_left_untranslated(staged: Staged, sql: str) -> None:
    con, *_ = staged
    assert all(word.isascii() for (word,) in con.execute(sql).fetchall())


def test_accounts_of_the_website_work_and_never_chat(staged: Staged) -> None:
    con, *_ = staged
    assert one(con, "select count(*) from presence where account_id like '%网站%'") > 500
    assert one(con, "select count(*) from tickets where account_id like '%网站%'") > 1000
    assert one(con, "select count(*) from messages where account_id like '%网站%' or account_id like '%现场%'") == 0


def test_pay_dates_and_amounts_come_through_the_workbook(staged: Staged) -> None:
    con, *_ = staged
    rows = con.execute(
        "select item, valid_from, amount_fen from pay_items where employee_id = 'E1016' and item = 'post' order by 2"
    ).fetchall()
    assert rows == [("post", date(2024, 4, 25), 80_000), ("post", date(2026, 10, 16), 120_000)]


def test_an_event_of_a_department_has_no_employee(staged: Staged) -> None:
    con, *_ = staged
    rows = con.execute(
        "select distinct employee_id, department_id from events where kind = 'ad_phrase_abuse'"
    ).fetchall()
    assert rows == [(None, "customer_service")]
    assert one(con, "select count(*) from events where employee_id is null and department_id is null") == 0


def test_special_campaigns_are_marked(staged: Staged) -> None:
    con, *_ = staged
    assert one(con, "select count(*) from campaigns where is_special") == 10
    assert one(con, "select count(*) from campaigns where is_special is null") == 0
    days = "select count(*) from campaign_days join campaigns using (campaign_id) where is_special"
    assert one(con, days) == 0


def test_every_check_and_excused_reply_names_a_chat_that_exists(staged: Staged) -> None:
    con, *_ = staged
    gone = "and date '2026-10-14' <> {}::date"  # the day that is missing in JD's chats on purpose
    for table, column, day in (("qa_checks", "contact", "handled_at"), ("events", "reference", "occurred_on")):
        sql = f"select count(*) from {table} where {column} like '2%' {gone.format(day)} and {column} not in (select session_id from messages)"
        assert one(con, sql) == 0, table
