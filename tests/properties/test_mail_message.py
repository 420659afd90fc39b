"""Whatever people are called: a message reads back as it was meant, or is refused; never anything else."""

import email
import re
from email.policy import default

from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.mail.address import checked_address, checked_words
from flows.mail.message import build
from tests.ledger import letter
from transforms.errors import DeliveryError
from transforms.titles import Title

LOCALES = st.sampled_from(["zh-Hans", "zh-Hant", "en"])
NAMES = (
    st.text(max_size=12)
    | st.text(max_size=80)
    | st.text(st.characters(categories=["Lo", "L", "N", "P", "S", "Zs"]), max_size=80)
)
ATTACKS = st.sampled_from(
    ["\r\nBcc: x@evil.test", "\nX: y", "\x0bA: b", "\u2028C: d", "=?utf-8?q?=0ABcc:x?=", "\x85", "\x00", "\u202e"]
)
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
    "Content-Type", "Content-Language",
]  # fmt: skip
MAX = 18_000_000


def parsed(raw):
    return email.message_from_bytes(raw, policy=default)


def read_back(name, company, pdf, locale):
    """Build and parse; None when the names were refused."""
    made = letter(recipient_name=name, company=Title(zh_hans=company), locale=locale)
    try:
        raw = build(made, {made.attachments[0].file_name: pdf}, MAX)
    except DeliveryError:
        return None
    return raw, parsed(raw)


@settings(deadline=None, max_examples=150)
@given(name=NAMES, company=NAMES, pdf=st.binary(max_size=200), locale=LOCALES)
@example(
    name="䶮㛃𠮷堃喆犇嫪翀" * 8, company="一家名字很长很长的电子商务有限公司" * 4, pdf=b"\r\n.\r\n", locale="zh-Hans"
)
@example(name='O\'Neil "Bob", Jr. <x@y.z>', company="A, B & C; <Co>", pdf=b"", locale="en")
@example(name="NA", company="null", pdf=b"From here", locale="zh-Hant")
def test_a_message_reads_back_as_it_was_meant(name, company, pdf, locale):
    back = read_back(name, company, pdf, locale)
    if back is None:
        assert any(unsafe(text) for text in (name, company))
        return
    raw, message = back
    assert list(message.keys()) == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["e1@example.com"]
    shown = " ".join(name.split())
    assert message["To"].addresses[0].display_name == (shown if len(shown.encode()) <= 36 else "")
    assert " ".join(company.split()) in message["Subject"]
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("employee_2026-10_E1.pdf", pdf)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def unsafe(text):
    try:
        checked_words(text, "name")
    except DeliveryError:
        return True
    return False


@settings(deadline=None)
@given(before=NAMES, attack=ATTACKS, after=NAMES)
def test_what_breaks_headers_is_refused(before, attack, after):
    assert read_back(before + attack + after, "公司", b"", "zh-Hans") is None
    assert read_back("李喆", before + attack + after, b"", "zh-Hans") is None


@given(st.text(max_size=60) | st.from_regex(re.compile(r"[^@]{0,20}@[^@]{0,20}"), fullmatch=True))
def test_an_address_is_plain_ascii_or_refused(address):
    try:
        kept = checked_address(address)
    except DeliveryError:
        return
    assert re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", kept)
    assert "=?" not in kept


@settings(deadline=None, max_examples=30)
@given(name=NAMES, locale=LOCALES)
def test_the_same_letter_gives_the_same_bytes(name, locale):
    first, second = (read_back(name, "公司", b"pdf", locale) for _ in range(2))
    assert (first and first[0]) == (second and second[0])
