"""Closing a period: what stands in the way, who waives it, whose signatures hold, and what is refused."""

from datetime import date, timedelta

import pytest

from flows.appeals import filing, judging
from flows.appeals.filing import Said
from flows.appeals.judging import Ruling
from flows.carry_over import CARRY_OVER, CarryOver
from flows.closing import acting, showing
from flows.closing.checklist import blocking, may_sign
from flows.closing.entries import SIGNATURE, Signature
from flows.closing.looking import checklist
from flows.company import Officers
from flows.corrections.entries import CORRECTION, WITHDRAWAL
from flows.warehouse import outbox
from flows.warehouse.journal import Draft, append, entries
from flows.warehouse.ledger_periods import status
from tests.ledger import letter
from tests.procedure_kit import AFTER, LAST_DAY, MADE, PERIOD, day
from transforms.corrections.model import CarriedLine, Correction, Decision, Withdrawal
from transforms.errors import NotFoundError, PeriodError, RuleError
from transforms.wording import three

KEY = PERIOD.key


def exempt(who="E1", key="product_knowledge"):
    decision = Decision(act="exempt", subject_id=who, key=key)
    return Correction(
        kind="exemption", period=KEY, decision=decision, concerns=(who,), reason="on leave", evidence="HR-1",
        asked_by="E2", approved_by="M1",
    )  # fmt: skip


def entered(desk, correction=None):
    made = correction or exempt()
    append(desk.engine, [Draft(KEY, CORRECTION, made.id, made, "E2")], MADE)
    return made


def states(desk, today=AFTER):
    return {item.key: item.state for item in checklist(desk.company, PERIOD, today).items}


def sign(desk, by, today=AFTER):
    return acting.sign(desk.company, PERIOD, today, day(today), by=by)


def waive(desk, key, by, today=AFTER, reason="told by the board"):
    return acting.waive(desk.company, PERIOD, key, reason, today, day(today), by=by)


def appeal(desk, who="E1", key="score", today=LAST_DAY):
    said = Said(who, key, expected="90", actual="80", reason="a day is missing", evidence="export of 12 Oct")
    return filing.file(desk.company, PERIOD, said, today, day(today), by=who).appeal


def test_nothing_stands_in_the_way_of_a_settled_period(desk):
    assert states(desk) == dict.fromkeys(
        ("sheets", "findings", "appeals", "settle_days", "corrections", "window", "mail"), "clean"
    )


def test_looking_changes_nothing(desk):
    before = entries(desk.engine)
    checklist(desk.company, PERIOD, AFTER)
    assert entries(desk.engine) == before
    assert status(desk.engine, KEY) == "provisional"


def test_two_persons_close_a_period(each_desk):
    first = sign(each_desk, "E1")
    assert not first.closed
    assert [each.by for each in first.checklist.signed] == ["E1"]
    second = sign(each_desk, "M1")
    assert second.closed
    assert status(each_desk.engine, KEY) == "final"
    told = list(showing.lines(each_desk.company, checklist(each_desk.company, PERIOD, AFTER)))
    assert told == [f"2026-10 is final: revision 1, closed by M1 on {AFTER} 09:00 UTC."]
    assert showing.as_object(each_desk.company, second.checklist)["closed"]["by"] == "M1"


def test_one_person_cannot_sign_twice(desk):
    sign(desk, "E1")
    with pytest.raises(RuleError, match=r"E1 signed already.*another person"):
        sign(desk, "E1")
    assert status(desk.engine, KEY) == "provisional"


def test_a_closed_period_is_not_closed_again(desk):
    sign(desk, "E1")
    sign(desk, "M1")
    with pytest.raises(PeriodError, match="is final: closed by M1 on 2026-11-30"):
        sign(desk, "E2")
    with pytest.raises(PeriodError, match="is final"):
        waive(desk, "mail", "E2")


@pytest.mark.parametrize(("who", "seen"), [("E9", "there is no employee E9"), ("", "there is no employee")])
def test_only_employed_people_sign(desk, who, seen):
    with pytest.raises(NotFoundError, match=seen):
        sign(desk, who)


def test_the_window_to_appeal_must_be_over(desk):
    assert states(desk, LAST_DAY)["window"] == "open"
    with pytest.raises(RuleError, match=r"4 people may appeal until 2026-11-27.*--waive window"):
        sign(desk, "E1", LAST_DAY)
    assert states(desk, LAST_DAY + timedelta(1))["window"] == "clean"


def test_a_document_mailed_later_opens_its_own_window(desk):
    desk.mail("E1", at=day(date(2026, 11, 26)))
    items = {item.key: item for item in checklist(desk.company, PERIOD, AFTER).items}
    assert items["window"].open == ("E1",)
    assert "until 2026-12-03" in items["window"].says


def test_settle_days_must_be_over(desk):
    desk.run(2, provisional=True)
    item = next(item for item in blocking(checklist(desk.company, PERIOD, AFTER).items))
    assert (item.key, item.says) == ("settle_days", "revision 2 is provisional: numbers may change until 2026-12-03")


def test_a_correction_must_be_in_the_revision(each_desk):
    made = entered(each_desk)
    items = {item.key: item for item in checklist(each_desk.company, PERIOD, AFTER).items}
    assert items["corrections"].open == (made.id,)
    each_desk.run(2, corrections=(made,))
    assert states(each_desk)["corrections"] == "clean"
    taken = Withdrawal(correction_id=made.id, reason="a mistake", evidence="x", asked_by="E2", approved_by="M1")
    append(each_desk.engine, [Draft(KEY, WITHDRAWAL, made.id, taken, "E2")], MADE)
    assert states(each_desk)["corrections"] == "open"
    each_desk.run(3)
    assert states(each_desk)["corrections"] == "clean"


def test_what_was_carried_over_must_be_in_the_revision(desk):
    line = CarriedLine(
        from_period="2026-09", employee_id="E1", scheme="desk_monthly", scheme_title=three("客服", "客服", "Desk"),
        key="bonus", title=three("奖金", "獎金", "Bonus"), amount_fen=-1230, because=("late_rows",),
        says=three("迟到的退款", "遲到的退款", "A late refund"),
    )  # fmt: skip
    said = CarryOver(from_period="2026-09", into=KEY, snapshot_id="s", journal_until=0, lines=(line,))
    append(desk.engine, [Draft(KEY, CARRY_OVER, "2026-09", said, "jixiao")], MADE)
    item = next(iter(blocking(checklist(desk.company, PERIOD, AFTER).items)))
    assert (item.key, item.open) == ("corrections", ("2026-09/E1/desk_monthly/bonus/-1230",))


def test_an_appeal_must_be_decided_and_what_was_upheld_corrected(desk):
    made = appeal(desk, key="first_response_seconds")
    assert states(desk)["appeals"] == "open"
    judging.assign(desk.company, made.id, "M1", LAST_DAY, day(LAST_DAY), by="E2")
    judging.decide(desk.company, made.id, Ruling("upheld", "the clock was wrong"), LAST_DAY, day(LAST_DAY), by="M1")
    assert states(desk)["appeals"] == "open"  # upheld, and nothing follows from it
    judging.escalate(desk.company, made.id, judging.Escalated(reason="", on=AFTER), day(AFTER), by="E1")
    judging.decide(desk.company, made.id, Ruling("rejected", "it was right"), AFTER, day(AFTER), by="E2")
    assert states(desk)["appeals"] == "clean"


def test_mail_that_has_not_arrived_is_told_and_not_in_the_way(desk):
    made = letter(revision_id=desk.revision.id, period=KEY)
    outbox.queue(desk.engine, desk.revision.id, KEY, [made], MADE, "held")
    found = checklist(desk.company, PERIOD, AFTER)
    mail = next(item for item in found.items if item.key == "mail")
    assert (mail.state, mail.open) == ("note", (made.message_id,))
    assert blocking(found.items) == ()


def test_a_waiver_is_for_what_is_open_now(desk):
    found = waive(desk, "window", "M1", LAST_DAY)
    assert [item.state for item in found.items if item.key == "window"] == ["waived"]
    sign(desk, "E1", LAST_DAY)
    assert sign(desk, "M1", LAST_DAY).closed


def test_what_opens_later_is_not_waived(desk):
    appeal(desk, "E1")
    waive(desk, "appeals", "M1")
    assert states(desk)["appeals"] == "waived"
    appeal(desk, "E2")
    assert states(desk)["appeals"] == "open"


def test_a_waiver_belongs_to_its_revision(each_desk):
    each_desk.run(2, provisional=True)
    waive(each_desk, "settle_days", "M1")
    assert states(each_desk)["settle_days"] == "waived"
    each_desk.run(3, provisional=True)
    assert states(each_desk)["settle_days"] == "open"


@pytest.mark.parametrize(("key", "by", "reason", "error", "seen"), [
    ("appeals", "E1", "x", RuleError, "E1 may not waive appeals: it is about himself"),
    ("appeals", "M1", " ", RuleError, "a waiver says its reason"),
    ("mail", "M1", "x", RuleError, "mail is clean: there is nothing to waive"),
    ("apeals", "M1", "x", NotFoundError, "did you mean appeals"),
])  # fmt: skip
def test_waivers_that_are_refused(desk, key, by, reason, error, seen):
    appeal(desk)
    with pytest.raises(error, match=seen):
        waive(desk, key, by, reason=reason)
    assert states(desk)["appeals"] == "open"


def test_only_hr_waives_when_hr_is_named(desk):
    found = desk.with_officers(hr=("M1",))
    appeal(found)
    with pytest.raises(RuleError, match=r"E2 may not waive.*officers.hr names M1"):
        waive(found, "appeals", "E2")


@pytest.mark.parametrize("event", ["correction", "revision", "appeal", "waiver"])
def test_a_signature_is_void_once_something_changes(desk, event):
    sign(desk, "E1")
    if event == "correction":
        desk.run(2, corrections=(entered(desk),))
    elif event == "revision":
        desk.run(2)
    elif event == "appeal":
        made = filing.file(
            desk.company, PERIOD, Said("E2", "score", "90", "80", "r", "e", late="it lay in the post"), AFTER, day(AFTER),
            by="M1",
        ).appeal  # fmt: skip
        judging.assign(desk.company, made.id, "NA", AFTER, day(AFTER), by="M1")
        judging.decide(desk.company, made.id, Ruling("rejected", "no"), AFTER, day(AFTER), by="NA")
    else:
        desk.run(2, provisional=True)
        waive(desk, "settle_days", "M1")
    found = checklist(desk.company, PERIOD, AFTER)
    assert (found.signed, found.void) == ((), ("E1",))
    assert "void since: E1" in " ".join(showing.lines(desk.company, found))
    assert not sign(desk, "M1").closed  # the first signature anew
    assert sign(desk, "E1").closed


def test_a_run_that_makes_no_revision_leaves_the_signature(each_desk):
    sign(each_desk, "E1")
    assert each_desk.run(1).id == each_desk.revision.id  # the same inputs
    assert sign(each_desk, "M1").closed


def test_a_signature_for_something_unseen_is_refused(each_desk):
    seen = checklist(each_desk.company, PERIOD, AFTER).seen
    made = entered(each_desk)  # between the look and the signature
    revision = each_desk.revision
    draft = Draft(KEY, SIGNATURE, str(revision.id), Signature(revision_id=revision.id, revision_number=1), "E1")
    with pytest.raises(RuleError, match="something was written meanwhile"):
        append(each_desk.engine, [draft], day(AFTER), acting.unchanged(seen))
    assert [entry.key for entry in entries(each_desk.engine, kinds=(SIGNATURE, CORRECTION))] == [made.id]


def test_closing_that_was_cut_off_after_the_second_signature_is_finished(each_desk):
    said = Signature(revision_id=each_desk.revision.id, revision_number=1)
    for who in ("E1", "M1"):
        append(each_desk.engine, [Draft(KEY, SIGNATURE, str(said.revision_id), said, who)], day(AFTER))
    assert status(each_desk.engine, KEY) == "provisional"
    done = sign(each_desk, "E1")
    assert (done.closed, done.new) == (True, False)
    assert len(entries(each_desk.engine, kinds=(SIGNATURE,))) == 2


HR_AND_FINANCE = Officers(hr=("H1", "H2"), finance=("F1",))


@pytest.mark.parametrize(("officers", "signed", "by", "may"), [
    (Officers(), (), "X", True),
    (Officers(), ("X",), "Y", True),
    (Officers(), ("X",), "X", False),
    (HR_AND_FINANCE, (), "H1", True),
    (HR_AND_FINANCE, (), "F1", True),
    (HR_AND_FINANCE, (), "X", False),
    (HR_AND_FINANCE, ("H1",), "F1", True),
    (HR_AND_FINANCE, ("F1",), "H2", True),
    (HR_AND_FINANCE, ("H1",), "H2", False),
    (HR_AND_FINANCE, ("F1",), "X", False),
    (Officers(hr=("H1", "H2")), ("H1",), "H2", True),
    (Officers(hr=("H1", "H2")), ("H1",), "X", False),
    (Officers(finance=("F1",)), ("X",), "F1", True),
    (Officers(finance=("F1",)), ("X",), "Y", False),
    (Officers(hr=("B",), finance=("B", "F1")), ("B",), "F1", True),
])  # fmt: skip
def test_one_signature_of_each_list(officers, signed, by, may):
    assert (may_sign(officers, signed, by) == "") is may
