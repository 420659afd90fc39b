"""The company's page: its sentences, its tables on paper, and companies of every shape."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from flows.rendering.content import content_sha256
from flows.rendering.html import paper_page
from tests.rendered import paper_of
from tests.sample_company import REDESIGNED, company_of, full_report, planned, report
from tests.sample_results import all_history, results
from transforms.findings import Finding, Severity
from transforms.reports import company_report
from transforms.reports.data_quality import data_quality

MANY = {f"d{n:02d}": [70 + (n * 7 + m * 3) % 30 for m in range(2 + n % 7)] for n in range(40)}
SHAPES = {
    "one department": {"cs": [80, 90, 85, 70, 88]},
    "forty departments": MANY,
    "nobody scored": {"cs": [None] * 3, "ops": [None]},
    "everyone equal": {"cs": [80] * 6, "ops": [80] * 5},
    "nobody at all": {},
    "all groups small": {"cs": [80, 90], "ops": [70]},
}


def words(page):
    """The text of a page without tags, white space as one blank."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<body")[2]))


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_company_is_a_page(shape, locale):
    page = paper_page(report(company_of(SHAPES[shape])), locale)
    ET.fromstring(page.partition("<!DOCTYPE html>")[2].strip())  # noqa: S314 - our own output
    assert "None" not in words(page)
    assert all(name in page for name in SHAPES[shape])


@pytest.fixture(scope="module")
def page():
    return paper_page(full_report(), "en")


def test_three_sentences_say_how_scores_moved_whether_levels_agree_and_what_pay_costs(page):
    said = words(page)
    assert "Means of departments: 2 rose, 2 fell; up most: Operations +3.87; down most: Customer service −2.57." in said
    assert "Departments and their people are judged differently on 10 of 22 shared indicators." in said
    assert "Schemes pay ¥89,879.15; the departments with a plan are ¥994.85 below their ¥90,000.00." in said


def test_the_plan_stands_beside_what_was_paid(page):
    said = words(page)
    assert "¥89,005.15 ¥80,000.00 +¥9,005.15 111.3%" in said
    assert "Departments with a plan ¥89,005.15 ¥90,000.00 −¥994.85 98.9%" in said


def test_a_small_department_has_a_mark_for_its_mean_and_its_reason():
    said = words(paper_page(report(company_of({"cs": [80] * 6, "ops": [70, 71], "it": [60, 62, 64]})), "en"))
    assert "2 /2 *" in said
    assert "fewer than 5 people scored" in said
    assert not {"70.50", "62.00"} & set(said.split())


def test_groups_of_the_fairness_page_have_words_not_codes(page):
    said = words(page)
    for name in ("under 6 months", "3 years and more", "with night shifts", "several shops", "云帆旗舰店"):
        assert name in said
    assert "from_3_years" not in said


def test_what_was_redesigned_stands_with_both_sides_and_who_approved(page):
    said = words(page)
    assert "Customer service weight Customer satisfaction 30 35 HR, 2026-09-20, HR-31" in said
    assert "Agreed targets Operations target Sales 480,000 yuan – –" in said


@pytest.mark.parametrize(
    ("told", "said"), [(None, "no earlier period to compare with"), ((), "Nothing: the same schemes")]
)
def test_no_change_and_no_earlier_period_are_two_things(told, said):
    known = planned().model_copy(update={"redesigned": told})
    assert said in words(paper_page(report(company_of({"cs": [80] * 5}), known), "en"))


def test_what_was_redesigned_makes_no_new_document_and_a_plan_does():
    told = results()
    one = company_report(told, all_history(), planned())
    other = company_report(told, all_history(), planned().model_copy(update={"redesigned": REDESIGNED[:1]}))
    unplanned = company_report(told, all_history(), planned().model_copy(update={"pay_plan_fen": {}}))
    assert content_sha256(one, "en") == content_sha256(other, "en") != content_sha256(unplanned, "en")


def finding(check, severity=Severity.WARNING, **more):
    return Finding(check=check, severity=severity, table=check.partition(".")[0], rows=2, message="m", todo="", **more)


def test_the_quality_of_the_data_is_counted_by_check_and_severity():
    told = (
        finding("orders.paid_before_created", quarantined=True), finding("messages.days_missing", day="2026-10-02"),
        finding("messages.days_missing", day="2026-10-01"), finding("scheme.flat_scores", Severity.INFO),
        finding("orders.no_rows", Severity.CRITICAL),
    )  # fmt: skip
    quality = data_quality(results().model_copy(update={"findings": told}))
    assert quality.by_severity == (("critical", 1, 1), ("warning", 2, 3), ("info", 1, 1))
    assert (quality.quarantined_rows, quality.missing_days) == (2, 4)
    assert quality.of_data[0].check == "orders.no_rows"
    assert quality.of_data[1].days == ("2026-10-01", "2026-10-02")
    assert [count.title.en for count in quality.of_schemes] == ["Scores without spread"]


def test_contacts_that_were_not_counted_are_summed_over_people():
    quality = data_quality(results())
    assert {each.filter: each.contacts for each in quality.filtered} == {
        "after_sales": 37, "mass": 3, "own_account": 2, "phrase": 4, "single_line": 11,
    }  # fmt: skip
    assert (quality.filtered_people, quality.small_samples, quality.provisional_people) == (2, 1, 32)


@pytest.mark.parametrize(
    ("locale", "is_open", "figures"), [("zh-Hans", "待处理事项", "关键数据"), ("en", "What is open", "Key figures")]
)
def test_the_first_page_answers_in_a_minute_and_the_rest_stands_behind_it(locale, is_open, figures):
    first, *behind = [page.extract_text() for page in PdfReader(BytesIO(paper_of(full_report(), locale))).pages]
    for said in ("88.73", "−0.19", "¥89,879.15", is_open):
        assert said in first
    assert figures not in first
    assert figures in behind[0]
    assert len(behind) <= 5
