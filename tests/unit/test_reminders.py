"""Reminders of sheets: to whom, at which step, once; what they say in three languages, and what may be attached."""

import email
from datetime import UTC, date, datetime
from email.policy import default
from shutil import copytree

import pytest
from openpyxl import load_workbook

from flows import wiring
from flows.delivery import deliver
from flows.mail.letter import Workbook
from flows.mail.message import build
from flows.mail.reminders import Contact, contacts, queue_reminder
from flows.settings import load_company
from flows.sheets.layout import place
from flows.sheets.making import make
from flows.sheets.model import Owed
from flows.sheets.receiving import receive
from flows.sheets.reminding import remind, step_of
from flows.sheets.words import TABS
from flows.warehouse import outbox
from flows.working_calendar import WorkingCalendar
from tests import tiny_company as tiny
from tests.ledger import NOON, letter, mailed_revision
from tests.ledger import company as company_of
from transforms.errors import NotFoundError
from transforms.period import parse
from transforms.titles import Title
from transforms.wording import three

PERIOD, AT = parse("2026-10"), datetime(2026, 11, 5, 1, tzinfo=UTC)
OUT, BACK = date(2026, 11, 2), date(2026, 11, 6)  # Monday and Friday: the first and the fifth working day
SUBJECT = three("请处理", "請處理", "Please act")
WORDS = (three("一", "一", "one"), three("二", "二", "two"))


def owing(given=0, **more):
    told = {
        "sheet": "2026-10/M1",
        "rater_id": "M1",
        "asked": 4,
        "given": given,
        "state": "out",
        "out": OUT,
        "back": BACK,
    }
    return Owed(**told | more)


@pytest.mark.parametrize(("day", "step"), [
    (1, None), (2, "out"), (4, "out"), (5, "soon"), (6, "soon"), (7, "overdue"), (20, "overdue"),
])  # fmt: skip
def test_the_step_follows_the_calendar(day, step):
    assert step_of(owing(), date(2026, 11, day), WorkingCalendar()) == step


def test_soon_is_a_working_day_before_whatever_lies_between():
    monday = owing(back=date(2026, 11, 9))
    assert step_of(monday, date(2026, 11, 5), WorkingCalendar()) == "out"
    assert step_of(monday, date(2026, 11, 6), WorkingCalendar()) == "soon"


def test_who_owes_nothing_is_not_reminded():
    assert step_of(owing(given=4), date(2026, 11, 30), WorkingCalendar()) is None


def test_a_reminder_is_queued_once_a_recipient_period_and_topic(ledger, tmp_path):
    company = company_of(tmp_path)
    known = {"E1": contact("e1@example.com"), "E2": contact("")}

    def queued(who="E1", period="2026-10", topic="sheets/out"):
        return queue_reminder(
            ledger, company, period=period, recipient_id=who, topic=topic, subject=SUBJECT, paragraphs=WORDS, at=NOON,
            known=known,
        )  # fmt: skip

    assert [queued(), queued(), queued(topic="sheets/soon"), queued(period="2026-11"), queued("E2"), queued("E9")] == [
        "queued", "known", "queued", "queued", "no_address", "no_address",
    ]  # fmt: skip
    rows = outbox.rows(ledger, states=("queued",))
    assert [(row.recipient_id, row.kind, row.revision_id) for row in rows] == [("E1", "reminder", None)] * 3
    assert len({row.message_id for row in rows}) == 3


def contact(address):
    return Contact("李喆", address)


def test_a_new_revision_leaves_reminders_alone(ledger, tmp_path):
    company = company_of(tmp_path)
    told = {"period": "2026-10", "recipient_id": "E1", "topic": "t", "subject": SUBJECT, "paragraphs": WORDS}
    queue_reminder(ledger, company, **told, at=NOON, known={"E1": contact("e1@example.com")})
    mailed_revision(ledger, tmp_path)
    (row,) = [row for row in outbox.rows(ledger) if row.kind == "reminder"]
    assert row.state == "queued"
    assert not outbox.superseded(ledger, row)
    deliver(ledger, company)
    assert outbox.get(ledger, row.message_id).state == "sent"


def reminder(locale, **more):
    told = {"topic": "t", "subject": SUBJECT, "paragraphs": WORDS}
    fields = {"kind": "reminder", "revision_id": None, "revision_number": None, "attachments": (), "reminder": told}
    return letter(locale=locale, **fields | more)


def read(made, files=None):
    return email.message_from_bytes(build(made, files or {}, 10**7), policy=default)


@pytest.mark.parametrize(("locale", "subject", "said", "closing"), [
    ("zh-Hans", "示例公司：请处理", "一", "本邮件由系统自动发送"), ("zh-Hant", "示例公司：請處理", "一", "本郵件由系統自動發送"),
    ("en", "Example: Please act", "one", "sent by a program"),
])  # fmt: skip
def test_a_reminder_says_its_words_in_text_and_page(locale, subject, said, closing):
    message = read(reminder(locale))
    assert message["Subject"] == subject
    for kind in ("plain", "html"):
        body = message.get_body([kind]).get_content()
        assert said in body
        assert closing in body


def test_words_of_a_reminder_are_only_ever_text():
    hostile = Title(zh_hans="<script>{{ 7 * 7 }}</script>\n\n\nSubject: x")
    made = reminder("zh-Hans", reminder={"topic": "t", "subject": SUBJECT, "paragraphs": (hostile,)})
    page = read(made).get_body(["html"]).get_content()
    assert "<script>" not in page
    assert "49" not in page


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """The tiny company with a month's revision, its sheets made."""
    root = tiny.build(tmp_path_factory.mktemp("reminded") / "tiny")
    tiny.edit(root / "data" / "inbox" / tiny.JUDGEMENTS, "E1,M1,85\n", "")
    tiny.run(root)
    found = load_company(root)
    make(found, PERIOD, AT)
    return found


def reminders(company):
    return [row for row in outbox.rows(wiring.ledger(company)) if row.kind == "reminder"]


def test_raters_who_owe_are_reminded_with_their_own_workbook(company):
    assert dict(remind(company, PERIOD, date(2026, 11, 1), AT)) == {}
    assert dict(remind(company, PERIOD, date(2026, 11, 3), AT)) == {"queued": 1}
    assert dict(remind(company, PERIOD, date(2026, 11, 4), AT)) == {"known": 1}
    assert dict(remind(company, PERIOD, date(2026, 11, 9), AT)) == {"queued": 1}
    first, late = [row.letter for row in reminders(company)]
    assert (first.recipient_id, first.address) == ("M1", "m1@example.com")
    assert first.workbook.file_name == "sheet_2026-10_M1.xlsx"
    assert first.reminder.topic == "sheets/2026-11-06/out"
    assert "October 2026" in first.reminder.subject.en
    assert "2026-11-06" in first.reminder.paragraphs[0].en
    assert "3 days ago" in late.reminder.paragraphs[1].en
    assert deliver(wiring.ledger(company), company).problems == ()
    assert {row.state for row in reminders(company)} == {"sent"}


def wrong_workbook(company, recipient, path):
    book = Workbook(sheet_id="2026-10/M1", file_name="sheet.xlsx", path=path, sha256="0" * 64, bytes=1)
    engine = wiring.ledger(company)
    queue_reminder(
        engine, company, period="2026-10", recipient_id=recipient, topic=f"{recipient}{path}", subject=SUBJECT,
        paragraphs=WORDS, at=AT, workbook=book,
    )  # fmt: skip
    report = deliver(engine, company)
    return report.held, report.problems[0]


def test_a_workbook_goes_to_nobody_it_was_not_made_for(company):
    held, problem = wrong_workbook(company, "E1", "data/sheets/out/2026-10/M1.xlsx")
    assert held == 1
    assert "was made for somebody else" in problem


def test_a_file_that_is_no_workbook_of_the_journal_is_not_sent(company):
    held, problem = wrong_workbook(company, "M1", "data/inbox/org/employees.csv")
    assert held == 1
    assert "not the one that was made" in problem


def test_a_sheet_that_came_back_is_not_asked_for_again(company, tmp_path):
    copied = load_company(copytree(company.root, tmp_path / "copy", symlinks=True))
    book = load_workbook(copied.data / "sheets" / "out" / "2026-10" / "M1.xlsx")
    page = book[TABS["judgements"].in_locale("en")]
    for row in range(3, page.max_row + 1):
        page.cell(row, place("judgements", "score")).value = 88
    folder = copied.root / copied.settings.sheets.folder
    folder.mkdir(parents=True)
    book.save(folder / "M1.xlsx")
    assert receive(copied, AT)[0].state == "received"
    assert dict(remind(copied, PERIOD, date(2026, 11, 6), AT)) == {}


def test_nobody_is_reminded_before_anything_was_run(tmp_path):
    found = load_company(tiny.build(tmp_path / "new"))
    with pytest.raises(NotFoundError):
        contacts(wiring.ledger(found), found)
