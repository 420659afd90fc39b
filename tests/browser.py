"""Pages in a real Chromium: one browser a module, pages from disk, what axe-core says of them, pictures on a failure."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

from flows.rendering.html import screen_page
from tests.rendered import sample
from tests.sample_changes import changed

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
PHONE, DESK = 390, 1280
HEIGHT = 844
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PICTURES = Path(gettempdir()) / "jixiao-pictures"
# Every kind, in the forms that differ: points and pay, two cards, no score, a correction slip, a revision.
SAMPLES = {
    "employee": lambda: sample("employee", "E2013"),
    "employee-two-cards": lambda: sample("employee", "E2005"),
    "employee-without-a-score": lambda: sample("employee", "E1008"),
    "employee-slip": lambda: changed("employee", "E2002", slip=True),
    "department": lambda: changed("department", "customer_service"),
    "company": lambda: changed("company"),
    "acknowledgement": lambda: changed("acknowledgement", "customer_service"),
}


class Look(NamedTuple):
    """How a page is looked at: CSS pixels across, and the reader's choice of colours."""

    width: int
    colours: str = "light"


LOOKS = (Look(PHONE), Look(DESK), Look(DESK, "dark"), Look(PHONE, "dark"))


@cache
def html_of(name: str, locale: str = "zh-Hans") -> str:
    """The page of a sample for a screen."""
    return screen_page(SAMPLES[name](), locale, "7F3A-91C2")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium that talks to nobody."""
    if not CHROMIUM.exists():
        pytest.fail("Chromium is missing: `make test` installs it (Debian package chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield started
        started.close()


@contextmanager
def page_of(browser: Browser, path: Path, look: Look, **more: object) -> Iterator[Page]:
    """A page opened from disk; a picture of it is kept when what is asked of it fails.

    `more` goes to the browser's context, as `bypass_csp=True` for a page that a test looks into with scripts of its own.
    """
    context = browser.new_context(
        viewport={"width": look.width, "height": HEIGHT}, color_scheme=look.colours, offline=True, **more
    )
    page = context.new_page()
    try:
        page.goto(path.as_uri())
        yield page
    except AssertionError:
        _keep(page, path, look)
        raise
    finally:
        context.close()


def _keep(page: Page, path: Path, look: Look) -> None:
    PICTURES.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", f"{path.stem}-{look.width}-{look.colours}")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def looked_at(page: Page, look: Look) -> None:
    """The same page at another width and in other colours, without opening it again."""
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.emulate_media(color_scheme=look.colours)


def complaints(page: Page, *rules: str) -> list[str]:
    """What axe-core finds wrong: rule, element, why; by all rules or only by those named.

    Done over the protocol of the browser's tools, which the page's policy does not bind.
    """
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(RULES)}
    ask = "options => axe.run(document, options).then(result => result.violations)"
    found = page.evaluate(ask, {"runOnly": only, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html'][:110]} — {' '.join(node['failureSummary'].split())[:260]}"
        for rule in found
        for node in rule["nodes"]
    ]
