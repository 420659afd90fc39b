"""A page printed from a browser is the document on paper: the same words on about as many pages, never dark."""

import re
import subprocess
from collections import Counter

import pytest
from pypdf import PdfReader

from flows.rendering.html import paper_page
from flows.rendering.pdf import pdf
from tests.browser import DESK, SAMPLES, Look, chromium, html_of, page_of

CODE = "7F3A-91C2"
# Pages break a line earlier or later, and then a table's head is repeated in one of them only.
HEADS_ONCE = "thead { display: table-row-group }"
PRINTED = ("employee", "department", "company")


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def printed(browser, tmp_path_factory):
    """Both papers of each kind: from a browser that shows pages dark, and ours."""
    folder = tmp_path_factory.mktemp("printed")
    papers = {}
    for name in PRINTED:
        path = folder / f"{name}.html"
        path.write_text(html_of(name), encoding="utf-8")
        with page_of(browser, path, Look(DESK, "dark")) as page:
            theirs = folder / f"{name}-browser.pdf"
            page.add_style_tag(content=HEADS_ONCE)
            page.pdf(path=theirs, prefer_css_page_size=True)
        ours = folder / f"{name}-paper.pdf"
        paper = paper_page(SAMPLES[name](), "zh-Hans", CODE)
        ours.write_bytes(pdf(paper.replace("</head>", f"<style>{HEADS_ONCE}</style></head>"), SAMPLES[name]().kind))
        papers[name] = (theirs, ours)
    return papers


def said(path):
    """The words of a document without the foot, which runs on every page of ours and ends the browser's."""
    read = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True).stdout
    pages = [re.sub(r"\s+", "", page) for page in read.split("\f")[:-1]]
    foot = rf"云帆电子商务有限公司·2026年10月·\w+·第2版·数据快照\w+·2026年11月6日·内容码{CODE}"
    numbers = [f"{number}/{len(pages)}" for number in range(1, len(pages) + 1)]
    # The dot between two parts of a line is not always read back where a line ends at it.
    return "".join(
        re.sub(foot, "", page.removeprefix(number).removesuffix(number)).replace("·", "")
        for page, number in zip(pages, numbers, strict=True)
    )


@pytest.mark.parametrize("name", PRINTED)
def test_a_browser_prints_the_words_of_the_paper(printed, name):
    theirs, ours = (Counter(said(path)) for path in printed[name])
    assert (theirs - ours, ours - theirs) == (Counter(), Counter())


@pytest.mark.parametrize("name", PRINTED)
def test_a_browser_prints_about_as_many_pages(printed, name):
    theirs, ours = (len(PdfReader(path).pages) for path in printed[name])
    assert abs(theirs - ours) <= 1


@pytest.mark.parametrize("name", PRINTED)
def test_parts_follow_each_other_as_on_paper(printed, name):
    headings = [re.sub(r"[\s·]", "", found) for found in re.findall(r"<h2[^>]*>([^<&]+)</h2>", html_of(name))]
    theirs, ours = ([paper.find(heading) for heading in headings] for paper in map(said, printed[name]))
    assert min(*theirs, *ours) >= 0
    assert sorted(headings, key=lambda each: theirs[headings.index(each)]) == sorted(
        headings, key=lambda each: ours[headings.index(each)]
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_dark_screen_prints_on_white(browser, tmp_path, name):
    path = tmp_path / "page.html"
    path.write_text(html_of(name), encoding="utf-8")
    with page_of(browser, path, Look(DESK, "dark")) as page:
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.emulate_media(media="print", color_scheme="dark")
        ground = "[document.documentElement, document.body].map(e => getComputedStyle(e).backgroundColor)"
        white = page.evaluate(ground)
        ink = page.evaluate("getComputedStyle(document.body).color")
        drawn = page.evaluate("[...document.querySelectorAll('.chart text')].map(e => getComputedStyle(e).fill)")
    assert dark == "rgb(21, 28, 36)"
    assert set(white) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert ink == "rgb(27, 36, 48)"
    assert set(drawn) <= {"rgb(27, 36, 48)", "rgb(93, 104, 117)"}
