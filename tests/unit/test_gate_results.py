"""Results that cannot be right are not recorded; results that look odd are said to."""

from datetime import date
from decimal import Decimal

import pytest

from expectations.gate import check_results
from transforms.findings import Severity
from transforms.metrics.model import Better, Unit
from transforms.scoring.results import Card, DepartmentResult, IndicatorResult, PeriodResults, PersonResult, Trace
from transforms.titles import Title

TITLE = Title(zh_hans="题")
TRACE = Trace(op="constant", label="x", value=None)


def indicator(**changes):
    values = {
        "key": "csat_rate", "kind": "metric", "title": TITLE, "group": "g", "group_title": TITLE, "weight": 100,
        "weight_used": 100, "unit": Unit.RATE, "better": Better.HIGHER, "target": None, "actual": Decimal("0.9"),
        "numerator": 9, "denominator": 10, "score": 80, "points": 80, "provisional": False, "says": TITLE,
        "rule": TITLE, "source": "S01", "trace": TRACE,
    }  # fmt: skip
    return IndicatorResult(**(values | changes))


def card(employee_id, score=80, indicators=None, department_id="cs"):
    return Card(
        employee_id=employee_id, department_id=department_id, post=None, scheme="s", scheme_title=TITLE,
        scheme_version=date(2026, 1, 1), scheme_hash="h", working_days=20, score=score, grade=None, grade_title=None,
        indicators=(indicator(),) if indicators is None else indicators, trace=TRACE,
    )  # fmt: skip


def person(employee_id, score=80, rank=1, ranked_of=3, cards=None):
    return PersonResult(
        employee_id=employee_id, name="NA", department_id="cs", cards=(card(employee_id),) if cards is None else cards,
        working_days=20, period_working_days=20, score=score, grade=None, grade_title=None, rank=rank,
        ranked_of=ranked_of, provisional=False, trace=TRACE,
    )  # fmt: skip


def results(*people, employee_ids=None, department_card=None):
    department = DepartmentResult(
        department_id="cs", title=TITLE, manager_ids=(), card=department_card, mean_score=None, median_score=None,
        employee_ids=tuple(p.employee_id for p in people) if employee_ids is None else employee_ids, grades={},
        provisional=False,
    )  # fmt: skip
    return PeriodResults(
        period="2026-10", provisional=False, provisional_until=None, people=people, departments=(department,),
        values=(), findings=(), filtered={},
    )  # fmt: skip


GOOD = (person("E1", 90, 1), person("E2", 80, 2), person("E3", 70, 3))


def codes(some):
    return {finding.check: finding for finding in check_results(some, locale="en")}


def test_good_results_have_no_findings():
    assert check_results(results(*GOOD)) == ()


def test_ties_share_a_rank():
    assert codes(results(person("E1", 90, 1), person("E2", 90, 1), person("E3", 70, 3))) == {}


@pytest.mark.parametrize(
    ("people", "check"),
    [
        ((person("E1", Decimal("100.01"), 1), *GOOD[1:]), "results.score_out_of_range"),
        ((person("E1", -1, 3), person("E2", 80, 1), person("E3", 70, 2)), "results.score_out_of_range"),
        ((person("E1", 90, 1, cards=(card("E1", 101),)), *GOOD[1:]), "results.score_out_of_range"),
        ((person("E1", 90, 1, cards=(card("E1", 90, (indicator(score=120),)),)), *GOOD[1:]), "results.score_out_of_range"),
        ((person("E1", 90, 1, cards=(card("E1", 90, (indicator(weight_used=99),)),)), *GOOD[1:]), "results.weights_not_100"),
        ((person("E1", 90, None), *GOOD[1:]), "results.rank_wrong"),
        ((person("E1", 90, 4), *GOOD[1:]), "results.rank_wrong"),
        ((person("E1", 90, 2), *GOOD[1:]), "results.rank_wrong"),
        ((person("E1", 90, 3), person("E2", 80, 2), person("E3", 70, 1)), "results.rank_wrong"),
        ((person("E1", None, 1, cards=()), *GOOD[1:]), "results.rank_wrong"),
        ((*GOOD, person("E1", 90, 1)), "results.person_missing"),
    ],
)  # fmt: skip
def test_impossible_results_are_critical_and_name_the_person(people, check):
    finding = codes(results(*people))[check]
    assert finding.severity is Severity.CRITICAL
    assert finding.employee_ids


def test_somebody_of_the_department_missing_is_critical():
    finding = codes(results(*GOOD, employee_ids=("E1", "E2", "E3", "E4")))["results.person_missing"]
    assert (finding.severity, finding.employee_ids) == (Severity.CRITICAL, ("E4",))


def test_a_rate_above_one_is_a_warning_unless_it_may_exceed_one():
    over = {"numerator": 11, "denominator": 10}
    odd = person("E1", 90, 1, cards=(card("E1", 90, (indicator(**over),)),))
    fine = person("E1", 90, 1, cards=(card("E1", 90, (indicator(key="campaign_completion_rate", **over),)),))
    assert codes(results(odd, *GOOD[1:]))["results.numerator_above_denominator"].severity is Severity.WARNING
    assert codes(results(fine, *GOOD[1:])) == {}


def test_a_departments_own_card_is_checked_too():
    wrong = card(None, 80, (indicator(weight_used=60),))
    assert codes(results(*GOOD, department_card=wrong))["results.weights_not_100"].sample_keys == ("cs/s",)


def test_a_whole_department_with_one_score_is_a_warning():
    same = [person(f"E{i}", 80, 1, 5) for i in range(5)]
    assert codes(results(*same))["results.all_equal"].severity is Severity.WARNING
    assert "results.all_equal" not in codes(results(*same[:4]))


def test_nobody_scored_is_critical_for_the_company_and_a_warning_for_a_department():
    nobody = person("E1", None, None, cards=())
    assert codes(results(nobody))["results.nothing_scored"].severity is Severity.CRITICAL
    other = results(*GOOD)
    empty = other.departments[0].model_copy(update={"department_id": "ops", "employee_ids": ("E9",)})
    mixed = other.model_copy(
        update={"departments": (*other.departments, empty), "people": (*GOOD, person("E9", None, None, cards=()))}
    )
    assert codes(mixed)["results.nobody_scored"].sample_keys == ("ops",)


def test_a_tie_that_is_left_open_is_said_and_asks_for_a_decision():
    open_still = card("E1", 90).model_copy(update={"grade_says": TITLE})
    decided = open_still.model_copy(update={"grade": "first", "employee_id": "E2"})
    found = codes(results(person("E1", 90, 1, cards=(open_still,)), person("E2", 80, 2, cards=(decided,)), GOOD[2]))
    assert (found["results.grade_undecided"].severity, found["results.grade_undecided"].employee_ids) == (
        Severity.WARNING, ("E1",),
    )  # fmt: skip


def test_a_card_may_be_out_of_something_else_than_100():
    tens = person("E1", 8, 3, cards=(card("E1", 8, (indicator(weight=10, weight_used=10),)),))
    assert codes(results(person("E2", 90, 1), person("E3", 70, 2), tens)) == {}
