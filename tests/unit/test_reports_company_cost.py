"""What pay costs beside the plan: the schemes add up to the department, the departments to the company."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.company import Company
from flows.report_material import _pay_plan
from flows.settings import load_company
from tests.sample_results import context, results
from transforms.errors import ConfigError
from transforms.period import parse
from transforms.reports.company_tables import cost_view, pay_costs

plans = st.dictionaries(
    st.sampled_from(["operations", "customer_service", "logistics", "marketing"]), st.integers(0, 10**9)
)


@settings(deadline=None)
@given(plans)
def test_costs_add_up_from_schemes_to_the_company(plan):
    view = cost_view(results(), plan)
    for row in view.rows:
        assert row.paid_fen == sum(scheme.total_fen for scheme in row.schemes)
        assert row.plan_fen == plan.get(row.department_id)
    assert view.paid_fen == sum(row.paid_fen for row in view.rows)
    assert view.paid_fen == sum(cost.total_fen for cost in pay_costs(results()) if cost.counts != "trial")
    assert (view.planned is None) == (not plan)
    if view.planned:
        assert view.planned.plan_fen == sum(plan.values())
        assert view.planned.difference_fen == view.planned.paid_fen - sum(plan.values())


def test_a_department_with_a_plan_stands_there_though_it_paid_nothing():
    row = next(row for row in cost_view(results(), {"marketing": 100}).rows if row.department_id == "marketing")
    assert (row.paid_fen, row.difference_fen, row.share) == (0, -100, 0)


def test_a_plan_of_nothing_has_no_share():
    row = next(row for row in cost_view(results(), {"logistics": 0}).rows if row.department_id == "logistics")
    assert (row.difference_fen, row.share) == (87_400, None)


def test_a_plan_for_a_department_there_is_not_is_told():
    view = cost_view(results(), {"customer_servcie": 100, "operations": 100})
    assert view.unknown == ("customer_servcie",)
    assert view.planned.plan_fen == 100


def test_trials_stand_apart_and_cost_nothing():
    view = cost_view(results(), {})
    assert all(cost.counts != "trial" for row in view.rows for cost in row.schemes)
    assert all(cost.counts == "trial" for cost in view.trials)


@pytest.fixture
def company(tmp_path) -> Company:
    (tmp_path / "config").mkdir()
    text = "name: {zh-Hans: 试, en: Trial}\npay_plan: {customer_service: 60000.50, operations: 12000}\n"
    (tmp_path / "config" / "company.yaml").write_text(text, encoding="utf-8")
    return load_company(tmp_path)


@pytest.mark.parametrize(
    ("period", "months"), [("2026-10", 1), ("2026-Q3", 3), ("2026", 12), ("2026-10-05..2026-10-11", 0)]
)
def test_a_plan_is_of_a_month_and_counts_for_each_whole_month(company, period, months):
    told = {"customer_service": 6_000_050 * months, "operations": 1_200_000 * months} if months else {}
    assert _pay_plan(company, parse(period)) == told


@pytest.mark.parametrize("wrong", ["{customer_service: -1}", "{customer_service: 1.005}", "{customer_service: much}"])
def test_a_plan_that_is_no_money_is_refused(tmp_path, wrong):
    (tmp_path / "config").mkdir()
    text = f"name: {{zh-Hans: 试, en: Trial}}\npay_plan: {wrong}\n"
    (tmp_path / "config" / "company.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="customer_service"):
        load_company(tmp_path)


def test_without_a_plan_none_is_told():
    assert context().pay_plan_fen == {}
    assert cost_view(results(), {}).planned is None
    assert Decimal(cost_view(results(), {}).paid_fen) > 0
