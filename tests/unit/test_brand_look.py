"""A company's logo and words: what may be used, what is refused, and that documents show it."""

import re
import zlib
from base64 import b64decode
from struct import pack

import pytest

from flows.brand.look import look_of
from flows.brand.trial import require_look
from flows.rendering.content import content_sha256
from flows.rendering.html import paper_page, screen_page
from flows.rendering.look import PLAIN, Look
from flows.rendering.pdf import pdf
from flows.settings import load_company
from tests.rendered import sample
from tests.tiny_company import COMPANY_YAML, build, edit
from transforms.errors import ConfigError

MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">{}</svg>'
BOX = '<rect width="40" height="10" fill="#8a1c3b"/>'


def chunk(kind, body):
    return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))


def png(width, height):
    rows = b"".join(b"\0" + b"\x8a\x1c\x3b" * width for _ in range(height))
    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def root(tmp_path):
    return build(tmp_path / "company", agents=("E1",))


def with_brand(root, brand):
    edit(root / COMPANY_YAML, "documents: {locale: en, ", f"documents: {{locale: en, brand: {brand}, ")
    return load_company(root)


def with_logo(root, name, content):
    (root / "config" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return with_brand(root, f"{{logo: config/{name}}}")


def test_without_settings_nothing_is_otherwise(root):
    company = load_company(root)
    assert look_of(company) == PLAIN
    assert (PLAIN.sha256, company.settings.documents.look_sha256) == ("", "")


def test_an_svg_logo_stands_in_the_masthead_named_as_the_company(root):
    company = with_logo(root, "logo.svg", MARK.format(BOX))
    page = screen_page(sample("employee", "E2002"), "en", look=require_look(company))
    head = page.split('class="masthead"')[1].split("</header>")[0]
    data = head.split('src="data:image/svg+xml;base64,')[1].split('"')[0]
    assert b64decode(data).decode() == MARK.format(BOX)
    assert 'alt="Yunfan E-commerce Ltd"' in head


def test_a_logo_is_drawn_on_paper(root):
    look = look_of(with_logo(root, "logo.png", png(60, 15)))
    with_it, without = (
        pdf(paper_page(sample("employee", "E1008"), "en", look=one), "employee", one) for one in (look, PLAIN)
    )
    assert (with_it.count(b"/Subtype /Image"), without.count(b"/Subtype /Image")) == (1, 0)


REFUSED = {
    "a script": ("logo.svg", MARK.format("<script>1</script>"), "<script>"),
    "a handler": ("logo.svg", MARK.format('<rect width="1" height="1" onload="x()"/>'), "attribute onload"),
    "foreign content": ("logo.svg", MARK.format("<foreignObject/>"), "<foreignObject>"),
    "an image from outside": ("logo.svg", MARK.format('<image href="https://example.com/x.png"/>'), "<image>"),
    "a reference": ("logo.svg", MARK.format('<use href="https://example.com/x.svg#a"/>'), "to the outside"),
    "a style that fetches": ("logo.svg", MARK.format("<style>@import 'x';</style>"), "to the outside"),
    "a fill that fetches": ("logo.svg", MARK.format('<rect fill="url(http://example.com/)"/>'), "to the outside"),
    "letters": ("logo.svg", MARK.format("<text>x</text>"), "letters"),
    "an entity": ("logo.svg", f'<!DOCTYPE svg [<!ENTITY a "b">]>{MARK.format(BOX)}', "DOCTYPE"),
    "no drawing": ("logo.svg", "<html xmlns='http://www.w3.org/1999/xhtml'/>", "not an SVG"),
    "half an SVG": ("logo.svg", MARK.format("<g>"), "not well-formed"),
    "half a PNG": ("logo.png", png(60, 15)[:60], "not a whole PNG"),
    "text as PNG": ("logo.png", b"hello", "not a whole PNG"),
    "too many pixels": ("logo.png", png(2001, 2000), "4002000 pixels"),
    "too large": ("logo.png", b"\0" * 200_001, "200 KB is the most"),
    "another kind": ("logo.gif", b"GIF89a", "may not be a .gif"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_logo_that_is_more_or_less_than_a_drawing_is_refused(root, what):
    name, content, told = REFUSED[what]
    with pytest.raises(ConfigError) as refused:
        look_of(with_logo(root, name, content))
    assert told in str(refused.value)
    assert refused.value.where.file == f"config/{name}"


def test_a_logo_within_itself_may_refer(root):
    inside = '<defs><linearGradient id="a"/></defs><rect width="4" height="4" fill="url(#a)"/><use href="#a"/>'
    assert look_of(with_logo(root, "logo.svg", MARK.format(inside))).logo


@pytest.mark.parametrize(("name", "told"), [("config/none.svg", "no such file"), ("../logo.svg", "outside")])
def test_a_logo_that_is_not_there_is_told(root, name, told):
    (root.parent / "logo.svg").write_text(MARK.format(BOX))
    with pytest.raises(ConfigError, match=told):
        look_of(with_brand(root, f"{{logo: {name}}}"))


def test_another_logo_makes_other_documents_and_another_revision(root):
    company = with_logo(root, "logo.svg", MARK.format(BOX))
    report, before = sample("employee", "E2002"), company.settings.documents.look_sha256
    first = content_sha256(report, "en", look_of(company))
    (root / "config" / "logo.svg").write_text(MARK.format(""))
    company = load_company(root)
    assert content_sha256(report, "en", look_of(company)) != first != content_sha256(report, "en")
    assert company.settings.documents.look_sha256 != before


def words(root, locale, texts):
    return require_look(with_brand(root, f"{{words: {{{locale}: {{{texts}}}}}}}"))


def test_own_words_stand_in_place_of_ours_in_their_language_only(root):
    look = words(root, "en", "Performance report: Scorecard of the month")
    report = sample("employee", "E2002")
    assert "Scorecard of the month" in screen_page(report, "en", look=look)
    assert "Performance report" not in screen_page(report, "en", look=look)
    assert screen_page(report, "zh-Hans", look=look) == screen_page(report, "zh-Hans")


def test_own_words_reach_the_units_of_numbers(root):
    look = words(root, "zh-Hans", '"%(number)s s": "%(number)s 秒钟"')
    assert "36.5 秒钟" in screen_page(sample("employee", "E2002"), "zh-Hans", look=look)


def test_an_unknown_text_is_told_with_the_nearest_and_the_line(root):
    with pytest.raises(ConfigError, match="did you mean 'Performance report'") as refused:
        words(root, "en", "Performance repport: Scorecard")
    assert refused.value.where.line == 3


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ("Performance report: <b>Scorecard</b>", "may not hold '<'"),
        ("Performance report: Score & card", "may not hold '&'"),
        ("Performance report: 100% fair", "per cent sign is %%"),
        ('"%(number)s s": "seconds"', r"must hold %\(number\)s"),
        ('"%(number)s s": "%(count)s s"', r"must hold %\(number\)s"),
    ],
)
def test_a_wording_that_would_break_a_page_is_refused(root, texts, told):
    with pytest.raises(ConfigError, match=told):
        words(root, "en", texts)


def test_big_numbers_are_short_where_they_are_read_at_a_glance_and_never_where_they_are_paid():
    short = Look(numbers="myriad")
    paid = sample("employee", "E2013")
    assert paper_page(paid, "zh-Hans", look=short) == paper_page(paid, "zh-Hans")
    seen = paper_page(sample("company"), "zh-Hans", look=short)
    assert re.search(r'<abbr title="¥[\d,]{7,}\.\d\d">¥[\d.]+万</abbr>', seen)
    assert "万</abbr>" not in paper_page(sample("company"), "en", look=short)
