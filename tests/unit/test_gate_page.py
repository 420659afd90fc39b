"""The findings page answers: can the period be scored, what is wrong, where, how much, what to do."""

import re

import pandas as pd
import pytest

from expectations.page import ROWS_SHOWN, render_findings
from tests.gate_company import healthy, report

COLUMNS = ["table_name", "key", "file", "row", "check", "reason"]


def faulty():
    con = healthy()
    con.execute("update orders set status = 'lost' where order_id = 'o10050' and shop_id = 'shop1'")
    con.execute("delete from traffic where shop_id = 'shop2' and day = '2026-10-13'")
    return con


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("zh-Hans", ["本期可以评分，但有警告", "隔离的行", "“状态”取值不允许", "缺少 1 天", "请补导这些天的数据"]),
        ("zh-Hant", ["本期可以評分，但有警告", "隔離的行", "「狀態」取值不允許", "缺少 1 天", "請補匯這些天的資料"]),
        ("en", ["The period can be scored; please read the warnings.", "Rows kept out", "status not allowed", "lack 1 days"]),
    ],
)  # fmt: skip
def test_the_page_says_what_where_how_many_and_what_to_do(locale, words):
    checked = report(faulty(), locale=locale)
    page = render_findings(checked.findings, checked.quarantine, company="晴川", period="2026-10", locale=locale)
    for word in (*words, "晴川", "2026-10", "orders.csv", "o10050/shop1", "2026-10-13", "shop2", f'lang="{locale}"'):
        assert word in page


def test_a_critical_finding_turns_the_verdict():
    con = healthy()
    con.execute("delete from employees")
    checked = report(con, locale="zh-Hans")
    page = render_findings(checked.findings, checked.quarantine, company="晴川", period="2026-10")
    assert "本期不能评分" in page


def test_a_clean_period_says_so():
    page = render_findings((), pd.DataFrame(columns=COLUMNS), company="晴川", period="2026-10")
    assert "没有发现问题" in page
    assert "<table" not in page


def test_nothing_is_loaded_from_outside_and_names_of_files_are_escaped():
    row = ("orders", "<script>alert(1)</script>", "a&b.csv", 1, "orders.x", "<b>")
    page = render_findings((), pd.DataFrame([row], columns=COLUMNS), company="<i>", period="2026-10")
    assert not re.search(r"(src|href)\s*=|url\(|@import|https?:", page)
    assert "<script" not in page
    assert "<b>" not in page
    assert "a&amp;b.csv" in page


def test_a_long_list_is_cut_and_says_how_much_is_left():
    rows = [("orders", f"o{i}", "a.csv", i, "orders.x", "r") for i in range(ROWS_SHOWN + 7)]
    page = render_findings((), pd.DataFrame(rows, columns=COLUMNS), company="x", period="2026-10", locale="en")
    assert page.count("<tr><td>") == ROWS_SHOWN
    assert "7 more rows" in page
    assert f"Rows kept out {ROWS_SHOWN + 7}" in page
