"""Which days are looked at: weeks, last month, the year before, own periods; and what has to be evaluated."""

from typing import Any

import pytest

from tests.points_kit import OCTOBER, scheme_of
from transforms.period import Period, parse
from transforms.scoring.windows import looked_at, merged, needed, parts

OWN = OCTOBER.begun_on(21)  # 21 September to 20 October
QUARTER = parse("2026-Q3")


def keys(*windows: Period) -> list[str]:
    return [each.key for each in windows]


def ranged(first: str, last: str) -> str:
    return f"2026-{first}..2026-{last}"


@pytest.mark.parametrize(
    ("when", "window", "told"),
    [
        ("now", OCTOBER, ["2026-10"]),
        ("last_month", OCTOBER, ["2026-09"]),
        ("last_month", OWN, [ranged("08-21", "09-20")]),
        ("last_month", QUARTER, ["2026-06"]),
        ("last_3_months", OCTOBER, ["2026-09", "2026-08", "2026-07"]),
        ("last_3_months", QUARTER, ["2026-06", "2026-05", "2026-04"]),
        ("same_month_last_year", OCTOBER, ["2025-10"]),
        ("same_month_last_year", QUARTER, ["2025-Q3"]),
        ("last_week", OCTOBER, [ranged("09-24", "09-30")]),
    ],
)
def test_a_reference_looks_at_earlier_days(when: Any, window: Period, told: list[str]) -> None:
    assert keys(*looked_at(when, window, window)) == told


def test_a_week_is_compared_with_the_whole_last_month() -> None:
    assert keys(*looked_at("last_month", OCTOBER.weeks[2], OCTOBER, "week")) == ["2026-09"]
    assert looked_at("now", OCTOBER.weeks[2], OCTOBER, "week") == (OCTOBER.weeks[2],)


def test_the_week_before_is_of_the_same_kind() -> None:
    before = [looked_at("last_week", week, OCTOBER, "week")[0] for week in OCTOBER.weeks]
    assert keys(*before) == [
        ranged("09-22", "09-30"), ranged("10-01", "10-07"), ranged("10-08", "10-14"), ranged("10-15", "10-21"),
    ]  # fmt: skip


def test_before_an_iso_week_comes_the_whole_one() -> None:
    """October 2026 begins on a Thursday: its first ISO week is cut, the one before it is not."""
    first, second, *_ = OCTOBER.iso_weeks
    assert keys(first, second) == [ranged("10-01", "10-04"), ranged("10-05", "10-11")]
    before = [looked_at("last_week", week, OCTOBER, "iso_week")[0] for week in (first, second)]
    assert keys(*before) == [ranged("09-21", "09-27"), ranged("09-28", "10-04")]


def test_weeks_of_an_own_period_are_sevens_of_days() -> None:
    assert keys(*parts("week", OWN)) == [
        ranged("09-21", "09-27"), ranged("09-28", "10-04"), ranged("10-05", "10-11"), ranged("10-12", "10-20"),
    ]  # fmt: skip
    assert parts("window", OWN) == (OWN,)
    assert sum(len(week.days) for week in parts("iso_week", OCTOBER)) == 31


RANK = {"rank": {"top": [3, 2, 1], "none_below": {"of": "department"}, "below": -1}}
LAST = {"compare": {"to": {"of": "department", "when": "last_month"}, "worse": -2}}


def test_weeks_and_what_they_are_compared_with_are_needed_with_their_own_metrics_only() -> None:
    scheme = scheme_of(
        {"metric": "conversion", "every": "week", "give": RANK},
        {"metric": "inquiry_ratio", "every": "week", "give": LAST},
    )
    found = needed([scheme], OCTOBER)
    both = frozenset({"conversion", "inquiry_ratio"})
    assert found == {parse("2026-09"): frozenset({"inquiry_ratio"}), **dict.fromkeys(OCTOBER.weeks, both)}


def test_the_period_itself_is_not_asked_for_again() -> None:
    assert needed([scheme_of({"metric": "conversion", "give": RANK})], OCTOBER) == {}


def test_an_own_period_is_needed_itself_and_so_is_the_one_before() -> None:
    scheme = scheme_of({"metric": "inquiry_ratio", "give": LAST}, starts_on_day=21)
    assert keys(*needed([scheme], OCTOBER)) == [ranged("08-21", "09-20"), OWN.key]


def test_a_reference_to_another_metric_asks_for_that_one() -> None:
    other = {"compare": {"to": {"of": "department", "when": "last_month", "metric": "csat_rate"}, "worse": -1}}
    found = needed([scheme_of({"metric": "conversion", "give": other})], OCTOBER)
    assert found == {parse("2026-09"): frozenset({"csat_rate"})}


def test_pay_asks_for_the_months_of_its_facts() -> None:
    pay = {
        "facts": {
            "share": {
                "metric": "cs_sales_share",
                "of": "department",
                "when": ["same_month_last_year", "last_3_months"],
                "take": "mean",
            },
            "goal": {"target": "paid_amount", "when": ["last_month"]},
        }
    }
    scheme = scheme_of(
        {"event": "praise", "title": {"zh-Hans": "表扬"}, "give": {"events": {"each": 1}}}, version={"pay": pay}
    )
    found = needed([scheme], OCTOBER)
    assert keys(*found) == ["2025-10", "2026-07", "2026-08", "2026-09"]
    assert set(found.values()) == {frozenset({"cs_sales_share"})}  # a target is no metric's value


def test_who_may_be_ranked_is_decided_on_a_metric_of_the_own_period() -> None:
    only = {"posts": ["售后客服"], "by": "received", "least_share": "50%"}
    scheme = scheme_of(
        {"event": "praise", "title": {"zh-Hans": "表扬"}, "give": {"events": {"each": 1}}},
        applies_to={"ranked_only": only},
        starts_on_day=21,
    )
    assert needed([scheme], OCTOBER) == {OWN: frozenset({"received"})}


def test_a_scheme_of_another_cycle_or_not_yet_in_force_needs_nothing() -> None:
    quarterly = scheme_of({"metric": "inquiry_ratio", "give": LAST}, cycle="quarter")
    assert needed([quarterly], OCTOBER) == {}
    assert keys(*needed([quarterly], QUARTER)) == ["2026-06"]
    assert needed([quarterly], parse("2024-Q3")) == {}


def test_two_answers_are_merged_by_window() -> None:
    one, other = {OCTOBER: frozenset({"a"})}, {OCTOBER: frozenset({"b"}), OWN: frozenset({"c"})}
    assert merged(one, other) == {OWN: frozenset({"c"}), OCTOBER: frozenset({"a", "b"})}
