"""What `jixiao plan` lists is what a run then does: numbers, changes, documents, letters; on both databases."""

from datetime import UTC, datetime

import pytest

from flows.carry_over import carried_into
from flows.corrections.entering import enter
from flows.revisions.plan import plan
from flows.revisions.planned import MailPlanned, Plan
from flows.settings import load_company
from flows.warehouse import outbox
from flows.warehouse.basis import CHANGES
from flows.warehouse.journal import entries, last_id
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_queries import history, latest, load_results, recorded_digest
from tests import tiny_company
from tests.corrected_company import paid
from tests.revised_company import again, engine_of, made_for, override, send, take_back
from tests.tiny_company import AS_OF, COMPANY_YAML, ORDERS, PERIOD, add_lines, edit, inbox
from tests.unit.test_carry_over import _PAY as PAY_SCHEME
from transforms.period import parse
from transforms.revisions import Changes


@pytest.fixture
def company(ledger_url, tmp_path):
    """A tiny company whose ledger is of each kind, its October run and mailed."""
    root = tiny_company.build(tmp_path / "company")
    edit(root / COMPANY_YAML, "delivery:", f"ledger: {{url: '{ledger_url}'}}\ndelivery:")
    planned = planned_now(root, refresh=True)
    first = again(root, refresh=True)
    assert planned == outcome(root, planned, first)
    assert (planned.revision, planned.before, len(planned.documents)) == (1, 0, 6)
    send(root)
    return root


def planned_now(root, *, refresh=False) -> Plan:
    return plan(load_company(root), parse(PERIOD), AS_OF, at=datetime.now(UTC), refresh=refresh)


def outcome(root, planned, revision) -> Plan:
    """The plan again, with everything in it that can be read from what then happened."""
    engine = engine_of(root)
    made = revision.number == planned.revision
    told = [each for each in entries(engine, kinds=(CHANGES,)) if made and each.key == str(revision.id)]
    return planned.model_copy(
        update={
            "snapshot_id": revision.snapshot_id,
            "revision": revision.number if revision.number != planned.before else None,
            "results_digest": recorded_digest(engine, revision.id),
            "changes": told[0].read(Changes).changes if told else (),
            "documents": tuple(made_in_order(root, revision, planned)),
            "mails": mails(engine, revision) if made else (),
            "pay_after_fen": sum(
                each.pay.total_fen
                for person in load_results(engine, revision.id).people
                for each in person.appraisals
                if each.pay
            ),
        }
    )


def made_in_order(root, revision, planned):
    """The documents a run made, in the order of the plan; those nobody planned last."""
    found = set(made_for(root, revision)) if revision.number == planned.revision else set()
    return [*(name for name in planned.documents if name in found), *sorted(found - set(planned.documents))]


def mails(engine, revision):
    rows = sorted(outbox.rows(engine, period=PERIOD), key=lambda row: (row.recipient_id, row.kind, row.department_id))
    return tuple(
        MailPlanned(
            recipient_id=row.recipient_id, kind=row.kind, department_id=row.department_id,
            documents=tuple(f"{a.kind}:{a.subject_id}" for a in row.letter.attachments), replaces=row.letter.replaces,
        )
        for row in rows if row.revision_id == revision.id
    )  # fmt: skip


def happens(root, *, refresh=False) -> Plan:
    """Plan, run, compare; returns the plan."""
    engine = engine_of(root)
    before = history(engine, PERIOD), last_id(engine), outbox.rows(engine)
    planned = planned_now(root, refresh=refresh)
    assert before == (history(engine, PERIOD), last_id(engine), outbox.rows(engine)), "a plan records nothing"
    assert planned == outcome(root, planned, again(root, refresh=refresh))
    return planned


def test_corrections_and_late_rows_one_after_the_other(company):
    told = override(company, "E1", "84")
    first = happens(company)
    assert (first.revision, first.new_corrections) == (2, (told.id,))
    assert {mail.recipient_id for mail in first.mails} == {"E1", "M1"}
    assert [(p.employee_id, p.score_before, p.score_after) for p in first.people] == [("E1", "88.75", "88.45")]

    fact = replace_persons(paid("o-NA-1005", 90_000))
    enter(load_company(company), fact, datetime.now(UTC), "NA")
    add_lines(inbox(company, ORDERS), "o-late,b-NA-1031,2026-10-31 10:05:00,2026-10-31 10:06:00,90.00")
    same_rows = planned_now(company)
    fresh = happens(company, refresh=True)
    assert same_rows.snapshot_id != fresh.snapshot_id
    assert fresh.mails_cancelled == len(first.mails)
    assert {cause.kind for change in fresh.changes for cause in change.causes} >= {"correction", "late_rows"}

    send(company)
    take_back(company, told)
    last = happens(company)
    assert (last.withdrawn_corrections, last.corrections) == ((told.id,), (fact.id,))
    nothing = happens(company)
    assert (nothing.revision, nothing.changes, nothing.documents, nothing.mails) == (None, (), (), ())


def replace_persons(correction):
    return correction.model_copy(update={"asked_by": "E2", "approved_by": "M1"})


@pytest.mark.parametrize("policy", ["slip", "carry_over"])
def test_after_closing_a_slip_or_a_carry_over(policy, tmp_path):
    root = tiny_company.build(tmp_path / "company")
    edit(root / COMPANY_YAML, "delivery:", f"closing: {{after: {policy}}}\ndelivery:")
    (root / "config/schemes/pay.yaml").write_text(PAY_SCHEME, "utf-8")
    again(root, refresh=True)
    engine = engine_of(root)
    set_status(engine, PERIOD, "final", latest(engine, PERIOD).id, datetime.now(UTC), by="M1")
    override(root, "E1", "0")
    planned = planned_now(root)
    revision = again(root)
    assert planned.revision == (2 if policy == "slip" else None)
    assert carried_into(engine, "2026-11") == planned.carried
    assert bool(planned.carried) == (policy == "carry_over")
    assert revision.number == (planned.revision or planned.before)
    if policy == "slip":
        assert planned == outcome(root, planned, revision)
        assert planned.pay_after_fen < planned.pay_before_fen
