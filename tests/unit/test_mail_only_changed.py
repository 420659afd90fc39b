"""A recipient is sent what he does not have yet, and is told which revision it replaces."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.mail.mailed import Mailed
from flows.mail.message import build
from flows.mail.recipients import Mailing, by_subject, letters
from flows.warehouse import outbox
from tests.ledger import SETTINGS, department, document, letter, person, results
from tests.revised_company import (  # noqa: F401 - mailed is a fixture
    PERIOD,
    again,
    engine_of,
    letters_of,
    mailed,
    override,
    send,
    take_back,
)
from tests.unit.test_outbox_queue import EVERYBODY, record_of


def test_a_correction_is_mailed_to_whom_it_concerns_and_to_the_manager(mailed):  # noqa: F811
    override(mailed, "E1", "84")
    revision = again(mailed)
    assert letters_of(mailed, revision) == {
        ("E1", "own"): ["employee:E1"], ("M1", "department"): ["department:desk", "employee:E1"],
    }  # fmt: skip
    queued = outbox.rows(engine_of(mailed), states=("queued",))
    assert {row.letter.replaces for row in queued} == {1}


def test_a_correction_taken_back_before_it_was_mailed_mails_nothing(mailed):  # noqa: F811
    told = override(mailed, "E1", "84")
    again(mailed)
    take_back(mailed, told)
    assert letters_of(mailed, again(mailed)) == {}
    assert outbox.counts(engine_of(mailed)) == {"sent": 5, "cancelled": 2}


def test_a_correction_taken_back_after_it_was_mailed_is_mailed_again(mailed):  # noqa: F811
    told = override(mailed, "E1", "84")
    again(mailed)
    send(mailed)
    take_back(mailed, told)
    third = again(mailed)
    assert set(letters_of(mailed, third)) == {("E1", "own"), ("M1", "department")}
    assert {row.letter.replaces for row in outbox.rows(engine_of(mailed), states=("queued",))} == {2}


@pytest.mark.parametrize("fate", ["unknown", "failed"])
def test_who_may_not_have_got_the_letter_gets_it_with_the_next_revision(mailed, fate):  # noqa: F811
    engine = engine_of(mailed)
    row = next(row for row in outbox.rows(engine) if (row.recipient_id, row.kind) == ("NA", "own"))
    assert outbox.advance(engine, row, fate, datetime.now(UTC), by="test")
    override(mailed, "E1", "84")
    revision = again(mailed)
    assert letters_of(mailed, revision)["NA", "own"] == ["employee:NA"]
    queued = {row.recipient_id: row.letter.replaces for row in outbox.rows(engine, states=("queued",))}
    assert queued == {"NA": None, "E1": 1, "M1": 1}


def test_what_waited_is_in_the_new_letters(mailed):  # noqa: F811
    override(mailed, "NA", "79")
    again(mailed)
    override(mailed, "E1", "84")
    third = again(mailed)
    found = letters_of(mailed, third)
    assert found["NA", "own"] == ["employee:NA"]
    assert found["M1", "department"] == ["department:desk", "employee:E1", "employee:NA"]
    assert [row.revision_id for row in outbox.rows(engine_of(mailed), states=("queued",))] == [third.id] * len(found)


@pytest.mark.parametrize(
    ("locale", "says"),
    [("zh-Hans", "第 1 版"), ("zh-Hant", "第 1 版"), ("en", "revision 1, which you have")],
)
@pytest.mark.parametrize("kind", ["own", "department"])
def test_the_letter_says_what_it_replaces(locale, says, kind):
    def text(replaces):
        more = {"department_id": "d", "department": SETTINGS.name} if kind == "department" else {}
        made = letter(locale=locale, kind=kind, revision_number=2, replaces=replaces, **more)
        raw = build(made, {made.attachments[0].file_name: b"%PDF-1.7"}, 1_000_000)
        told = message_from_bytes(raw, policy=default)
        return f"{told['Subject']} {told.get_body(('plain',)).get_content()}"

    mark = {"en": "(correction)"}.get(locale, "更正")
    assert says in text(1)
    assert mark in text(1)
    assert mark not in text(None)


TEAM = [person(f"E{n}") for n in (1, 2, 3)]
SUBJECTS = [("department", "customer_service"), *(("employee", each.employee_id) for each in TEAM)]
STATES = st.lists(st.tuples(st.tuples(*[st.integers(0, 2)] * len(SUBJECTS)), st.booleans()), min_size=1, max_size=6)


@given(STATES)
def test_after_sending_everybody_has_the_latest_and_nothing_was_sent_for_nothing(states):
    """Random revisions, of which some are sent: nobody gets again what he was sent last, nobody lacks anything."""
    had: dict[tuple[str, tuple[str, str]], Mailed] = {}
    for number, (versions, sent) in enumerate([*states, (states[-1][0], True)], start=1):
        made = by_subject(
            replace(document(s, k), pdf_sha256=f"{k}{s}{version}")
            for (k, s), version in zip(SUBJECTS, versions, strict=True)
        )
        revision = replace(record_of("s"), id=number, number=number)
        mailing = Mailing(SETTINGS, revision, results(TEAM, (department(managers=("E1",)),)), made, EVERYBODY, had)
        written, _ = letters(mailing)
        for each in written:
            for a in each.attachments:
                key = each.recipient_id, (a.kind, a.subject_id)
                assert key not in had or had[key].pdf_sha256 != a.pdf_sha256
                assert each.attachments
                if sent:
                    had[key] = Mailed("", number, number, each.recipient_id, ("", ""), key[1], a.pdf_sha256)
    final = {subject: made[subject].pdf_sha256 for subject in SUBJECTS}
    assert {subject: had["E1", subject].pdf_sha256 for subject in SUBJECTS} == final
    assert all(had[who, ("employee", who)].pdf_sha256 == final["employee", who] for who in ("E2", "E3"))
    assert not any(who != "E1" and subject != ("employee", who) for who, subject in had)
