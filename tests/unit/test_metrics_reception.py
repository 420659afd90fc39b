"""Reception, attribution and waiting, from facts to values: one morning of one agent (metrics.md "Reception …")."""

from decimal import Decimal

import pytest

from tests.facts import at, chat, facts, order, valued
from transforms.metrics.catalogue import CATALOGUE


def item(order_id, item_id, created, amount):
    return {
        "order_id": order_id, "shop_id": "s1", "line_no": 1, "item_id": item_id, "created_at": at(created),
        "quantity": 1, "amount_fen": amount,
    }  # fmt: skip


def recommended(number, buyer, item_id, moment):
    return {
        "recommendation_id": f"r{number}", "shop_id": "s1", "buyer_id": buyer, "account_id": "a1", "item_id": item_id,
        "recommended_at": at(moment),
    }  # fmt: skip


def returned(number, order_id, reason):
    return {
        "refund_id": f"f{number}", "shop_id": "s1", "order_id": order_id, "kind": "return", "reason": reason,
        "requested_at": at("9 10:00"), "amount_fen": 1,
    }  # fmt: skip


def morning():
    """b1 orders and pays, b2 orders a day later and does not pay, b3 goes, b4 is not answered, b5 comes back."""
    return facts(
        messages=[
            *chat("b1", "a1", "5 10:00:00 buyer", "5 10:00:20 agent", "5 10:10:00 buyer", "5 10:10:40 agent"),
            *chat("b2", "a1", "5 11:00:00 buyer", "5 11:01:00 agent"),
            *chat("b3", "a1", "5 12:00:00 buyer", "5 12:04:00 forbidden"),
            *chat("b4", "a1", "5 23:30:00 buyer"),
            *chat("b5", "a1", "5 13:00:00 buyer", "5 13:00:10 agent"),
            *chat("b1", "a2", "5 10:05:30 agent", session="follow-up"),
        ],
        orders=[
            order("o1", "b1", "5 10:05", paid="5 10:06", amount=300),
            order("o2", "b2", "6 09:00", amount=500),
            order("o5", "b5", "1 09:00", paid="1 09:01", amount=700),
        ],
        order_items=[item("o1", "i1", "5 10:05", 120)],
        recommendations=[recommended(1, "b1", "i1", "5 10:02"), recommended(2, "b3", "i9", "5 12:04")],
        refunds=[returned(1, "o1", "not_as_described"), returned(2, "o5", "late")],
    )


@pytest.fixture(scope="module")
def values():
    return valued(morning(), *CATALOGUE)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("received", 4),
        ("inquiry_ratio", 1),
        ("same_day_order_rate", Decimal(1) / 4),
        ("final_order_rate", Decimal(2) / 4),
        ("inquiry_loss", Decimal(2) / 4),
        ("conversion", Decimal(1) / 4),
        ("reception_conversion", Decimal(1) / 4),
        ("order_payment_rate", Decimal(1) / 2),
        ("order_loss", Decimal(1) / 2),
        ("order_loss_amount_rate", Decimal(500) / 800),
        ("paid_order_value", 300),
        ("paid_amount", 300),
        ("net_paid_amount", 300),
        ("refunded_amount", 0),
        ("cs_sales_share", Decimal(300) / 1000),
        ("message_ratio", Decimal(4) / 5),
        ("reply_rate", Decimal(3) / 4),
        ("reply_rate_unfiltered", Decimal(4) / 5),
        ("add_on_amount", 120),
        ("guided_purchase_rate", Decimal(1) / 2),
        ("return_rate", 1),
        ("misdescription_return_rate", 1),
        ("forbidden_phrases", 1),
        ("first_response_seconds", Decimal(20 + 60 + 240 + 10) / 4),
        ("mean_response_seconds", Decimal(20 + 40 + 60 + 240 + 10) / 5),
        ("within_30s_rate", Decimal(2) / 6),
        ("within_30s_first_rate", Decimal(2) / 5),
        ("within_3min_rate", Decimal(4) / 6),
        ("within_3min_08_23_rate", Decimal(4) / 5),
        ("slow_responses", 1),
        ("unanswered_waiting_peak", 1),
    ],
)
def test_a_morning_of_one_agent(metric, expected, values):
    assert values[f"E1 {metric}"] == pytest.approx(expected)


def test_who_follows_up_anothers_order_assists_and_what_no_agent_brought_about_is_silent():
    assert valued(morning(), "assisted_amount", level="company") == {"company": 300}
    assert valued(morning(), "assisted_amount")["E1"] == 0
    assert valued(morning(), "silent_amount", level="company") == {"company": 700}


def test_received_and_inquirers_part_where_after_sales_contacts_are_received():
    found = valued(morning(), "reception_conversion", "conversion", "inquiry_ratio", filters=())
    assert (found["E1 reception_conversion"], found["E1 conversion"]) == (Decimal(1) / 5, Decimal(1) / 4)
    assert found["E1 inquiry_ratio"] == Decimal(4) / 5


def test_returns_by_reason_are_part_of_the_returns():
    con = facts(
        messages=chat("b1", "a1", "5 10:00 buyer", "5 10:01 agent"),
        orders=[order(f"o{n}", "b1", "5 10:00:30", paid="5 10:02") for n in range(4)],
        refunds=[returned(1, "o1", "not_as_described"), returned(2, "o2", "late")],
    )
    found = valued(con, "return_rate", "misdescription_return_rate")
    assert found == {"E1 return_rate": Decimal("0.5"), "E1 misdescription_return_rate": Decimal("0.25")}


def given_back(number, order_id, amount, *, kind="return", handled="25 10:00"):
    told = {"kind": kind, "requested_at": at("20 10:00"), "handled_at": at(handled) if handled else None}
    return {"refund_id": f"g{number}", "shop_id": "s1", "order_id": order_id, "amount_fen": amount, **told}


@pytest.mark.parametrize(
    ("refunds", "refunded"),
    [
        ([given_back(1, "o1", 120)], 120),
        ([given_back(1, "o1", 120), given_back(2, "o1", 30, kind="refund")], 150),
        ([given_back(1, "o1", 900)], 300),  # never more than was paid
        ([given_back(1, "o1", 120, kind="exchange")], 0),
        ([given_back(1, "o1", 120, handled=None)], 0),  # asked for, not given
    ],
)
def test_what_is_given_back_however_late_is_taken_off(refunds, refunded):
    con = facts(
        messages=[*chat("b1", "a1", "5 10:00:00 buyer", "5 10:10:00 agent")],
        orders=[order("o1", "b1", "5 10:05", paid="5 10:06", amount=300)], refunds=refunds,
    )  # fmt: skip
    found = valued(con, "net_paid_amount", "refunded_amount")
    assert found == {"E1 net_paid_amount": 300 - refunded, "E1 refunded_amount": refunded}
