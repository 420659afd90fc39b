"""Exports overlap and repeat: a business key has one row, the later version, and the rest is counted."""

# ruff: noqa: DTZ001  -- shop wall time has no zone

from datetime import datetime

from tests.source_company import Staged, add_file, add_source, make_company, orders_company

AMOUNTS = "select order_id, order_amount_fen, _file from orders order by order_id"


def counts(staged):
    table = staged.report.table("orders")
    return table.rows, table.duplicates, table.superseded, table.rejected


def test_the_same_export_twice_changes_nothing_and_is_counted(tmp_path):
    lines = "A1,s1,b,2026-10-01,1,\nA2,s1,b,2026-10-01,2,"
    staged = Staged(orders_company(tmp_path, a=lines, b=lines))
    assert [row[:2] for row in staged.rows(AMOUNTS)] == [("A1", 100), ("A2", 200)]
    assert counts(staged) == (2, 2, 0, 0)


def test_the_larger_version_wins_even_from_an_earlier_file(tmp_path):
    staged = Staged(
        orders_company(
            tmp_path, a="A1,s1,b,2026-10-01,9,2026-10-05 12:00:00", b="A1,s1,b,2026-10-01,1,2026-10-02 12:00:00"
        )
    )
    assert staged.rows("select order_amount_fen, updated_at from orders") == [(900, datetime(2026, 10, 5, 12))]
    assert counts(staged) == (1, 0, 1, 0)


def test_a_row_with_a_version_wins_over_one_without(tmp_path):
    staged = Staged(orders_company(tmp_path, a="A1,s1,b,2026-10-01,9,2026-10-05", b="A1,s1,b,2026-10-01,1,"))
    assert staged.rows("select order_amount_fen from orders") == [(900,)]


def test_without_a_version_the_later_file_wins_then_the_later_row(tmp_path):
    staged = Staged(
        orders_company(
            tmp_path,
            a="A1,s1,b,2026-10-01,1,\nA2,s1,b,2026-10-01,1,",
            b="A1,s1,b,2026-10-01,2,\nA1,s1,b,2026-10-01,3,",
        )
    )
    assert staged.rows(AMOUNTS) == [("A1", 300, "data/inbox/orders/b.csv"), ("A2", 100, "data/inbox/orders/a.csv")]
    assert counts(staged) == (2, 0, 2, 0)


def test_repeats_and_versions_of_one_key_are_told_apart(tmp_path):
    lines = "A1,s1,b,2026-10-01,1,\nA1,s1,b,2026-10-01,1,\nA1,s1,b,2026-10-01,2,\nA1,s1,b,2026-10-01,2,"
    assert counts(Staged(orders_company(tmp_path, a=lines))) == (1, 2, 1, 0)


def test_the_same_broken_row_in_two_exports_is_one_rejected_row(tmp_path):
    lines = "A1,s1,b,2026-10-01,abc,\nA2,s1,b,too,many,columns,here"
    staged = Staged(orders_company(tmp_path, a=lines, b=lines))
    assert staged.rows('select file, "row" from rejected order by "row"') == [
        ("data/inbox/orders/a.csv", 1), ("data/inbox/orders/a.csv", 2),
    ]  # fmt: skip
    assert counts(staged) == (0, 1, 0, 2)


def test_a_broken_row_that_a_later_export_mends_is_superseded(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,abc,", b="A1,s1,b,2026-10-01,1,")
    staged = Staged(company)
    assert staged.rows("select order_amount_fen from orders") == [(100,)]
    assert counts(staged) == (1, 0, 1, 0)


def test_a_broken_row_after_a_good_one_is_not_forgotten(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,", b="A1,s1,b,2026-10-01,abc,")
    assert counts(Staged(company)) == (1, 0, 0, 1)


def test_the_order_of_shops_matters_to_the_key(tmp_path):
    staged = Staged(orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,\nA1,s2,b,2026-10-01,2,"))
    assert counts(staged) == (2, 0, 0, 0)


def test_two_sources_may_feed_one_table(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,")
    text = (company.sources / "source.yaml").read_text(encoding="utf-8")
    (company.sources / "jd.yaml").write_text(
        text.replace("tmall", "jd").replace("inbox/orders", "inbox/jd"), encoding="utf-8"
    )
    add_file(
        company, "jd/x.csv", "订单编号,店铺,买家,创建时间,金额,更新时间\nJ1,s2,b,2026-10-01,2,\nA1,s1,b,2026-10-01,1,\n"
    )
    staged = Staged(company)
    assert staged.rows("select order_id, shop_id from orders order by 1") == [("A1", "s1"), ("J1", "s2")]
    assert counts(staged) == (2, 1, 0, 0)


EMPLOYEES = """
source: office
kind: files
inputs:
  staff: {path: data/inbox/staff/*.csv}
tables:
  employees: select id as employee_id, name, day(hired, '%Y-%m-%d') as hired_on, _file, _row from staff
"""


def staff(root, **files):
    company = make_company(root)
    add_source(company, EMPLOYEES)
    for name, lines in files.items():
        add_file(company, f"staff/{name}.csv", f"id,name,hired\n{lines}\n")
    return Staged(company)


def test_rows_of_one_file_that_contradict_each_other_are_conflicts(tmp_path):
    staged = staff(tmp_path, a="E1,王芳,2024-01-01\nE2,x,2024-01-01\nE1,李娜,2024-01-01\nE1,王芳,2024-01-01")
    assert staged.rows("select * exclude (content) from conflicts") == [
        ("employees", "E1", "data/inbox/staff/a.csv", 1, "data/inbox/staff/a.csv", 3)
    ]


def test_a_repeat_and_a_later_export_are_no_conflicts(tmp_path):
    staged = staff(tmp_path, a="E1,王芳,2024-01-01\nE1,王芳,2024-01-01", b="E1,王芳,2024-02-01")
    assert staged.rows("from conflicts") == []
    assert len(staged.rows("from employees")) == 1


def test_two_versions_of_a_fact_in_one_file_are_no_conflict(tmp_path):
    assert (
        Staged(orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,\nA1,s1,b,2026-10-01,2,")).rows("from conflicts") == []
    )


def test_sources_that_leave_different_columns_out_are_put_together_by_name(tmp_path):
    company = orders_company(tmp_path, a="A1,s1,b,2026-10-01,1,2026-10-05")
    add_source(
        company,
        """
        source: jd
        kind: files
        inputs:
          orders: {path: data/inbox/jd/*.csv}
        tables:
          orders: |
            select id as order_id, 's2' as shop_id, 'b' as buyer_id, 'paid' as status, '2026-10-02' as created_at,
                   paid as paid_at, '200' as order_amount_fen, _file, _row
            from orders
        """,
        "jd",
    )
    add_file(company, "jd/a.csv", "id,paid\nB1,2026-10-03\n")
    rows = Staged(company).rows("select order_id, order_amount_fen, paid_at, updated_at from orders order by 1")
    assert rows == [("A1", 100, None, datetime(2026, 10, 5)), ("B1", 200, datetime(2026, 10, 3), None)]
