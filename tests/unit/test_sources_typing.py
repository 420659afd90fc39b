"""Text becomes the contract's types exactly, or stands among the rejected rows with the user's own text."""

from decimal import Decimal

import pytest

from flows.sources.typed import REASONS, REQUIRED
from tests.source_company import Staged, add_file, add_source, make_company, orders_company
from transforms.tables import Type

RATINGS = """
source: ratings
kind: files
inputs: {ratings: {path: data/inbox/ratings.csv}}
tables:
  ratings: |
    select id as rating_id, 's1' as shop_id, 'chat' as channel, rated as rated_at, score, best as score_max,
           yes(praise) as praise, _file, _row from ratings
"""


def ratings(tmp_path, *lines):
    company = make_company(tmp_path)
    add_source(company, RATINGS)
    add_file(company, "ratings.csv", "id,rated,score,best,praise\n" + "\n".join(lines) + "\n")
    return Staged(company)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("score", "4,5", REASONS[Type.DECIMAL]),
        ("score", "good", REASONS[Type.DECIMAL]),
        ("score", "1e2", REASONS[Type.DECIMAL]),
        ("score", "4.66667", REASONS[Type.DECIMAL]),
        ("score", "nan", REASONS[Type.DECIMAL]),
        ("score", "", REQUIRED),
        ("rated_at", "2026-02-30 10:00:00", REASONS[Type.TIMESTAMP]),
        ("rated_at", "2026-10-01 25:00:00", REASONS[Type.TIMESTAMP]),
        ("rated_at", "infinity", REASONS[Type.TIMESTAMP]),
        ("rated_at", "0026-10-01", REASONS[Type.TIMESTAMP]),
        ("rated_at", "2026-10-01 10:00:00Z", REASONS[Type.TIMESTAMP]),
        ("rated_at", "2026-10-01 10:00:00+08:00", REASONS[Type.TIMESTAMP]),
        ("praise", "maybe", REASONS[Type.BOOLEAN]),
        ("rating_id", "", REQUIRED),
    ],
)
def test_a_value_that_does_not_fit_is_rejected_with_its_place(tmp_path, field, value, reason):
    good = {"rating_id": "R1", "rated_at": "2026-10-01 10:00:00", "score": "4.5", "score_max": "5", "praise": "否"}
    bad = {**good, "rating_id": "R2", field: value}
    staged = ratings(tmp_path, *(",".join(f'"{v}"' for v in row.values()) for row in (good, bad)))
    assert staged.rows("select rating_id from ratings") == [("R1",)]
    assert staged.rows('select table_name, source, file, "row", field, value, reason from rejected') == [
        ("ratings", "ratings", "data/inbox/ratings.csv", 2, field, value or None, reason)
    ]
    assert staged.report.table("ratings").rejected == 1


def test_numbers_are_exact(tmp_path):
    staged = ratings(tmp_path, "R1,2026-10-01,12345678901234.5678,99999999999999.0000,是", "R2,2026-10-01, .5 ,1.,Y")
    assert staged.rows("select score, score_max, praise from ratings order by rating_id") == [
        (Decimal("12345678901234.5678"), Decimal("99999999999999.0000"), True),
        (Decimal("0.5000"), Decimal("1.0000"), True),
    ]


@pytest.mark.parametrize("value", ["12.5", "0x10", "1_000", "1e3", "9223372036854775808", "--1"])
def test_whole_numbers_are_never_rounded(tmp_path, value):
    company = make_company(tmp_path)
    add_file(company, "t.csv", f"orders,amount\n{value},7\n3,8.0\n")
    add_source(
        company,
        """
        source: totals
        kind: files
        inputs: {t: {path: data/inbox/t.csv}}
        tables:
          platform_totals: |
            select 's1' as shop_id, '2026-10-0' || _row as day, orders, amount as order_amount_fen, _file, _row from t
        """,
    )
    staged = Staged(company)
    assert staged.rows("select orders, order_amount_fen from platform_totals") == [(3, 8)]
    assert staged.rows("select field, value from rejected") == [("orders", value)]


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("12.345", 1235), ("12.344999", 1234), ("¥1,234.5", 123450), ("￥0.005", 1), ("0", 0), (" 7 ", 700),
     ("0.0049999999", 0), ("99999999999.99", 9999999999999)],
)  # fmt: skip
def test_yuan_become_whole_fen_half_up(tmp_path, yuan, fen):
    company = orders_company(tmp_path, a=f'A1,s1,b,2026-10-01,"{yuan}",')
    assert Staged(company).rows("select order_amount_fen from orders") == [(fen,)]


def test_an_amount_that_is_no_number_keeps_its_text(tmp_path):
    staged = Staged(orders_company(tmp_path, a="A1,s1,b,2026-10-01,二十,"))
    assert staged.rows("select field, value from rejected") == [("order_amount_fen", "二十")]


def test_times_in_a_format_of_their_own(tmp_path):
    company = make_company(tmp_path)
    add_file(company, "e.csv", "id,hired,left\nNA,03/02/2026,05.02.2026\nE2,30/02/2026,\nE3,04/02/2026,9999-12-31\n")
    add_source(
        company,
        """
        source: hr
        kind: files
        inputs: {e: {path: data/inbox/e.csv}}
        tables:
          employees: |
            select id as employee_id, id as name, day(hired, '%d/%m/%Y') as hired_on,
                   day("left", ['%d.%m.%Y', '%Y-%m-%d']) as left_on, _file, _row from e
        """,
    )
    staged = Staged(company)
    assert staged.rows("select employee_id, hired_on::varchar, left_on::varchar from employees order by 1") == [
        ("E3", "2026-02-04", "9999-12-31"), ("NA", "2026-02-03", "2026-02-05"),
    ]  # fmt: skip
    assert staged.rows("select field, value from rejected") == [("hired_on", "30/02/2026")]


def test_thousands_commas_are_removed_only_where_they_belong(tmp_path):
    company = make_company(tmp_path)
    add_file(company, "t.csv", 'a\n"1,234,567"\n"12,34"\n')
    add_source(
        company,
        """
        source: totals
        kind: files
        inputs: {t: {path: data/inbox/t.csv}}
        tables:
          platform_totals: |
            select 's1' as shop_id, '2026-10-0' || _row as day, number(a) as orders, 1 as order_amount_fen, _file, _row
            from t
        """,
    )
    staged = Staged(company)
    assert staged.rows("select orders from platform_totals") == [(1234567,)]
    assert staged.rows("select value from rejected") == [("12,34",)]


def test_values_the_select_computes_are_typed_too(tmp_path):
    company = make_company(tmp_path)
    add_file(company, "t.csv", "day,amount\n2026-10-01,1\n2026-10-01,2\n2026-10-02,5\n")
    add_source(
        company,
        """
        source: totals
        kind: files
        inputs: {t: {path: data/inbox/t.csv}}
        tables:
          platform_totals: |
            with days as (select day, count(*) as n, sum(amount::bigint) as s, min(_file) as _file, min(_row) as _row
                          from t group by day)
            select 's1' as shop_id, day::date as day, n as orders, s * 1.0 / 2 as order_amount_fen, _file, _row
            from days  -- a half is not a whole number
        """,
    )
    staged = Staged(company)
    assert staged.rows("select orders from platform_totals") == []
    assert staged.rows('select field, value, "row" from rejected order by 3') == [
        ("order_amount_fen", "1.5", 1), ("order_amount_fen", "2.5", 3),
    ]  # fmt: skip
