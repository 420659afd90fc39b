"""The second computation of S02 against the document's own numbers and against months worked out by hand."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal, localcontext
from random import Random

import pytest

from tests.oracles.s02 import (
    EXACT,
    Agent,
    Department,
    Options,
    Week,
    appraise,
    behaviour_parts,
    behaviour_total,
    coefficient,
    commission,
    completion_points,
    half_up,
    in_target_rate,
    largest_remainder,
    loss_points,
    message_points,
    places,
    random_case,
    ranked_points,
    ratio,
    reply_points,
    rewards,
    seniority_points,
    shares,
    week_values,
)

D = Decimal
EMPTY = (Week(), Week(), Week())
GOOD = Week(
    received=100,
    inquirers=80,
    same_day_orderers=40,
    final_payers=32,
    owned_orderers=20,
    owned_orderers_paid=20,
    paid_amount_fen=20_000_00,
    paying_buyers=20,
    agent_messages=300,
    buyer_messages=200,
    received_buyers=100,
    replied_buyers=100,
    response_seconds_sum=2000,
    response_waits=100,
)
WEAK = Week(
    received=100,
    inquirers=80,
    same_day_orderers=20,
    final_payers=16,
    owned_orderers=20,
    owned_orderers_paid=17,
    paid_amount_fen=8_500_00,
    paying_buyers=17,
    agent_messages=100,
    buyer_messages=200,
    received_buyers=100,
    replied_buyers=99,
    response_seconds_sum=6000,
    response_waits=100,
)


def person(key, *weeks, **fields):
    """Somebody whose month's amount is that of the weeks; weeks not given are empty."""
    four = (*weeks, *EMPTY, Week())[:4]
    return Agent(id=key, weeks=four, paid_amount_fen=sum(w.paid_amount_fen for w in four), **fields)


def worked_month():
    """Two people, one week with data; every figure is worked out in the tests below."""
    first = person(
        "A",
        GOOD,
        target_fen=16_000_00,
        assisted_amount_fen=1_000_00,
        seniority_months=12,
        base_fen=3_000_00,
        full_attendance_fen=200_00,
    )
    second = person(
        "B", WEAK, target_fen=17_000_00, events={"order_error": D(1)}, base_fen=2_500_00, overtime_fen=10_00
    )
    return Department(
        agents=(first, second),
        dsr_now=D("4.80"),
        dsr_last=D("4.75"),
        dsr_industry=D("4.70"),
        conversion_now=D("0.3"),
        conversion_last=D("0.25"),
        paid_order_value_now=D("77027"),
        paid_order_value_last=D("70000"),
        mean_task_completion_last=D("0.9"),
        inquiry_ratio_last=D("0.85"),
        ad_phrase_abuse=(True, False, False, False),
        sales_fen=28_500_00,
        target_fen=57_000_00,
        headcount=2,
    )


# The numbers of the document.


@pytest.mark.parametrize(
    ("indicator", "percent"),
    [(1, "80.46"), (2, "32.81"), (3, "90.27")],
)
def test_the_documents_ratios(indicator, percent):
    week = Week(received=3076, inquirers=2475, same_day_orderers=812, owned_orderers=915, owned_orderers_paid=509 + 317)
    assert (week_values(week)[indicator] * 100).quantize(D("0.01")) == D(percent)


def test_the_documents_order_rate_is_printed_with_one_decimal():
    assert (ratio(812, 2475) * 100).quantize(D("0.1")) == D("32.8")


@pytest.mark.parametrize(("lost", "percent", "points"), [(77, "13.85", -1), (47, "8.45", 0)])
def test_the_documents_loss_rate_and_the_one_that_fits_its_payers(lost, percent, points):
    value = week_values(Week(owned_orderers=556, owned_orderers_paid=556 - lost))[9]
    assert (value * 100).quantize(D("0.01")) == D(percent)
    assert loss_points(value) == points


def test_the_documents_coefficient_and_what_it_gives_on_the_sales():
    assert coefficient(D("0.47"), D("0.3955")) == D("0.00185885")
    assert half_up(500_135_60 * coefficient(D("0.47"), D("0.3955"))) == 929_68


def test_the_documents_penalty_of_three_people_below_the_industry():
    department = Department(agents=(), dsr_now=D("4.7"), dsr_last=D("4.7"), dsr_industry=D("4.8"), headcount=3)
    assert rewards(department, None) == {"dsr": -300_00, "task_completion": 0, "conversion_and_value": 0}


def test_96_is_what_three_people_can_share_by_their_places():
    weeks = [
        Week(inquirers=100, same_day_orderers=n, final_payers=n, owned_orderers=100, owned_orderers_paid=n,
             paid_amount_fen=n * 100, paying_buyers=10)
        for n in (90, 80, 70, 1)
    ]  # fmt: skip
    department = Department(agents=tuple(person(f"A{n}", *[week] * 4) for n, week in enumerate(weeks)))
    points = [p for agent in appraise(department).agents.values() for p in agent.weekly_points]
    assert sum(week[i] for week in points for i in (2, 3, 4, 5) if week[i] > 0) == 96


# A month worked out by hand.


def test_worked_month_points():
    result = appraise(worked_month())
    first, second = result.agents["A"], result.agents["B"]
    assert first.weekly_points[0] == {1: -2, 2: 3, 3: 3, 4: 3, 5: 3, 6: 0, 7: 0, 8: 0, 9: 1, 12: 3}
    assert second.weekly_points[0] == {1: -2, 2: -1, 3: -1, 4: -1, 5: -1, 6: -2, 7: -1, 8: -1, 9: -1, 12: 2}
    assert (first.monthly_points, second.monthly_points) == (3, 0)  # 125 % and 50 %
    assert (first.total_points, second.total_points) == (14 + 3, -9)
    assert (first.behaviour_points, second.behaviour_points) == (13, 4)  # 5 + 5 + 3; 5 - 1


def test_worked_month_pooled_values():
    pooled = appraise(worked_month()).pooled
    assert pooled[0] == {2: D("0.375"), 3: D("0.925"), 4: ratio(28_500_00, 37), 5: D("0.3"), 8: D(40)}
    assert set(pooled[1].values()) == {None}


def test_worked_month_commission():
    result = appraise(worked_month())
    first, second = result.agents["A"].commission, result.agents["B"].commission
    assert (first.in_target_fen, first.excess_fen) == (16_000_00, 4_000_00)
    assert (first.in_target_rate, first.excess_rate) == (D("0.008"), D("0.009"))
    assert (first.in_target_part_fen, first.excess_part_fen, first.assisted_part_fen) == (102_40, 32_40, 2_00)
    assert (first.paid_fen, second.paid_fen) == (136_80, 34_00)


def test_worked_month_x_and_pools():
    result = appraise(worked_month())
    assert result.rewards_fen == {"dsr": 200_00, "task_completion": -100_00, "conversion_and_value": 100_00}
    assert result.coefficient == D("0.0015")
    assert result.x_raw_fen == 42_75 + 34_10 + 3_60 + 200_00
    assert (result.x_fen, result.performance_pool_fen, result.behaviour_pool_fen) == (280_45, 224_36, 56_09)


def test_worked_month_bonuses_and_pay():
    result = appraise(worked_month())
    first, second = result.agents["A"], result.agents["B"]
    assert (first.performance_bonus_fen, second.performance_bonus_fen) == (39_73, 0)  # 17/96; never below 0
    assert result.performance_remainder_fen == 184_63
    assert (first.behaviour_bonus_fen, second.behaviour_bonus_fen) == (42_89, 13_20)  # 13/17 and 4/17
    assert result.behaviour_remainder_fen == 0
    assert first.pay_fen == 3_200_00 + 39_73 + 42_89 + 136_80
    assert second.pay_fen == 2_510_00 + 13_20 + 34_00
    assert result.findings == ()


def test_worked_month_with_the_other_divisors():
    result = appraise(worked_month(), Options(divisor="team_sum", behaviour_divisor="20"))
    first, second = result.agents["A"], result.agents["B"]
    assert (first.performance_bonus_fen, result.performance_remainder_fen) == (224_36, 0)
    assert (first.behaviour_bonus_fen, second.behaviour_bonus_fen) == (36_46, 11_22)
    assert result.behaviour_remainder_fen == 8_41


# Places and who holds them.


def test_equal_values_share_the_better_place_and_the_next_is_left_out():
    assert places({"a": D(5), "b": D(5), "c": D(3), "d": None}) == {"a": 1, "b": 1, "c": 3}


@pytest.mark.parametrize(
    ("value", "place", "points"),
    [("0.5", 1, 3), ("0.5", 2, 2), ("0.5", 3, 1), ("0.5", 4, 0), ("0.4", 1, 3), ("0.3", 2, -1), ("0.3", 9, -1)],
)
def test_below_the_pooled_value_a_place_gives_nothing_but_minus_one(value, place, points):
    assert ranked_points(D(value), D("0.4"), place) == points


def test_a_helper_holds_a_place_but_gets_neither_points_nor_money():
    helper = person("H", GOOD, appraised=False, target_fen=1_00, base_fen=1_000_00)
    result = appraise(replace(worked_month(), agents=(*worked_month().agents, helper)))
    assert result.agents["H"].ranks[0] == result.agents["A"].ranks[0] == {2: 1, 3: 1, 4: 1, 5: 1, 12: 1}
    assert result.agents["B"].weekly_points[0][12] == 1  # two firsts: the next is third
    assert result.agents["H"].weekly_points == ({}, {}, {}, {})
    assert (result.agents["H"].commission.paid_fen, result.agents["H"].pay_fen) == (0, 0)
    assert result.x_fen == 280_45


@pytest.mark.parametrize(("received", "kept"), [(30, True), (29, False)])
def test_a_helper_below_half_the_mean_loses_the_place(received, kept):
    staff = person("A", Week(received_buyers=90, paid_amount_fen=100))
    helper = person("H", Week(received_buyers=received, paid_amount_fen=200), appraised=False)
    result = appraise(Department(agents=(staff, helper)))
    assert result.agents["H"].ranked is kept
    assert result.agents["A"].weekly_points[0][12] == (2 if kept else 3)
    assert ("helper_dropped:H" in result.findings) is not kept


def test_a_helper_counts_in_the_pooled_value_only_while_ranked():
    staff = person("A", Week(received_buyers=90, inquirers=10, same_day_orderers=4))
    helper = Week(received_buyers=30, inquirers=10, same_day_orderers=8)
    kept = Department(agents=(staff, person("H", helper, appraised=False)))
    dropped = Department(agents=(staff, person("H", replace(helper, received_buyers=29), appraised=False)))
    assert (appraise(kept).pooled[0][2], appraise(dropped).pooled[0][2]) == (D("0.6"), D("0.4"))
    assert appraise(kept).agents["A"].weekly_points[0][2] == -1
    assert appraise(dropped).agents["A"].weekly_points[0][2] == 3


def test_staff_who_are_appraised_keep_their_place_however_few_they_received():
    result = appraise(Department(agents=(person("A", GOOD), person("B", Week(received_buyers=1)))))
    assert result.agents["B"].ranked


def test_a_special_campaign_takes_the_order_value_out_of_the_week():
    result = appraise(Department(agents=(person("A", GOOD), person("B", replace(WEAK, special_campaign=True)))))
    assert 4 not in result.agents["B"].ranks[0]
    assert result.agents["B"].weekly_points[0][4] == 0
    assert result.pooled[0][4] == 1_000_00


# Rules without places.


@pytest.mark.parametrize(("value", "points"), [("0.99", -2), ("1", 0), ("1.5", 0), (None, 0)])
def test_message_ratio(value, points):
    assert message_points(value and D(value)) == points


@pytest.mark.parametrize(("value", "excused", "points"), [("0.99", 0, -1), ("0.99", 1, 0), ("1", 0, 0), (None, 0, 0)])
def test_reply_rate(value, excused, points):
    assert reply_points(value and D(value), excused) == points


@pytest.mark.parametrize(("value", "points"), [("0", 1), ("0.0499", 1), ("0.05", 0), ("0.1", 0), ("0.1001", -1)])
def test_loss_rate(value, points):
    assert loss_points(D(value)) == points


@pytest.mark.parametrize(
    ("last", "abuse", "points"), [("0.8", True, 0), ("0.81", True, -2), ("0.81", False, 0), (None, True, 0)]
)
def test_inquiry_ratio_needs_both_the_fall_and_the_abuse(last, abuse, points):
    department = Department(
        agents=(person("A", GOOD),), inquiry_ratio_last=last and D(last), ad_phrase_abuse=(abuse, False, False, False)
    )
    assert appraise(department).agents["A"].weekly_points[0][1] == points


def test_an_empty_month_has_no_points_and_no_places():
    result = appraise(Department(agents=(person("A"), person("B"))))
    assert result.agents["A"].total_points == 0
    assert result.agents["A"].ranks == ({}, {}, {}, {})
    assert all(value is None for week in result.agents["A"].values for value in week.values())


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("0", -2),
        ("0.4999", -2),
        ("0.5", 0),
        ("0.5999", 0),
        ("0.6", 1),
        ("0.7999", 1),
        ("0.8", 3),
        ("1", 3),
        ("1.2999", 3),
        ("1.3", 5),
        ("9", 5),
        (None, 0),
    ],
)
def test_task_completion(value, points):
    assert completion_points(value and D(value)) == points


# Commission.


@pytest.mark.parametrize(("value", "rate"), [("0.5999", "0.005"), ("0.6", "0.008"), ("2", "0.008"), (None, "0")])
def test_in_target_rate(value, rate):
    assert in_target_rate(value and D(value)) == D(rate)


@pytest.mark.parametrize(
    ("paid_fen", "mode", "rate", "full_fen"),
    [
        (1_000_00, "final", "0", "0"),
        (1_000_01, "final", "0.009", "0.009"),
        (1_300_00, "final", "0.009", "270"),
        (1_300_01, "final", "0.010", "300.01"),
        (1_500_00, "final", "0.010", "500"),
        (1_300_00, "marginal", "0.009", "270"),
        (1_500_00, "marginal", "0.010", "470"),
    ],
)
def test_excess_over_a_target_of_1000_yuan(paid_fen, mode, rate, full_fen):
    earned = commission(person("A", Week(paid_amount_fen=paid_fen), target_fen=1_000_00), mode)
    assert (earned.excess_rate, earned.excess_full_fen) == (D(rate), D(full_fen))


def test_without_a_target_only_assisted_orders_earn():
    earned = commission(person("A", GOOD, assisted_amount_fen=1_000_00), "final")
    assert (earned.in_target_fen, earned.excess_fen, earned.paid_fen) == (0, 0, 2_00)


def test_three_parts_are_rounded_once():
    earned = commission(person("A", Week(paid_amount_fen=50), target_fen=50, assisted_amount_fen=90), "final")
    assert (earned.in_target_part_fen, earned.assisted_part_fen) == (D("0.32"), D("0.18"))
    assert earned.paid_fen == 1  # 0.50; each part alone would have been 0


# X and the department's rewards.


@pytest.mark.parametrize(
    ("now", "last", "industry", "yuan_a_head"),
    [
        ("4.8", "4.7", "4.7", 100),
        ("4.8", "4.8", "4.7", 0),
        ("4.8", "4.9", "4.7", 0),
        ("4.8", "4.7", "4.8", 0),
        ("4.8", "4.7", "4.9", -100),
        ("4.8", None, "4.7", 0),
        ("4.8", None, "4.9", 0),
    ],
)
def test_dsr_attitude(now, last, industry, yuan_a_head):
    department = Department(agents=(), dsr_now=D(now), dsr_last=last and D(last), dsr_industry=D(industry), headcount=2)
    assert rewards(department, None)["dsr"] == 2 * yuan_a_head * 100


@pytest.mark.parametrize(
    ("conversion", "value", "yuan_a_head"), [(2, 2, 50), (0, 0, -50), (2, 0, 0), (0, 2, 0), (2, 1, 0), (1, 1, 0)]
)
def test_conversion_and_order_value_must_move_together(conversion, value, yuan_a_head):
    department = Department(
        agents=(),
        conversion_now=D(conversion),
        conversion_last=D(1),
        paid_order_value_now=D(value),
        paid_order_value_last=D(1),
        headcount=2,
    )
    assert rewards(department, None)["conversion_and_value"] == 2 * yuan_a_head * 100
    assert rewards(replace(department, conversion_last=None), None)["conversion_and_value"] == 0


@pytest.mark.parametrize(("last", "fen"), [("0.99", 50_00), ("1", 0), ("1.01", -50_00), (None, 0)])
def test_mean_completion_of_thirds_is_compared_exactly(last, fen):
    week = Week(paid_amount_fen=100)
    staff = (person("A", target_fen=100), *(person(key, week, target_fen=75) for key in "BCE"))
    untargeted, helper = person("D", week), person("H", week, target_fen=1, appraised=False)
    department = Department(
        agents=(*staff, untargeted, helper), mean_task_completion_last=last and D(last), headcount=1
    )
    assert appraise(department).rewards_fen["task_completion"] == fen  # (0 + 3 x 4/3) / 4 = 1


def test_a_negative_x_is_floored_and_told():
    department = replace(worked_month(), dsr_industry=D("4.9"), headcount=20)
    result = appraise(department)
    assert result.x_raw_fen == 80_45 - 2_000_00
    assert (result.x_fen, result.performance_pool_fen, result.behaviour_pool_fen) == (0, 0, 0)
    assert result.findings == ("x_floored",)


def test_a_negative_x_without_a_floor_is_charged_as_it_would_be_paid():
    department = replace(worked_month(), dsr_industry=D("4.9"), headcount=20)
    result = appraise(department, Options(x_floor=None, divisor="team_sum"))
    assert (result.x_fen, result.performance_pool_fen, result.behaviour_pool_fen) == (-1919_55, -1535_64, -383_91)
    assert result.agents["A"].performance_bonus_fen == -1535_64
    assert result.findings == ("x_negative",)


def test_without_a_department_target_or_conversion_the_sales_part_is_nothing():
    result = appraise(replace(worked_month(), target_fen=None, conversion_now=None))
    assert result.x_raw_fen == 34_10 + 3_60 + 100_00
    assert result.findings == ("no_department_target", "no_department_conversion")


# Behaviour.


@pytest.mark.parametrize(("months", "points"), [(5, 0), (6, 2), (11, 2), (12, 3), (23, 3), (24, 5), (35, 5), (36, 8)])
def test_seniority(months, points):
    assert seniority_points(months) == points


@pytest.mark.parametrize(
    ("events", "points"),
    [
        ({}, "10"),
        ({"praise": 3}, "11.5"),
        ({"bad_review_attitude": 1}, "3"),
        ({"order_error": 2}, "3"),
        ({"irregular_handling": 1}, "9.5"),
        ({"process_improvement": 2}, "16"),
        ({"execution": 7}, "15"),
        ({"other_work": 4}, "12"),
        ({"overdue_task": 2}, "4"),
        ({"refusal": 1}, "8"),
        ({"night_shift": 2}, "14"),
        ({"loss_avoided": 4}, "14"),
        ({"process_improvement": 4}, "20"),
        ({"overdue_task": 4}, "0"),
    ],
)
def test_behaviour_points(events, points):
    agent = Agent("A", events={kind: D(quantity) for kind, quantity in events.items()})
    assert behaviour_total(behaviour_parts(agent)) == D(points)


# Sharing.


def test_a_shared_pool_comes_out_whole_and_the_first_id_gets_the_odd_fen():
    assert largest_remainder(100, {"c": D(1), "b": D(1), "a": D(1)}) == {"a": 34, "b": 33, "c": 33}
    assert largest_remainder(10, {"b": D(1), "a": D(4), "c": D(1)}) == {"a": 7, "b": 2, "c": 1}  # all at 2/3
    assert largest_remainder(2, {"a": D(1), "b": D("0.5")}) == {"a": 1, "b": 1}


def test_shares_above_the_pool_are_scaled_down_to_it():
    assert shares(100, {"a": D(20), "b": D(20), "c": D(20)}, D(20)) == ({"a": 34, "b": 33, "c": 33}, True)
    assert shares(100, {"a": D(10), "b": D(5)}, D(20)) == ({"a": 50, "b": 25}, False)


def test_rounding_alone_never_pays_out_more_than_the_pool():
    assert shares(1, {"a": D(48), "b": D(48)}, D(96)) == ({"a": 1, "b": 0}, True)


def test_a_team_of_equals_has_more_than_96_points_and_still_shares_one_pool():
    agents = tuple(person(key, *[GOOD] * 4, target_fen=80_000_00, seniority_months=36) for key in "ABC")
    department = Department(
        agents=agents, sales_fen=240_000_00, target_fen=240_000_00, conversion_now=D("0.4"), headcount=3
    )
    result = appraise(department, Options(behaviour_divisor="20"))
    assert [a.total_points for a in result.agents.values()] == [67, 67, 67]  # 4 x (5 x 3 + 1) + 3
    assert result.findings == ("performance_shares_scaled", "behaviour_shares_scaled")
    assert (result.performance_remainder_fen, result.behaviour_remainder_fen) == (0, 0)


def test_a_half_fen_reached_through_a_third_is_rounded_up():
    with localcontext(EXACT):
        short = ratio(1, 3) * 3 - D("0.5")
    assert short < D("0.5")
    assert half_up(short) == 1


def test_negative_halves_are_rounded_away_from_zero():
    assert (half_up(D("0.5")), half_up(D("0.49")), half_up(D("-0.5"))) == (1, 0, -1)


# Refusals.


def test_a_month_must_fit_its_weeks():
    with pytest.raises(ValueError, match="A: four weeks whose paid amounts"):
        Agent("A", weeks=(GOOD, *EMPTY), paid_amount_fen=1)


def test_an_unknown_event_or_reading_is_refused():
    with pytest.raises(ValueError, match="unknown events"):
        Agent("A", events={"smile": D(1)})
    with pytest.raises(ValueError, match="unknown reading"):
        Options(divisor="95")


# Random months.

SEEDS = range(400)


def random_results():
    for seed in SEEDS:
        department, options = random_case(Random(seed))  # noqa: S311
        yield department, options, appraise(department, options)


def test_random_cases_are_reproducible():
    assert all(random_case(Random(seed)) == random_case(Random(seed)) for seed in range(20))  # noqa: S311


def test_no_random_month_pays_more_than_its_pools_or_loses_a_fen():
    for _, options, result in random_results():
        performance = sum(a.performance_bonus_fen for a in result.agents.values())
        behaviour = sum(a.behaviour_bonus_fen for a in result.agents.values())
        assert abs(performance) <= abs(result.performance_pool_fen)
        assert abs(behaviour) <= abs(result.behaviour_pool_fen)
        assert performance + result.performance_remainder_fen == result.performance_pool_fen
        assert result.performance_pool_fen + result.behaviour_pool_fen == result.x_fen
        if options.divisor == "team_sum" and "no_performance_points" not in result.findings:
            assert result.performance_remainder_fen == 0


def test_every_random_persons_pay_is_the_sum_of_its_lines():
    for department, _, result in random_results():
        for agent in (a for a in department.agents if a.appraised):
            paid = result.agents[agent.id]
            fixed = agent.base_fen + agent.full_attendance_fen + agent.overtime_fen
            bonuses = paid.performance_bonus_fen + paid.behaviour_bonus_fen
            assert paid.pay_fen == fixed + bonuses + paid.commission.paid_fen
            if agent.target_fen:
                assert paid.commission.in_target_fen + paid.commission.excess_fen == agent.paid_amount_fen


def test_random_cases_reach_every_rule():
    points, months, findings = set(), Counter(), Counter()
    for _, _, result in random_results():
        findings.update(name.split(":")[0] for name in result.findings)
        for agent in (a for a in result.agents.values() if a.appraised):
            points.update(item for week in agent.weekly_points for item in week.items())
            months[agent.monthly_points] += 1
    ranked = {(i, p) for i in (2, 3, 4, 5) for p in (-1, 0, 1, 2, 3)}
    others = {(1, -2), (6, -2), (7, -1), (8, -1), (9, -1), (9, 0), (9, 1), (12, 0), (12, 1), (12, 2), (12, 3)}
    assert ranked | others <= points
    assert set(months) == {-2, 0, 1, 3, 5}
    assert set(findings) >= {
        "x_floored",
        "x_negative",
        "performance_shares_scaled",
        "behaviour_shares_scaled",
        "no_performance_points",
        "no_behaviour_points",
        "no_department_target",
        "nobody_appraised",
        "no_target",
        "helper_dropped",
    }
