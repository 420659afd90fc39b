"""Who is appraised, who only counts in ranks and means, who does neither."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.points_kit import OCTOBER, SINCE, open_book, opened, scheme_of, values
from tests.scheme_kit import company
from transforms.schemes.scheme import Scheme
from transforms.scoring.people import ScoringInputs

PRAISE = {"event": "praise", "title": {"zh-Hans": "表扬"}, "give": {"events": {"each": 1}}}
MID = date(2026, 10, 15)
S02 = {
    "status": "regularised",
    "posts": ["客服专员"],
    "exclude": ["helper", "manager"],
    "ranked_only": {"posts": ["售后客服"], "roles": ["helper"], "by": "received", "least_share": "50%"},
}


def scheme(**applies: Any) -> Scheme:
    return scheme_of(PRAISE, applies_to=applies)


def row(who: str, post: str | None = None, role: str = "member", **days: date) -> tuple[object, ...]:
    return (who, days.get("department", "cs"), days.get("since", SINCE), days.get("until"), role, post)


def who_is(told: Scheme, inputs: ScoringInputs, received: dict[str, object] | None = None) -> dict[str, bool]:
    """Members by employee: whether they are appraised."""
    _, found = opened(told, open_book(values("received", received or {}), inputs))
    return {each.employee_id: each.appraised for each in found}


def test_everybody_in_a_department_without_helpers_by_default() -> None:
    inputs = company(
        [row("E1"), row("E2", role="manager"), row("E3", role="helper"), (*row("E4")[:1], "ops", *row("E4")[2:])]
    )
    assert who_is(scheme(), inputs) == {"E1": True, "E2": True}


def test_posts_are_told_apart() -> None:
    inputs = company([row("E1", "客服专员"), row("E2", "售后客服")])
    assert who_is(scheme(posts=["客服专员"]), inputs) == {"E1": True}
    assert who_is(scheme(posts=["客服专员"], ranked_only={"posts": ["售后客服"]}), inputs) == {"E1": True, "E2": False}


def test_only_regular_staff_by_the_windows_end() -> None:
    employees: list[tuple[object, ...]] = [
        ("E1", SINCE, date(2026, 10, 31), None), ("E2", SINCE, date(2026, 11, 1), None), ("E3", SINCE, None, None),
    ]  # fmt: skip
    inputs = company([row("E1"), row("E2"), row("E3")], employees=employees)
    assert who_is(scheme(status="regularised"), inputs) == {"E1": True}
    waiting = scheme(status="regularised", ranked_only={"not_regularised": True})
    assert who_is(waiting, inputs) == {"E1": True, "E2": False, "E3": False}


def test_waiting_for_the_contract_is_no_reason_to_rank_another_post() -> None:
    inputs = company([row("E1", "仓管")], employees=[("E1", SINCE, None, None)])
    only = scheme(status="regularised", posts=["客服专员"], ranked_only={"not_regularised": True})
    assert who_is(only, inputs) == {}


def test_below_half_of_the_mean_helpers_and_after_sales_do_not_count() -> None:
    """The mean of 100, 80, 50, 30 is 65, half of it 32.5; those who are appraised stay whatever they did."""
    inputs = company([row("E1", "客服专员"), row("E2", "客服专员"), row("E3", "售后客服"), row("E4", role="helper")])
    told = scheme(**S02)
    assert who_is(told, inputs, {"E1": 100, "E2": 80, "E3": 50, "E4": 30}) == {"E1": True, "E2": True, "E3": False}
    assert who_is(told, inputs, {"E1": 10, "E2": 100, "E3": 100, "E4": 100}) == {
        "E1": True, "E2": True, "E3": False, "E4": False,
    }  # fmt: skip


def test_exactly_half_of_the_mean_is_enough() -> None:
    inputs = company([row("E1", "客服专员"), row("E2", "售后客服")])
    assert who_is(scheme(**S02), inputs, {"E1": 90, "E2": 30}) == {"E1": True, "E2": False}  # half of 60
    assert who_is(scheme(**S02), inputs, {"E1": 91, "E2": 30}) == {"E1": True}


def test_who_received_nobody_is_not_ranked() -> None:
    inputs = company([row("E1", "客服专员"), row("E2", "售后客服")])
    assert who_is(scheme(**S02), inputs, {"E1": 90}) == {"E1": True}


def test_a_manager_of_s02_is_neither() -> None:
    inputs = company([row("E1", "客服专员"), row("E2", "客服经理", role="manager")])
    assert who_is(scheme(**S02), inputs, {"E1": 90, "E2": 90}) == {"E1": True}


def test_days_are_those_in_roles_that_are_judged() -> None:
    rows = [row("E1", role="helper", until=MID), row("E1", since=date(2026, 10, 16)), row("E2")]
    _, found = opened(scheme(), open_book([], company(rows)))
    first, second = (each.subject for each in found)
    assert (first.days, first.period_days, first.department_days) == (11, 22, 44)
    assert (second.days, second.period_days, second.department_days) == (22, 22, 44)


def test_an_own_period_looks_at_its_own_days() -> None:
    gone = company([row("E1", until=date(2026, 9, 25)), row("E2", since=date(2026, 10, 21)), row("E3")])
    told = replace_start(scheme(), 21)
    assert who_is(told, gone) == {"E1": True, "E3": True}
    assert told.window(OCTOBER) == OCTOBER.begun_on(21)


def replace_start(told: Scheme, day: int) -> Scheme:
    return told.model_copy(update={"starts_on_day": day})


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [row("E1", "客服专员"), row("E2", "售后客服"), row("E3", "售后客服")]
    received: dict[str, object] = {"E1": 90, "E2": 40, "E3": 20}
    inputs = company(rows)
    turned = replace(inputs, assignments=inputs.assignments[::-1], employees=inputs.employees[::-1])
    assert who_is(scheme(**S02), inputs, received) == who_is(scheme(**S02), turned, received)


def test_who_was_on_loan_only_for_a_while_is_no_helper() -> None:
    rows = [
        row("E1", "客服专员"),
        row("E2", "仓管", role="helper", until=MID),
        row("E2", "仓管", since=date(2026, 10, 16)),
    ]
    only = scheme(posts=["客服专员"], ranked_only={"roles": ["helper"]})
    assert who_is(only, company(rows)) == {"E1": True}
