"""Whether company, departments and people agree: scores, targets and metrics, disagreements first."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sample_company import agreed, company_of, full_report, report
from tests.sample_results import results
from transforms.metrics.model import Better

CS = tuple(f"E2{n:03d}" for n in range(1, 15))


@pytest.fixture(scope="module")
def page():
    return full_report()


def test_a_department_beside_its_people_says_who_is_higher(page):
    told = {w.department.en: (w.gap, w.reading) for w in page.coherence.wholes}
    assert told["Operations"][1] == "people_above"
    assert told["Customer service"][1] == "agree"
    for whole in page.coherence.wholes:
        assert whole.gap == whole.people_mean - whole.whole


def test_the_largest_disagreement_stands_first(page):
    sizes = [abs(gap.people_score - gap.score) for gap in page.coherence.gaps]
    assert sizes == sorted(sizes, reverse=True)
    assert page.coherence.compared == 22


def test_each_disagreement_is_one(page):
    for gap in page.coherence.gaps:
        reached = gap.actual >= gap.target if gap.better is Better.HIGHER else gap.actual <= gap.target
        assert reached == gap.reached
        apart = abs(gap.people_score - gap.score) >= 10
        assert apart or reached != (2 * gap.met >= gap.judged) or reached != (2 * gap.met > gap.judged)


def sums(people: int, department: int):
    """The targets of a department of whom 14 people have the same target, beside its own."""
    told = {("employee", who): people for who in CS} | {("department", "customer_service"): department}
    return report(agreed(results(), "paid_sales", told)).coherence.targets


def test_targets_that_add_up_and_that_do_not():
    (right,) = sums(1000, 14_000)
    assert (right.agrees, right.count, right.difference, right.whole.en) == (True, 14, 0, "Customer service")
    (wrong,) = sums(1000, 20_000)
    assert (wrong.agrees, wrong.difference) == (False, -6000)


@settings(deadline=None, max_examples=15)
@given(st.integers(1000, 10**6), st.integers(1000, 10**7))
def test_a_sum_agrees_within_one_per_cent_of_the_larger(people, department):
    (found,) = sums(people, department)
    apart = abs(14 * people - department)
    assert found.agrees == (apart <= Decimal("0.01") * max(14 * people, department))


def test_rates_are_averaged_not_added():
    told = {("employee", who): 1 for who in CS} | {("department", "customer_service"): 1}
    (found,) = report(agreed(results(), "csat_rate", told)).coherence.targets
    assert (found.of_parts, found.agrees) == (1, True)


def test_a_target_nobody_has_a_part_of_is_not_compared():
    told = {("department", "customer_service"): 5000}
    assert report(agreed(results(), "paid_sales", told)).coherence.targets == ()


def test_few_people_are_not_compared_with_their_department():
    month = results()
    few = tuple(p for p in month.people if p.department_id != "marketing" or p.employee_id < "E3005")
    values = tuple(v for v in month.values if v.subject_id != "E3005")
    page = report(month.model_copy(update={"people": few, "values": values}))
    assert not [gap for gap in page.coherence.gaps if gap.department.en == "Marketing"]
    means = {row.people_mean for row in page.coherence.levels if row.department.en == "Marketing"}
    assert means == {None}


def test_without_cards_there_is_nothing_to_compare():
    page = report(company_of({"cs": [80] * 5, "ops": [70] * 5})).coherence
    assert (page.compared, page.gaps, page.targets, page.levels) == (0, (), (), ())
    assert {w.reading for w in page.wholes} == {"unknown"}
