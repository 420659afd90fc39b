"""A department's page of every size and shape: what it says, and what its drawings say in words."""

import re
import subprocess
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from flows.rendering.content import content_sha256
from flows.rendering.html import paper_page
from flows.rendering.multiples import both_ways, box_below, panel
from tests import sample_departments as sample
from tests.rendered import paper_of, text_of
from tests.sample_results import all_history, context, results
from transforms.reports.parts import spread
from transforms.reports.record_model import OpenItem
from transforms.wording import three

SVG = "{http://www.w3.org/2000/svg}"
OPEN = OpenItem(
    kind="appeal", ref="A-AB12CD34", about=("E3002",), waits_for="E3001", due_on=date(2026, 11, 3), overdue=True,
    says=three("对「曝光量」的申诉：待裁决", "對「曝光量」的申訴：待裁決", "Appeal about impressions: to be decided"),
)  # fmt: skip


def page_of(report, locale="en"):
    return paper_page(report, locale)


def words_of(report, locale="en"):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page_of(report, locale)))


def panels(page):
    return re.findall(r'class="chart panel"[^>]*aria-label="([^"]*)"', page)


@pytest.fixture(scope="module")
def marketing():
    return sample.report_of(results())


def test_page_one_says_a_minute_in_sentences(marketing):
    words = words_of(marketing)
    minute = words[words.index("In one minute") : words.index("How the scores lie")]
    for said in (
        "Against targets",
        "Most points lost",
        "Moved most",
        "up, ",
        "No sheet and no appeal is open.",
        "5 talks",
    ):
        assert said in minute


def test_every_panel_says_its_numbers(marketing):
    labels = panels(page_of(marketing))
    assert len(labels) == len(marketing.card.indicators)
    told = labels[0]
    assert told.startswith("Brand impressions: 05 ")
    assert told.count(", ") >= 5
    assert "target 3,600,000" in told


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (3, 1), (4, 2), (30, 10)])
def test_panels_stand_three_abreast(count, rows):
    page = page_of(sample.report_of(sample.with_indicators(count)))
    assert len(panels(page)) == count
    assert page.count('<div class="row">') == rows
    assert page.count('class="one blank"') == rows * 3 - count


def test_nobody_scored_leaves_no_empty_drawings():
    words = words_of(sample.report_of(sample.nobody_scored()))
    assert "How the scores lie" not in words
    assert "Notes for the talks" not in words
    assert "Not scored this period" in words
    assert "Nobody here has a score of an earlier period" in words


def test_everybody_equal_has_a_spread_of_nothing():
    words = words_of(sample.report_of(sample.alike(), history={}))
    assert "middle half 80.00 – 80.00" in words
    assert "There is nothing of last month to compare with." in words or "Moved most" in words


def test_one_person_is_a_department():
    words = words_of(sample.report_of(sample.crowd(1), history={}))
    assert "1 person, 1 scored" in words
    assert "1 talk; notes at the end" in words


def test_what_is_open_stands_on_page_one_in_its_list_and_in_the_note():
    beside = context().model_copy(update={"waiting": {"marketing": (OPEN,)}})
    report = sample.report_of(results(), beside=beside)
    words = words_of(report)
    assert "1 appeal not decided" in words
    assert "1 overdue" in words
    assert words.count("Appeal about impressions: to be decided") == 2
    assert report.name_of("E3001") != "E3001"
    assert report.waiting_for("E3003") == ()


def test_what_is_open_and_the_companys_numbers_make_no_new_document(marketing):
    beside = context().model_copy(update={"waiting": {"marketing": (OPEN,)}})
    told = sample.report_of(results(), beside=beside)
    moved = told.model_copy(update={"company_values": {"x": Decimal(1)}})
    assert content_sha256(moved, "en") == content_sha256(marketing, "en")
    higher = marketing.model_copy(update={"score": Decimal(1)})
    assert content_sha256(higher, "en") != content_sha256(marketing, "en")


def test_the_parts_of_the_change_stand_with_their_sum(marketing):
    words = words_of(marketing)
    section = words[words.index("What moved the mean") : words.index("Workload and staffing")]
    printed = [Decimal(f"{sign}{number}".replace("−", "-").replace("±", "")) for sign, number in
               re.findall(r"([+−±])(\d+\.\d\d)", section)]  # fmt: skip
    difference, *parts, total = printed
    assert difference == total == sum(parts)
    assert len(parts) == 5


def test_two_hundred_people_all_stand_on_the_page():
    report = sample.report_of(sample.crowd(200), history={})
    page = page_of(report, "zh-Hans")
    assert all(f"X{number:03}" in page for number in range(200))
    assert len(report.talks) == 200
    ET.fromstring(page)  # noqa: S314 - our own page; the press reads XML


def test_a_long_table_repeats_its_head_and_the_notes_begin_a_page(tmp_path):
    report = sample.report_of(sample.crowd(45), history=all_history())
    raw = paper_of(report, "zh-Hans")
    pages = raw_pages(raw, tmp_path)
    ranked = [page for page in pages if "距上一等" in page]
    assert len(ranked) >= 2
    first = next(page for page in pages if "面谈要点" in page and "取自结果的事实" in page)
    assert "人员排名" not in first


def raw_pages(pdf, folder):
    """The text of each page."""
    (folder / "read.pdf").write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", folder / "read.pdf", "-"], capture_output=True, check=True, text=True
    )
    return text.stdout.split("\f")


def test_a_long_name_is_not_cut(tmp_path):
    report = sample.report_of(sample.named(sample.LONG))
    text = re.sub(r"\s", "", text_of(paper_of(report, "zh-Hans"), tmp_path))
    assert "买买提艾力" in text
    assert "吐尔逊江" in text


# --- drawings -----------------------------------------------------------------------------------------------------


def drawn(markup, tag):
    return list(ET.fromstring(str(markup)).iter(f"{SVG}{tag}"))  # noqa: S314 - our own drawing


def indicator(**changes):
    line = sample.report_of(results()).card.indicators[0]
    return line.model_copy(update=changes)


def test_a_panel_draws_months_target_and_company():
    shown = panel(indicator(), Decimal(3_000_000), ("05", "10"), "words")
    assert len(drawn(shown, "circle")) == 6
    assert [line.get("stroke-dasharray") is not None for line in drawn(shown, "line")] == [True, False, False]
    assert {text.text for text in drawn(shown, "text")} == {"05", "10"}
    assert 'aria-label="words"' in shown


def test_everything_in_a_panel_stays_in_it():
    for target in (Decimal(0), Decimal(10) ** 12, None):
        for circle in drawn(panel(indicator(target=target), None, ("05", "10"), ""), "circle"):
            assert 0 <= float(circle.get("cx")) <= 212
            assert 0 <= float(circle.get("cy")) <= 55


def test_a_month_without_data_is_a_gap():
    points = indicator().trend
    broken = (*points[:3], points[3].model_copy(update={"value": None}), *points[4:])
    shown = panel(indicator(trend=broken), None, ("05", "10"), "")
    assert len(drawn(shown, "polyline")) == 2
    assert len(drawn(shown, "circle")) == 5


def test_a_rating_is_a_bar_and_a_lone_value_a_dot():
    bar = panel(indicator(trend=(), unit="points", actual=Decimal(50), target=None), None, ("", ""), "")
    assert float(drawn(bar, "rect")[1].get("width")) == 101
    lone = panel(indicator(trend=(), target=None), None, ("", "10"), "")
    assert (len(drawn(lone, "circle")), drawn(lone, "rect")) == (1, [])
    assert len(drawn(panel(indicator(trend=(), actual=None, target=None), None, ("", ""), ""), "rect")) == 1


def test_a_part_goes_right_or_left_by_its_sign():
    more, less = both_ways(Decimal(2), Decimal(4), "+2"), both_ways(Decimal(-4), Decimal(4), "−4")
    assert [float(drawn(more, "rect")[0].get(x)) for x in ("x", "width")] == [75, 36.5]
    assert [float(drawn(less, "rect")[0].get(x)) for x in ("x", "width")] == [2, 73]
    assert float(drawn(both_ways(Decimal(0), Decimal(0), "0"), "rect")[0].get("width")) == 0


def test_the_box_lies_under_the_bands_of_its_histogram():
    found = spread([Decimal(50), Decimal(75), Decimal(100)])
    (block, median), ends = drawn(box_below(found, ""), "rect"), drawn(box_below(found, ""), "line")
    assert (float(ends[0].get("x1")), float(ends[0].get("x2"))) == (0, 330)
    assert float(median.get("x")) == 164
    assert drawn(box_below(spread([]), ""), "rect") == []
    assert float(block.get("width")) > 0
