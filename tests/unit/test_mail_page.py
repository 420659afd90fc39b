"""The page of a letter as mail programs get it: through a real server, then in Chromium and the W3C's checker."""

import email
import re
from email.policy import default

import pytest

from flows.company import Delivery
from flows.mail.letter import Attachment
from flows.mail.message import build
from flows.mail.transport import SmtpTransport
from tests.browser import DESK, PHONE, Look, chromium, complaints, looked_at, page_of
from tests.mail_letters import LOCALES, bodies, managers, own, read, reminding
from tests.smtp_server import PASSWORD
from tests.unit.test_html_valid import check, told

NARROW = 360
LANDMARKS = ("landmark-one-main", "region")  # a letter is shown inside a mail program, which has its own
LOOKS = (Look(NARROW), Look(DESK), Look(PHONE, "dark"))
# Idioms of mail that the checker knows as old: programs that draw with Word's engine go by them.
IDIOMS = re.compile(
    r"The “(width|cellpadding|cellspacing|border|align|valign)” attribute on the “(table|td|th)” element is obsolete"
)
KINDS = {
    "own": lambda locale: own(locale, "E2013"),
    "unscored": lambda locale: own(locale, "E1008"),
    "manager": managers,
    "reminder": reminding,
    "long": lambda locale: own(locale, "E2005", recipient_name="一个名字很长的人" * 9, attachments=(LONG,)),
}
LONG = Attachment(
    kind="employee", subject_id="E1", title="Wolfeschlegelsteinhausenbergerdorff" * 3, path="x.pdf",
    file_name=f"employee_2026-09-21_2026-10-20_{'x' * 40}.pdf", pdf_sha256="0" * 64, pdf_bytes=10,
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Every kind of letter in every language, as a file each."""
    made = tmp_path_factory.mktemp("letters")
    for kind, letter in KINDS.items():
        for locale in LOCALES:
            _, page = bodies(read(letter(locale)))
            (made / f"{kind}-{locale}.html").write_text(page, encoding="utf-8")
    return made


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_reads_well_on_phone_and_desk_by_day_and_by_night(browser, folder, kind, locale):
    with page_of(browser, folder / f"{kind}-{locale}.html", LOOKS[0]) as page:
        for look in LOOKS:
            looked_at(page, look)
            assert page.evaluate("document.documentElement.scrollWidth") <= look.width
            assert page.evaluate("document.querySelector('table').getBoundingClientRect().width") <= 600
            found = complaints(page, *(("color-contrast",) if look.colours == "dark" else ()))
            assert [each for each in found if not each.startswith(LANDMARKS)] == []
        assert page.evaluate("document.documentElement.lang") == locale
        sizes = page.evaluate("[...document.querySelectorAll('p,li,td,th')].map(e => getComputedStyle(e).fontSize)")
        assert min(float(size.removesuffix("px")) for size in sizes) >= 14


def test_in_the_dark_the_text_is_light_by_the_programs_own_choice(browser, folder):
    with page_of(browser, folder / "own-en.html", Look(PHONE, "dark")) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('td')).color") == "rgb(255, 255, 255)"


def test_the_pages_are_html_but_for_the_idioms_of_mail(folder):
    said = [told(message) for message in check(folder) if not IDIOMS.search(message["message"])]
    assert said == []


@pytest.mark.parametrize("made", [own, managers, reminding])
def test_a_page_fetches_nothing_links_nowhere_and_needs_no_style_sheet(made):
    _, page = bodies(read(made("en")))
    assert not re.search(r"<(style|link|script|img|a|form|input|iframe|object|svg|base)\b", page)
    assert not re.search(r"https?:|//|url\(|@import|\bon\w+=|position:|float:|flex|grid", page)
    assert set(re.findall(r'<table (?!role="presentation")[^>]*>', page)) == (
        set() if made is reminding else set(re.findall(r'<table width="100%" cellpadding[^>]*>', page))
    )
    assert '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">' in page
    assert page.count("<!--[if mso]>") == page.count("<![endif]-->") == 2
    assert not re.search(
        r"(?<![-\w])(color|background(-color)?):", page
    )  # a program's own colours hold by day and night


def test_no_character_is_hidden_in_a_page():
    _, page = bodies(read(own()))
    assert not set(page) & set("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f")


def test_two_hundred_attachments_stay_below_what_programs_cut():
    names = [LONG.model_copy(update={"file_name": f"employee_2026-10_E{n}.pdf", "title": "王小明"}) for n in range(200)]
    _, page = bodies(read(managers(attachments=tuple(names))))
    assert len(page.encode()) < 100_000


@pytest.mark.parametrize("locale", LOCALES)
def test_what_leaves_through_a_server_is_what_was_built(smtp_server, locale):
    letter = own(locale, "E2013")
    raw = build(letter, {letter.attachments[0].file_name: b"%PDF"}, 10**6)
    transport = SmtpTransport(Delivery(**smtp_server.delivery()), {"JIXIAO_SMTP_PASSWORD": PASSWORD})
    transport.send(raw, letter.message_id, letter.sender, letter.address, lambda: None)
    transport.close()
    (taken,) = smtp_server.taken
    message = email.message_from_bytes(taken.raw, policy=default)
    assert bodies(message) == bodies(email.message_from_bytes(raw, policy=default))
    assert message["Content-Language"] == locale
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message.get_body(["plain"])["Content-Transfer-Encoding"] == (
        "quoted-printable" if locale == "en" else "base64"
    )
    assert taken.raw.isascii()
