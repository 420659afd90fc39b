"""Metrics: summed first, divided once; whose denominator; what is no data (metrics.md)."""

from decimal import Decimal

import pandas as pd
import pytest

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.catalogue import CATALOGUE, catalogue, return_rate_for
from transforms.metrics.evaluate import evaluate
from transforms.period import parse

OCTOBER = parse("2026-10")


def measures(*rows):
    """Rows `day employee department measure value [shop]`; `-` is nobody."""
    split = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    frame = pd.DataFrame(
        [(*row, "s1")[:6] for row in split],
        columns=["day", "employee_id", "department_id", "measure", "value", "shop_id"],
    )
    return frame.assign(day=pd.to_datetime("2026-10-" + frame["day"]), value=frame["value"].astype("int64"))


def value(frame, metric, subject="E1", department="cs", level="employee", window=OCTOBER):
    chosen = CATALOGUE[metric] if isinstance(metric, str) else metric
    found = [
        v
        for v in evaluate(frame, [chosen], [window])
        if (v.level, v.subject_id) == (level, subject) and (level != "employee" or v.department_id == department)
    ]
    assert len(found) <= 1
    return (found[0].numerator, found[0].denominator, found[0].value) if found else None


def test_sums_come_first_and_are_divided_once():
    frame = measures("01 E1 cs wait_seconds 10", "01 E1 cs waits 1", "02 E1 cs wait_seconds 110", "02 E1 cs waits 5")
    assert value(frame, "mean_response_seconds") == (120, 6, 20)  # the mean of the days' means would be 16


def test_the_worked_numbers_of_the_appraisal_draft():
    frame = measures(
        "01 E1 cs inquirers 2475",
        "01 E1 cs received 3076",
        "01 E1 cs inquirers_ordered_same_day 812",
        "01 E1 cs owned_orderers 915",
        "01 E1 cs owned_orderers_paid 826",
        "02 E2 cs owned_orderers 556",
        "02 E2 cs owned_orderers_unpaid 77",
    )
    for metric, who, printed in (
        ("inquiry_ratio", "E1", "0.8046"),
        ("same_day_order_rate", "E1", "0.328"),
        ("order_payment_rate", "E1", "0.9027"),
        ("order_loss", "E2", "0.1385"),
    ):
        exact = value(frame, metric, who)[2]
        assert abs(exact - Decimal(printed)) <= Decimal("0.0001")


def test_values_have_28_digits():
    frame = measures("01 E1 cs replied 1", "01 E1 cs received 3")
    assert value(frame, "reply_rate")[2] == Decimal("0.3333333333333333333333333333")


@pytest.mark.parametrize("rows", [["01 E1 cs complaints 2"], ["01 E1 cs complaints 2", "01 E1 cs received 0"]])
def test_without_a_denominator_there_is_no_value(rows):
    assert value(measures(*rows), "complaint_rate")[2] is None


def test_nothing_at_all_is_no_data_and_nothing_against_something_is_zero():
    frame = measures("01 E1 cs received 5", "01 E2 ops line_days 1")
    assert value(frame, "complaint_rate") == (0, 5, 0)
    assert value(frame, "paid_amount") == (0, None, 0)  # received buyers, sold nothing
    assert value(frame, "paid_amount", "E2", "ops") is None
    assert value(frame, "paid_sales", "E2", "ops") == (0, None, 0)


def test_an_employee_has_a_value_a_department():
    frame = measures("01 E1 cs received 4", "01 E1 cs replied 4", "20 E1 ops received 4", "20 E1 ops replied 1")
    assert value(frame, "reply_rate")[2] == 1
    assert value(frame, "reply_rate", department="ops")[2] == Decimal("0.25")


def test_nobodys_rows_count_for_the_company_alone():
    frame = measures("01 E1 cs handled_orders 4", "01 - - handled_orders 3", "01 E2 - handled_orders 2")
    assert value(frame, "handled_orders", "company", level="company")[2] == 9
    assert value(frame, "handled_orders", "cs", level="department")[2] == 4
    assert value(frame, "handled_orders", "E2", None)[2] == 2


def test_a_window_takes_its_days_both_ends_included():
    frame = measures(*(f"{day:02} E1 cs received 1" for day in range(1, 32)))
    week = parse("2026-10-08..2026-10-14")
    assert value(frame, "received", window=week)[2] == 7


def test_peaks_are_the_greatest_at_every_level():
    frame = measures("01 E1 cs waiting_peak 3", "02 E1 cs waiting_peak 5", "02 E2 cs waiting_peak 4")
    assert value(frame, "unanswered_waiting_peak")[2] == 5
    assert value(frame, "unanswered_waiting_peak", "cs", level="department")[2] == 5


def test_points_come_back_in_points():
    frame = measures("01 E1 cs chat_score 95000", "01 E1 cs chat_score_max 100000")
    assert value(frame, "csat_rate") == (Decimal("9.5"), 10, Decimal("0.95"))


def test_hours_are_exact():
    frame = measures("01 E1 cs resolution_seconds 7200", "01 E1 cs tickets_resolved 1")
    assert value(frame, "resolution_hours") == (7200, 1, 2)


def test_the_share_of_sales_is_of_the_shops_worked_in():
    frame = measures(
        "01 E1 cs owned_paid_amount_fen 20 s1",
        "01 - - shop_paid_amount_fen 100 s1",
        "01 E2 cs received 1 s2",
        "01 - - shop_paid_amount_fen 300 s2",
        "01 E3 ops line_days 1 s3",
        "01 - - shop_paid_amount_fen 700 s3",
    )
    assert value(frame, "cs_sales_share")[1:] == (100, Decimal("0.2"))
    assert value(frame, "cs_sales_share", "E2") is None or value(frame, "cs_sales_share", "E2")[2] is None
    frame = measures(*ROWS_OF_TWO_SHOPS)
    assert value(frame, "cs_sales_share", "cs", level="department")[1:] == (400, Decimal("0.05"))


ROWS_OF_TWO_SHOPS = (
    "01 E1 cs owned_paid_amount_fen 20 s1",
    "01 - - shop_paid_amount_fen 100 s1",
    "01 E2 cs owned_paid_amount_fen 0 s2",
    "01 - - shop_paid_amount_fen 300 s2",
)


def test_the_amount_index_is_over_the_mean_of_the_departments_people():
    frame = measures(
        "01 E1 cs owned_paid_amount_fen 300",
        "01 E1 cs received 1",
        "01 E2 cs owned_paid_amount_fen 100",
        "01 E3 cs received 1",
        "01 E4 ops owned_paid_amount_fen 999",
        "01 E5 cs line_days 1",
    )
    numerator, mean, index = value(frame, "amount_index")
    assert (numerator, index) == (300, numerator / mean)
    assert mean == Decimal(400) / 3
    assert value(frame, "amount_index", "E3")[2] == 0
    assert value(frame, "amount_index", "cs", level="department") is None


def test_a_stock_is_averaged_over_its_days_at_every_level():
    frame = measures(
        "01 E1 ops line_goods_cost_fen 900",
        "01 E1 ops stock_cost_fen_days 100",
        "02 E1 ops stock_cost_fen_days 200",
        "01 E2 ops stock_cost_fen_days 50",
        "02 E2 ops stock_cost_fen_days 50",
    )
    assert value(frame, "inventory_turnover", department="ops") == (900, 150, 6)
    assert value(frame, "inventory_turnover", "E2", "ops") == (0, 50, 0)
    assert value(frame, "inventory_turnover", "ops", level="department") == (900, 200, Decimal("4.5"))


def test_margins_may_be_negative():
    frame = measures("01 E1 ops line_gross_profit_fen -50", "01 E1 ops line_costed_amount_fen 100")
    assert value(frame, "gross_margin_rate", department="ops")[2] == Decimal("-0.5")


def test_a_return_rate_by_reason():
    frame = measures(
        "01 E1 cs returned_owned_orders 3", "01 E1 cs returned_owned_orders:late 1", "01 E1 cs owned_paid_orders 10"
    )
    assert value(frame, "return_rate")[2] == Decimal("0.3")
    assert value(frame, return_rate_for("late"))[2] == Decimal("0.1")
    assert value(frame, return_rate_for("broken"))[2] == 0


def test_an_unknown_measure_is_an_error():
    strange = CATALOGUE["received"].model_copy(update={"numerator": "no_such_measure"})
    with pytest.raises(KeyError):
        evaluate(measures("01 E1 cs received 1"), [strange], [OCTOBER])


def test_an_empty_table_has_no_values():
    assert evaluate(measures().astype({"day": "datetime64[us]"}), CATALOGUE.values(), [OCTOBER]) == ()


def test_settle_days_follow_the_companys_windows():
    assert (CATALOGUE["order_loss"].settle_days, CATALOGUE["conversion"].settle_days) == (4, 5)
    assert CATALOGUE["return_rate"].settle_days == 15
    own = catalogue(MeasureParameters(pay_days=10, order_days=2))
    assert (own["order_loss"].settle_days, own["conversion"].settle_days, own["csat_rate"].settle_days) == (10, 12, 7)


S01 = """paid_sales gross_margin_rate new_customers page_views unique_visitors shop_conversion_rate inventory_turnover
    campaign_completion_rate csat_rate complaint_rate first_response_seconds guided_purchase_rate add_on_amount impressions
    campaign_visitors campaign_conversion_rate on_time_shipping_rate delivery_accuracy_rate logistics_cost_rate
    returns_on_time_rate after_sales_csat_rate follow_up_rate"""
RECEPTION = """inquiry_ratio same_day_order_rate final_order_rate order_payment_rate conversion inquiry_loss order_loss
    paid_order_value paid_amount assisted_amount silent_amount cs_sales_share message_ratio reply_rate
    first_response_seconds mean_response_seconds within_30s_rate within_3min_rate slow_responses unanswered_waiting_peak
    add_on_amount guided_purchase_rate amount_index return_rate csat_rate good_review_rate bad_reviews reviews_improved
    praise complaint_rate complaint_handling_hours forbidden_phrases"""


@pytest.mark.parametrize("key", sorted({*S01.split(), *RECEPTION.split()}))
def test_every_metric_of_the_contract_is_declared_in_three_languages(key):
    metric = CATALOGUE[key]
    for text in (metric.title, metric.says):
        assert all((text.zh_hans, text.zh_hant, text.en))
    names = set(MeasureParameters.model_fields)
    assert {part.split("}")[0] for part in (metric.says.en or "").split("{")[1:]} <= names


def test_traditional_titles_are_traditional():
    simplified_only = set("单询东转数时间满应对订买卖卡动销额达图货类发给为")
    for metric in CATALOGUE.values():
        for text in (metric.title.zh_hant, metric.says.zh_hant):
            assert not simplified_only & set(text or ""), (metric.key, simplified_only & set(text or ""))
