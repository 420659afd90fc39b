"""Reports and the findings page in a real browser: they open from disk, ask nothing of anybody, and fit a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.month_end_company import Closed


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(params=["employee-*", "department-*", "company-*"])
def report(request: pytest.FixtureRequest, closed: Closed) -> Path:
    return min((closed.root / "data" / "reports" / "2026-10" / "r1").glob(f"{request.param}.html"))


def opened(browser: Browser, path: Path, width: int) -> tuple[Page, list[str], list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    return page, asked, wrong


def test_a_report_opens_from_disk_without_asking_for_anything(browser: Browser, report: Path) -> None:
    page, asked, wrong = opened(browser, report, 1200)
    assert page.title()
    assert page.locator("h1").first.is_visible()
    assert asked == [report.as_uri()]
    assert wrong == []
    page.close()


def test_a_report_fits_a_phone(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report, 390)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    page.close()


def test_the_findings_page_opens_without_asking_for_anything(browser: Browser, closed: Closed) -> None:
    path = closed.root / "data" / "findings" / "2026-10" / "findings.html"
    page, asked, wrong = opened(browser, path, 1000)
    assert page.locator("h1").first.is_visible()
    assert asked == [path.as_uri()]
    assert wrong == []
    page.close()
