"""Ratings, complaints, fulfilment, product lines, campaigns, tickets: what is counted, for whom, on which day."""

from decimal import Decimal

import pytest

from tests.facts import at, employee, facts, measured, on, order


def rating(number, score, *, account="a1", rated="3 10:00", channel="chat", **more):
    return {
        "rating_id": number,
        "shop_id": "s1",
        "channel": channel,
        "account_id": account,
        "rated_at": at(rated),
        "score": Decimal(score),
        "score_max": Decimal(5),
        **more,
    }


def test_scores_are_summed_in_ten_thousandths():
    found = measured(facts(ratings=[rating("r1", "4.5"), rating("r2", "5"), rating("r3", "1", channel="order")]))["E1"]
    assert (found["chat_score"], found["chat_score_max"], found["order_score"]) == (95000, 100000, 10000)


@pytest.mark.parametrize(("score", "good", "bad"), [("4", 1, 0), ("3.9", 0, 0), ("2.1", 0, 0), ("2", 0, 1)])
def test_good_and_bad_reviews(score, good, bad):
    found = measured(facts(ratings=[rating("r1", score)]))["E1"]
    assert (found["reviews"], found["good_reviews"], found["bad_reviews"]) == (1, good, bad)


def test_a_rating_is_credited_to_who_handled_it_then():
    accounts = [
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E1", "kind": "human", "valid_until": at("3 12:00")},
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E2", "kind": "human", "valid_from": at("3 12:00")},
    ]
    ratings = [
        rating("r1", "5", rated="5 10:00", handled_at=at("3 11:00")),
        rating("r2", "5", rated="5 10:00"),
        rating("r3", "5", account=None),
    ]
    con = facts(accounts=accounts, ratings=ratings)
    found = measured(con)
    assert [found[who]["reviews"] for who in ("E1", "E2", "")] == [1, 1, 1]
    assert measured(con, "2026-10-03..2026-10-03")["E1"]["reviews"] == 1


def test_complaints_with_the_hours_of_those_settled():
    complaints = [
        {
            "complaint_id": "c1",
            "shop_id": "s1",
            "account_id": "a1",
            "opened_at": at("3 10:00"),
            "closed_at": at("3 11:00"),
            "justified": True,
        },
        {"complaint_id": "c2", "shop_id": "s1", "account_id": "a1", "opened_at": at("3 10:00")},
    ]
    found = measured(facts(complaints=complaints))["E1"]
    assert (found["complaints"], found["justified_complaints"], found["closed_complaints"]) == (2, 1, 1)
    assert found["complaint_seconds"] == 3600


# --- fulfilment ----------------------------------------------------------------------------------------------------


def shipped(number="o1", *, due="4 18:00", shipped="4 18:00", **more):
    return order(
        number,
        "b1",
        "3 10:00",
        paid="3 10:01",
        handler_account_id="a1",
        ship_due_at=at(due),
        shipped_at=at(shipped) if shipped else None,
        **{"status": "shipped", **more},
    )


@pytest.mark.parametrize(
    ("row", "due", "on_time"),
    [
        (shipped(), 1, 1),
        (shipped(shipped="4 18:01"), 1, 0),
        (shipped(shipped=""), 1, 0),
        (shipped(shipped="", status="cancelled"), 0, 0),
    ],
)
def test_shipped_by_the_due_time(row, due, on_time):
    found = measured(facts(orders=[row]))["E1"]
    assert (found["due_orders"], found["shipped_on_time"]) == (due, on_time)


def test_an_order_is_due_on_its_due_day():
    con = facts(orders=[shipped(due="34 18:00", shipped="3 18:00")])
    assert measured(con, "2026-10")["E1"]["due_orders"] == 0
    assert measured(con, "2026-11")["E1"]["due_orders"] == 1


def test_cost_and_amount_are_of_the_same_orders():
    con = facts(orders=[shipped(logistics_cost_fen=800), shipped("o2", logistics_cost_fen=None)])
    found = measured(con)["E1"]
    assert (found["logistics_cost_fen"], found["shipped_order_amount_fen"], found["shipped_orders"]) == (800, 10000, 1)


def test_deliveries_accurate_in_time_and_followed_up():
    con = facts(
        orders=[
            shipped(delivered_at=at("5 17:00"), deliver_due_at=at("5 17:00"), delivered_accurately=True),
            shipped("o2", delivered_at=at("5 17:00"), deliver_due_at=at("5 16:59"), delivered_accurately=False),
            shipped("o3", delivered_at=at("5 17:00")),
        ],
        follow_ups=[
            {"follow_up_id": "f1", "shop_id": "s1", "order_id": "o1", "account_id": "a2", "done_at": at("12 23:59")},
            {"follow_up_id": "f2", "shop_id": "s1", "order_id": "o2", "account_id": "a2", "done_at": at("13 00:00")},
        ],
    )
    found = measured(con)
    assert (found["E1"]["delivered_orders"], found["E1"]["deliveries_checked"], found["E1"]["deliveries_accurate"]) == (
        3,
        2,
        1,
    )
    assert (found["E1"]["delivered_with_due"], found["E1"]["delivered_in_time"]) == (2, 1)
    assert (found["E1"]["delivered_followed_up"], found["E2"]["follow_ups_done"]) == (1, 2)


def test_returns_and_exchanges_handled_by_the_due_time():
    def case(number, kind, handled):
        return {
            "refund_id": number,
            "shop_id": "s1",
            "order_id": "o1",
            "kind": kind,
            "requested_at": at("3 10:00"),
            "due_at": at("5 10:00"),
            "handled_at": at(handled) if handled else None,
            "handler_account_id": "a1",
        }

    con = facts(
        refunds=[
            case("r1", "return", "5 10:00"),
            case("r2", "exchange", "5 10:01"),
            case("r3", "return", ""),
            case("r4", "refund", "4 10:00"),
        ]
    )
    found = measured(con)["E1"]
    assert (found["due_returns"], found["returns_on_time"]) == (3, 1)


def test_orders_handled_are_credited_at_shipping():
    accounts = [
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E1", "kind": "human", "valid_until": at("4 00:00")},
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E2", "kind": "human", "valid_from": at("4 00:00")},
    ]
    con = facts(accounts=accounts, orders=[shipped(), shipped("o2", shipped="", status="cancelled")])
    found = measured(con)
    assert (found["E2"]["handled_orders"], found["E2"]["handled_paid_amount_fen"]) == (1, 10000)
    assert (found["E1"]["handled_orders"], found["E1"]["cancelled_orders"]) == (1, 1)


# --- product lines and campaigns -----------------------------------------------------------------------------------

LINES = [
    {"employee_id": "E1", "shop_id": "s1", "category": "shoes", "valid_from": on(1), "valid_until": on(10)},
    {"employee_id": "E2", "shop_id": "s1", "category": "shoes", "valid_from": on(11)},
]


def sold(number, buyer, created, **more):
    return order(number, buyer, created, paid=created, **{"category": "shoes", "goods_cost_fen": 6000, **more})


def test_sales_and_margin_go_to_who_was_responsible_on_the_day():
    con = facts(
        responsibilities=LINES,
        orders=[
            sold("o1", "b1", "10 23:59"),
            sold("o2", "b2", "11 00:00"),
            sold("o3", "b3", "12 00:00", goods_cost_fen=None),
            sold("o4", "b4", "12 00:00", category="hats"),
        ],
    )
    found = measured(con)
    assert [found[who]["line_paid_amount_fen"] for who in ("E1", "E2", "")] == [10000, 20000, 10000]
    assert (found["E2"]["line_gross_profit_fen"], found["E2"]["line_costed_amount_fen"]) == (4000, 10000)
    assert (found["E1"]["line_days"], found["E2"]["line_days"]) == (10, 21)


def test_a_customer_is_new_once_in_all_the_history():
    con = facts(
        responsibilities=LINES,
        orders=[
            sold("o1", "b1", "-300 10:00"),
            sold("o2", "b1", "5 10:00"),
            sold("o3", "b2", "5 10:00"),
            sold("o4", "b2", "5 09:00"),
            order("o5", "b3", "4 10:00", category="shoes"),
            sold("o6", "b3", "6 10:00"),
        ],
    )
    found = measured(con)["E1"]
    assert found["new_customers"] == 2
    assert found["line_buyers"] == 3


def test_traffic_and_stock():
    con = facts(
        responsibilities=LINES,
        traffic=[
            {
                "shop_id": "s1",
                "day": on(5),
                "category": "shoes",
                "channel": channel,
                "page_views": 30,
                "unique_visitors": 10,
            }
            for channel in ("ads", "search")
        ],
        inventory=[
            {"shop_id": "s1", "day": on(day), "category": "shoes", "stock_cost_fen": 500} for day in (9, 10, 11)
        ],
    )
    found = measured(con)
    assert (found["E1"]["page_views"], found["E1"]["unique_visitors"]) == (60, 20)
    assert (found["E1"]["stock_cost_fen_days"], found["E2"]["stock_cost_fen_days"]) == (1000, 500)


def test_a_campaigns_target_is_shared_among_its_days_to_the_fen():
    campaign = {
        "campaign_id": "c1",
        "shop_id": "s1",
        "title": "C",
        "owner_employee_id": "E3",
        "starts_on": on(30),
        "ends_on": on(32),
        "sales_target_fen": 100,
    }
    day = {
        "campaign_id": "c1",
        "shop_id": "s1",
        "day": on(30),
        "impressions": 9,
        "visitors": 5,
        "participants": 4,
        "conversions": 2,
        "sales_fen": 70,
        "spend_fen": 7,
    }
    con = facts(campaigns=[campaign], campaign_days=[day])
    october, november = measured(con, "2026-10")["E3"], measured(con, "2026-11")["E3"]
    assert (october["campaign_target_fen"], november["campaign_target_fen"]) == (66, 34)
    assert (october["campaign_sales_fen"], october["impressions"], october["campaign_conversions"]) == (70, 9, 2)


def test_tickets_belong_to_who_resolved_them_on_that_day():
    def ticket(number, **more):
        return {
            "ticket_id": number,
            "shop_id": "s1",
            "account_id": "a1",
            "opened_at": at("-3 10:00"),
            "resolved_at": at("3 10:00"),
            **more,
        }

    con = facts(
        tickets=[
            ticket("t1", sla_made=True, in_authority=True),
            ticket("t2", sla_made=False, reopen_count=3, in_authority=True),
            ticket("t3", reassignment_count=2),
            ticket("t4", resolved_at=None),
            ticket("t5", resolved_at=at("34 10:00")),
        ]
    )
    found = measured(con)["E1"]
    assert (found["tickets_resolved"], found["resolution_seconds"]) == (3, 3 * 6 * 86400)
    assert (found["tickets_with_sla"], found["tickets_sla_made"]) == (2, 1)
    assert (found["tickets_reopened"], found["tickets_reassigned"]) == (1, 1)
    assert (found["tickets_in_authority"], found["tickets_solved_first"]) == (2, 1)


def test_an_employee_called_na_keeps_the_name():
    con = facts(
        **employee("NA"),
        tickets=[
            {
                "ticket_id": "t1",
                "shop_id": "s1",
                "account_id": "aA",
                "opened_at": at("1 10:00"),
                "resolved_at": at("3 10:00"),
            }
        ],
    )
    assert measured(con)["NA"]["tickets_resolved"] == 1
