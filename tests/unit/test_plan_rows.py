"""A plan as the command line prints it: in whole units, cut to one person, and nothing where nothing would happen."""

import json
from datetime import date

from flows.revisions.plan_rows import changes, facts, people, tables
from flows.revisions.planned import MailPlanned, PersonPlanned, Plan
from transforms.metrics.model import Unit
from transforms.revisions import Cause, Change
from transforms.titles import Title

TITLE = Title(zh_hans="奖金", en="Bonus")
PAY = Change(
    level="employee", subject_id="E1", department_id="desk", what="pay", scheme="desk_pay", key="bonus", title=TITLE,
    unit=Unit.FEN, before="50000", after="-1250",
    causes=(Cause(kind="correction", key="C-1", says=Title(zh_hans="更正 C-1", en="Correction C-1")),),
)  # fmt: skip
RANK = PAY.model_copy(update={"subject_id": "E2", "what": "rank", "unit": None, "before": "1", "after": "2"})
PLAN = Plan(
    period="2026-10", as_of=date(2026, 11, 21), snapshot_id="a" * 64, refreshed=False, status="provisional", before=1,
    revision=2, provisional=True, results_digest="0" * 64, corrections=("C-1",), new_corrections=("C-1",),
    changes=(PAY, RANK), pay_before_fen=50_000, pay_after_fen=-1_250,
    people=(PersonPlanned(employee_id="E1", department_id="desk", pay_before_fen=50_000, pay_after_fen=-1_250),),
    documents=("department:desk", "employee:E1"), documents_kept=4, held=True,
    mails=(MailPlanned(recipient_id="E1", kind="own", department_id="", documents=("employee:E1",), replaces=1),),
)  # fmt: skip


def test_money_is_shown_in_whole_units_and_steps_with_an_arrow():
    assert [(row["from"], row["to"], row["because"]) for row in changes(PLAN, "en")] == [
        ("500.00", "-12.50", "Correction C-1"), ("1", "2", "Correction C-1")
    ]  # fmt: skip
    assert people(PLAN)[0]["pay"] == "500.00 → -12.50"
    assert people(PLAN)[0]["rank"] == "–"
    assert dict(facts(PLAN))["money"] == "500.00 → -12.50 in all, difference -512.50"


def test_the_facts_say_whether_a_revision_would_be_made_and_what_is_new():
    told = dict(facts(PLAN))
    assert told["revision"] == "2 would be made, after 1"
    assert "new: C-1" in told["stands on"]
    assert told["changes"] == "2 (1 pay, 1 rank)"
    assert told["documents"] == "2 would be made, 4 of earlier revisions stay"
    assert "held until it is released" in told["mail"]
    nothing = dict(facts(PLAN.model_copy(update={"revision": None})))
    assert nothing["revision"].startswith("none would be made")


def test_one_person_is_the_part_about_that_person():
    own = PLAN.of_employee("E1")
    assert (own.changes, own.documents, len(own.mails)) == ((PAY,), ("employee:E1",), 1)
    other = PLAN.of_employee("E2")
    assert (other.changes, other.people, other.documents, other.mails) == ((RANK,), (), (), ())


def test_long_tables_are_cut_and_say_so():
    many = PLAN.model_copy(update={"changes": (PAY,) * 41})
    titles = {title: len(rows) for title, rows in tables(many, "en")}
    assert titles["Changes, 40 of 41 (all: --json)"] == 40
    assert "Carried over" not in titles


def test_a_plan_is_json_and_back():
    assert Plan.model_validate_json(json.dumps(PLAN.model_dump(mode="json", by_alias=True))) == PLAN
