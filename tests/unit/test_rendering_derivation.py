"""The arithmetic a reader can follow with a calculator."""

import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from flows.rendering.html import paper_page, screen_page
from flows.rendering.pdf import pdf
from flows.schemes import load_scheme
from tests.golden.test_golden_reports import words
from tests.rendered import sample
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import Unit
from transforms.payouts.titles import Naming
from transforms.reports.derivation import measure_units, steps, value_steps
from transforms.reports.money import money_steps
from transforms.scoring.trace import constant, leaf, step

SCHEMES = Path(__file__).parents[2] / "config" / "schemes"


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


def paying(trace, naming=None):
    """A report whose only line of pay has this trace."""
    report = sample("employee", "E2002")
    one = report.appraisals[0]
    line = one.pay.lines[0].model_copy(update={"steps": money_steps(trace, naming)})
    pay = one.pay.model_copy(update={"lines": (line,)})
    appraisals = (one.model_copy(update={"pay": pay, "sheets": (), "pools": ()}),)
    return report.model_copy(update={"appraisals": appraisals})


def paid_by(trace, naming=None, locale="en"):
    """What a screen says, step by step, of a line with this trace."""
    return words(screen_page(paying(trace, naming), locale))


SALES, TARGET = leaf("metric", "sales", Decimal(2393190)), leaf("target", "target", Decimal(4150000))


@pytest.fixture(scope="module")
def naming():
    """The names of the draft for customer service."""
    (version,) = load_scheme(SCHEMES / "s02_cs_draft.yaml").versions
    return Naming(version.pay, version.points, CATALOGUE)


def within_target():
    least = step("smallest", "min(sales, target)", SALES, TARGET)
    completion = step("divide", "completion", SALES, TARGET)
    rate = step("look_up", "in_target_rate(completion)", completion, table="in_target_rate", bounds="0.6",
                through="0", gives="0.005,0.008")  # fmt: skip
    return step("multiply", "in_target", least, rate)


def test_a_money_formula_is_told_with_titles_and_amounts(naming):
    told = paid_by(within_target(), naming)
    assert "the smaller of (Sales ¥23,931.90; Sales target ¥41,500.00) = ¥23,931.90\n" in told
    assert "Completion of the target = Sales ¥23,931.90 ÷ Sales target ¥41,500.00 = 57.667229%\n" in told
    assert "from the table (Completion of the target 57.667229%) = 0.5%\n" in told
    assert "Commission within the target = ¥23,931.90 × 0.5% = ¥119.6595\n" in told
    assert "in_target" not in told


def test_a_share_names_its_pool_and_counts_points_as_they_are(naming):
    pool = leaf("named", "pool", Decimal(96769), name="behaviour_bonus")
    own, all_points = leaf("named", "own_behaviour", Decimal(12)), leaf("named", "divisor", Decimal("274.5"))
    told = paid_by(step("pool_share", "behaviour_bonus", pool, own, all_points, spare="0"), naming, "zh-Hans")
    assert "\n行为奖金池 ¥967.69 × 行为积分 12 ÷ 274.5 = ¥42.30\n" in told


def test_without_the_scheme_a_name_stands_for_itself_and_no_digit_is_lost():
    rate = step("multiply", "coefficient", leaf("fact", "a", Decimal("0.47")), leaf("fact", "b", Decimal("0.003955")))
    told = paid_by(step("multiply", "x", SALES, rate))
    assert "coefficient = a 0.47 × b 0.003955 = 0.00185885\n" in told
    assert "x = sales 2,393,190 × coefficient 0.00185885 = 4,448.5812315\n" in told


def test_of_a_choice_only_what_was_chosen_is_told():
    less, kept = step("less", "sales < target", SALES, TARGET), step("multiply", "kept", SALES, constant("rate", 2))
    lost = step("multiply", "lost", TARGET, constant("rate", 3))
    told = paid_by(step("if", "bonus", less, kept, lost))
    assert "sales 2,393,190 < target 4,150,000: yes\n" in told
    assert "kept = sales 2,393,190 × rate 2 = 4,786,380\n" in told
    assert "bonus = 4,786,380\n" in told
    assert "12,450,000" not in told


def test_conditions_joined_are_told_by_their_answers(naming):
    both = step("both", "a and b", step("less", "sales < target", SALES, TARGET), step("more", "m", SALES, TARGET))
    told = paid_by(step("if", "own_commission", both, SALES, TARGET), naming)
    assert "yes and no: no\n" in told
    assert "own_commission" not in told


def test_every_step_is_for_the_screen_alone(naming):
    report = paying(within_target(), naming)
    assert "the smaller of" not in words(paper_page(report, "en"))
    assert '<details class="every-step">' in screen_page(report, "en")


def first_page(paper, folder):
    """The text of a PDF's first page."""
    path = folder / "read.pdf"
    path.write_bytes(paper)
    return subprocess.run(["pdftotext", "-l", "1", str(path), "-"], capture_output=True, check=True, text=True).stdout


def begun(gap_mm, folder):
    """The first page of a document whose table of points begins so far down."""
    row = "<tr><th>row {n}</th><td>1<small>1 ÷ 2</small><small>2/3</small></td></tr>"
    rows, total = "".join(row.format(n=n) for n in range(6)), "<tfoot><tr><th>total</th></tr></tfoot>"
    table = f"<table class='matrix'><thead><tr><th>head</th></tr></thead><tbody>{rows}</tbody>{total}</table>"
    page = f"<html><body><div style='height: {gap_mm}mm'></div><h3>sheet</h3>{table}</body></html>"
    return first_page(pdf(page, "employee"), folder)


def test_a_table_of_points_begins_with_three_rows_or_on_the_next_page(tmp_path):
    pages = [begun(gap, tmp_path) for gap in range(225, 252, 5)]
    assert all(("sheet" in page) == ("row 2" in page) for page in pages)
    assert {page.count("row") for page in pages} >= {0, 3}


def test_the_total_of_a_sheet_never_stands_alone(tmp_path):
    pages = [begun(gap, tmp_path) for gap in range(206, 222, 4)]
    assert {(page.count("row"), "total" in page) for page in pages} == {(6, True), (5, False)}


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
