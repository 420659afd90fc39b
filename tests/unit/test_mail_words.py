"""What a letter says, in three languages, and that it is built the way mail programs read it."""

import email
from email.policy import default
from email.utils import parsedate_to_datetime

import pytest

from flows.mail.message import build
from tests.ledger import NOON, letter
from transforms.errors import DeliveryError
from transforms.titles import Title

DEPARTMENT = {
    "kind": "department",
    "department_id": "cs",
    "department": Title(zh_hans="客服部", zh_hant="客服部", en="Service"),
}


def parsed(made):
    raw = build(made, {a.file_name: b"%PDF" for a in made.attachments}, 10**7)
    return email.message_from_bytes(raw, policy=default)


def text(made):
    return parsed(made).get_body(["plain"]).get_content()


@pytest.mark.parametrize(("locale", "more", "subject"), [
    ("zh-Hans", {}, "示例公司 2026年10月绩效报告"),
    ("zh-Hant", {"provisional": True}, "示例公司 2026年10月績效報告（暫定）"),
    ("en", {}, "Example: performance report October 2026"),
    ("zh-Hans", {**DEPARTMENT, "part": 2, "parts": 3}, "示例公司 2026年10月客服部绩效报告（2/3）"),
    ("en", {**DEPARTMENT, "provisional": True}, "Example: performance reports October 2026, Service (provisional)"),
    ("en", {"period": "2026-09-21..2026-10-20"}, "Example: performance report 21 Sept – 20 Oct 2026"),
])  # fmt: skip
def test_the_subject_says_what_it_is(locale, more, subject):
    assert parsed(letter(locale=locale, **more))["Subject"] == subject


def test_a_provisional_report_is_said_to_be_provisional():
    assert "暂定结果" in text(letter(provisional=True))
    assert "暂定" not in text(letter())


def test_the_text_and_the_page_name_every_attachment():
    message = parsed(letter(**DEPARTMENT))
    for kind in ("plain", "html"):
        body = message.get_body([kind]).get_content()
        assert "employee_2026-10_E1.pdf" in body
        assert "李喆，您好：" in body


def test_a_machine_wrote_it_once_at_a_known_moment():
    message = parsed(letter())
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(message["Date"]) == NOON
    assert message["Message-ID"] == letter().message_id
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip


def test_a_message_larger_than_allowed_is_refused():
    made = letter()
    with pytest.raises(DeliveryError, match=r"larger than delivery\.max_message_bytes"):
        build(made, {"employee_2026-10_E1.pdf": b"x" * 200_000}, 150_000)


def test_a_name_too_long_for_one_encoded_word_stands_in_the_text_only():
    made = letter(recipient_name="阿" * 13)
    assert parsed(made)["To"].addresses[0].display_name == ""
    assert "阿" * 13 in text(made)
