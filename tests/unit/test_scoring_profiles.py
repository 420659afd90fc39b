"""What scores are compared by for fairness: tenure, shop and night shifts, from facts."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sample_results import results
from tests.scheme_kit import OCTOBER, book, company
from transforms.scoring.engine import score_book
from transforms.scoring.profiles import tenure, with_profiles
from transforms.scoring.results import PersonResult

HELD = ["employee_id", "shop_id", "valid_from", "valid_until"]


def profiles(*, accounts=(), lines=(), nights=(), shops=()):
    """The profiles of E1 and E2 by what they held and did in October 2026."""
    placed = [(who, "cs", date(2025, 1, 1), None, "member") for who in ("E1", "E2")]
    events = [("night_shift", who, None, day, 1) for who, day in nights]
    told = company(placed, events=events) if events else company(placed)
    held = {
        "shops": pd.DataFrame(list(shops), columns=["shop_id", "title"], dtype="object"),
        "accounts": pd.DataFrame(list(accounts), columns=HELD, dtype="object"),
        "responsibilities": pd.DataFrame(list(lines), columns=HELD, dtype="object"),
    }
    inputs = type(told)(**{**told.__dict__, **held})
    one = book((), inputs)
    return {p.employee_id: p.profile for p in with_profiles(one, score_book(one, ())).people}


@pytest.mark.parametrize(
    ("hired_on", "code"),
    [
        (date(2026, 10, 31), "under_6_months"),
        (date(2026, 5, 2), "under_6_months"),
        (date(2026, 5, 1), "6_to_12_months"),
        (date(2025, 11, 2), "6_to_12_months"),
        (date(2025, 11, 1), "1_to_3_years"),
        (date(2023, 11, 2), "1_to_3_years"),
        (date(2023, 11, 1), "from_3_years"),
    ],
)
def test_tenure_counts_whole_months_to_the_end_of_the_last_day(hired_on, code):
    assert tenure(hired_on, OCTOBER.end) == code


@given(st.dates(date(2000, 1, 1), date(2026, 10, 31)), st.dates(date(2000, 1, 1), date(2026, 10, 31)))
def test_who_came_earlier_is_never_in_a_younger_group(one, other):
    order = ["from_3_years", "1_to_3_years", "6_to_12_months", "under_6_months"]
    first, second = sorted((one, other))
    assert order.index(tenure(first, OCTOBER.end)) <= order.index(tenure(second, OCTOBER.end))


def test_a_shop_is_that_of_the_accounts_and_product_lines_held_in_the_period():
    found = profiles(
        accounts=[("E1", "tm", date(2026, 1, 1), None), ("E1", "jd", date(2026, 1, 1), date(2026, 9, 30))],
        lines=[("E2", "tm", date(2026, 10, 31), None), ("E2", "jd", date(2025, 1, 1), date(2026, 10, 1))],
    )
    assert {who: each["shop"] for who, each in found.items()} == {"E1": "tm", "E2": "several"}


def test_a_shop_is_told_with_its_title():
    found = profiles(accounts=[("E1", "tm", date(2026, 1, 1), None)], shops=[("tm", "旗舰店")])
    assert (found["E1"]["shop"], found["E1"]["shop_title"]) == ("tm", "旗舰店")
    assert found["E2"]["shop"] == "none"


def test_without_accounts_and_nights_only_tenure_is_told():
    assert {tuple(each) for each in profiles().values()} == {("tenure",)}


def test_nights_outside_the_period_do_not_count():
    assert "shift" not in profiles(nights=[("E1", date(2026, 9, 30))])["E1"]
    found = profiles(nights=[("E1", date(2026, 10, 5)), ("E2", date(2026, 11, 1))])
    assert {who: each["shift"] for who, each in found.items()} == {"E1": "with_nights", "E2": "days_only"}


def test_results_recorded_before_there_were_profiles_load_with_none():
    recorded = results().people[0].model_dump(mode="json", exclude={"profile"})
    assert PersonResult.model_validate(recorded).profile == {}
