"""Letters of the fabricated month, built and read back as a mail program reads them."""

import email
from email.message import EmailMessage
from email.policy import default

from flows.mail.letter import Letter
from flows.mail.message import build
from tests.ledger import letter
from tests.rendered import sample
from transforms.reports.letters import department_figures, own_figures
from transforms.titles import Title

LOCALES = ("zh-Hans", "zh-Hant", "en")
DEPARTMENT = Title(zh_hans="客服部", zh_hant="客服部", en="Customer service")


def own(locale="zh-Hans", who="E1008", **more) -> Letter:
    """A person's own letter; arguments replace its fields."""
    report = sample("employee", who)
    told = {"figures": own_figures(report), "appeal_until": report.appeal.until, "recipient_name": report.name}
    return letter(locale=locale, **told | more)


def managers(locale="zh-Hans", subject="customer_service", **more) -> Letter:
    """The letter to who manages a department."""
    told = {
        "kind": "department", "department_id": subject, "department": DEPARTMENT,
        "figures": department_figures(sample("department", subject)),
    }  # fmt: skip
    return letter(locale=locale, **told | more)


def reminding(locale="zh-Hans") -> Letter:
    """A reminder of two paragraphs."""
    words = (
        Title(zh_hans="请交评分表。", zh_hant="請交評分表。", en="Please return the sheet."),
        Title(zh_hans="2026年11月6日到期。", zh_hant="2026年11月6日到期。", en="It is due on 6 Nov 2026."),
    )
    subject = Title(zh_hans="请交评分表", zh_hant="請交評分表", en="Please return the sheet")
    told = {"topic": "sheets/soon", "subject": subject, "paragraphs": words}
    return letter(locale=locale, kind="reminder", revision_id=None, revision_number=None, attachments=(), reminder=told)


def read(made: Letter) -> EmailMessage:
    """The message, parsed back."""
    raw = build(made, {a.file_name: b"%PDF" for a in made.attachments}, 10**7)
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def bodies(message: EmailMessage) -> tuple[str, str]:
    """Plain text and page."""
    text, page = (message.get_body([kind]) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    return text.get_content(), page.get_content()
