"""What stands beside the score: sheets as matrices, statements, pools, trials, consequences, all levels side by side."""

from decimal import Decimal

import pytest

from flows.rendering.html import paper_page
from tests.golden.test_golden_reports import words
from tests.sample_appraisals import POOLS, sharers
from tests.sample_results import context, results
from transforms.metrics.model import Better, Unit
from transforms.period import parse
from transforms.reports import company_report, department_report, employee_report
from transforms.reports.clauses import clauses
from transforms.reports.company_tables import levels, pay_costs
from transforms.reports.outcomes import Outcome, outcome
from transforms.reports.pay import pool_view, statement
from transforms.reports.sheets import sheet_view
from transforms.schemes.point_rules import Compare, EventPoints, PointStep, RankPoints, Required
from transforms.scoring.point_rules_applied import (
    Place,
    compare_points,
    event_points,
    nowhere,
    rank_points,
    required_points,
    step_points,
)
from transforms.scoring.trace import constant, leaf, step
from transforms.titles import Title

SPECIALIST = "s08_online_specialist"


@pytest.fixture(scope="module")
def month():
    return results()


def report_of(month, employee_id):
    return employee_report(month, employee_id, (), context())


def test_a_trial_is_not_in_the_persons_report_and_the_others_are(month):
    schemes = [one.scheme for one in report_of(month, "E2002").appraisals]
    assert schemes == ["s02_cs_draft", SPECIALIST]
    assert "s27" not in report_of(month, "E2002").model_dump_json()


def test_a_sheet_is_a_line_by_week_and_the_months_line_stands_over_all_weeks(month):
    sheet = report_of(month, "E2002").appraisals[0].sheets[0]
    assert sheet.windows == tuple(week.key for week in parse("2026-10").weeks)
    assert [len(row.cells) for row in sheet.rows] == [4] * 11 + [1]
    assert [cell.span for cell in sheet.rows[-1].cells] == [4]
    for row in sheet.rows:
        assert row.points == sum(cell.points for cell in row.cells)
    assert sum(row.points for row in sheet.rows) == sheet.lines_sum == sheet.total


def test_a_sheet_of_calendar_weeks_has_a_column_each(month):
    checks = report_of(month, "E2002").appraisals[0].sheets[2]
    assert [window[-2:] for window in checks.windows] == ["04", "11", "18", "25", "31"]


def test_a_sheet_without_weeks_has_no_columns(month):
    behaviour = report_of(month, "E2002").appraisals[0].sheets[1]
    assert behaviour.windows == ()
    assert all(len(row.cells) == 1 for row in behaviour.rows)


def test_a_week_without_data_says_so_and_costs_nothing(month):
    sheet = report_of(month, "E2003").appraisals[0].sheets[0]
    third = [row.cells[2] for row in sheet.rows[:-1]]
    assert {cell.missing for cell in third} == {"no_data"}
    assert {cell.points for cell in third} == {None}
    assert sheet.rows[0].points == sum(cell.points for n, cell in enumerate(sheet.rows[0].cells) if n != 2)


def test_a_line_that_skips_a_week_leaves_its_column_empty(month):
    person = next(p for p in month.people if p.employee_id == "E2002")
    sheet = person.appraisals[0].sheets[0]
    fewer = sheet.model_copy(update={"lines": tuple(line for n, line in enumerate(sheet.lines) if n != 1)})
    assert [cell is None for cell in sheet_view(fewer, "2026-10").rows[0].cells] == [False, True, False, False]


def test_a_total_that_a_limit_held_shows_what_the_lines_came_to(month):
    behaviour = report_of(month, "E2013").appraisals[0].sheets[1]
    assert (behaviour.lines_sum, behaviour.total) == (Decimal("-0.5"), 0)


def test_a_statement_adds_up_in_the_order_of_kinds(month):
    for employee_id in ("E2002", "E2013", "E4006"):
        pay = report_of(month, employee_id).appraisals[0].pay
        assert sum(line.amount_fen for line in pay.lines) == pay.total_fen
    kinds = [line.kind for line in report_of(month, "E2013").appraisals[0].pay.lines]
    assert kinds == ["base", "allowance", "allowance", "commission", "bonus", "bonus", "deduction", "deduction"]


def test_lines_of_a_kind_stay_as_the_scheme_has_them(month):
    pay = next(p for p in month.people if p.employee_id == "E2013").appraisals[0].pay
    turned = pay.model_copy(update={"lines": pay.lines[::-1]})
    assert [line.key for line in statement(turned).lines][4:6] == ["behaviour_bonus", "performance_bonus"]


def test_a_scheme_that_gives_the_score_shows_its_statement_too(month):
    (one,) = report_of(month, "E4006").appraisals
    assert (one.counts, one.window, one.pay.total_fen) == ("score", "2026-09-21..2026-10-20", 87_400)


def test_a_share_is_weight_over_divisor_of_the_pool(month):
    fixed, team = report_of(month, "E2009").appraisals[0].pools
    assert (fixed.divisor, fixed.everybody, team.everybody) == (96, False, True)
    assert fixed.own_fen == int(fixed.amount_fen * fixed.weight / 96)
    assert abs(team.own_fen - team.amount_fen * team.weight / team.divisor) < len(sharers())
    assert fixed.left_fen > 0 == team.left_fen


def test_a_share_holds_nobody_elses(month):
    told = report_of(month, "E2009").model_dump_json()
    assert not [other for other in sharers() if other != "E2009" and other in told]


def test_somebody_who_is_only_ranked_has_no_statement_and_is_told(month):
    one = report_of(month, "E2014").appraisals[0]
    assert (one.appraised, one.pay, one.pools) == (False, None, ())


def test_what_follows_leaves_out_hr_and_trials(month):
    assert [each.effect for each in report_of(month, "E2013").consequences] == ["improvement"]
    assert report_of(month, "E2005").consequences == ()


def test_the_department_shows_people_values_and_pools_and_trials_last(month):
    report = department_report(month, "customer_service", {}, context())
    assert [(s.scheme, s.counts) for s in report.schemes] == [
        ("s02_cs_draft", "beside"), (SPECIALIST, "beside"), ("s27_output_quality", "trial"),
    ]  # fmt: skip
    pay = report.schemes[0]
    assert pay.total_fen == sum(row.pay_fen or 0 for row in pay.people)
    assert [row.employee_id for row in pay.people if not row.appraised] == ["E2014"]
    assert pay.people[-1].pay_fen is None
    assert [value.key for value in pay.values] == ["department_completion", "coefficient", "dsr_reward", "x"]
    assert all(pool.amount_fen == POOLS[pool.key] == pool.paid_fen + pool.left_fen for pool in pay.pools)


def test_people_of_a_scheme_stand_by_rank(month):
    ranked = department_report(month, "customer_service", {}, context()).schemes[1]
    assert [row.rank for row in ranked.people] == sorted(row.rank for row in ranked.people)


def test_output_and_quality_become_a_plot_of_group_scores(month):
    report = department_report(month, "customer_service", {}, context())
    assert [bool(scheme.plot) for scheme in report.schemes] == [False, False, True]
    person = next(p for p in month.people if p.employee_id == "E2002")
    lines = [i for i in person.cards[-1].indicators if i.group == "quality"]
    quality = sum(i.points for i in lines) * 100 / sum(i.weight_used for i in lines)
    assert next(p.quality for p in report.schemes[2].plot if p.name == person.name) == quality


def test_consequences_of_a_department_come_by_due_date_without_those_of_hr(month):
    rows = department_report(month, "customer_service", {}, context()).consequences
    assert [row.employee_id for row in rows] == ["E2013", "E2002", "E2005"]
    assert [row.consequence.trial for row in rows] == [False, False, True]


def test_the_company_counts_what_pay_costs_and_keeps_trials_apart(month):
    costs = pay_costs(month)
    assert [(row.scheme, row.people, row.counts) for row in costs] == [
        ("s02_cs_draft", 12, "beside"), ("s03_back_office", 1, "score"),
    ]  # fmt: skip
    paid = [one.pay.total_fen for p in month.people for one in p.appraisals if one.pay]
    assert sum(row.total_fen for row in costs) == sum(paid)
    trial = _as_trial(month)
    assert [row.counts for row in pay_costs(trial)] == ["score", "trial"]


def _as_trial(month):
    def turned(person):
        ones = tuple(
            one.model_copy(update={"counts": "trial"}) if one.scheme == "s02_cs_draft" else one
            for one in person.appraisals
        )
        return person.model_copy(update={"appraisals": ones})

    return month.model_copy(update={"people": tuple(turned(person) for person in month.people)})


def test_only_the_companys_report_tells_hr_whom_to_look_at(month):
    report = company_report(month, {}, context())
    assert [row.employee_id for row in report.for_hr] == ["E2013"]
    assert sum(count.people for count in report.consequences) == 4


def test_each_metric_stands_beside_itself_on_all_levels(month):
    (row,) = [each for each in levels(month) if each.metric == "csat_rate"]
    own = [v for v in month.values if (v.metric, v.window) == ("csat_rate", "2026-10")]
    people = [v.value for v in own if v.level == "employee"]
    assert row.people_mean == sum(people) / len(people)
    assert row.pooled == next(v.value for v in own if v.level == "department")
    assert row.company == next(v.value for v in own if v.level == "company")


def test_a_metric_that_one_level_lacks_is_left_out(month):
    without = [v for v in month.values if not (v.metric == "csat_rate" and v.level == "company")]
    assert "csat_rate" not in {row.metric for row in levels(month.model_copy(update={"values": tuple(without)}))}


def test_a_pool_nobody_shares_in_has_no_divisor(month):
    pool = next(d for d in month.departments if d.department_id == "customer_service").appraisals[0].pools[1]
    nobody = pool.model_copy(update={"shares": tuple(s.model_copy(update={"weight": Decimal(0)}) for s in pool.shares)})
    assert pool_view(nobody).divisor is None


ACTUAL, REFERENCE = leaf("metric", "m", Decimal("0.3")), leaf("metric", "m", Decimal("0.32"), of="department")
EVENT = leaf("event", "e", Decimal(0))


def told(trace, unit=Unit.RATE):
    return [(c.kind, [str(p) for p in c.points], c.only_if) for c in clauses(trace, unit)]


def test_a_rule_is_told_by_the_constants_of_its_step():
    rank = RankPoints(top=(Decimal(3), Decimal(2)), below=Decimal(-1))
    assert told(rank_points(rank, Better.HIGHER, ACTUAL, nowhere(3), REFERENCE)) == [
        ("places", ["3", "2"], False), ("worse", ["-1"], False),
    ]  # fmt: skip
    compare = Compare(to={"of": "department"}, worse=Decimal(-2))
    assert told(compare_points(compare, Better.HIGHER, ACTUAL, REFERENCE, EVENT)) == [("worse", ["-2"], True)]
    steps = [PointStep(up_to="5%", gives="1"), PointStep(through="10%", gives="0"), PointStep(gives="-1")]
    assert told(step_points(steps, ACTUAL)) == [
        ("under", ["1"], False), ("through", ["0"], False), ("rest", ["-1"], False),
    ]  # fmt: skip
    required = Required(at_least="100%", missed=Decimal(-1))
    assert told(required_points(required, ACTUAL, EVENT)) == [("at_least", ["0"], False), ("missed", ["-1"], True)]
    events = EventPoints(each=Decimal(-1), none=Decimal(5), cap=Decimal(5))
    assert told(event_points(events, EVENT)) == [
        ("each", ["-1"], False), ("none", ["5"], False), ("cap", ["5"], False),
    ]  # fmt: skip


def test_a_trace_without_a_rule_tells_none():
    assert clauses(ACTUAL, Unit.RATE) == ()


RANK = RankPoints(top=(Decimal(3), Decimal(2)), below=Decimal(-1), least_people=3)
ONE = constant("scale", 1)
MONEY = step("quotient", "m", leaf("measure", "m_fen", Decimal(836060)), leaf("measure", "n", Decimal(34)), ONE)
STEPS = [PointStep(up_to="20000", gives="-1"), PointStep(gives="1")]


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        (rank_points(RANK, Better.HIGHER, ACTUAL, Place(2, 1, 1, 9), REFERENCE), Outcome()),
        (rank_points(RANK, Better.HIGHER, ACTUAL, Place(2, 1, 2, 9), REFERENCE), Outcome(shared=True)),
        (rank_points(RANK, Better.HIGHER, ACTUAL, Place(1, 0, 1, 2), REFERENCE), Outcome(unusual=True)),
        (compare_points(Compare(to={"of": "department"}, worse=Decimal(-2)), Better.HIGHER, ACTUAL, REFERENCE, EVENT),
         Outcome(unusual=True)),
        (compare_points(Compare(to={"of": "department"}, worse=Decimal(-2)), Better.LOWER, ACTUAL, REFERENCE, EVENT),
         Outcome()),
        (required_points(Required(at_least="100%", missed=Decimal(-1)), ACTUAL, leaf("event", "e", Decimal(1))),
         Outcome(unusual=True)),
        (required_points(Required(at_least="100%", missed=Decimal(-1)), ACTUAL, EVENT), Outcome()),
        (event_points(EventPoints(each=Decimal(2), cap=Decimal(5)), leaf("event", "e", Decimal(2))), Outcome()),
        (event_points(EventPoints(each=Decimal(2), cap=Decimal(5)), leaf("event", "e", Decimal(3))),
         Outcome(unusual=True)),
        (step_points(STEPS, step("quotient", "completion", MONEY, leaf("target", "t", Decimal(50000)), ONE)),
         Outcome(attained=MONEY.value / 50000)),
        (step_points(STEPS, MONEY), Outcome()),
        (step("not_judged", "no points", ACTUAL, reason="exempt"), Outcome()),
    ],
)  # fmt: skip
def test_the_step_that_gave_points_tells_what_its_clauses_do_not(trace, expected):
    assert outcome(trace) == expected


def test_an_amount_over_a_count_is_judged_in_money_and_a_completion_in_per_cent():
    assert {c.unit for c in clauses(step_points(STEPS, MONEY), Unit.FEN) if c.bound} == {Unit.FEN}
    completion = step("quotient", "completion", MONEY, leaf("target", "t", Decimal(50000)), ONE)
    assert {c.unit for c in clauses(step_points(STEPS, completion), Unit.FEN) if c.bound} == {Unit.RATE}


def test_what_is_counted_is_told_once_for_all_lines_alike(month):
    weekly, behaviour, _ = report_of(month, "E2002").appraisals[0].sheets
    for sheet in (weekly, behaviour):
        named = [title for each in sheet.counted for title in each.titles]
        assert sorted(map(str, named)) == sorted(str(row.title) for row in sheet.rows)
        assert [each.rest for each in sheet.counted].count(True) <= 1
        assert not any(each.rest for each in sheet.counted[:-1])
    assert len(behaviour.counted) < len(behaviour.rows)


def test_a_cell_on_paper_has_its_counts_and_what_it_is_held_against(month):
    report, person = report_of(month, "E2002"), next(p for p in month.people if p.employee_id == "E2002")
    sheet = person.appraisals[0].sheets[0]
    made = step("quotient", "m", leaf("measure", "replied", Decimal(1812)), leaf("measure", "n", Decimal(2475)), ONE)
    counted = compare_points(Compare(to={"of": "department"}), Better.HIGHER, made, REFERENCE, None)
    changed = {"trace": counted, "actual": made.value, "reference": REFERENCE.value, "target": Decimal("0.9")}
    line = sheet.lines[0].model_copy(update=changed)
    view = sheet_view(sheet.model_copy(update={"lines": (line,)}), "2026-10")
    one = report.appraisals[0].model_copy(update={"sheets": (view,)})
    told = words(paper_page(report.model_copy(update={"appraisals": (one,)}), "en"))
    assert "73.21% 0 1,812 ÷ 2,475 vs 32.00% · target 90.00%" in told.replace(" | ", " ")


def test_a_line_that_is_not_judged_says_why_beside_its_value(month):
    person = next(p for p in month.people if p.employee_id == "E2002")
    sheet = person.appraisals[0].sheets[0]
    why = Title(zh_hans="特殊活动期间不考核", en="not judged during a special campaign")
    spared = sheet.lines[4].model_copy(update={"points": None, "missing": "exempt", "rule": why})
    cell = sheet_view(sheet.model_copy(update={"lines": (spared,)}), "2026-10").rows[0].cells[0]
    assert (cell.unusual, cell.points, cell.rule.en) == (True, None, "not judged during a special campaign")
