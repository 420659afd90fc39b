"""The HTML in a real browser, from disk: it asks for nothing, runs nothing, and logs no complaint."""

import re

import pytest

from flows.rendering.html import for_browsers
from tests.browser import DESK, PHONE, SAMPLES, Look, chromium, html_of, page_of
from tests.rendered import sample

MOST_KB = {"employee": 130, "department": 150, "company": 130, "acknowledgement": 40}


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_opens_from_disk_by_itself(browser, tmp_path, name, width):
    path = tmp_path / "report.html"
    path.write_text(html_of(name), encoding="utf-8")
    with page_of(browser, path, Look(width)) as page:
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.reload()
        assert asked == [path.as_uri()]
        assert said == []
        assert page.evaluate("document.documentElement.lang") == "zh-Hans"
        assert page.locator("h1").count() == 1


def test_a_page_runs_nothing_and_fetches_nothing_even_if_told_to(browser, tmp_path):
    """The page's own policy stops what a mistake of ours would let in."""
    path, other = tmp_path / "report.html", tmp_path / "other.png"
    other.write_bytes(b"")
    told = (
        f"<script>document.title = 'ran'</script><img src='{other.as_uri()}' alt='' onerror=\"document.title='ran'\">"
    )
    path.write_text(html_of("acknowledgement").replace("</main>", f"{told}</main>"), encoding="utf-8")
    with page_of(browser, path, Look(DESK)) as page:
        seen = []
        page.on("requestfinished", lambda request: seen.append(request.url))
        page.reload()
        assert page.title() != "ran"
        assert seen == [path.as_uri()]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_names_no_address_and_holds_no_script(name):
    page = html_of(name)
    assert "<script" not in page
    assert {"http://www.w3.org/2000/svg"} >= set(re.findall(r"(?:https?:)?//[\w.-]+/[^\s\"'<>)]*", page))
    assert not re.search(r"\b(?:src|href)=\"(?!#|data:)", page)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_holds_no_other_kinds_styles(name):
    """A page stays small enough for a mail: beside its words it carries its own kind's styles and no font."""
    kind = name.partition("-")[0]
    page = html_of(name)
    assert len(page.encode()) <= MOST_KB[kind] * 1000
    assert "font-face" not in page
    assert kind in {"department", "company"} or ".departments" not in page


def test_screen_and_paper_say_the_same_numbers(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(html_of("employee"), encoding="utf-8")
    with page_of(browser, path, Look(DESK)) as page:
        shown = page.locator("main").inner_text()
    for line in sample("employee", "E2013").cards[0].indicators:
        assert str(line.points if line.points is not None else "–") in shown
        assert line.title.zh_hans in shown


def test_a_table_is_named_by_the_heading_above_it():
    page = '<h2>Pay</h2><table class="x"><tr></tr></table><h3 id="own">More</h3><table></table>'
    named = for_browsers(page)
    first = re.search(r'<h2 id="(\w+)">Pay', named)[1]
    assert f'<table aria-labelledby="{first}" class="x">' in named
    assert '<h3 id="own">More</h3><table aria-labelledby="own">' in named


def test_what_a_template_names_keeps_its_name():
    assert for_browsers('<h2 id="a">A</h2><table aria-label="B"></table>').endswith('<table aria-label="B"></table>')
    assert for_browsers("<table></table>") == "<table></table>"


def test_void_elements_lose_the_slash_of_xml_and_drawings_keep_it():
    assert for_browsers('<col class="a"/><br/><path d="M0 0"/>') == '<col class="a"><br><path d="M0 0"/>'
