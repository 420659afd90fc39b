"""Every shop has every day, fresh enough, about as much as usual, and adding up to the platform's own sums."""

import pytest

from expectations.day_findings import DAILY
from tests.gate_company import found, healthy, report
from transforms.findings import Severity


@pytest.mark.parametrize("table", DAILY)
def test_one_missing_day_of_a_shop_is_a_warning_that_names_shop_and_day(table):
    con = healthy()
    con.execute(f"delete from {table} where shop_id = 'shop2' and {_time(table)}::date = '2026-10-13'")
    finding = found(con)[f"{table}.days_missing"]
    assert (finding.severity, finding.shop_id, finding.day, finding.rows) == (
        Severity.WARNING, "shop2", "2026-10-13", 1,
    )  # fmt: skip
    assert "2026-10-13" in finding.message


@pytest.mark.parametrize(("days", "severity"), [(6, Severity.WARNING), (7, Severity.CRITICAL)])
def test_more_than_a_fifth_of_the_days_missing_is_critical(days, severity):
    con = healthy()
    con.execute(f"delete from traffic where shop_id = 'shop1' and day between '2026-10-01' and '2026-10-{days:02}'")
    finding = found(con)["traffic.days_missing"]
    assert (finding.rows, finding.severity) == (days, severity)


def test_a_table_that_no_shop_feeds_is_not_expected():
    con = healthy()
    con.execute("delete from inventory")
    assert found(con) == {}


def test_a_table_that_one_shop_never_fed_is_a_warning():
    con = healthy()
    con.execute("delete from traffic where shop_id = 'shop2'")
    finding = found(con)["traffic.days_missing"]
    assert (finding.severity, finding.shop_id, finding.rows) == (Severity.WARNING, "shop2", 31)


def test_a_shop_is_not_expected_before_it_opened():
    con = healthy()
    for table in (*DAILY, "platform_totals", "order_items"):
        con.execute(f"delete from {table} where shop_id = 'shop2' and {_time(table)}::date < '2026-10-20'")
    assert "days_missing" not in {check.split(".")[1] for check in found(con)}


def test_facts_that_end_before_the_period_are_stale():
    con = healthy()
    con.execute("delete from messages where shop_id = 'shop1' and sent_at >= '2026-10-30'")
    finding = found(con)["messages.stale"]
    assert (finding.severity, finding.shop_id, finding.rows) == (Severity.WARNING, "shop1", 2)


def test_far_fewer_rows_than_usual_are_a_warning():
    con = healthy()
    con.execute(
        "delete from messages where sent_at between '2026-10-01' and '2026-10-31 23:59' and message_id not like '%0'"
    )
    finding = found(con)["messages.volume_low"]
    assert finding.severity is Severity.WARNING
    assert "10%" in finding.message


def test_far_more_rows_than_usual_are_a_warning():
    con = healthy()
    con.execute(
        "insert into messages by name select m.* replace (message_id || '-' || n as message_id) from messages m, range(2) r(n)"
        " where sent_at between '2026-10-01' and '2026-10-31 23:59'"
    )
    assert "300%" in found(con)["messages.volume_high"].message
    assert "messages.volume_high" not in found(con, volume_high_ratio=4)


def test_without_two_earlier_months_nothing_is_said_about_volume():
    con = healthy()
    con.execute(
        "delete from messages where sent_at < '2026-09-01' or message_id not like '%0' and sent_at >= '2026-10-01'"
    )
    assert "messages.volume_low" not in found(con)


def test_orders_that_do_not_add_up_to_the_platforms_total_are_named_by_day():
    con = healthy()
    con.execute(
        "update platform_totals set order_amount_fen = order_amount_fen * 2 where shop_id = 'shop1' and day = '2026-10-09'"
    )
    finding = found(con)["orders.reconciliation"]
    assert (finding.severity, finding.shop_id, finding.day, finding.rows) == (
        Severity.WARNING, "shop1", "2026-10-09", 1,
    )  # fmt: skip


def test_a_difference_within_the_tolerance_is_none():
    con = healthy()
    con.execute("update platform_totals set order_amount_fen = 5010 where day = '2026-10-09'")
    assert "orders.reconciliation" not in found(con)
    assert "orders.reconciliation" in found(con, reconcile_tolerance_rate=0.001)


def test_a_day_the_platform_counts_and_we_do_not_have_is_found():
    con = healthy()
    con.execute("delete from orders where shop_id = 'shop1' and created_at::date = '2026-10-09'")
    assert found(con, quarantine_limit_rate=0.5)["orders.reconciliation"].day == "2026-10-09"


def test_a_period_without_facts_is_critical():
    con = healthy()
    for table in (*DAILY, "platform_totals", "order_items"):
        con.execute(f"delete from {table} where {_time(table)}::date between '2026-10-01' and '2026-10-31'")
    assert found(con)["facts.no_facts"].severity is Severity.CRITICAL
    assert report(con).findings[0].severity is Severity.CRITICAL


def _time(table):
    return {"messages": "sent_at", "orders": "created_at", "order_items": "created_at"}.get(table, "day")
