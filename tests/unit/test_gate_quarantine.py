"""Quarantined rows leave the facts, take their children with them, are listed, and too many stop the run."""

import pytest

from expectations import quarantine
from tests.gate_company import found, healthy, report
from transforms.findings import Severity, critical

BROKEN_ORDER = "update orders set status = 'lost' where order_id = 'o10050' and shop_id = 'shop1'"


def test_applied_views_lack_the_rows_and_the_originals_stay():
    con = healthy()
    con.execute(BROKEN_ORDER)
    before = _count(con, "orders")
    quarantine.apply(con, report(con))
    assert _count(con, "orders") == before - 1
    assert _count(con, "all_orders") == before
    assert con.execute("select count(*) from orders where status = 'lost'").fetchall() == [(0,)]
    assert _count(con, "employees") == 4


def test_items_of_a_quarantined_order_go_with_it_and_say_so():
    con = healthy()
    con.execute(BROKEN_ORDER)
    con.execute(
        "insert into refunds values ('r1', 'shop1', 'o10050', 'return', null, '2026-10-09', null, null, null, 10, null, 's', 'refunds.csv', 1)"
    )
    con.execute(
        "insert into refunds values ('r2', 'shop2', 'o10050', 'return', null, '2026-10-09', null, null, null, 10, null, 's', 'refunds.csv', 2)"
    )
    checked = report(con, quarantine_limit_rate=1)
    checks = {f.check: f.rows for f in checked.findings}
    assert checks["order_items.order_quarantined"] == 1
    assert checks["refunds.order_quarantined"] == 1
    quarantine.apply(con, checked)
    assert con.execute("select refund_id from refunds").fetchall() == [("r2",)]
    orphans = "select count(*) from order_items i anti join orders o using (order_id, shop_id)"
    assert con.execute(orphans).fetchall() == [(0,)]


def test_apply_works_on_views_and_twice():
    con = healthy()
    con.execute("alter table orders rename to stored_orders")
    con.execute("create view orders as from stored_orders")
    first = report(con)
    con.execute("update stored_orders set status = 'lost' where order_id = 'o10050' and shop_id = 'shop1'")
    second = report(con)
    quarantine.apply(con, second)
    kept = _count(con, "orders")
    quarantine.apply(con, first)
    assert _count(con, "orders") == kept + 1
    assert _count(con, "all_orders") == kept + 1


@pytest.mark.parametrize(("limit", "stops"), [(0.1, False), (0.05, True)])
def test_more_bad_rows_than_the_limit_stop_the_run(limit, stops):
    con = healthy()
    con.execute("update orders set status = 'lost' where created_at::date between '2026-10-05' and '2026-10-06'")
    findings = found(con, quarantine_limit_rate=limit)
    assert ("orders.too_many_bad_rows" in findings) is stops
    if stops:
        finding = findings["orders.too_many_bad_rows"]
        assert finding.severity is Severity.CRITICAL
        assert finding.rows == 20
        assert "6.452%" in finding.message  # 20 of 310


def test_unreadable_rows_count_towards_the_limit_as_their_file_lies_in_the_period():
    con = healthy()
    con.execute(
        "insert into rejected select 'orders', 's', 'orders.csv', 90000 + i, 'created_at', 'x', 'bad' from range(46) r(i)"
    )
    # orders.csv holds 143 days of which 31 are in the period: 46 × 31 / 143 ≈ 10 of 310 + 10
    assert "orders.too_many_bad_rows" in found(con, quarantine_limit_rate=0.03)
    assert "orders.too_many_bad_rows" not in found(con, quarantine_limit_rate=0.04)


def test_unreadable_rows_of_a_file_with_no_good_row_all_count():
    con = healthy()
    con.execute("insert into rejected select 'orders', 's', 'new.csv', i, 'created_at', 'x', 'bad' from range(46) r(i)")
    assert found(con, quarantine_limit_rate=0.1)["orders.too_many_bad_rows"].rows == 46


def test_one_bad_row_of_a_small_table_does_not_stop_the_run():
    con = healthy()
    con.execute(
        "insert into complaints values ('c1', 'shop1', 'b1', 'ghost', '2026-10-09', null, null, null, 's', 'c.csv', 1)"
    )
    checked = report(con)
    assert critical(checked.findings) == ()
    assert len(checked.quarantine) == 1


def test_a_broken_line_is_listed_under_its_file_and_row():
    con = healthy()
    con.execute(
        "insert into rejected values ('orders', 's', 'orders.csv', 12, null, null, '3 columns, the header has 4')"
    )
    checked = report(con, locale="zh-Hans")
    (finding,) = checked.findings
    assert finding.check == "orders.line_rejected"
    assert "有 3 列，表头有 4 列" in finding.message
    assert checked.quarantine[["file", "row"]].values.tolist() == [["orders.csv", 12]]


def test_no_value_of_a_row_is_told():
    con = healthy()
    con.execute(
        "insert into rejected values ('orders', 's', 'orders.csv', 12, 'order_amount_fen', 'SECRET', 'not a whole number')"
    )
    con.execute("update orders set status = 'SECRET', category = 'SECRET' where order_id = 'o10050'")
    checked = report(con)
    told = " ".join(str(finding) for finding in checked.findings) + checked.quarantine.to_csv()
    assert "SECRET" not in told


def _count(con, table):
    return con.execute(f"select count(*) from {table}").fetchall()[0][0]
