"""A site in a real browser: search, sort, filter, keys, rows behind a number, and nothing that it is not allowed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.company import Company
from tests.browser import DESK, PHONE, Look, chromium, complaints, page_of
from tests.site_company import HR, MANAGER, NAMES, company_of, site_of
from tests.unit.test_html_valid import check, told

WIDE = Look(DESK)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return company_of(tmp_path_factory)


@pytest.fixture(scope="module")
def site(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What HR sees: five people of two departments, three with a score."""
    return site_of(company, HR, tmp_path_factory.mktemp("site")).folder


@pytest.fixture
def index(browser: Browser, site: Path) -> Iterator[Page]:
    with page_of(browser, site / "index.html", WIDE) as page:
        yield page


@pytest.fixture
def lists(browser: Browser, site: Path) -> Iterator[Page]:
    with page_of(browser, site / "lists" / "E7301.html", WIDE) as page:
        yield page


def shown(page: Page) -> list[str]:
    """Ids of the people on the page, from top to bottom."""
    return page.locator("table.people tbody tr:visible th small").all_inner_texts()


def said(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def view(page: Page) -> dict[str, list[str]]:
    """What the address remembers."""
    return parse_qs(page.evaluate("location.hash").removeprefix("#"))


def test_a_search_finds_by_name_number_and_department_and_says_how_many(index: Page) -> None:
    search = index.get_by_role("searchbox")
    assert len(shown(index)) == 5
    search.fill(NAMES["E7302"])
    assert shown(index) == ["E7302"]
    search.fill("ｅ73")  # as an input method writes it
    assert sorted(shown(index)) == ["E7301", "E7302"]
    assert said(index) == "2 of 5 people shown"
    search.fill("store e8401")
    assert shown(index) == ["E8401"]
    search.fill("nobody")
    assert shown(index) == []
    assert said(index) == "0 of 5 people shown"


def test_a_filter_leaves_one_department_and_the_address_remembers_it(index: Page) -> None:
    index.get_by_label("Department").select_option(label="Store")
    assert sorted(shown(index)) == ["E8401", "M2"]
    assert view(index) == {"department": ["store"]}
    index.get_by_label("with changes").check()
    assert shown(index) == []
    index.reload()
    assert shown(index) == []
    assert index.get_by_label("Department").input_value() == "store"


def test_a_column_sorts_by_value_up_and_down_and_those_without_one_stand_last(index: Page) -> None:
    head = index.get_by_role("columnheader", name="Score")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    down = shown(index)
    told = index.locator("tr td[data-score]").evaluate_all("all => all.map(each => each.dataset.score)")
    scores = [float(each) for each in told[:3]]
    assert scores == sorted(scores, reverse=True)
    assert told[3:] == ["", ""]
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert shown(index)[3:] == down[3:]
    assert view(index) == {"sort": ["score"]}
    index.get_by_role("columnheader", name="Name").get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None


def test_the_keyboard_alone_searches_clears_and_sorts(index: Page) -> None:
    index.keyboard.press("/")
    expect(index.get_by_role("searchbox")).to_be_focused()
    index.keyboard.type("E7301/")
    assert index.get_by_role("searchbox").input_value() == "E7301/"
    assert shown(index) == []
    index.keyboard.press("Escape")
    assert len(shown(index)) == 5
    index.get_by_role("button", name="Name").focus()
    index.keyboard.press("Enter")
    assert index.get_by_role("columnheader", name="Name").get_attribute("aria-sort") == "ascending"


def test_arrow_keys_move_the_page_as_everywhere(index: Page) -> None:
    index.set_viewport_size({"width": DESK, "height": 200})
    assert index.evaluate("window.scrollY") == 0
    index.keyboard.press("ArrowDown")
    moved = index.wait_for_function("window.scrollY")  # waits until it is not 0
    assert moved.json_value() > 0


def test_an_address_with_nonsense_shows_everybody(browser: Browser, site: Path) -> None:
    with page_of(browser, site / "index.html", WIDE) as page:
        page.evaluate("location.hash = 'sort=-nothing\"]&department=moon&q='")
        page.wait_for_timeout(50)
        assert len(shown(page)) == 5


def test_a_number_leads_to_its_rows(lists: Page) -> None:
    row = lists.locator("#indicator-first_response_seconds")
    number = row.get_by_role("link").nth(1)
    count = int(number.inner_text())
    number.click()
    table = lists.locator("table.rows:visible")
    assert table.count() == 1
    assert table.locator("tbody tr:has(td)").count() == count == 31


def test_an_id_is_found_in_every_list_that_counts_it(lists: Page) -> None:
    lists.get_by_role("searchbox").fill("E7301-1005")
    expect(lists.get_by_role("status")).to_have_text("3 of 93 rows shown")
    assert lists.locator("table.rows tbody tr:has(td):visible").count() == 3
    lists.keyboard.press("Escape")
    expect(lists.get_by_role("status")).to_have_text("")
    assert lists.locator("details:visible").count() == 3


@pytest.mark.parametrize("page_name", ["index.html", "lists/E7301.html"])
@pytest.mark.parametrize("look", [Look(PHONE), Look(DESK, "dark")], ids=lambda look: f"{look.width}-{look.colours}")
def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways(
    page_name: str, look: Look, browser: Browser, site: Path
) -> None:
    with page_of(browser, site / page_name, look, bypass_csp=True) as page:
        for details in page.locator("details").all()[:2]:
            details.evaluate("each => { each.open = true; }")
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= look.width


@pytest.mark.parametrize("page_name", ["index.html", "lists/E7301.html"])
def test_nothing_is_asked_for_and_nothing_but_the_own_script_runs(page_name: str, browser: Browser, site: Path) -> None:
    asked: list[str] = []
    refused: list[str] = []
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.goto((site / page_name).as_uri())
    assert asked == [(site / page_name).as_uri()]
    assert refused == []
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'taken over'";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src='https://example.com/x.png' onerror='document.title = 1'>");
        document.body.insertAdjacentHTML("beforeend", "<p id='styled' style='color: red'>x</p>");
    }""")
    page.wait_for_timeout(100)
    assert "taken over" not in page.title()
    assert page.title() != "1"
    assert sum("Content Security Policy" in each for each in refused) >= 3
    context.close()


def test_the_pages_are_html_by_the_rules_of_the_w3c(site: Path, tmp_path: Path) -> None:
    for name in ("index.html", "lists/E7301.html", "lists/E8401.html"):
        shutil.copy(site / name, tmp_path)
    (tmp_path / "wrong.html").write_text((site / "index.html").read_text("utf-8").replace("<td", "<dt"), "utf-8")
    said = check(tmp_path)
    assert [told(each) for each in said if not each["url"].endswith("wrong.html")] == []
    assert said


def test_without_a_script_everything_is_there(browser: Browser, site: Path) -> None:
    with page_of(browser, site / "index.html", WIDE, java_script_enabled=False) as page:
        assert page.locator("table.people tbody tr").count() == 5
        assert not page.locator(".controls").is_visible()
        page.get_by_role("link", name=f"Rows {NAMES['E7301']}").click()
        assert page.locator("h1").inner_text() == NAMES["E7301"]


def test_every_link_of_a_site_leads_to_a_file_of_it(browser: Browser, site: Path) -> None:
    for page_name in ("index.html", "lists/E7301.html", "lists/E8401.html"):
        with page_of(browser, site / page_name, WIDE) as page:
            links = page.locator("a[href]").evaluate_all("all => all.map(e => e.href)")
        for link in links:
            path = Path(link.removeprefix("file://").partition("#")[0])
            assert path.is_relative_to(site)
            assert path.is_file()
        assert len(links) > 3


def test_a_manager_on_a_phone_sorts_with_the_same_buttons(company: Company, browser: Browser, tmp_path: Path) -> None:
    folder = site_of(company, MANAGER, tmp_path).folder
    with page_of(browser, folder / "index.html", Look(PHONE)) as page:
        page.get_by_role("button", name="Name").click()
        assert view(page) == {"sort": ["name"]}
        assert sorted(shown(page)) == ["E7301", "E7302", "M1"]
