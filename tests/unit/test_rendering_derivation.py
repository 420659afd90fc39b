"""The arithmetic a reader can follow with a calculator."""

from decimal import Decimal

import pytest

from flows.rendering.html import paper_page
from tests.golden.test_golden_reports import words
from tests.rendered import sample
from transforms.metrics.model import Unit
from transforms.reports.derivation import measure_units, steps, value_steps
from transforms.scoring.trace import constant, leaf, step


def line_of(trace, unit):
    """What page two says of an indicator with this trace."""
    report = sample("employee", "E2002")
    card = report.cards[0]
    first = card.groups[0].indicators[0].model_copy(update={"steps": steps(trace), "unit": unit})
    group = card.groups[0].model_copy(update={"indicators": (first,)})
    changed = report.model_copy(update={"cards": (card.model_copy(update={"groups": (group,)}),)})
    return words(paper_page(changed, "en"))


def measured(value, of, *scales):
    return step(
        "quotient", "m", leaf("measure", "m_seconds", Decimal(value)), leaf("measure", "n", Decimal(of)), *scales
    )


def test_seconds_become_hours_before_the_readers_eyes():
    trace = measured(7200, 4, constant("scale", 1), constant("per", 3600))
    assert "7,200 ÷ 4 ÷ 3,600 = 0.5" in line_of(trace, Unit.HOURS)


@pytest.mark.parametrize(
    ("actual", "written"),
    [
        (30, "(30% − 10%) ÷ (50% − 10%) × 100 = 50.00\n"),
        (60, "(60% − 10%) ÷ (50% − 10%) × 100 = 125.00 → 100.00\n"),
    ],
)
def test_a_linear_rule_shows_its_ends_and_where_it_stops(actual, written):
    value = measured(actual, 100, constant("scale", 1))
    trace = step("linear", "l", value, constant("zero_at", Decimal("0.1")), constant("full_at", Decimal("0.5")))
    assert written in line_of(trace, Unit.RATE)


def test_an_attainment_beyond_the_cap_shows_where_it_stops():
    attained = step("attainment", "a", measured(30, 100, constant("scale", 1)), leaf("target", "t", Decimal("0.2")),
                    better="higher", cap="1")  # fmt: skip
    trace = step("target", "t", attained, floor="0", cap="1", full_at="1")
    told = line_of(trace, Unit.RATE)
    assert "30% ÷ 20% = 150%" in told
    assert "150% → 100.00" in told


def test_raters_are_shown_with_their_weights_also_when_one_is_missing():
    means = [step("mean", "manager", leaf("judgement", "manager", Decimal(n), rater="x")) for n in (80,)]
    trace = step("weighted_mean", "m", *means, weights="80", roles="manager")
    assert "(manager 80 × 80) ÷ 80 = 80.00" in line_of(trace, Unit.POINTS)


def test_money_is_known_by_the_measures_name():
    trace = step("quotient", "m", leaf("measure", "cost_fen_days", Decimal(1)), leaf("measure", "orders", Decimal(2)),
                 constant("scale", 1))  # fmt: skip
    assert measure_units(trace) == (Unit.FEN, Unit.COUNT)


def paid_by(trace):
    """What the derivation of pay says of a line with this trace."""
    report = sample("employee", "E2002")
    one = report.appraisals[0]
    line = one.pay.lines[0].model_copy(update={"steps": steps(trace)})
    pay = one.pay.model_copy(update={"lines": (line,)})
    appraisals = (one.model_copy(update={"pay": pay, "sheets": (), "pools": ()}),)
    return words(paper_page(report.model_copy(update={"appraisals": appraisals}), "en"))


SALES, TARGET = leaf("metric", "sales", Decimal(147780)), leaf("target", "target", Decimal(160000))


def test_a_money_formula_is_told_step_by_step_with_all_its_digits():
    rate = step("multiply", "coefficient", leaf("fact", "a", Decimal("0.47")), leaf("fact", "b", Decimal("0.003955")))
    told = paid_by(step("multiply", "x", SALES, rate))
    assert "coefficient 0.47 × 0.003955 = 0.00185885" in told
    assert "x 147,780 × 0.00185885 = 274.700853" in told


def test_of_a_choice_only_what_was_chosen_is_told():
    less, kept = step("less", "sales < target", SALES, TARGET), step("multiply", "kept", SALES, constant("rate", 2))
    lost = step("multiply", "lost", TARGET, constant("rate", 3))
    told = paid_by(step("if", "bonus", less, kept, lost))
    assert "sales < target 147,780 < 160,000: yes" in told
    assert "kept 147,780 × 2 = 295,560" in told
    assert "bonus = 295,560" in told
    assert "480,000" not in told


def test_the_same_step_is_told_once_and_a_default_that_is_not_needed_never():
    sales = step("known", "sales", SALES, constant("when missing", 0))
    double = step("add", "double", sales, sales)
    told = [each.label for each in steps(step("multiply", "x", double, double))]
    assert told == ["double", "x"]


def test_a_condition_on_the_schemes_own_numbers_is_no_news():
    marginal = step("equal", "marginal = 1", constant("marginal", 0), constant("1", 1))
    assert steps(step("if", "if(…)", marginal, SALES, TARGET)) == ()
    assert [s.op for s in steps(step("if", "excess", marginal, SALES, TARGET))] == ["if"]


def test_the_value_that_is_judged_is_told_by_its_measures_alone():
    value = measured(812, 2475, constant("scale", 1))
    judged = step("compare_points", "points", value, leaf("metric", "m", Decimal("0.3"), of="department"),
                  better="higher", better_gives="0", equal_gives="0", worse_gives="-1")  # fmt: skip
    assert [s.op for s in value_steps(judged)] == ["quotient"]
