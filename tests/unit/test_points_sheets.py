"""Sheets of points: lines over weeks and windows, members who only count, words, totals, what is left out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.points_kit import (
    CATALOGUE,
    OCTOBER,
    SEPTEMBER,
    SINCE,
    WEEKS,
    judged,
    line_of,
    points_of,
    pooled,
    scheme_of,
    team,
    value,
    values,
    with_campaign,
    with_events,
)
from tests.scheme_kit import company
from transforms.scoring.results import PointSheetResult
from transforms.scoring.trace import replay

D = Decimal
RANK = {"rank": {"top": [3, 2, 1], "none_below": {"of": "department"}, "below": -1}}
Sheets = dict[str, tuple[PointSheetResult, ...]]


def events(kind: str, **rule: Any) -> dict[str, Any]:
    return {"event": kind, "title": {"zh-Hans": kind}, "give": {"events": rule}}


def metric(key: str, **give: Any) -> dict[str, Any]:
    return {"metric": key, "give": give}


def test_ranks_of_a_month_say_what_they_did() -> None:
    told = [*values("conversion", {"E1": "0.4", "E2": "0.35", "E3": "0.3"}), pooled("conversion", "0.342")]
    found = judged(scheme_of(metric("conversion", **RANK)), told, team("E1", "E2", "E3"))
    assert points_of(found) == {"E1": [3], "E2": [2], "E3": [-1]}
    second = line_of(found, "E2")
    assert second.rule.zh_hans == "第 2 名(共 3 人),高于部门 34.2%,+2 分"
    assert second.rule.zh_hant == "第 2 名(共 3 人),高於部門 34.2%,+2 分"
    assert second.rule.en == "place 2 of 3, above the department's 34.2%, +2 points"
    assert (second.rank, second.ranked_of, second.reference, second.actual) == (2, 3, D("0.342"), D("0.35"))
    assert line_of(found, "E3").rule.zh_hans == "第 3 名(共 3 人),低于部门 34.2%,-1 分"


def test_says_is_the_metrics_sentence_with_its_days_filled_in() -> None:
    found = judged(
        scheme_of(metric("conversion", **RANK)), [value("conversion", "0.4"), pooled("conversion", "0.3")], team("E1")
    )
    told = line_of(found)
    assert told.says.en is not None
    assert "{" not in told.says.en
    assert (told.title, told.source) == (CATALOGUE["conversion"].title, CATALOGUE["conversion"].source)


def test_weeks_are_ranked_one_by_one() -> None:
    told = []
    for n, week in enumerate(WEEKS):
        told += values("conversion", {"E1": 0.4 - n / 10, "E2": 0.25}, week)
        told.append(pooled("conversion", "0.2", week))
    found = judged(scheme_of({**metric("conversion", **RANK), "every": "week"}), told, team("E1", "E2"))
    assert points_of(found) == {"E1": [3, 3, 2, -1], "E2": [2, 2, 3, 3]}
    assert [each.window for each in found["E1"][0].lines] == [week.key for week in WEEKS]
    assert found["E1"][0].total == 7


def test_who_only_counts_can_be_first_and_nobody_moves_up() -> None:
    """A helper on loan is first: the best of the appraised stays second."""
    rows: list[tuple[object, ...]] = [(who, "cs", SINCE, None, "member") for who in ("E1", "E2")]
    inputs = company([*rows, ("E3", "cs", SINCE, None, "helper")])
    scheme = scheme_of(metric("conversion", **RANK), applies_to={"ranked_only": {"roles": ["helper"]}})
    told = [*values("conversion", {"E1": "0.4", "E2": "0.3", "E3": "0.5"}), pooled("conversion", "0.2")]
    found = judged(scheme, told, inputs)
    assert points_of(found) == {"E1": [2], "E2": [1]}
    assert line_of(found).rule.en == "place 2 of 3, above the department's 20%, +2 points"


def test_people_who_only_count_are_in_the_mean_of_people() -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", SINCE, None, "member"), ("E2", "cs", SINCE, None, "helper")]
    scheme = scheme_of(
        metric("conversion", compare={"to": {"of": "department_mean"}, "better": 1, "worse": -1}),
        applies_to={"ranked_only": {"roles": ["helper"]}},
    )
    found = judged(scheme, values("conversion", {"E1": "0.4", "E2": "0.6"}), company(rows))
    assert points_of(found) == {"E1": [-1]}
    assert line_of(found).rule.en == "40%, below the mean of the department's people, 50%, -1 point"


def test_who_has_no_value_has_no_points_and_takes_no_place() -> None:
    told = [*values("conversion", {"E1": "0.4", "E2": None}), pooled("conversion", "0.3")]
    found = judged(scheme_of(metric("conversion", **RANK)), told, team("E1", "E2", "E3"))
    assert points_of(found) == {"E1": [3], "E2": [None], "E3": [None]}
    assert line_of(found).ranked_of == 1
    nothing = line_of(found, "E3")
    assert (nothing.missing, nothing.rule.en, found["E3"][0].total) == ("no_data", "no data: no points", 0)
    assert replay(nothing.trace) is None


def test_too_few_cases_are_not_ranked() -> None:
    line = {**metric("conversion", **RANK), "needs_at_least": 20}
    told = [value("conversion", "0.9", of=19), value("conversion", "0.4", who="E2", of=20), pooled("conversion", "0.3")]
    found = judged(scheme_of(line), told, team("E1", "E2"))
    assert points_of(found) == {"E1": [None], "E2": [3]}
    assert line_of(found).missing == "too_few"
    assert line_of(found).actual == D("0.9")


def test_slower_than_the_department_costs_a_point() -> None:
    line = {**metric("mean_response_seconds", compare={"to": {"of": "department"}, "worse": -1}), "goal": 30}
    told = [*values("mean_response_seconds", {"E1": "31.5", "E2": "25"}), pooled("mean_response_seconds", "28")]
    found = judged(scheme_of(line), told, team("E1", "E2"))
    assert points_of(found) == {"E1": [-1], "E2": [0]}
    assert line_of(found).rule.zh_hans == "31.5 秒,高于部门 28 秒(越低越好),-1 分"
    assert line_of(found).target == 30  # the goal is shown and scores nothing


ABUSE = metric(
    "inquiry_ratio",
    compare={"to": {"of": "department", "when": "last_month"}, "worse": -2, "only_if": "ad_phrase_abuse"},
)


def test_below_last_months_department_costs_two_only_in_the_week_of_the_abuse() -> None:
    told = [pooled("inquiry_ratio", "0.8", SEPTEMBER)]
    for week in WEEKS:
        told += values("inquiry_ratio", {"E1": "0.7", "E2": "0.8"}, week)
    inputs = with_events(team("E1", "E2"), ("ad_phrase_abuse", None, date(2026, 10, 14), 1))
    found = judged(scheme_of({**ABUSE, "every": "week"}), told, inputs)
    assert points_of(found) == {"E1": [0, -2, 0, 0], "E2": [0, 0, 0, 0]}
    assert line_of(found, part=1).rule.zh_hans == "70%,低于部门上月 80%,-2 分"
    assert line_of(found).rule.zh_hans == "70%,低于部门上月 80%,没有“ad_phrase_abuse”记录,0 分"


def test_in_the_first_month_there_is_nothing_to_compare_with() -> None:
    inputs = with_events(team("E1"), ("ad_phrase_abuse", None, date(2026, 10, 14), 1))
    found = judged(scheme_of(ABUSE), [value("inquiry_ratio", "0.7")], inputs)
    assert points_of(found) == {"E1": [None]}
    assert line_of(found).missing == "no_data"


def test_a_special_campaigns_weeks_are_left_out() -> None:
    told = []
    for week in WEEKS:
        told += [value("paid_order_value", 100_00, window=week), pooled("paid_order_value", 90_00, week)]
    line = {**metric("paid_order_value", **RANK), "every": "week", "not_in": "special_campaigns"}
    days = date(2026, 10, 20), date(2026, 10, 24)
    found = judged(scheme_of(line), told, with_campaign(team("E1"), *days))
    assert points_of(found) == {"E1": [3, 3, None, None]}
    exempt = line_of(found, part=2)
    assert (exempt.missing, exempt.actual, exempt.rule.en) == ("exempt", 100_00, "not judged during a special campaign")
    assert points_of(judged(scheme_of(line), told, with_campaign(team("E1"), *days, special=False))) == {
        "E1": [3, 3, 3, 3]
    }


LOSS = {"steps": [{"up_to": "5%", "gives": 1}, {"through": "10%", "gives": 0}, {"gives": -1}]}


@pytest.mark.parametrize(
    ("rate", "points", "words"),
    [
        ("0.04", 1, "4%,属于 < 5%,+1 分"),
        ("0.0845", 0, "8.45%,属于 5% ≤ … ≤ 10%,0 分"),
        ("0.1385", -1, "13.85%,属于 > 10%,-1 分"),
    ],
)
def test_steps_say_where_the_value_lies(rate: str, points: int, words: str) -> None:
    found = judged(scheme_of(metric("order_loss", **LOSS)), [value("order_loss", rate)], team("E1"))
    assert (line_of(found).points, line_of(found).rule.zh_hans) == (points, words)


REPLY = metric("reply_rate", required={"at_least": "100%", "missed": -1, "unless": "excused_reply"})


def test_every_buyer_must_be_answered_unless_there_is_an_excuse() -> None:
    told = [each for week in WEEKS for each in values("reply_rate", {"E1": "0.99", "E2": "1"}, week)]
    inputs = with_events(team("E1", "E2"), ("excused_reply", "E1", date(2026, 10, 31), 1))
    found = judged(scheme_of({**REPLY, "every": "week"}), told, inputs)
    assert points_of(found) == {"E1": [-1, -1, -1, 0], "E2": [0, 0, 0, 0]}
    assert line_of(found).rule.zh_hans == "99%,未达到要求 ≥ 100%,-1 分"
    assert line_of(found, part=3).rule.zh_hans == "99%,未达到要求 ≥ 100%,有合理原因,不计,0 分"
    assert line_of(found, "E2").rule.en == "100%, keeps ≥ 100%, 0 points"


TASK = {
    "metric": "paid_amount",
    "target": {"from": "targets"},
    "give": {
        "target_steps": [
            {"up_to": "50%", "gives": -2}, {"up_to": "60%", "gives": 0}, {"up_to": "80%", "gives": 1},
            {"up_to": "130%", "gives": 3}, {"gives": 5},
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("fen", "points"),
    [
        (0, -2),
        (49_999, -2),
        (50_000, 0),
        (59_999, 0),
        (60_000, 1),
        (79_999, 1),
        (80_000, 3),
        (129_999, 3),
        (130_000, 5),
    ],
)
def test_completion_of_the_target_by_its_bands(fen: int, points: int) -> None:
    inputs = team("E1", targets=[("employee", "E1", "paid_amount", 100_000)])
    found = judged(scheme_of(TASK), [value("paid_amount", fen)], inputs)
    assert (line_of(found).points, line_of(found).target) == (points, 100_000)


def test_completion_is_told_with_its_numbers() -> None:
    inputs = team("E1", targets=[("employee", "E1", "paid_amount", 300_000_00)])
    found = judged(scheme_of(TASK), [value("paid_amount", 312_000_00)], inputs)
    assert line_of(found).rule.zh_hans == "312,000 元 ÷ 目标 300,000 元 = 104%,属于 80% ≤ … < 130%,+3 分"


def test_without_a_target_there_are_no_points_for_it() -> None:
    found = judged(scheme_of(TASK), [value("paid_amount", 5)], team("E1"))
    assert (line_of(found).points, line_of(found).missing) == (None, "no_target")


def test_a_weeks_target_is_the_months_by_working_days() -> None:
    """October 2026 has 22 working days, five of them in the first week: 1 and 2, 5 to 7."""
    inputs = team("E1", targets=[("employee", "E1", "paid_amount", 22_000)])
    found = judged(scheme_of({**TASK, "every": "week"}), [value("paid_amount", 5_000, window=WEEKS[0])], inputs)
    assert (line_of(found).target, line_of(found).points) == (5_000, 3)
    assert replay(line_of(found).trace) == 3


def test_events_give_points_by_the_days_of_the_window_and_the_department() -> None:
    lines = [events("order_error", none=5, each=-1), events("praise", each="0.5"), events("other_work", each=2, cap=2)]
    inputs = with_events(
        team("E1", "E2"),
        ("order_error", "E1", date(2026, 10, 3), 2),
        ("order_error", "E1", date(2026, 11, 1), 7),
        ("praise", "E1", date(2026, 10, 1), 1), ("praise", "E1", date(2026, 10, 31), 2),
        ("other_work", "E1", date(2026, 10, 8), 3),
    )  # fmt: skip
    found = judged(scheme_of(*lines), [], inputs)
    assert points_of(found) == {"E1": [-2, D("1.5"), 2], "E2": [5, 0, 0]}
    assert [each.rule.en for each in found["E1"][0].lines] == [
        "2 times -1 point, -2 points", "3 times +0.5 points, +1.5 points", "3 times +2 points, as far as the limit, +2 points",
    ]  # fmt: skip
    assert line_of(found, "E2").rule.zh_hans == "没有发生,+5 分"


def test_who_was_not_there_is_not_praised_for_having_no_error() -> None:
    rows: list[tuple[object, ...]] = [("E1", "cs", date(2026, 10, 16), None, "member")]
    found = judged(scheme_of({**events("order_error", none=5), "every": "week"}), [], company(rows))
    assert points_of(found) == {"E1": [None, None, 5, 5]}


SENIORITY = {
    "fact": "seniority_months",
    "title": {"zh-Hans": "工龄"},
    "give": {"steps": [{"up_to": 6, "gives": 0}, {"up_to": 12, "gives": 2}, {"up_to": 24, "gives": 3}, {"up_to": 36, "gives": 5}, {"gives": 8}]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("hired", "points"),
    [
        (date(2026, 5, 1), 0), (date(2026, 4, 30), 2), (date(2025, 11, 1), 2), (date(2025, 10, 31), 3),
        (date(2024, 10, 31), 5), (date(2023, 11, 1), 5), (date(2023, 10, 31), 8),
    ],
)  # fmt: skip
def test_seniority_counts_whole_months_at_the_windows_end(hired: date, points: int) -> None:
    inputs = company([("E1", "cs", hired, None, "member")], employees=[("E1", hired, hired, None)])
    assert line_of(judged(scheme_of(SENIORITY), [], inputs)).points == points


def test_judgements_are_taken_as_they_were_written() -> None:
    line = {"manual": "virtue", "title": {"zh-Hans": "品德"}, "give": {"judged": "mean"}}
    inputs = team("E1", "E2", judgements=[("E1", "virtue", "manager", 4), ("E1", "virtue", "peer", 3)])
    found = judged(scheme_of(line), [], inputs)
    assert points_of(found) == {"E1": [D("3.50")], "E2": [None]}
    assert (line_of(found).rule.en, line_of(found, "E2").missing) == ("mean of 2 raters, +3.5 points", "no_rater")


def test_the_total_is_held_within_the_sheets_floor_and_cap() -> None:
    lines = [events("praise", each=8), events("refusal", each=-30)]
    inputs = with_events(
        team("E1", "E2"), ("praise", "E1", date(2026, 10, 3), 3), ("refusal", "E2", date(2026, 10, 3), 1)
    )
    found = judged(scheme_of(*lines, sheet={"cap": 20, "floor": 0}), [], inputs)
    assert {who: sheet.total for who, (sheet,) in found.items()} == {"E1": 20, "E2": 0}
    assert all(replay(sheet.trace) == sheet.total for (sheet,) in found.values())


def test_points_are_provisional_until_the_metric_has_settled_for_that_week() -> None:
    told = [
        each for week in WEEKS for each in (value("conversion", "0.4", window=week), pooled("conversion", "0.3", week))
    ]
    scheme = scheme_of({**metric("conversion", **RANK), "every": "week"}, events("praise", each=1))
    found = judged(scheme, told, team("E1"), as_of=date(2026, 10, 27))
    assert [each.provisional for each in found["E1"][0].lines] == [False, False, False, True, False]
    assert not any(each.provisional for each in judged(scheme, told, team("E1"))["E1"][0].lines)


def test_an_own_period_judges_its_own_days_under_the_months_name() -> None:
    own = OCTOBER.begun_on(21)
    inputs = with_events(
        team("E1", targets=[("employee", "E1", "paid_amount", 100)]),
        ("praise", "E1", date(2026, 9, 21), 1), ("praise", "E1", date(2026, 10, 21), 1),
    )  # fmt: skip
    found = judged(
        scheme_of(events("praise", each=1), TASK, starts_on_day=21), [value("paid_amount", 90, window=own)], inputs
    )
    assert points_of(found) == {"E1": [1, 3]}
    assert {each.window for each in found["E1"][0].lines} == {own.key}


def test_every_trace_gives_its_points_again() -> None:
    told = [
        *values("conversion", {"E1": "0.4", "E2": "0.35"}),
        pooled("conversion", "0.342"),
        *values("order_loss", {"E1": "0.07"}),
    ]
    scheme = scheme_of(metric("conversion", **RANK), metric("order_loss", **LOSS), SENIORITY, events("praise", none=1))
    for sheets in judged(scheme, told, team("E1", "E2")).values():
        for line in sheets[0].lines:
            assert replay(line.trace) == line.points


def test_everybody_is_compared_with_the_own_last_month() -> None:
    own = metric("conversion", compare={"to": {"of": "own", "when": "last_month"}, "better": 1, "worse": -1})
    before = values("conversion", {"E1": "0.2", "E2": "0.5"}, SEPTEMBER)
    told = [*values("conversion", {"E1": "0.3", "E2": "0.4", "E3": "0.4"}), *before]
    found = judged(scheme_of(own), told, team("E1", "E2", "E3"))
    assert points_of(found) == {"E1": [1], "E2": [-1], "E3": [None]}
    assert line_of(found).rule.zh_hans == "30%,高于本人上月 20%,+1 分"


def test_equal_values_are_told_as_equal_whichever_is_better() -> None:
    line = metric("mean_response_seconds", compare={"to": {"of": "department"}, "worse": -1})
    found = judged(
        scheme_of(line), [value("mean_response_seconds", 28), pooled("mean_response_seconds", 28)], team("E1")
    )
    assert line_of(found).rule.zh_hans == "28 秒,等于部门 28 秒,0 分"


def test_too_few_ranked_people_are_told() -> None:
    found = judged(
        scheme_of(metric("conversion", rank={"top": [3], "least_people": 3})),
        values("conversion", {"E1": "0.3", "E2": "0.4"}),
        team("E1", "E2"),
    )
    assert points_of(found) == {"E1": [0], "E2": [0]}
    assert line_of(found).rule.en == "place 2 of 2, fewer than 3 ranked, 0 points"


def test_weekly_events_are_counted_in_their_week() -> None:
    inputs = with_events(team("E1"), ("praise", "E1", date(2026, 10, 9), 2))
    found = judged(scheme_of({**events("praise", each=1), "every": "week"}), [], inputs)
    assert points_of(found) == {"E1": [0, 2, 0, 0]}


def test_what_happened_in_another_department_does_not_count_here() -> None:
    mid = date(2026, 10, 15)
    rows: list[tuple[object, ...]] = [
        ("E1", "cs", SINCE, mid, "member"),
        ("E1", "ops", date(2026, 10, 16), None, "member"),
    ]
    praised = [("praise", "E1", day, 1) for day in (date(2026, 10, 14), date(2026, 10, 20))]
    found = judged(scheme_of(events("praise", each=1)), [], with_events(company(rows), *praised))
    assert points_of(found) == {"E1": [1]}


def test_a_line_waits_for_the_metric_it_is_compared_with() -> None:
    """Payments take days; the response time is known at once."""
    other = {"of": "department", "metric": "conversion"}
    line = metric("mean_response_seconds", compare={"to": other, "worse": -1})
    told = [value("mean_response_seconds", 28), pooled("conversion", "0.3")]
    early = date(2026, 11, 2)
    assert CATALOGUE["mean_response_seconds"].settle_days == 0
    assert line_of(judged(scheme_of(line), told, team("E1"), as_of=early)).provisional
    alone = metric("mean_response_seconds", compare={"to": {"of": "department"}, "worse": -1})
    assert not line_of(judged(scheme_of(alone), told, team("E1"), as_of=early)).provisional
