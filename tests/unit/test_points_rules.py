"""Each kind of point rule on values as they are: what is given, and that the trace gives it again."""

from decimal import Decimal

import pytest

from transforms.metrics.model import Better
from transforms.schemes.point_rules import Compare, EventPoints, PointStep, RankPoints, Required
from transforms.schemes.references import Reference
from transforms.scoring.book import Judgement
from transforms.scoring.money_operations import OPERATIONS as MONEY
from transforms.scoring.point_operations import OPERATIONS as POINTS
from transforms.scoring.point_rules_applied import (
    compare_points,
    event_points,
    held_total,
    judged_points,
    nowhere,
    places,
    rank_points,
    required_points,
    step_points,
)
from transforms.scoring.results import Trace
from transforms.scoring.trace import OPERATIONS, constant, leaf, replay

D = Decimal
TOP = (D(3), D(2), D(1))
DEPARTMENT = Reference(of="department")


def given(
    values: dict[str, str], rule: RankPoints, better: Better = Better.HIGHER, pooled: str | None = None
) -> dict[str, Decimal | None]:
    """The points of everybody who has a value."""
    told = {who: D(value) for who, value in values.items()}
    standing = places(told, better, rule)
    reference = leaf("metric", "pooled", D(pooled)) if pooled is not None else None
    found: dict[str, Decimal | None] = {}
    for who, value in told.items():
        trace = rank_points(
            rule, better, leaf("metric", "m", value), standing.get(who) or nowhere(len(standing)), reference
        )
        assert replay(trace) == trace.value
        found[who] = trace.value
    return found


def replayed(trace: Trace) -> Decimal | None:
    assert replay(trace) == trace.value
    return trace.value


def test_the_first_three_places_earn_3_2_1() -> None:
    assert given({"a": "5", "b": "4", "c": "3", "d": "2"}, RankPoints(top=TOP)) == {"a": 3, "b": 2, "c": 1, "d": 0}


def test_two_second_places_leave_the_third_to_nobody() -> None:
    tied = {"a": "5", "b": "4", "c": "4", "d": "3"}
    assert given(tied, RankPoints(top=TOP)) == {"a": 3, "b": 2, "c": 2, "d": 0}


def test_dense_ranks_leave_no_place_out() -> None:
    tied = {"a": "5", "b": "4", "c": "4", "d": "3"}
    assert given(tied, RankPoints(top=TOP, ties="dense")) == {"a": 3, "b": 2, "c": 2, "d": 1}


def test_shared_places_earn_the_mean_of_what_they_take() -> None:
    tied = {"a": "5", "b": "4", "c": "4", "d": "3"}
    assert given(tied, RankPoints(top=TOP, ties="shared")) == {"a": 3, "b": D("1.5"), "c": D("1.5"), "d": 0}
    four = dict.fromkeys("abcd", "1")
    assert given(four, RankPoints(top=TOP, ties="shared")) == dict.fromkeys("abcd", D("1.5"))  # 6 ÷ 4


def test_who_is_worse_than_the_pooled_value_gets_no_points_for_the_place_and_loses_one() -> None:
    rule = RankPoints(top=TOP, none_below=DEPARTMENT, below=D(-1))
    assert given({"a": "0.5", "b": "0.34", "c": "0.33"}, rule, pooled="0.34") == {"a": 3, "b": 2, "c": -1}


def test_where_lower_is_better_the_smallest_is_first() -> None:
    rule = RankPoints(top=TOP, none_below=DEPARTMENT, below=D(-1))
    assert given({"a": "20", "b": "30", "c": "40"}, rule, Better.LOWER, "30") == {"a": 3, "b": 2, "c": -1}


def test_a_value_of_zero_takes_no_place_where_it_must_be_positive() -> None:
    assert given({"a": "7", "b": "0"}, RankPoints(top=TOP, positive=True)) == {"a": 3, "b": 0}
    assert given({"a": "7", "b": "0"}, RankPoints(top=TOP)) == {"a": 3, "b": 2}


def test_too_few_people_earn_nothing_for_a_place_but_still_lose_below() -> None:
    rule = RankPoints(top=TOP, least_people=3, none_below=DEPARTMENT, below=D(-1))
    assert given({"a": "5", "b": "1"}, rule, pooled="3") == {"a": 0, "b": -1}


def test_a_mean_of_thirds_is_no_worse_than_a_third() -> None:
    """The mean of three equal values ends in another digit than the values; nobody is worse than oneself."""
    third = D(1) / 3
    noisy = third + D("1e-28")
    points = compare_points(
        Compare(to=DEPARTMENT, worse=D(-1)), Better.HIGHER, constant("a", third), constant("r", noisy), None
    )
    assert replayed(points) == 0


@pytest.mark.parametrize(
    ("actual", "better", "points"),
    [("0.4", Better.HIGHER, 2), ("0.3", Better.HIGHER, 1), ("0.2", Better.HIGHER, -2), ("0.4", Better.LOWER, -2),
     ("0.2", Better.LOWER, 2)],
)  # fmt: skip
def test_better_equal_or_worse_than_a_reference(actual: str, better: Better, points: int) -> None:
    rule = Compare(to=DEPARTMENT, better=D(2), equal=D(1), worse=D(-2))
    trace = compare_points(rule, better, leaf("metric", "m", D(actual)), leaf("metric", "m", D("0.3")), None)
    assert replayed(trace) == points


@pytest.mark.parametrize(("actual", "events", "points"), [("0.2", 1, -2), ("0.2", 0, 0), ("0.4", 0, 1), ("0.4", 1, 1)])
def test_being_worse_costs_only_with_the_event(actual: str, events: int, points: int) -> None:
    rule = Compare(to=DEPARTMENT, better=D(1), worse=D(-2), only_if="ad_phrase_abuse")
    found = leaf("event", "ad_phrase_abuse", D(events))
    trace = compare_points(rule, Better.HIGHER, constant("a", D(actual)), constant("r", D("0.3")), found)
    assert replayed(trace) == points


def test_nothing_to_compare_with_gives_nothing() -> None:
    rule = Compare(to=DEPARTMENT, better=D(1), worse=D(-2))
    trace = compare_points(rule, Better.HIGHER, leaf("metric", "m", D(1)), leaf("metric", "m", None), None)
    assert replayed(trace) is None


LOSS = (
    PointStep(up_to=D("0.05"), gives=D(1)),
    PointStep(through=D("0.10"), gives=D(0)),
    PointStep(gives=D(-1)),
)


@pytest.mark.parametrize(
    ("value", "points"), [("0", 1), ("0.0499", 1), ("0.05", 0), ("0.0845", 0), ("0.10", 0), ("0.1001", -1), ("1", -1)]
)
def test_up_to_leaves_its_end_to_the_next_step_and_through_keeps_it(value: str, points: int) -> None:
    assert replayed(step_points(LOSS, constant("loss", D(value)))) == points


def test_the_documents_two_loss_rates() -> None:
    lost = {47: 0, 77: -1}  # 8.45 % and 13.85 % of 556
    assert {n: replayed(step_points(LOSS, constant("loss", D(n) / 556))) for n in lost} == lost


def test_one_step_holds_for_every_value() -> None:
    assert replayed(step_points((PointStep(gives=D(4)),), constant("v", D(-7)))) == 4


@pytest.mark.parametrize(("value", "excuses", "points"), [("1", 0, 0), ("0.99", 0, -1), ("0.99", 1, 0), ("1", 1, 0)])
def test_what_is_required_is_kept_missed_or_excused(value: str, excuses: int, points: int) -> None:
    rule = Required(at_least=D(1), missed=D(-1), unless="excused_reply")
    trace = required_points(rule, constant("v", D(value)), leaf("event", "excused_reply", D(excuses)))
    assert replayed(trace) == points


@pytest.mark.parametrize(("value", "points"), [("5", 2), ("5.01", -3)])
def test_a_limit_that_must_not_be_passed(value: str, points: int) -> None:
    rule = Required(at_most=D(5), met=D(2), missed=D(-3))
    assert replayed(required_points(rule, constant("v", D(value)), None)) == points


@pytest.mark.parametrize(
    ("rule", "quantity", "points"),
    [
        (EventPoints(none=D(5), each=D(-1)), "0", "5"),
        (EventPoints(none=D(5), each=D(-1)), "3", "-3"),
        (EventPoints(each=D("0.5")), "3", "1.5"),
        (EventPoints(each=D(1), cap=D(5)), "7", "5"),
        (EventPoints(each=D(-2), floor=D(-3)), "2", "-3"),
        (EventPoints(none=D(9), each=D(1), cap=D(5)), "0", "9"),  # the cap is for what the events give
    ],
)
def test_events_count_by_quantity(rule: EventPoints, quantity: str, points: str) -> None:
    assert replayed(event_points(rule, leaf("event", "praise", D(quantity)))) == D(points)


def test_raters_points_are_joined_as_they_were_written() -> None:
    told = [Judgement("manager", "E9", D(7)), Judgement("peer", "E8", D(2)), Judgement("peer", "E7", D(1))]
    assert replayed(judged_points("sum", "virtue", told)) == 10
    assert replayed(judged_points("mean", "virtue", told)) == D("3.33")


def test_a_sheet_holds_its_sum_within_floor_and_cap() -> None:
    points = [constant("a", D(13)), constant("b", D(9))]
    assert replayed(held_total(points, D(0), D(20))) == 20
    assert replayed(held_total([constant("a", D(-4))], D(0), D(20))) == 0
    assert replayed(held_total(points, None, None)) == 22
    assert replayed(held_total([], D(0), D(20))) == 0


def test_no_two_kinds_of_steps_have_the_same_name() -> None:
    """A name in two tables would let one replace the other without a word."""
    assert not POINTS.keys() & MONEY.keys()
    assert all(OPERATIONS[name] is POINTS[name] for name in POINTS)
