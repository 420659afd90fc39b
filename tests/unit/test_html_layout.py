"""Where things stand on a screen: nothing runs over, nothing scrolls sideways, figures stand under each other.

Pictures are not compared with stored ones: a letter drawn by another version of a font or of Chromium differs in
thousands of pixels while nothing is wrong, so such a test is soon updated without being read. Asked instead are the
facts for which one would look at a picture: no text wider than its cell, no two cells over each other, one right
edge a column of figures. A failing page leaves its picture in the temporary folder `jixiao-pictures`.
"""

import pytest

from tests.browser import DESK, PHONE, SAMPLES, Look, chromium, html_of, looked_at, page_of

WIDTHS = (320, 430, 640, 960, 961, 1280)  # 640: a desk at 200 %; at 960 cards become tables
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""  # WCAG 1.4.12
# What sticks out of its box to the right, in words to find it again; a line of text may be a pixel wider than told.
STICKS_OUT = """() => [...document.querySelectorAll('td, th, dd, dt, li, p, h1, h2, h3, .figure, .value')]
    .filter(e => e.offsetParent && getComputedStyle(e).position !== 'absolute' && e.scrollWidth > e.clientWidth + 1
        && e.clientWidth > 0)
    .map(e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)} ${e.scrollWidth}>${e.clientWidth}`)"""
OVERLAPS = """() => [...document.querySelectorAll('tr')].flatMap(row => {
    const cells = [...row.children].map(e => [e, e.getBoundingClientRect()]).filter(([e, b]) => b.width && b.height);
    return cells.flatMap(([e, a], n) => cells.slice(n + 1)
        .filter(([f, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
        .map(([f]) => `${e.textContent.trim().slice(0, 30)} over ${f.textContent.trim().slice(0, 30)}`));
})"""
# The right edge of the words in each cell of figures, by table and column.
EDGES = """() => [...document.querySelectorAll('table')].flatMap((table, t) =>
    [...table.querySelectorAll('tbody tr, tfoot tr')].flatMap(row => {
        let column = 0;
        return [...row.children].flatMap(cell => {
            column += cell.colSpan;
            if (!cell.classList.contains('n') || !cell.textContent.trim() || !cell.offsetParent) return [];
            const words = document.createRange();
            words.selectNodeContents(cell);
            const right = Math.max(...[...words.getClientRects()].map(box => box.right));
            return [[t, column, right, cell.textContent.trim()]];
        });
    }))"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(params=[(name, locale) for name in SAMPLES for locale in ("zh-Hans", "en")], ids="-".join)
def path(request, tmp_path):
    name, locale = request.param
    page = tmp_path / f"{name}-{locale}.html"
    page.write_text(html_of(name, locale), encoding="utf-8")
    return page


def test_a_page_fits_every_width(browser, path):
    with page_of(browser, path, Look(PHONE)) as page:
        for width in WIDTHS:
            looked_at(page, Look(width))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(STICKS_OUT) == [], width
            assert page.evaluate(OVERLAPS) == [], width


def test_a_reader_may_space_the_text_out(browser, path):
    with page_of(browser, path, Look(PHONE), bypass_csp=True) as page:
        page.add_style_tag(content=SPACED)
        for width in (PHONE, DESK):
            looked_at(page, Look(width))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(OVERLAPS) == [], width


def test_figures_stand_under_each_other(browser, path):
    with page_of(browser, path, Look(DESK)) as page:
        edges = page.evaluate(EDGES)
    columns = {}
    for table, column, right, words in edges:
        columns.setdefault((table, column), []).append((right, words))
    assert columns or "without" in path.name or "acknowledgement" in path.name
    for found in columns.values():
        assert max(found)[0] - min(found)[0] <= 1, (min(found), max(found))


def test_a_page_that_runs_over_is_noticed(browser, tmp_path):
    """The questions of this page, asked of a page with a word that cannot be broken and a cell pushed aside."""
    path = tmp_path / "wrong.html"
    css = "td { white-space: nowrap; overflow-wrap: normal } tr > :nth-child(2) { position: relative; left: -60px }"
    longer = html_of("acknowledgement").replace("</style>", f"{css}</style>")
    path.write_text(longer.replace("<td ", f"<td>{'九' * 90}</td><td ", 1), encoding="utf-8")
    with page_of(browser, path, Look(DESK)) as page:
        assert page.evaluate(STICKS_OUT) != []
        assert page.evaluate(OVERLAPS) != []
