"""Who was received: the unit, each filter and their order, inquirers and their windows (metrics.md, S02)."""

import pytest

from tests.facts import at, chat, employee, facts, measured, order
from transforms.measures.parameters import MeasureParameters
from transforms.measures.runner import filtered
from transforms.period import parse

QUESTION = ("3 10:00:00 buyer", "3 10:00:20 agent", "3 10:01:00 buyer")


def reasons(con, **parameters):
    table = filtered(con, MeasureParameters(**parameters), parse("2026-10"))
    return {(row.employee_id, row.filter): row.contacts for row in table.itertuples()}


def test_a_buyer_is_received_once_a_business_day_however_many_chats():
    con = facts(
        messages=chat("b1", "a1", *QUESTION)
        + chat("b1", "a1", "3 20:00 buyer", "3 20:01 agent", session="two")
        + chat("b1", "a1", "4 09:00 buyer", session="three")
    )
    assert measured(con)["E1"]["received"] == 2


def test_a_buyer_who_talks_to_two_agents_is_received_by_each():
    con = facts(messages=chat("b1", "a1", *QUESTION) + chat("b1", "a2", *QUESTION))
    found = measured(con)
    assert (found["E1"]["received"], found["E2"]["received"]) == (1, 1)


def test_the_business_day_may_begin_after_midnight():
    lines = ("3 23:50 buyer", "4 00:10 buyer")
    con = facts(messages=chat("b1", "a1", *lines))
    assert measured(con)["E1"]["received"] == 2
    assert measured(con, business_day_start="06:00")["E1"]["received"] == 1


def test_an_account_counts_for_whoever_had_it_at_that_moment():
    shared = [
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E1", "kind": "human", "valid_until": at("3 12:00")},
        {"account_id": "a1", "shop_id": "s1", "employee_id": "E2", "kind": "human", "valid_from": at("3 12:00")},
    ]
    con = facts(accounts=shared, messages=chat("b1", "a1", "3 11:59:59 buyer") + chat("b2", "a1", "3 12:00:00 buyer"))
    found = measured(con)
    assert (found["E1"]["received"], found["E2"]["received"]) == (1, 1)


def test_a_transferred_agent_counts_for_the_department_of_that_day():
    moves = [
        {
            "employee_id": "E1",
            "department_id": "customer_service",
            "role": "member",
            "valid_until": at("10 00:00").date(),
        },
        {"employee_id": "E1", "department_id": "logistics", "role": "member", "valid_from": at("11 00:00").date()},
    ]
    from transforms.measures.runner import compute

    con = facts(assignments=moves, messages=chat("b1", "a1", "10 10:00 buyer") + chat("b2", "a1", "11 10:00 buyer"))
    table = compute(con, MeasureParameters(), parse("2026-10"))
    received = table[table["measure"] == "received"]
    assert received["department_id"].tolist() == ["customer_service", "logistics"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("mass", ["3 10:00 mass"]),
        ("monologue", ["3 10:00 agent"]),
        ("monologue", ["3 10:00 auto"]),
        ("phrase", ["3 10:00 buyer", "3 10:01 phrase", "3 10:02 phrase"]),
        ("single_line", ["3 10:00 buyer", "3 10:01 agent", "3 10:02 agent", "3 10:03 agent"]),
    ],
)
def test_each_filter_takes_its_contacts_out_and_counts_them(name, lines):
    con = facts(messages=chat("b1", "a1", *lines))
    assert reasons(con) == {("E1", name): 1}
    assert measured(con)["E1"]["received"] == 0
    assert measured(con)["E1"]["contacted"] == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["3 10:00 buyer", "3 10:01 phrase"],  # once only
        ["3 10:00 buyer", "3 10:01 phrase", "3 10:02 phrase", "3 10:03 agent", "3 10:04 buyer"],  # and a real answer
        ["3 10:00 buyer", "3 10:01 agent", "3 10:02 agent"],  # two lines only
        ["3 10:00 buyer", "3 10:01 agent", "3 10:02 agent", "3 10:03 agent", "3 10:04 buyer"],  # the buyer came back
        ["3 10:00 agent", "3 10:01 agent", "3 10:02 agent", "3 10:03 buyer"],  # the buyer answered last
        ["3 10:00 buyer", "3 10:01 auto", "3 10:02 auto", "3 10:03 auto"],  # automatic lines are no agent's
    ],
)
def test_what_is_just_not_filtered(lines):
    con = facts(messages=chat("b1", "a1", *lines))
    assert reasons(con) == {}
    assert measured(con)["E1"]["received"] == 1


def test_lines_before_the_only_buyer_line_do_not_make_three_after_it():
    lines = ["3 09:58 agent", "3 09:59 agent", "3 10:00 buyer", "3 10:01 agent", "3 10:02 agent", "3 10:03 agent"]
    assert reasons(facts(messages=chat("b1", "a1", *lines))) == {("E1", "single_line"): 1}
    assert reasons(facts(messages=chat("b1", "a1", *lines[:-1]))) == {}


def test_a_colleague_is_not_a_buyer_and_a_robot_is_not_a_colleague():
    people = facts(messages=chat("a2", "a1", *QUESTION))
    assert reasons(people) == {("E1", "own_account"): 1}
    robot = employee("E9", kind="robot")["accounts"]
    robots = facts(accounts=robot, messages=chat("b1", "a9", *QUESTION))
    assert measured(robots)["E1"]["received"] == 0
    assert "E9" not in measured(robots)


def test_filters_are_parameters():
    con = facts(messages=chat("b1", "a1", "3 10:00 agent") + chat("b2", "a1", "3 10:00 buyer", "3 10:01 phrase"))
    assert measured(con, filters=())["E1"]["received"] == 2
    assert reasons(con, k_phrase=1) == {("E1", "monologue"): 1, ("E1", "phrase"): 1}


# --- after-sales and inquirers -------------------------------------------------------------------------------------

BOUGHT = order("o1", "b1", "-5 10:00", paid="-5 10:05")  # paid on 25 September: eight days before the third


def test_a_buyer_back_within_the_after_sales_days_without_a_new_order_is_not_received():
    con = facts(messages=chat("b1", "a1", *QUESTION), orders=[BOUGHT])
    assert reasons(con) == {("E1", "after_sales"): 1}
    assert measured(con, after_sales_days=7)["E1"]["inquirers"] == 1
    assert measured(con, after_sales_days=8)["E1"]["inquirers"] == 0


@pytest.mark.parametrize(("created", "inquirers"), [("3 10:30", 1), ("4 23:59", 1), ("5 00:00", 0)])
def test_a_new_order_within_order_days_makes_the_return_an_inquiry(created, inquirers):
    con = facts(messages=chat("b1", "a1", *QUESTION), orders=[BOUGHT, order("o2", "b1", created)])
    assert measured(con)["E1"]["inquirers"] == inquirers


def test_the_purchase_somebody_comes_back_about_is_not_its_own_new_order():
    con = facts(messages=chat("b1", "a1", *QUESTION), orders=[order("o1", "b1", "3 09:00", paid="3 09:05")])
    assert reasons(con) == {("E1", "after_sales"): 1}


def test_an_order_still_unpaid_when_the_buyer_asks_is_no_purchase_yet():
    con = facts(messages=chat("b1", "a1", *QUESTION), orders=[order("o1", "b1", "3 09:00", paid="3 10:30")])
    found = measured(con)["E1"]
    assert (found["inquirers"], found["inquirers_ordered_same_day"], found["inquirers_paid"]) == (1, 1, 1)


def test_without_the_after_sales_filter_the_return_is_received_but_still_no_inquiry():
    con = facts(messages=chat("b1", "a1", *QUESTION), orders=[BOUGHT])
    found = measured(con, filters=("mass",))["E1"]
    assert (found["received"], found["inquirers"]) == (1, 0)


@pytest.mark.parametrize(
    ("created", "paid", "same_day", "ordered", "bought"),
    [
        ("3 23:59", "7 23:59", 1, 1, 1),
        ("4 00:00", "8 23:59", 0, 1, 1),
        ("4 00:00", "9 00:00", 0, 1, 0),
        ("5 00:00", "5 00:01", 0, 0, 0),
        ("2 23:59", "3 12:00", 0, 0, 0),
    ],
)
def test_inquirers_order_within_order_days_and_pay_within_pay_days_of_the_order(
    created, paid, same_day, ordered, bought
):
    con = facts(messages=chat("b1", "a1", *QUESTION), orders=[order("o1", "b1", created, paid=paid)])
    found = measured(con)["E1"]
    assert found["inquirers"] == 1
    assert (found["inquirers_ordered_same_day"], found["inquirers_ordered"], found["inquirers_paid"]) == (
        same_day,
        ordered,
        bought,
    )
    assert found["inquirers_lost"] == 1 - ordered


def test_an_order_in_another_shop_is_no_order_here():
    con = facts(messages=chat("b1", "a1", *QUESTION), orders=[order("o1", "b1", "3 11:00", shop_id="s2")])
    assert measured(con)["E1"]["inquirers_lost"] == 1


# --- messages and replies ------------------------------------------------------------------------------------------


def test_message_ratio_counts_lines_by_people_in_received_contacts():
    lines = ("3 10:00 buyer", "3 10:00 auto", "3 10:01 agent", "3 10:02 buyer", "3 10:03 agent", "3 10:04 agent")
    con = facts(messages=chat("b1", "a1", *lines) + chat("b2", "a1", "3 10:00 agent", "3 10:01 agent"))
    found = measured(con)["E1"]
    assert (found["agent_messages"], found["buyer_messages"]) == (3, 2)


def test_a_reply_is_a_line_by_a_person_after_the_buyers():
    con = facts(
        messages=chat("b1", "a1", "3 10:00 buyer", "3 10:01 auto")
        + chat("b2", "a1", "3 09:00 agent", "3 10:00 buyer")
        + chat("b3", "a1", "3 10:00 buyer", "3 10:01 agent")
    )
    found = measured(con)["E1"]
    assert (found["received"], found["replied"]) == (3, 1)


def test_an_answer_just_after_midnight_answers_the_day_before():
    con = facts(messages=chat("b1", "a1", "3 23:59:50 buyer", "4 00:00:20 agent"))
    found = measured(con)["E1"]
    assert (found["received"], found["replied"]) == (1, 1)


def test_an_answer_to_a_line_written_to_a_colleague_is_an_answer():
    lines = (
        chat("b1", "a1", "3 10:00 buyer", session="s")
        + chat("b1", "a2", "3 10:01 agent", session="s")
        + chat("b1", "a2", "3 10:02 buyer", session="s")
    )
    found = measured(facts(messages=lines))
    assert (found["E1"]["replied"], found["E2"]["replied"]) == (0, 1)


def test_replies_before_filters_are_kept_too():
    con = facts(
        messages=chat("b1", "a1", "3 10:00 buyer", "3 10:01 phrase", "3 10:02 phrase")
        + chat("b2", "a1", "3 10:00 buyer")
    )
    found = measured(con)["E1"]
    assert (found["wrote"], found["wrote_replied"], found["received"], found["replied"]) == (2, 1, 1, 0)


def test_forbidden_phrases_count_in_filtered_contacts_too():
    con = facts(messages=chat("b1", "a1", "3 10:00 forbidden", "3 10:01 forbidden"))
    assert measured(con)["E1"]["forbidden_phrases"] == 2
