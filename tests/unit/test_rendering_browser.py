"""The HTML in a real browser, from disk: it asks for nothing, fits a phone, and logs no complaint."""

import pytest
from playwright.sync_api import sync_playwright

from flows.rendering.html import screen_page
from tests.rendered import sample

PAGES = [("employee", "E2005"), ("employee", "E1008"), ("department", "customer_service"), ("company", "company")]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("kind", "subject"), PAGES)
def test_a_page_opens_from_disk_by_itself(browser, tmp_path, kind, subject, width):
    path = tmp_path / "report.html"
    path.write_text(screen_page(sample(kind, subject), "zh-Hans"), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator("h1").count() == 1
    page.close()


def test_screen_and_paper_say_the_same_numbers(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(screen_page(sample("employee", "E2002"), "zh-Hans"), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    shown = page.locator("main").inner_text()
    page.close()
    for line in sample("employee", "E2002").cards[0].indicators:
        assert str(line.points) in shown
        assert line.title.zh_hans in shown
