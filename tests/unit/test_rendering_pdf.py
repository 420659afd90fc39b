"""The PDF: what it says, what it is, and that it is the same when made again."""

import logging
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from flows.rendering.fonts import missing
from flows.rendering.html import paper_page
from flows.rendering.pdf import pdf
from tests.rendered import paper_of, sample, text_of
from tests.sample_results import RARE


@pytest.fixture(scope="module")
def paper():
    """A person with a card alone."""
    return paper_of(sample("employee", "E1002"), "zh-Hans", "abc123")


@pytest.fixture(scope="module")
def full():
    """A person with a card, points of eleven lines by week, two other sheets, pay, pools and a second card."""
    return paper_of(sample("employee", "E2002"), "zh-Hans", "abc123")


def test_a_typical_employee_has_two_pages_of_a4(paper):
    pages = PdfReader(BytesIO(paper)).pages
    assert len(pages) == 2
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pages} == {(595, 842)}
    assert len(paper) < 120_000


def test_points_and_pay_take_five_pages_more_and_stay_small(full):
    assert len(PdfReader(BytesIO(full)).pages) <= 7
    assert len(full) < 200_000
    assert PdfReader(BytesIO(full)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_metadata_names_subject_author_and_fixed_dates(paper):
    reader = PdfReader(BytesIO(paper))
    assert reader.metadata.title == "林䶮 · 绩效考核报告 · 2026年10月"
    assert reader.metadata.author == "云帆电子商务有限公司"
    assert reader.metadata["/CreationDate"].startswith("D:20261106")
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_bookmarks_lead_to_the_parts(full):
    """The person, below it the parts of the report, below a part its tables."""
    top = PdfReader(BytesIO(full)).outline
    assert top[0].title == "李㛃"
    parts = [each.title for each in top[1] if not isinstance(each, list)]
    asked = ["评分卡", "每个数字的由来", "客服绩效奖金（积分与提成）", "后续事项", "确认与申诉"]
    assert [part for part in parts if part in asked] == asked
    inner = [each.title for part in top[1] if isinstance(part, list) for each in part]
    assert inner[:5] == ["绩效积分", "行为积分", "质检积分", "薪酬明细", "奖金池份额"]


def test_the_text_can_be_selected_and_says_what_the_report_says(full, tmp_path):
    report, text = sample("employee", "E2002"), text_of(full, tmp_path)
    assert str(report.score) in text
    assert f"{report.rank} / {report.ranked_of}" in text
    assert "2026年11月16日" in text
    assert "5 个工作日" in text
    for line in report.cards[0].indicators:
        assert str(line.points) in text


def test_every_page_says_which_it_is_and_of_what(paper, tmp_path):
    text = text_of(paper, tmp_path)
    assert re.search(r"1 ?/ ?2 .* 2 ?/ ?2 $", text)
    assert text.count("第 2 版 · 数据快照 9c1f7a20b4d8") == 2
    assert text.count("内容码 abc123") == 2


def test_made_again_the_bytes_are_the_same(paper):
    assert paper_of(sample("employee", "E1002"), "zh-Hans", "abc123") == paper


def undrawn(page, caplog):
    """Code points that came out as .notdef, as WeasyPrint saw when it drew them."""
    caplog.clear()
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        paper = pdf(page, "employee")
    return paper, [record.args[1] for record in caplog.records if ".notdef" in record.msg]


def test_rare_characters_of_names_are_real_glyphs(tmp_path, caplog):
    report = sample("employee", "E2002").model_copy(update={"name": RARE})
    paper, lost = undrawn(paper_page(report, "zh-Hans"), caplog)
    assert lost == []
    assert RARE in text_of(paper, tmp_path)


def test_the_check_before_drawing_finds_what_drawing_could_not(caplog):
    page = paper_page(sample("employee", "E2002").model_copy(update={"name": chr(0x12000)}), "zh-Hans")
    assert set(undrawn(page, caplog)[1]) == set(missing(page)) == {0x12000}


def test_names_never_reach_the_log(caplog):
    caplog.clear()
    paper_of(sample("employee", "E2002").model_copy(update={"name": chr(0x12000)}), "zh-Hans")
    assert caplog.text == ""


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_a_statement_stays_whole_on_its_page_also_when_it_is_negative(locale):
    report = sample("employee", "E2013")
    pages = [page.extract_text() for page in PdfReader(BytesIO(paper_of(report, locale))).pages]
    title = report.appraisals[0].pay.lines[0].title.in_locale(locale)
    (page,) = [text for text in pages if title in text and "¥200.00" in text and "÷ 96" in text]
    assert "−¥12,345.67" in page
    assert f"−¥{abs(report.appraisals[0].pay.total_fen) / 100:,.2f}" in page


def test_two_cards_are_both_there_and_add_up(tmp_path):
    text = text_of(paper_of(sample("employee", "E2005"), "en"), tmp_path)
    assert "Scorecard: Logistics and after-sales, 8 working days" in text
    assert "(94.50 × 8 + 81.01 × 9) ÷ 17 = 87.36" in text


def test_somebody_not_scored_gets_one_page_with_the_reason(tmp_path):
    paper = paper_of(sample("employee", "E1008"), "en")
    assert len(PdfReader(BytesIO(paper)).pages) == 1
    assert "on loan: ranked elsewhere" in text_of(paper, tmp_path)


def test_the_department_ranks_its_people(tmp_path):
    text = text_of(paper_of(sample("department", "customer_service"), "zh-Hans"), tmp_path)
    assert text.index("王秀兰 E2001") < text.index("刘堃 E2004") < text.index("徐丽 E2010")
