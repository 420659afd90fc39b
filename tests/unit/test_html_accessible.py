"""Reports on a screen for everybody: axe-core's rules (WCAG 2.2 AA), a screen reader's tree, keyboard, few colours."""

import re

import pytest

from flows.rendering.html import OWN, screen_styles
from tests.browser import DESK, LOOKS, PHONE, SAMPLES, Look, chromium, complaints, html_of, looked_at, page_of

PARTS = ("table", "row", "cell", "rowheader")
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.5.8
COLOURS = ("color-contrast",)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(params=SAMPLES)
def path(request, tmp_path):
    page = tmp_path / f"{request.param}.html"
    page.write_text(html_of(request.param), encoding="utf-8")
    return page


def test_axe_finds_nothing_on_phone_and_desk_by_day_and_by_night(browser, path):
    """Colours alone change in the dark, so only they are asked again there."""
    with page_of(browser, path, LOOKS[0]) as page:
        for look in LOOKS:
            looked_at(page, look)
            found = complaints(page, *(COLOURS if look.colours == "dark" else ()))
            assert found == [], f"{look}: {found}"


def test_axe_does_find_what_is_wrong(browser, tmp_path):
    """The two tests of this page are asked of a page that has both faults: no language, grey on grey."""
    page_path = tmp_path / "wrong.html"
    wrong = html_of("acknowledgement").replace('<html lang="zh-Hans">', "<html>")
    page_path.write_text(wrong.replace("--soft: #5d6875", "--soft: #cccccc"), encoding="utf-8")
    with page_of(browser, page_path, Look(DESK)) as page:
        found = {line.partition(":")[0] for line in complaints(page)}
    assert {"html-has-lang", "color-contrast"} <= found


def test_cards_on_a_phone_are_still_tables_to_a_screen_reader(browser, path):
    """Rows laid out as grids keep their rows, cells and row headers; a column's heading stands in each cell instead."""
    with page_of(browser, path, Look(DESK)) as page:
        wide = parts_of(page)
        looked_at(page, Look(PHONE))
        narrow = parts_of(page)
    rows_of_headings = wide["table"]
    assert narrow["table"] == wide["table"]
    assert narrow["rowheader"] == wide["rowheader"]
    assert wide["row"] - rows_of_headings <= narrow["row"] <= wide["row"]


def parts_of(page):
    """How many of each part of a table assistive technology is told of."""
    tools = page.context.new_cdp_session(page)
    tree = tools.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node.get("ignored")]
    return {part: roles.count(part) for part in PARTS}


def test_every_table_and_drawing_has_a_name(browser, path):
    with page_of(browser, path, Look(DESK)) as page:
        tools = page.context.new_cdp_session(page)
        tree = tools.send("Accessibility.getFullAXTree")["nodes"]
    named = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree if not n.get("ignored")]
    nameless = [role for role, name in named if role in {"table", "image", "main"} and not name.strip()]
    assert [role for role in nameless if role != "main"] == []
    assert {"table"} <= {role for role, _ in named} or "without" in path.name


def test_the_keyboard_goes_past_the_head_first(browser, path):
    with page_of(browser, path, Look(DESK)) as page:
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.getAttribute('href')")
        box = page.locator(".skip").bounding_box()
        page.keyboard.press("Enter")
        assert first == "#report"
        assert page.url.endswith("#report")
    assert box["y"] >= 0
    assert min(box["width"], box["height"]) >= SMALLEST_TARGET


def test_what_a_finger_meets_is_large_enough(browser, path):
    with page_of(browser, path, Look(PHONE)) as page:
        sizes = page.evaluate(
            "[...document.querySelectorAll('main a, main summary, main button')].map(e => e.getBoundingClientRect())"
            ".map(box => Math.min(box.width, box.height))"
        )
    assert all(size >= SMALLEST_TARGET for size in sizes)


def test_a_readers_own_colours_reach_the_drawings(browser, path):
    """High contrast: nothing of a drawing keeps the ink of the bright page."""
    with page_of(browser, path, Look(DESK), forced_colors="active") as page:
        drawn = page.evaluate(
            "[...document.querySelectorAll('.chart *')].map(e => getComputedStyle(e))"
            ".flatMap(style => [style.fill, style.stroke])"
        )
    assert "rgb(27, 36, 48)" not in drawn


@pytest.mark.parametrize("kind", OWN)
def test_nothing_moves(kind):
    """A reader who asked for less motion is asked for nothing: no style moves anything."""
    assert not re.search(r"\b(animation|transition|scroll-behavior)\b", screen_styles(kind))


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_marks_have_words(locale):
    """An arrow and a diamond are drawn; what they mean is said."""
    page = html_of("employee", locale)
    marks = re.findall(r'<span class="(?:mark|lower)"([^>]*)>', page)
    assert marks
    assert all('role="img"' in mark and re.search(r'aria-label="[^"]+"', mark) for mark in marks)
