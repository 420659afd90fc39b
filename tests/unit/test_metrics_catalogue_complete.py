"""The catalogue is whole: every metric the contract names is declared, can be computed, and has a test by hand."""

import re
from pathlib import Path

import pytest

from transforms.measures.catalogue import measure_of
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import Unit

# The keys of metrics.md, section by section. A key is taken away here only when the contract says so.
NAMED = {
    "reception": """received inquiry_ratio same_day_order_rate final_order_rate order_payment_rate conversion
        reception_conversion inquiry_loss order_loss order_loss_amount_rate paid_order_value paid_amount assisted_amount
        silent_amount cs_sales_share message_ratio reply_rate reply_rate_unfiltered add_on_amount guided_purchase_rate
        amount_index return_rate misdescription_return_rate net_paid_amount refunded_amount""",
    "waiting": """first_response_seconds mean_response_seconds within_30s_rate within_30s_first_rate within_3min_rate
        within_3min_08_23_rate slow_responses unanswered_waiting_peak""",
    "ratings and complaints": """csat_rate after_sales_csat_rate after_sales_resolved_rate order_review_rate
        good_review_rate bad_reviews reviews_improved praise complaint_rate justified_complaint_rate justified_complaints
        complaint_handling_hours forbidden_phrases""",
    "tickets": """tickets_resolved first_contact_resolution resolution_hours reopen_rate reassignment_rate
        repeat_request_rate service_level sla_made_rate escalations_on_time_rate technical_answer_hours
        conflict_answer_hours survey_score""",
    "quality and presence": """qa_accuracy qa_attitude_rate qa_timeliness_rate qa_professionalism_rate exam_score
        occupancy online_hours chat_hours workload_deviation output_per_hour service_uptake_rate pages_browsed
        registrations""",
    "operations": """paid_sales sales_growth sales_growth_on_year paid_amount_growth gross_margin_rate new_customers
        page_views unique_visitors shop_conversion_rate inventory_turnover campaign_completion_rate campaign_return""",
    "marketing": """impressions campaign_visitors campaign_conversion_rate brand_searches search_visitors ads_visitors
        social_visitors direct_visitors market_share""",
    "logistics": """on_time_shipping_rate on_time_delivery_rate delivery_accuracy_rate logistics_cost_per_order
        logistics_cost_rate returns_on_time_rate follow_up_rate follow_ups_done handled_orders handled_paid_amount_fen
        cancelled_order_rate""",
    "design and tasks": """page_depth dwell_seconds design_done_rate design_on_time_rate design_accepted_rate
        design_progress_rate tasks_done_rate tasks_on_time_rate task_quality overdue_tasks reports_done
        reports_on_time_rate reports_accepted_rate report_quality translated_pages translation_quality
        documents_complete_rate project_progress_rate project_quality project_profit_fen""",
    "company": """revenue_fen gross_profit_fen purchase_cost_reduction_rate incidents labour_cost_rate budget_use_rate
        product_launch_rate staff_turnover_rate training_hours""",
    "shops": """dsr_attitude dsr_attitude_industry dsr_attitude_vs_industry dsr_attitude_position dsr_description
        dsr_description_industry dsr_description_vs_industry dsr_description_position dsr_logistics
        dsr_logistics_industry dsr_logistics_vs_industry dsr_logistics_position shop_sales shop_page_views
        shop_sales_per_view""",
}
KEYS = sorted(key for keys in NAMED.values() for key in keys.split())


@pytest.mark.parametrize("key", KEYS)
def test_what_the_contract_names_is_declared_in_three_languages(key):
    metric = CATALOGUE[key]
    for text in (metric.title, metric.says):
        assert all((text.zh_hans, text.zh_hant, text.en))
    assert metric.source
    assert metric.levels
    known = set(MeasureParameters.model_fields)
    for says in (metric.says.zh_hans, metric.says.zh_hant, metric.says.en):
        assert set(re.findall(r"{(\w+)}", says or "")) <= known
    assert set(metric.settle_by) <= known


def test_nothing_is_declared_that_the_contract_does_not_name():
    assert sorted(CATALOGUE) == KEYS


def test_no_title_is_used_twice():
    titles = [metric.title.en for metric in CATALOGUE.values()]  # in Chinese, two departments each call theirs 销售额
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("key", KEYS)
def test_its_measures_exist_and_its_unit_fits_them(key):
    metric = CATALOGUE[key]
    measures = [measure_of(name) for name in (metric.numerator, metric.denominator, *metric.zero_if) if name]
    assert all(measure.whole or ":" in metric.numerator for measure in measures[:1])
    if metric.unit is Unit.HOURS and measures[0].unit == "seconds":
        assert metric.per == 3600
    if metric.growth_of:
        assert metric.denominator is None
        assert metric.unit is Unit.RATE


def test_every_metric_has_a_value_worked_out_by_hand():
    here = Path(__file__)
    tests = "".join(file.read_text("utf-8") for file in here.parent.glob("test_metrics_*.py") if file != here)
    shown = set(re.findall(r'"(\w+)"', tests))
    assert not set(CATALOGUE) - shown
