"""Whose order it is, who helped, what was returned, what was recommended (metrics.md; S02.3–5, 9, 11; S01; S08)."""

import pytest

from tests.facts import at, chat, facts, measured, order

PLACED = order("o1", "b1", "3 12:00", paid="3 12:30", amount=9900)


def talk(account, first, last, session=""):
    return chat("b1", account, f"{first} buyer", f"{last} agent", session=session or account)


def owner(messages, orders=(PLACED,), **parameters):
    found = measured(facts(messages=messages, orders=list(orders)), **parameters)
    owners = [who for who, sums in found.items() if who and sums["owned_orders"]]
    return owners[0] if owners else None


def test_the_owner_is_the_agent_whose_chat_spans_the_order():
    assert owner(talk("a1", "3 11:50", "3 12:05") + talk("a2", "3 11:00", "3 11:59")) == "E1"


@pytest.mark.parametrize(("first", "last"), [("3 12:00", "3 12:10"), ("3 11:50", "3 12:00")])
def test_the_first_and_the_last_line_belong_to_the_chat(first, last):
    assert owner(talk("a1", first, last)) == "E1"


def test_of_several_spanning_chats_the_one_that_ended_last_wins():
    assert owner(talk("a1", "3 11:00", "3 12:05") + talk("a2", "3 11:50", "3 12:20")) == "E2"


def test_a_tie_goes_to_the_smaller_employee_id():
    assert owner(talk("a2", "3 11:00", "3 12:05") + talk("a1", "3 11:50", "3 12:05")) == "E1"


def test_a_spanning_chat_beats_none_and_the_nearest_before_beats_farther():
    assert owner(talk("a1", "2 11:00", "2 12:05") + talk("a2", "3 09:00", "3 09:05")) == "E2"


@pytest.mark.parametrize(("last", "expected"), [("1 12:00:00", "E1"), ("1 11:59:59", None)])
def test_a_chat_may_have_ended_lookback_days_before(last, expected):
    assert owner(talk("a1", "1 11:00:00", last)) == expected


def test_a_chat_after_the_order_brought_nothing_about():
    assert owner(talk("a1", "3 12:00:01", "3 12:40")) is None


def test_a_chat_takes_two_and_a_person():
    lines = ("3 11:50 agent", "3 12:10 agent")
    assert owner(chat("b1", "a1", *lines)) is None
    assert owner(chat("b1", "a1", "3 11:50 buyer", "3 12:10 auto")) is None
    assert owner(chat("b1", "a1", "3 11:50 mass", "3 12:10 mass")) is None


def test_who_had_the_account_at_the_time_of_the_chat_owns_the_order():
    accounts = [
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E1", "kind": "human", "valid_until": at("3 11:58")},
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E2", "kind": "human", "valid_from": at("3 11:58")},
    ]
    con = facts(accounts=accounts, messages=talk("a1", "3 11:50", "3 11:55"), orders=[PLACED])
    assert measured(con)["E1"]["owned_orders"] == 1


@pytest.mark.parametrize(("judgement", "expected"), [("order", "E1"), ("payment", "E2"), ("order_first", "E1")])
def test_the_judged_moment_is_a_parameter(judgement, expected):
    messages = talk("a1", "3 11:50", "3 12:05") + talk("a2", "3 12:10", "3 12:40")
    assert owner(messages, judgement=judgement) == expected


def test_order_first_falls_back_on_the_payment():
    urging = talk("a2", "3 12:10", "3 12:40")
    assert owner(urging, judgement="order") is None
    assert owner(urging, judgement="order_first") == "E2"


def test_an_unpaid_order_is_judged_by_its_placing_whatever_the_judgement():
    unpaid = [order("o1", "b1", "3 12:00")]
    messages = talk("a1", "3 11:50", "3 12:05") + talk("a2", "3 12:10", "3 12:40")
    assert owner(messages, unpaid, judgement="payment") == "E1"


def test_silent_orders_count_for_the_shop_alone():
    found = measured(facts(orders=[PLACED], messages=[]))
    assert (found[""]["silent_orders"], found[""]["silent_amount_fen"]) == (1, 9900)
    assert all(not sums["owned_orders"] for sums in found.values())


def test_what_is_owned_and_what_is_silent_add_up_to_the_shop():
    orders = [PLACED, order("o2", "b2", "4 12:00", paid="4 12:01", amount=100), order("o3", "b3", "4 12:00", amount=7)]
    found = measured(facts(orders=orders, messages=talk("a1", "3 11:50", "3 12:05")))
    assert found[""]["shop_orders"] == 3
    assert (
        found[""]["shop_paid_amount_fen"]
        == 10000
        == found["E1"]["owned_paid_amount_fen"] + found[""]["silent_amount_fen"]
    )


def test_orderers_are_distinct_buyers_a_day():
    orders = [PLACED, order("o2", "b1", "3 12:02"), order("o3", "b1", "4 12:02")]
    found = measured(facts(orders=orders, messages=talk("a1", "3 11:50", "3 12:05")))["E1"]
    assert (found["owned_orders"], found["owned_orderers"], found["owned_orderers_paid"]) == (3, 2, 1)
    assert (found["owned_orderers_unpaid"], found["owned_unpaid_amount_fen"]) == (1, 20000)


@pytest.mark.parametrize(("paid", "amount"), [("7 23:59:59", 9900), ("8 00:00:00", 0)])
def test_what_is_paid_after_pay_days_counts_nowhere(paid, amount):
    late = order("o1", "b1", "3 12:00", paid=paid, amount=9900)
    found = measured(facts(orders=[late], messages=talk("a1", "3 11:50", "3 12:05")))
    assert found["E1"]["owned_paid_amount_fen"] == amount
    assert found[""]["shop_paid_amount_fen"] == amount
    assert found["E1"]["owned_unpaid_amount_fen"] == 9900 - amount


# --- assistance ----------------------------------------------------------------------------------------------------


def test_others_who_wrote_between_order_and_payment_assisted():
    messages = talk("a1", "3 11:50", "3 12:05") + talk("a2", "3 12:10", "3 12:15") + talk("a3", "3 12:31", "3 12:32")
    found = measured(facts(orders=[PLACED], messages=messages))
    assert [found[who]["assisted_amount_fen"] for who in ("E1", "E2", "E3")] == [0, 9900, 0]


@pytest.mark.parametrize(("between", "amount"), [([], 0), (["3 12:15 agent"], 9900), (["3 12:15 buyer"], 0)])
def test_a_chat_around_the_order_and_the_payment_assists_by_a_line_between(between, amount):
    around = chat("b1", "a2", "3 11:00 buyer", "3 11:30 agent", *between, "3 12:40 agent", "3 12:41 buyer")
    owning = chat("b1", "a1", "3 11:00 buyer", "3 12:50 agent")
    assert measured(facts(orders=[PLACED], messages=around + owning))["E2"]["assisted_amount_fen"] == amount


def test_an_order_nobody_owns_can_be_assisted():
    found = measured(facts(orders=[PLACED], messages=talk("a2", "3 12:10", "3 12:15")))
    assert (found["E2"]["assisted_orders"], found[""]["silent_orders"]) == (1, 1)


def test_an_automatic_line_assists_nobody():
    found = measured(facts(orders=[PLACED], messages=chat("b1", "a2", "3 12:10 buyer", "3 12:11 auto")))
    assert found["E2"]["assisted_amount_fen"] == 0


# --- returns -------------------------------------------------------------------------------------------------------


def returned(kind="return", requested="8 10:00", reason="misdescription", number="r1"):
    return {
        "refund_id": number,
        "shop_id": "s1",
        "order_id": "o1",
        "kind": kind,
        "reason": reason,
        "requested_at": at(requested),
    }


def test_returns_count_once_an_order_and_by_the_first_reason():
    refunds = [returned(), returned(requested="9 10:00", reason="late", number="r2")]
    found = measured(facts(orders=[PLACED], messages=talk("a1", "3 11:50", "3 12:05"), refunds=refunds))["E1"]
    assert found["returned_owned_orders"] == 1
    assert found["returned_owned_orders:misdescription"] == 1
    assert found["returned_owned_orders:late"] == 0


@pytest.mark.parametrize(
    ("kind", "requested", "count"),
    [
        ("return", "18 23:59", 1),
        ("return", "19 00:00", 0),
        ("exchange", "8 10:00", 0),
        ("refund", "8 10:00", 0),
    ],
)
def test_only_goods_sent_back_within_the_days_are_returns(kind, requested, count):
    con = facts(orders=[PLACED], messages=talk("a1", "3 11:50", "3 12:05"), refunds=[returned(kind, requested)])
    assert measured(con)["E1"]["returned_owned_orders"] == count


# --- recommendations -----------------------------------------------------------------------------------------------


def recommended(account, moment, item="i1", number="r1"):
    return {
        "recommendation_id": number,
        "shop_id": "s1",
        "buyer_id": "b1",
        "account_id": account,
        "item_id": item,
        "recommended_at": at(moment),
    }


def line(item="i1", amount=500, number=1, order_id="o1"):
    return {
        "order_id": order_id,
        "shop_id": "s1",
        "line_no": number,
        "item_id": item,
        "created_at": at("3 12:00"),
        "quantity": 1,
        "amount_fen": amount,
    }


def test_a_recommended_item_that_is_bought_and_paid_counts():
    con = facts(
        orders=[PLACED], order_items=[line(), line("i2", 300, 2)], recommendations=[recommended("a1", "3 11:00")]
    )
    found = measured(con)["E1"]
    assert (found["recommended_items"], found["recommended_bought"], found["add_on_amount_fen"]) == (1, 1, 500)


def test_recommended_twice_is_one_and_paid_once():
    con = facts(
        orders=[PLACED],
        order_items=[line()],
        recommendations=[recommended("a1", "3 11:00"), recommended("a1", "3 11:30", number="r2")],
    )
    found = measured(con)["E1"]
    assert (found["recommended_items"], found["recommended_bought"], found["add_on_amount_fen"]) == (1, 1, 500)


def test_the_amount_goes_to_who_recommended_last_before_the_order():
    con = facts(
        orders=[PLACED],
        order_items=[line()],
        recommendations=[
            recommended("a1", "3 11:00"),
            recommended("a2", "3 11:30", number="r2"),
            recommended("a3", "3 12:30", number="r3"),
        ],
    )
    found = measured(con)
    assert [found[who]["add_on_amount_fen"] for who in ("E1", "E2", "E3")] == [0, 500, 0]
    assert [found[who]["recommended_bought"] for who in ("E1", "E2", "E3")] == [1, 1, 0]


@pytest.mark.parametrize(
    ("created", "paid", "bought"),
    [
        ("4 23:59", "7 23:59", 1),
        ("5 00:00", "5 00:01", 0),
        ("4 12:00", "8 00:00", 0),
        ("3 12:00", "", 0),
    ],
)
def test_windows_of_a_recommendation(created, paid, bought):
    con = facts(
        orders=[order("o1", "b1", created, paid=paid)],
        order_items=[line()],
        recommendations=[recommended("a1", "3 11:00")],
    )
    found = measured(con)["E1"]
    assert (found["recommended_items"], found["recommended_bought"]) == (1, bought)
