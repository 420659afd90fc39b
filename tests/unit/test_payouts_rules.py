"""Ways to pay, one readable case each: commissions, limits, advances, clawbacks, pools, shares at stake, rank rewards."""

from datetime import date
from typing import Any

import pytest

from tests.pay_kit import (
    amounts,
    appraisal_of,
    department_of,
    line_of,
    paid,
    paying,
    pool_of,
    team,
    value,
    values,
    with_items,
    with_targets,
)  # fmt: skip
from tests.points_kit import SEPTEMBER, TITLE, with_events
from transforms.scoring.trace import replay

YUAN = 100
TIERS = {
    "in_target": [{"up_to": "60%", "gives": "5‰"}, {"gives": "8‰"}],
    "excess": [{"through": "100%", "gives": 0}, {"through": "130%", "gives": "9‰"}, {"gives": "10‰"}],
}
SALES = {"sales": {"metric": "paid_amount"}, "target": {"target": "paid_amount"}}
CAPPED = {"key": "bonus", "kind": "bonus", "title": TITLE, "amount": "earned"}


def commission(sales_yuan: int, target_yuan: int | None, formula: str) -> int:
    scheme = paying({"commission": "earned"}, facts=SALES, tables=TIERS, person={"earned": formula})
    told = values("paid_amount", {"E1": sales_yuan * YUAN})
    inputs = with_targets(team("E1"), "paid_amount", {"E1": target_yuan * YUAN} if target_yuan else {})
    return line_of(paid(scheme, told, inputs)).amount_fen


IN_TARGET = "min(sales, target) * in_target(sales / target)"


@pytest.mark.parametrize(
    ("sales", "fen"),
    [(0, 0), (59_999, 300_00), (59_000, 295_00), (60_000, 480_00), (100_000, 800_00), (130_000, 800_00)],
)
def test_commission_in_target_goes_by_the_final_completion(sales: int, fen: int) -> None:
    """Target 100,000 yuan: 5 ‰ below 60 %, 8 ‰ from 60 % on, of no more than the target."""
    assert commission(sales, 100_000, IN_TARGET) == fen


@pytest.mark.parametrize(
    ("sales", "final", "marginal"),
    [(100_000, 0, 0), (130_000, 270_00, 270_00), (150_000, 500_00, 470_00)],
)
def test_the_excess_at_the_last_rate_or_each_part_at_its_own(sales: int, final: int, marginal: int) -> None:
    """130 % is still 9 ‰; 150 %: all 50,000 at 10 ‰, or 30,000 at 9 ‰ and 20,000 at 10 ‰."""
    assert commission(sales, 100_000, "max(0, sales - target) * excess(sales / target)") == final
    assert commission(sales, 100_000, "target * marginal(excess, sales / target)") == marginal


def test_without_a_target_the_line_pays_nothing_and_says_why() -> None:
    scheme = paying({"commission": "earned"}, facts=SALES, tables=TIERS, person={"earned": IN_TARGET})
    line = line_of(paid(scheme, values("paid_amount", {"E1": 5}), team("E1")))
    assert (line.amount_fen, line.trace.value) == (0, None)
    assert line.missing is not None
    assert (line.missing.zh_hans, line.missing.en) == ("没有数据:销售额目标", "no data: target of Paid amount")


def test_a_division_by_zero_is_no_data_and_known_stops_it() -> None:
    facts = {"sales": {"metric": "paid_amount"}, "orders": {"metric": "paid_amount", "when": ["last_month"]}}
    person = {"grown": "sales / orders", "stopped": "known(sales / orders, 1) * 100 yuan"}
    scheme = paying({"a": "grown", "b": "stopped"}, facts=facts, person=person)
    told = [*values("paid_amount", {"E1": 500}), *values("paid_amount", {"E1": 0}, window=SEPTEMBER)]
    results = paid(scheme, told, team("E1"))
    line = line_of(results, key="a")
    assert (line.amount_fen, line.missing and line.missing.en) == (0, "cannot be computed: division by zero")
    assert line_of(results, key="b").amount_fen == 100_00


@pytest.mark.parametrize(("sales", "fen"), [(100, 200_00), (50_000, 250_00), (500_000, 1_000_00)])
def test_a_bonus_is_held_between_a_floor_and_a_cap(sales: int, fen: int) -> None:
    line = {**CAPPED, "lowest": "200 yuan", "highest": "1000 yuan"}
    scheme = paying({}, facts={"sales": {"metric": "paid_amount"}}, person={"earned": "sales * 5‰"}, pays=[line])
    found = line_of(paid(scheme, values("paid_amount", {"E1": sales * YUAN}), team("E1")))
    assert found.amount_fen == fen == replay(found.trace)


@pytest.mark.parametrize(("advance", "fen"), [(None, 500_00), (300_00, 200_00), (800_00, 0)])
def test_an_advance_is_deducted_down_to_nothing(advance: int | None, fen: int) -> None:
    """A draw: commission less what was paid ahead; nobody owes the rest."""
    facts = {"sales": {"metric": "paid_amount"}, "advance": {"pay_item": "advance", "missing": 0}}
    line = {**CAPPED, "kind": "commission", "lowest": 0}
    scheme = paying({}, facts=facts, person={"earned": "sales * 5‰ - advance"}, pays=[line])
    inputs = team("E1") if advance is None else with_items(team("E1"), ("E1", "advance", advance))
    assert line_of(paid(scheme, values("paid_amount", {"E1": 100_000_00}), inputs)).amount_fen == fen


def test_a_return_takes_its_commission_back() -> None:
    """8 ‰ of 100,000 yuan less 8 ‰ of 20,000 yuan returned, and 10 yuan for each of 2 returns for misdescription."""
    facts = {
        "sales": {"metric": "paid_amount"},
        "returned": {"event": "returned_fen"},
        "wrong": {"event": "misdescribed"},
    }
    scheme = paying(
        {"commission": "sold", "clawback": "back"}, facts=facts,
        person={"sold": "sales * 8‰", "back": "-(returned * 8‰ + wrong * 10 yuan)"},
    )  # fmt: skip
    inputs = with_events(
        team("E1"), ("returned_fen", "E1", date(2026, 10, 9), 2_000_000), ("misdescribed", "E1", date(2026, 10, 9), 2),
        ("misdescribed", "E1", date(2026, 9, 30), 5),
    )  # fmt: skip
    results = paid(scheme, values("paid_amount", {"E1": 100_000_00}), inputs)
    assert amounts(results, "clawback") == {"E1": -180_00}
    statement = appraisal_of(results).pay
    assert statement is not None
    assert statement.total_fen == 800_00 - 180_00


S17: dict[str, Any] = {
    "parameters": {"pool_share": "6‰", "at_stake": "20%", "full": 10},
    "facts": {"all_sales": {"metric": "paid_amount", "of": "department"}, "points": {"event": "kpi"},
              "coefficient": {"by_post": {"senior": "1.2", "junior": "0.8"}}},
    "department": {"pot": {"formula": "round(all_sales * pool_share)", "title": TITLE}},
    "pools": {"part": {"title": TITLE, "amount": "pot", "by": "coefficient"}},
    "person": {"secure": "part * (1 - at_stake)", "staked": "part * at_stake * points / full"},
}  # fmt: skip


@pytest.mark.parametrize(("points", "staked"), [(10, 120_00), (7, 84_00), (12, 144_00), (0, 0)])
def test_a_share_of_the_pool_is_at_stake_on_the_kpi(points: int, staked: int) -> None:
    """S17: 6 ‰ of 100,000 yuan is 600; alone it is all one's own; a fifth goes by 10 points: fewer less, more extra."""
    scheme = paying({"secure": "secure", "staked": "staked"}, **S17)
    inputs = with_events(team("E1", post="senior"), ("kpi", "E1", date(2026, 10, 5), points))
    results = paid(scheme, [value("paid_amount", 100_000_00, level="department")], inputs)
    assert line_of(results, key="secure").amount_fen == 480_00
    assert line_of(results, key="staked").amount_fen == staked


def test_the_pool_goes_by_coefficient_and_who_has_none_is_told() -> None:
    scheme = paying({"secure": "secure"}, **S17)
    people = team("E1", "E2", post="senior")
    people.assignments["post"] = ["senior", "cleaner"]
    results = paid(scheme, [value("paid_amount", 100_000_00, level="department")], people)
    assert amounts(results) == {"E1": 480_00, "E2": 0}
    missing = line_of(results, "E2").missing
    assert missing is not None
    assert missing.en == "no data: number of the post"
    assert (pool_of(results).paid_fen, pool_of(results).left_fen) == (600_00, 0)


REWARD = {
    "facts": {"now": {"metric": "conversion", "of": "department"}, "staff": {"people": "regularised"},
              "before": {"metric": "conversion", "of": "department", "when": ["last_month"]}},
    "department": {"reward": {"formula": "known(sign(now - before) * 50 yuan * staff, 0)", "title": TITLE}},
}  # fmt: skip


@pytest.mark.parametrize(("before", "fen"), [("0.30", 150_00), ("0.50", -150_00), ("0.40", 0), (None, 0)])
def test_the_departments_reward_is_per_head_of_its_regular_staff(before: str | None, fen: int) -> None:
    """S02: +50 yuan × 3 above last month's, −50 × 3 below, nothing when equal or in the first month."""
    told = [value("conversion", "0.40", level="department")]
    if before is not None:
        told.append(value("conversion", before, level="department", window=SEPTEMBER))
    (found,) = department_of(paid(paying({}, **REWARD), told, team("E1", "E2", "E3"))).values
    assert found.value == fen


def test_the_head_count_leaves_out_loans_probation_and_who_has_left() -> None:
    people = team("E1", "E2", "E3", "E4")
    people.assignments["role"] = ["member", "helper", "member", "member"]
    people.employees["regularised_on"] = [date(2024, 4, 1), date(2024, 4, 1), date(2026, 11, 1), date(2024, 4, 1)]
    people.employees["left_on"] = [None, None, None, date(2026, 10, 30)]
    told = [value("conversion", "0.4", level="department"),
            value("conversion", "0.3", level="department", window=SEPTEMBER)]  # fmt: skip
    (found,) = department_of(paid(paying({}, **REWARD), told, people)).values
    assert found.value == 50_00


def test_performance_pay_goes_by_own_coefficient_and_the_departments_score() -> None:
    """S24: 3,000 yuan × 30 % × 1.2 × 90 ÷ 90: one department is its own mean."""
    facts = {"post_pay": {"pay_item": "post"}, "own": {"by_post": {"senior": "1.2"}},
             "ours": {"event": "department_score", "of": "department"}, "mean": {"event": "mean_score", "of": "department"}}  # fmt: skip
    scheme = paying({"pay": "earned"}, facts=facts, person={"earned": "post_pay * 30% * own * ours / mean"})
    inputs = with_items(team("E1", post="senior"), ("E1", "post", 3_000_00))
    for ours, fen in ((90, 1_080_00), (81, 972_00)):
        events = (("department_score", None, date(2026, 10, 31), ours), ("mean_score", None, date(2026, 10, 31), 90))
        assert amounts(paid(scheme, [], with_events(inputs, *events))) == {"E1": fen}


RANK: dict[str, Any] = {
    "facts": {"place": {"rank": "rank"}, "last": {"rank": "from_last"}, "among": {"rank": "ranked_of"}},
    "person": {"money": "if(place = 1, 100 yuan, if(last = 1 and among >= 3, -100 yuan, 0))"},
}  # fmt: skip
CARD = {"indicators": [{"metric": "conversion", "weight": 100, "score": {"linear": {"zero_at": 0, "full_at": 1}}}],
        "grades": {"good": 60}}  # fmt: skip


def ranked(scores: dict[str, object]) -> dict[str, int]:
    scheme = paying({"money": "money"}, **RANK)
    version = scheme.versions[0].model_dump(mode="json", by_alias=True, exclude={"points"}, exclude_none=True)
    made = type(scheme).model_validate(
        {**scheme.model_dump(mode="json", by_alias=True), "versions": [{**version, **CARD}]}
    )
    return amounts(paid(made, values("conversion", scores), team(*scores)))


def test_the_first_is_rewarded_and_the_last_pays() -> None:
    """S22: +100 and −100 yuan."""
    assert ranked({"E1": "0.9", "E2": "0.5", "E3": "0.4"}) == {"E1": 100_00, "E2": 0, "E3": -100_00}


def test_people_who_share_the_last_place_are_both_last() -> None:
    assert ranked({"E1": "0.9", "E2": "0.4", "E3": "0.4"}) == {"E1": 100_00, "E2": -100_00, "E3": -100_00}


def test_in_a_team_that_is_too_small_nobody_is_last() -> None:
    assert ranked({"E1": "0.9", "E2": "0.4"}) == {"E1": 100_00, "E2": 0}


@pytest.mark.parametrize(
    ("sales", "fen"), [(100, 1), (49, 0), (50, 1), (150, 2), (-50, -1), (-49, 0)],
)  # fmt: skip
def test_a_line_is_rounded_once_half_up(sales: int, fen: int) -> None:
    """1 % of so many fen; half a fen goes up, below zero away from zero."""
    scheme = paying({"a": "earned"}, facts={"n": {"event": "fen", "missing": 0}, "minus": {"event": "minus"}},
                    person={"earned": "(n - minus) * 1%"})  # fmt: skip
    kind = "fen" if sales >= 0 else "minus"
    inputs = with_events(team("E1"), (kind, "E1", date(2026, 10, 1), abs(sales)))
    assert amounts(paid(scheme, [], inputs)) == {"E1": fen}


def test_thirds_are_not_rounded_on_the_way() -> None:
    """100 ÷ 3 × 3 is 100, although no step of it is whole."""
    scheme = paying({"a": "whole"}, person={"third": "100 fen / 3", "whole": "third * 3"})
    assert amounts(paid(scheme, [], team("E1"))) == {"E1": 100}


def test_a_trial_computes_its_pay_and_is_marked() -> None:
    scheme = paying({"a": "earned"}, person={"earned": "5 yuan"}, counts="trial")
    found = appraisal_of(paid(scheme, [], team("E1")))
    assert (found.counts, found.pay and found.pay.total_fen) == ("trial", 5_00)
