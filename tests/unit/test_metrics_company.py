"""Growth, imported figures, shop scores and traffic, from facts to values (metrics.md "Operations …, company"; S02)."""

from decimal import Decimal

import pytest

from tests.facts import chat, employee, facts, on, order, valued
from transforms.measures.parameters import MeasureParameters
from transforms.measures.runner import compute, source_rows
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.evaluate import evaluate
from transforms.period import parse

OCTOBER = parse("2026-10")


def figure(level, who, name, value, day=31):
    return {"level": level, "subject_id": who, "figure": name, "day": on(day), "value": value}


def responsible(who="E1", category="tea"):
    return [{"employee_id": who, "shop_id": "s1", "category": category, "valid_from": on(-400)}]


def sold(number, day, amount, **more):
    day = f"{day} 10:05"
    return order(f"o{number}", f"b{number}", day, paid=day, amount=amount, category="tea", **more)


def scores(*rows):
    """Rows `day shop score mean max`; `-` is not known."""
    split = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    return [
        {
            "shop_id": shop,
            "day": on(int(day)),
            "aspect": aspect,
            "score": score,
            "industry_mean": mean,
            "industry_max": best,
        }
        for day, shop, score, mean, best in split
        for aspect in ("attitude", "description", "logistics")
    ]


OTHERS = {"score": 1, "industry_mean": 2, "industry_max": 3}
TWO_SHOPS = [{"shop_id": shop, "title": shop, "platform": "jd", "currency": "CNY"} for shop in ("s1", "s2")]


# Growth


def test_growth_is_the_increase_over_what_there_was():
    con = facts(
        orders=[sold(1, -10, 8000), sold(2, 5, 6000), sold(3, 20, 4000), sold(4, -360, 2500)],
        responsibilities=responsible(),
    )
    assert valued(con, "sales_growth")["E1"] == Decimal("0.25")
    assert valued(con, "sales_growth", level="department") == {"customer_service": Decimal("0.25")}
    assert valued(con, "sales_growth", level="company") == {"company": Decimal("0.25")}
    assert valued(con, "sales_growth_on_year")["E1"] == 3


def test_growth_of_own_sales_may_be_negative():
    con = facts(
        messages=chat("b1", "a1", "-10 10:00 buyer", "-10 10:01 agent")
        + chat("b2", "a1", "5 10:00 buyer", "5 10:01 agent"),
        orders=[sold(1, -10, 8000), sold(2, 5, 2000)],
    )
    assert valued(con, "paid_amount_growth")["E1"] == Decimal("-0.75")


def test_sold_nothing_is_a_fall_to_zero_and_nothing_before_is_no_value():
    con = facts(orders=[sold(1, -10, 8000)], responsibilities=responsible())
    assert valued(con, "sales_growth")["E1"] == -1
    con = facts(orders=[sold(1, 10, 8000)], responsibilities=responsible())
    assert valued(con, "sales_growth")["E1"] is None
    assert valued(con, "paid_amount_growth") == {}


def test_growth_keeps_the_increase_and_the_earlier_amount():
    con = facts(orders=[sold(1, -10, 8000), sold(2, 5, 10000)], responsibilities=responsible())
    known = compute(con, MeasureParameters(), parse("2026-09-01..2026-10-31"))
    (value,) = evaluate(known, [CATALOGUE["sales_growth"]], [OCTOBER], ["employee"])
    assert (value.numerator, value.denominator, value.value) == (2000, 8000, Decimal("0.25"))


def test_any_window_is_compared_with_itself_a_month_earlier():
    con = facts(orders=[sold(1, -24, 100), sold(2, 6, 150), sold(3, -15, 9999)], responsibilities=responsible())
    assert valued(con, "sales_growth", days="2026-10-01..2026-10-07")["E1"] == Decimal("0.5")  # 6 September
    own = facts(orders=[sold(1, -35, 100), sold(2, -5, 150)], responsibilities=responsible())
    assert valued(own, "sales_growth", days="2026-09-21..2026-10-20")["E1"] == Decimal("0.5")


# Imported figures


STATED = {
    "revenue_fen": 800, "gross_profit_fen": -20, "purchase_saving_fen": 30, "purchase_plan_fen": 1000, "incidents": 2,
    "labour_cost_fen": 100, "spent_fen": 110, "budget_fen": 100, "project_profit_fen": 77, "launches_done": 3,
    "launches_planned": 4, "left": 1, "headcount": 40, "training_hours": Decimal("7.5"),
}  # fmt: skip
FOLLOWS = {
    "revenue_fen": 800,
    "gross_profit_fen": -20,
    "purchase_cost_reduction_rate": Decimal("0.03"),
    "incidents": 2,
    "labour_cost_rate": Decimal("0.125"),
    "budget_use_rate": Decimal("1.1"),
    "project_profit_fen": 77,
    "product_launch_rate": Decimal("0.75"),
    "staff_turnover_rate": Decimal("0.025"),
    "training_hours": Decimal("7.5"),
}


@pytest.mark.parametrize(
    ("level", "who"), [("employee", "E1"), ("department", "customer_service"), ("company", "company")]
)
def test_a_figure_is_the_value_of_whom_it_is_stated_for(level, who):
    con = facts(figures=[figure(level, who, name, value) for name, value in STATED.items()])
    assert valued(con, *FOLLOWS, level=level) == {f"{who} {key}": value for key, value in FOLLOWS.items()}
    assert valued(con, *FOLLOWS, level="company") == {f"company {key}": value for key, value in FOLLOWS.items()}


def test_without_a_budget_there_is_no_share_of_it():
    assert valued(
        facts(figures=[figure("department", "logistics", "spent_fen", 5)]), "budget_use_rate", level="department"
    ) == {"logistics": None}


def test_what_nobody_stated_for_the_whole_is_the_sum_of_its_parts():
    con = facts(
        figures=[
            figure("employee", "E1", "training_hours", 3), figure("employee", "E2", "training_hours", 4, day=5),
            figure("department", "logistics", "training_hours", 10), figure("shop", "s1", "training_hours", 1),
        ]
    )  # fmt: skip
    assert valued(con, "training_hours", level="department") == {"customer_service": 7, "logistics": 10}
    assert valued(con, "training_hours", level="company") == {"company": 18}


def test_what_is_stated_for_the_whole_is_not_added_to_its_parts():
    con = facts(
        figures=[
            figure("employee", "E1", "incidents", 3), figure("department", "customer_service", "incidents", 5),
            figure("department", "logistics", "incidents", 1), figure("company", "company", "incidents", 9),
        ]
    )  # fmt: skip
    assert valued(con, "incidents") == {"E1": 3}
    assert valued(con, "incidents", level="department") == {"customer_service": 5, "logistics": 1}
    assert valued(con, "incidents", level="company") == {"company": 9}


def test_a_departments_figure_leads_to_its_line():
    con = facts(
        figures=[
            figure("department", "logistics", "incidents", 3),
            figure("department", "customer_service", "incidents", 4),
        ]
    )
    rows = source_rows(con, MeasureParameters(), "figures:incidents", None, "logistics", OCTOBER)
    assert rows[["subject_id", "value", "_file", "_row"]].values.tolist() == [["logistics", 30000, "figures.csv", 1]]


def test_revenue_nobody_stated_is_that_of_the_orders_month_by_month():
    orders = [sold(1, -10, 8000, goods_cost_fen=5000), sold(2, 5, 600, goods_cost_fen=200), sold(3, 6, 50)]
    stated = [
        figure("company", "company", "revenue_fen", 777, day=0),
        figure("company", "company", "labour_cost_fen", 65),
    ]
    con = facts(orders=orders, figures=stated)
    assert valued(con, "revenue_fen", level="company", days="2026-09") == {"company": 777}
    assert valued(con, "revenue_fen", level="company") == {"company": 650}
    assert valued(con, "gross_profit_fen", level="company") == {"company": 400}  # where the cost is known
    assert valued(con, "labour_cost_rate", level="company") == {"company": Decimal("0.1")}
    assert valued(con, "revenue_fen", level="department") == {}


def test_market_share_is_of_the_shops_a_department_worked_in():
    con = facts(
        shops=TWO_SHOPS,
        messages=chat("b1", "a1", "5 10:00 buyer", "5 10:01 agent"),
        orders=[sold(1, 5, 300), sold(2, 6, 100), {**sold(3, 6, 200), "shop_id": "s2"}],
        figures=[figure("company", "company", "market_size_fen", 4000)],
    )
    assert valued(con, "market_share", level="department") == {"customer_service": Decimal("0.1")}
    assert valued(con, "market_share", level="company") == {"company": Decimal("0.15")}
    assert valued(con, "market_share") == {}
    unknown = facts(orders=[sold(1, 5, 300)])
    assert valued(unknown, "market_share", level="company") == {"company": None}


# Shops


def worked_in(*shops):
    """E1 has an account in each of the shops, and a chat there on 5 October."""
    rows = employee("E1")
    accounts = [{**rows["accounts"][0], "shop_id": shop, "account_id": f"a-{shop}"} for shop in shops]
    lines = [line for shop in shops for line in chat("b1", f"a-{shop}", "5 10:00 buyer", "5 10:01 agent", shop=shop)]
    return {"shops": TWO_SHOPS, "accounts": accounts, "messages": lines}


@pytest.mark.parametrize(
    ("aspect", "keys"),
    [
        ("attitude", ("dsr_attitude", "dsr_attitude_industry", "dsr_attitude_vs_industry", "dsr_attitude_position")),
        (
            "description",
            ("dsr_description", "dsr_description_industry", "dsr_description_vs_industry", "dsr_description_position"),
        ),
        (
            "logistics",
            ("dsr_logistics", "dsr_logistics_industry", "dsr_logistics_vs_industry", "dsr_logistics_position"),
        ),
    ],
)
def test_a_shops_scores_are_everybodys_who_worked_there(aspect, keys):
    days = scores("5 s1 4.8 4.6 4.9", "6 s1 4.7 4.6 -", "7 s1 4.9 - -", "5 s2 4.0 4.6 4.9")
    con = facts(shop_scores=[row if row["aspect"] == aspect else {**row, **OTHERS} for row in days], **worked_in("s1"))
    for level, who in (("employee", "E1"), ("department", "customer_service")):
        found = valued(con, *keys, level=level)
        assert [found[f"{who} {key}"] for key in keys] == [
            Decimal("4.8"),  # (4.8 + 4.7 + 4.9) / 3
            Decimal("4.6"),
            pytest.approx(Decimal("0.3") / Decimal("9.2")),  # days with a mean
            pytest.approx(Decimal("0.2") / Decimal("0.3")),  # days with a maximum
        ]


def test_the_company_has_all_its_shops():
    con = facts(shop_scores=scores("5 s1 4.8 - -", "6 s1 4.9 - -", "5 s2 4.1 - -"), **worked_in("s1"))
    assert valued(con, "dsr_attitude", level="company") == {"company": Decimal("4.6")}


def test_who_worked_in_two_shops_has_the_mean_of_both_and_who_worked_in_none_has_no_score():
    days = scores("5 s1 4.8 4.6 4.9", "5 s2 4.4 4.6 4.9")
    con = facts(shop_scores=days, **worked_in("s1", "s2"))
    assert valued(con, "dsr_attitude") == {"E1": Decimal("4.6")}
    assert valued(con, "dsr_attitude_vs_industry") == {"E1": 0}


def test_without_an_industry_there_is_nothing_to_compare_with():
    con = facts(shop_scores=scores("5 s1 4.8 - -"), **worked_in("s1"))
    assert valued(con, "dsr_attitude") == {"E1": Decimal("4.8")}
    assert valued(con, "dsr_attitude_vs_industry", "dsr_attitude_position", "dsr_attitude_industry") == {}


def traffic(channel="search", views=100, visitors=40, category="tea", shop="s1", **more):
    return {
        "shop_id": shop, "day": on(5), "category": category, "channel": channel, "page_views": views,
        "unique_visitors": visitors, **more,
    }  # fmt: skip


def test_sales_and_views_of_the_shop_whoever_sold():
    rows = worked_in("s1")
    con = facts(
        orders=[sold(1, 5, 300), sold(2, 6, 100), {**sold(3, 6, 999), "shop_id": "s2"}],
        traffic=[traffic(), traffic(category="mugs", views=60), traffic(shop="s2", views=7)],
        **rows,
    )
    found = valued(con, "shop_sales", "shop_page_views", "shop_sales_per_view")
    assert found == {"E1 shop_sales": 400, "E1 shop_page_views": 160, "E1 shop_sales_per_view": Decimal("2.5")}
    assert valued(con, "shop_sales", level="company") == {"company": 1399}
    assert valued(facts(orders=[sold(1, 5, 300)], **rows), "shop_sales_per_view") == {"E1": None}


def test_traffic_by_channel_depth_and_dwell_time():
    rows = [
        traffic(visits=40, dwell_seconds=1800),
        traffic("ads", 50, 7, visits=20),  # nobody knows how long
        traffic("social", 1000, 5),  # nobody knows how many visits
        traffic("direct", 10, 3, visits=0, dwell_seconds=0),
        traffic("brand_search", 0, 12),
        traffic(category="mugs", views=9, visitors=9),  # nobody's
    ]
    expected = {
        "search_visitors": 40,
        "ads_visitors": 7,
        "social_visitors": 5,
        "direct_visitors": 3,
        "brand_searches": 12,
        "unique_visitors": 67,
        "page_depth": pytest.approx(Decimal(160) / 60),  # of the rows whose visits are known: 100 + 50 + 10
        "dwell_seconds": 45,
    }
    con = facts(traffic=rows, responsibilities=responsible())
    assert valued(con, *expected) == {f"E1 {key}": value for key, value in expected.items()}


def test_a_channel_nobody_came_by_is_zero():
    con = facts(traffic=[traffic("ads", 30, 12)], responsibilities=responsible())
    assert valued(con, "ads_visitors", "search_visitors") == {"E1 ads_visitors": 12, "E1 search_visitors": 0}


def test_weeks_are_windows_like_any_other():
    con = facts(traffic=[traffic()], responsibilities=responsible())
    known = compute(con, MeasureParameters(), OCTOBER)
    found = evaluate(known, [CATALOGUE["page_views"]], [*OCTOBER.weeks, OCTOBER], ["employee"])
    assert {each.window: each.value for each in found} == {"2026-10-01..2026-10-07": 100, "2026-10": 100}
