"""Pages of a revision after the first: what changed, carried pay, slips, decided lines, the appeal, who answered."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import sync_playwright

from flows.rendering.content import content_sha256
from flows.rendering.html import paper_page, screen_page
from flows.warehouse import outbox
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_queries import latest
from tests.golden.test_golden_reports import words
from tests.rendered import sample
from tests.revised_company import (  # noqa: F401 - mailed is a fixture
    PERIOD,
    again,
    engine_of,
    mailed,
    override,
    send,
    take_back,
)
from tests.sample_changes import COLLEAGUE, DESK, OTHER, OVERRIDDEN, RATING, REASON, SECRET, WHO, changed

CODE = "abcdef123456"


def page(kind, subject, locale="en", **how):
    return words(paper_page(changed(kind, subject, **how), locale, CODE))


def test_what_changed_stands_first_and_says_which_revision_it_replaces():
    said = page("employee", WHO)
    assert "This report replaces revision 1 of 3 Nov 2026." in said
    assert said.index("What changed") < said.index("Scorecard")
    assert re.search(r"Pay, all together \| ¥[\d,.]+ \| ¥[\d,.]+ \| \+¥187\.70", said)
    assert re.search(r"Cooperation with operations and after-sales \| [\d.]+ \| 95\.00 \| \+[\d.]+", said)


def test_a_colleague_reads_the_corrections_id_and_neither_its_reason_nor_whose_it_is():
    said = page("employee", COLLEAGUE, "zh-Hans")
    assert RATING in said
    assert "由他人的更正连带引起" in said
    assert REASON not in said
    assert WHO not in said


def test_the_department_reads_the_reasons_of_its_own_people_only():
    said = page("department", DESK, "zh-Hans")
    assert f"更正 {RATING}（评分）: {REASON}" in said.replace("：", ": ")
    assert OTHER in said
    assert SECRET not in said


def test_the_management_reads_names_and_every_reason():
    said = page("company", "company", "zh-Hans")
    assert REASON in said
    assert SECRET in said
    assert WHO in said


def test_after_closing_it_is_a_correction_slip_that_settles_the_difference():
    said = page("employee", WHO, slip=True)
    assert "Correction slip" in said
    assert "What changed" not in said
    assert "This slip settles the difference: +¥187.70 is paid in addition." in said
    assert "更正单" in page("employee", WHO, "zh-Hans", slip=True)
    assert "更正單" in page("employee", WHO, "zh-Hant", slip=True)


def test_carried_pay_stands_under_the_period_it_comes_from_with_its_sum():
    said = page("employee", WHO)
    assert "Carried over from September 2026" in said
    assert "Late refunds of September, at its rates | −¥12.30" in said
    assert "Total | +¥187.70" in said
    assert "September 2026·1 person+¥187.70" in page("department", DESK)


def test_a_slip_of_an_earlier_period_is_told_as_settled():
    told = "Correction slip of September 2026, made on 20 Oct 2026: +¥12.30, already settled there."
    assert told in page("employee", WHO)
    assert told not in page("employee", COLLEAGUE)


def test_decided_lines_carry_a_mark_and_the_note():
    said = page("employee", WHO)
    assert "Set to 95: 经理重看了三段录音 (C-RATING2345)" in said
    assert "Exempt: outage (C-EXEMPT2345)" in said
    assert "Complaint rate ↓ exempt" in said
    assert re.search(r"computed [\d.]+ → decided 95\.00", said)


def test_a_decided_total_says_so_where_the_sum_stands():
    report = changed("employee", WHO)
    decided = next(line.corrected for line in report.cards[0].indicators if line.key == OVERRIDDEN)
    card = report.cards[0].model_copy(update={"corrected": decided})
    said = words(paper_page(report.model_copy(update={"cards": (card,)}), "en", CODE))
    assert re.search(r"Score = [\d. +]+ → decided [\d.]+ Set to 95", said)


def test_the_appeal_says_from_when_until_when_and_how_and_the_paper_has_its_number():
    said = page("employee", WHO)
    assert "Who disagrees appeals to HR from 6 Nov 2026 to 13 Nov 2026 (5 working days)." in said
    assert "within 10 working days and answers within 5 more" in said
    assert "which indicator is meant, the value or score expected, the reason, and the evidence" in said
    assert f"revision 2·document {CODE}" in said
    assert "read and agreedread, and objecting" in said


def test_who_answered_is_counted_and_listed_on_the_departments_page_and_alone():
    for kind in ("department", "acknowledgement"):
        said = page(kind, DESK)
        assert "acknowledged 1objecting 1no answer yet 12" in said
        assert "刘堃 E2004 | objecting | 5 Nov 2026 | revision 1" in said
        assert "王秀兰 E2001 | acknowledged | 4 Nov 2026 | revision 1" in said


@pytest.mark.parametrize("kind", ["employee", "department", "company"])
def test_what_is_no_result_of_the_period_is_no_part_of_the_content(kind):
    subject = {"employee": COLLEAGUE, "department": "marketing", "company": "company"}[kind]
    report = changed(kind, subject)
    bare = {"changes": None, "slips": (), "acknowledgements": None, "company_mean": None}
    without = report.model_copy(update={name: value for name, value in bare.items() if hasattr(report, name)})
    assert report != without
    assert content_sha256(report, "en") == content_sha256(without, "en")


def test_the_list_of_answers_is_the_content_of_its_own_page():
    report = changed("acknowledgement", DESK)
    fewer = report.model_copy(update={"answers": report.answers.model_copy(update={"rows": ()})})
    assert content_sha256(report, "en") != content_sha256(fewer, "en")


def test_a_first_revision_says_nothing_of_changes():
    assert "This report replaces" not in words(paper_page(sample("employee", WHO), "en"))


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_with_changes_fit_a_phone_and_a_desk(browser, tmp_path, width):
    for kind, subject in (("employee", WHO), ("department", DESK), ("company", "company"), ("acknowledgement", DESK)):
        path = tmp_path / "report.html"
        path.write_text(screen_page(changed(kind, subject, slip=True), "zh-Hans", CODE), encoding="utf-8")
        opened = browser.new_page(viewport={"width": width, "height": 800})
        opened.goto(path.as_uri())
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, kind
        opened.close()


def test_after_a_correction_the_ledger_tells_whose_page_says_what_changed(mailed):  # noqa: F811
    override(mailed, "E1", "100")
    second = again(mailed)
    folder = mailed / "data" / "reports" / PERIOD / f"r{second.number}"
    own = words((folder / "employee-E1.html").read_text("utf-8"))
    assert "This report replaces revision 1 of" in own
    assert re.search(r"Product knowledge \| 85\.00 \| 100\.00 \| \+15\.00", own)
    assert "recount" not in own.split("Scorecard")[0]
    assert "recount" in words((folder / "department-desk.html").read_text("utf-8"))


def test_a_run_after_closing_makes_a_correction_slip(mailed):  # noqa: F811
    engine = engine_of(mailed)
    set_status(engine, PERIOD, "final", latest(engine, PERIOD).id, datetime.now(UTC), by="M1")
    override(mailed, "E1", "100")
    slip = again(mailed)
    path = mailed / "data" / "reports" / PERIOD / f"r{slip.number}" / "employee-E1.html"
    own = words(path.read_text("utf-8"))
    assert "Correction slip" in own
    assert "The period was closed already. This report replaces revision 1 of" in own


def test_taken_back_the_report_says_so_once_it_was_mailed(mailed):  # noqa: F811
    told = override(mailed, "E1", "100")
    again(mailed)
    send(mailed)
    take_back(mailed, told)
    third = again(mailed)
    folder = mailed / "data" / "reports" / PERIOD / f"r{third.number}"
    own = words((folder / "employee-E1.html").read_text("utf-8"))
    assert "This report replaces revision 2 of" in own
    assert re.search(r"Product knowledge \| 100\.00 \| 85\.00 \| −15\.00", own)
    assert outbox.counts(engine_of(mailed), PERIOD)
