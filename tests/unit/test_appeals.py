"""Appeals from filing to the final instance: who may, until when, what it changes, and every refusal."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from flows.appeals import filing, judging
from flows.appeals.acts import Escalated
from flows.appeals.barred import barred
from flows.appeals.deadlines import deadlines_of
from flows.appeals.entries import appeal_of, appeals
from flows.appeals.filing import Said
from flows.appeals.judging import Ruling
from flows.appeals.lines import Line, agrees, line_of
from flows.appeals.listing import rows
from flows.appeals.sweeping import sweep
from flows.corrections.entries import CORRECTION, standing_of
from flows.warehouse import outbox
from flows.warehouse.journal import Draft, append, entries
from flows.warehouse.ledger_queries import load_results
from flows.working_calendar import WorkingCalendar, calendar_of
from tests.procedure_kit import LAST_DAY, MADE, PERIOD, day
from transforms.corrections.model import Correction, RowChange
from transforms.errors import ConfigError, JixiaoError, NotFoundError, RuleError
from transforms.period import parse
from transforms.wording import three

FIRST = date(2026, 11, 23)
LINE = "first_response_seconds"


def said(who="E1", key=LINE, **more):
    fields = {"expected": "90", "actual": "100", "reason": "a day is missing", "evidence": "export of 12 October"}
    return Said(who, key, **(fields | more))


def file(desk, who="E1", key=LINE, today=FIRST, by=None, **more):
    return filing.file(desk.company, PERIOD, said(who, key, **more), today, day(today), by=by or who)


def assign(desk, made, judge="E2", by="M1", today=FIRST):
    return judging.assign(desk.company, made.id, judge, today, day(today), by=by)


def decide(desk, made, by="E2", outcome="rejected", today=FIRST, **more):
    ruling = Ruling(outcome, more.pop("reason", "the export is right"), **more)
    return judging.decide(desk.company, made.id, ruling, today, day(today), by=by)


def escalate(desk, made, by="E1", today=FIRST, **more):
    return judging.escalate(desk.company, made.id, Escalated(reason="", on=today, **more), day(today), by=by)


def corrected(desk, who="E1", approved_by="NA", kind="fact", row=None):
    change = row or RowChange(table="orders", key={"order_id": "o-E1-1001", "shop_id": "s1"}, values={"status": "paid"})
    made = Correction(
        kind=kind, period=PERIOD.key, row=change, concerns=(who,), reason="r", evidence="e", asked_by="E2",
        approved_by=approved_by,
    )  # fmt: skip
    append(desk.engine, [Draft(PERIOD.key, CORRECTION, made.id, made, "E2")], MADE)
    return made


def test_an_appeal_goes_from_filing_to_the_final_instance(each_desk):
    made = file(each_desk).appeal
    assert (made.state, made.filed.last_day, made.filed.found) == ("open", LAST_DAY, made.filed.found)
    assert assign(each_desk, made).judge_id == "E2"
    assert decide(each_desk, made).state == "decided"
    assert escalate(each_desk, made).state == "escalated"
    done = decide(each_desk, made, by="M1", outcome="rejected")
    assert (done.state, done.last_judge_id) == ("final", "M1")
    assert appeal_of(each_desk.engine, made.id) == done  # and the ledger says the same
    assert [json.loads(entry.body)["act"] for entry in entries(each_desk.engine, kinds=("appeal",))] == [
        "filed", "assigned", "decided", "escalated", "decided",
    ]  # fmt: skip


def test_what_was_known_at_an_entry(each_desk):
    made = file(each_desk).appeal
    until = entries(each_desk.engine)[-1].id
    assign(each_desk, made)
    assert [each.state for each in appeals(each_desk.engine, PERIOD.key, until)] == ["open"]
    assert appeals(each_desk.engine, PERIOD.key, until - 1) == ()


def test_the_number_that_is_read_is_held_against_the_ledgers(desk):
    line = line_of(load_results(desk.engine, desk.revision.id), "E2", LINE)
    score = dict(line.numbers)["score"]
    assert file(desk, "E2", actual=f"{score:.1f}").agrees
    other = file(desk, "NA", actual="12.3")
    assert not other.agrees
    assert other.appeal.filed.found.startswith("score ")


@pytest.mark.parametrize(("words", "same"), [
    ("78.57", True), ("78.6", True), ("79", True), ("78.5", False), ("33.4%", True), ("33.4", False), ("0.33", True),
    ("1,234.50", True), ("none at all", True), ("", True),
])  # fmt: skip
def test_a_number_agrees_to_as_many_places_as_was_written(words, same):
    numbers = (("score", Decimal("78.571")), ("value", Decimal("0.33421")), ("amount", Decimal("1234.5")), ("x", None))
    assert agrees(Line("indicator", "x", None, three("x", "x", "x"), numbers), words) is same


def test_filing_the_same_again_changes_nothing(desk):
    first, again = file(desk), file(desk)
    assert (again.appeal, again.new) == (first.appeal, False)
    assert len(appeals(desk.engine)) == 1


@pytest.mark.parametrize(("change", "error", "seen"), [
    ({"key": "first_respons_seconds"}, NotFoundError, "did you mean first_response_seconds"),
    ({"who": "E9", "by": "E1"}, NotFoundError, "no employee E9"),
    ({"by": "E9"}, NotFoundError, "there is no employee E9"),
    ({"reason": " "}, RuleError, "an appeal says its reason"),
    ({"actual": ""}, RuleError, "an appeal says its actual"),
    ({"today": LAST_DAY + timedelta(1)}, RuleError, r"closed on 2026-11-27.*--late REASON"),
    ({"today": LAST_DAY + timedelta(1), "late": "ill"}, RuleError, "E1 may not hear his own appeal late"),
])  # fmt: skip
def test_filings_that_are_refused(desk, change, error, seen):
    with pytest.raises(error, match=seen):
        file(desk, **change)
    assert appeals(desk.engine) == ()


def test_hr_files_for_somebody_and_hears_what_is_late(desk):
    found = desk.with_officers(hr=("M1",))
    with pytest.raises(RuleError, match=r"E2 may not appeal for E1.*officers.hr"):
        file(found, by="E2")
    made = file(found, by="M1", today=LAST_DAY + timedelta(7), late="he was in hospital").appeal
    assert (made.filed_by, made.filed.late) == ("M1", "he was in hospital")
    with pytest.raises(RuleError, match=r"M1 must not judge.*he filed it"):
        assign(found, made, "M1")


def test_one_appeal_at_a_time_against_a_line(desk):
    made = file(desk).appeal
    with pytest.raises(RuleError, match=f"is being appealed already: {made.id}"):
        file(desk, reason="another reason")
    assign(desk, made)
    decide(desk, made)
    with pytest.raises(RuleError, match=r"still the same.*appeal escalate"):
        file(desk, reason="another reason")
    assert file(desk, key="paid_amount").new  # another line


@pytest.mark.parametrize(("key", "judge", "why"), [
    (LINE, "E1", "the appeal is his own"),
    ("product_knowledge", "M1", "he rated it"),
    ("score", "M1", "he rated it"),
])  # fmt: skip
def test_nobody_judges_what_he_had_a_part_in(desk, key, judge, why):
    made = file(desk, key=key).appeal
    with pytest.raises(RuleError, match=f"{judge} must not judge.*{why}"):
        assign(desk, made, judge, by="NA")
    assert assign(desk, made, "E2", by="NA").judge_id == "E2"


def test_whoever_approved_a_correction_behind_the_line_does_not_judge(desk):
    made, correction = file(desk).appeal, corrected(desk, approved_by="NA")
    with pytest.raises(RuleError, match=f"NA must not judge.*approved correction {correction.id}"):
        assign(desk, made, "NA")
    with pytest.raises(RuleError, match=f"E2 must not judge.*asked for correction {correction.id}"):
        assign(desk, made, "E2")


def test_a_rating_stands_behind_its_own_line_only(desk):
    key = {
        "employee_id": "E1",
        "indicator": "product_knowledge",
        "period": "2026-10",
        "rater_id": "M1",
        "role": "manager",
    }
    corrected(desk, approved_by="NA", kind="rating", row=RowChange(table="judgements", key=key, values={"score": "90"}))
    results = load_results(desk.engine, desk.revision.id)
    who = {
        line: set(barred(desk.engine, desk.company, desk.revision, "E1", line_of(results, "E1", line)))
        for line in (LINE, "product_knowledge")
    }
    assert who == {LINE: set(), "product_knowledge": {"M1", "NA", "E2"}}


def test_the_person_does_not_choose_his_judge(desk):
    with pytest.raises(RuleError, match="E1 may not choose who judges his own appeal"):
        assign(desk, file(desk).appeal, by="E1")


@pytest.mark.parametrize(("by", "seen"), [("NA", "is E2's to decide, not NA's"), ("E1", "the appeal is his own")])
def test_only_the_judge_decides(desk, by, seen):
    made = file(desk).appeal
    with pytest.raises(RuleError, match="is nobody's to judge yet"):
        decide(desk, made)
    assign(desk, made)
    with pytest.raises(RuleError, match=seen):
        decide(desk, made, by=by)
    assert appeal_of(desk.engine, made.id).state == "assigned"


def test_nothing_is_decided_twice_or_given_to_another_after_it(desk):
    made = file(desk).appeal
    assign(desk, made)
    decide(desk, made)
    with pytest.raises(RuleError, match="is decided: this instance has decided"):
        decide(desk, made, outcome="upheld")
    with pytest.raises(RuleError, match="is decided and has its judge"):
        assign(desk, made, "NA")


def test_the_first_judge_is_not_the_last(desk):
    found = desk.with_officers(final_instance=("E2", "M1"))
    made = file(found).appeal
    assign(found, made)
    decide(found, made)
    escalate(found, made)
    with pytest.raises(RuleError, match="E2 was the first judge"):
        decide(found, made, by="E2")
    with pytest.raises(RuleError, match="NA may not decide at the final instance"):
        decide(found, made, by="NA")
    assert decide(found, made, by="M1").state == "final"
    with pytest.raises(RuleError, match="there is no higher instance"):
        escalate(found, made)


def test_a_decision_goes_to_the_final_instance_within_the_window(desk):
    made = file(desk).appeal
    assign(desk, made)
    decide(desk, made)
    last = deadlines_of(desk.company.settings, calendar_of(desk.company)).escalate_until(
        appeal_of(desk.engine, made.id)
    )
    assert last == date(2026, 11, 30)
    with pytest.raises(RuleError, match="until 2026-11-30"):
        escalate(desk, made, today=last + timedelta(1))
    with pytest.raises(RuleError, match="his own"):
        escalate(desk, made, today=last + timedelta(1), late="ill")
    assert escalate(desk, made, by="M1", today=last + timedelta(1), late="ill").state == "escalated"


def test_a_decision_may_set_the_score(each_desk):
    made = file(each_desk).appeal
    assign(each_desk, made)
    done = decide(each_desk, made, outcome="upheld", set_score=Decimal(82), approved_by="M1")
    (correction,) = standing_of(each_desk.engine, PERIOD.key)
    assert done.decision.correction_id == correction.id
    assert (correction.decision.key, correction.decision.value) == (LINE, Decimal(82))
    assert (correction.asked_by, correction.approved_by, correction.concerns) == ("E2", "M1", ("E1",))
    assert made.id in correction.evidence


@pytest.mark.parametrize("approved_by", ["E2", "E1"])
def test_a_score_is_approved_by_a_third_person(desk, approved_by):
    made = file(desk).appeal
    assign(desk, made)
    with pytest.raises(JixiaoError) as refused:
        decide(desk, made, outcome="upheld", set_score=Decimal(82), approved_by=approved_by)
    assert refused.value.exit_code == 10
    assert standing_of(desk.engine, PERIOD.key) == ()
    assert appeal_of(desk.engine, made.id).state == "assigned"


def test_a_decision_carries_a_correction_of_this_person_that_stands(desk):
    made, other, own = file(desk).appeal, corrected(desk, "M1"), None
    assign(desk, made)
    with pytest.raises(RuleError, match="does not concern E1"):
        decide(desk, made, outcome="upheld", correction_id=other.id)
    with pytest.raises(NotFoundError, match="no correction C-NONE stands"):
        decide(desk, made, outcome="upheld", correction_id="C-NONE")
    change = RowChange(table="orders", key={"order_id": "o-E1-1002", "shop_id": "s1"}, values={"status": "closed"})
    own = corrected(desk, "E1", row=change)
    with pytest.raises(RuleError, match="a rejected appeal carries no correction"):
        decide(desk, made, outcome="rejected", correction_id=own.id)
    assert decide(desk, made, outcome="partly", correction_id=own.id).decision.correction_id == own.id


@pytest.mark.parametrize(("words", "seen"), [
    (("granted", "r", None, None, ""), "'granted' is no outcome"),
    (("upheld", "r", "C-1", "80", "M1"), "carries one correction"),
    (("upheld", "r", None, "80", ""), "approved by a second person"),
    (("upheld", "r", None, "NaN", "M1"), "'NaN' is not a number"),
    (("upheld", "r", None, "eighty", "M1"), "'eighty' is not a number"),
])  # fmt: skip
def test_words_of_a_decision_that_are_refused(words, seen):
    with pytest.raises(ConfigError, match=seen):
        judging.ruling(*words)


def test_a_decision_says_why(desk):
    made = file(desk).appeal
    assign(desk, made)
    with pytest.raises(RuleError, match="a decision says its reason"):
        decide(desk, made, reason=" ")


def test_deadlines_count_working_days_over_a_holiday(desk):
    due = deadlines_of(desk.company.settings, WorkingCalendar(official=True))
    assert due.appeal_until(date(2026, 9, 28)) == date(
        2026, 10, 10
    )  # 1–7 October are a holiday, Saturday the 10th is worked
    made = file(desk).appeal
    own = deadlines_of(desk.company.settings, calendar_of(desk.company))
    assert own.due_on(made) == date(2026, 12, 7)  # ten working days for a judge
    assert own.due_on(assign(desk, made)) == date(2026, 12, 14)  # five more for the answer


def test_what_is_overdue_goes_to_the_final_instance_by_itself_once(each_desk):
    found = each_desk.with_officers(hr=("M1",), final_instance=("NA",))
    made = file(found).appeal
    assign(found, made)
    due = date(2026, 12, 14)
    assert sweep(found.company, due, day(due)) == ()
    late = due + timedelta(1)
    assert [row["overdue"] for row in rows(found.company, None, late, overdue=True)] == [True]
    (once,) = sweep(found.company, late, day(late))
    assert (once.escalated, once.appeal.state, once.reminders) == (True, "escalated", 3)
    assert sweep(found.company, late, day(late)) == ()
    letters = [row for row in outbox.rows(found.engine) if row.kind == "reminder"]
    assert {row.recipient_id for row in letters} == {"E2", "M1", "NA"}
    assert all(made.id in row.letter.reminder.subject.en for row in letters)
    assert decide(found, made, by="NA", today=late).state == "final"


def test_an_appeal_nobody_was_given_is_overdue_too(desk):
    made = file(desk).appeal
    late = date(2026, 12, 8)
    with pytest.raises(RuleError, match="not overdue before 2026-12-07"):
        escalate(desk, made)
    (once,) = sweep(desk.company, late, day(late))
    assert once.appeal.state == "escalated"


def test_the_list_says_where_each_stands(desk):
    made = file(desk).appeal
    file(desk, "NA", key="score")
    assign(desk, made)
    decide(desk, made)
    told = rows(desk.company, PERIOD.key, FIRST)
    assert [(row["appeal"] == made.id, row["state"], row["outcome"]) for row in told] == [
        (True, "decided", "rejected"), (False, "open", None),
    ]  # fmt: skip
    assert [row["employee"] for row in rows(desk.company, None, FIRST, pending=True)] == ["NA"]
    assert rows(desk.company, parse("2026-09").key, FIRST) == []
