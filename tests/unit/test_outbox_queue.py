"""Queueing a revision's mail: who gets what, once, and what cannot be sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.delivery import queue_revision
from flows.mail.recipients import Mailing, by_subject, letters
from flows.warehouse import outbox
from flows.warehouse.ledger import RecordedRevision, record
from flows.warehouse.ledger_documents import record_documents
from flows.warehouse.ledger_findings import delivery_findings
from tests.ledger import (
    NOON,
    company,
    department,
    document,
    letter,
    mailed_revision,
    person,
    results,
    revision_input,
    write_documents,
)
from transforms.errors import DeliveryError

EVERYBODY = {f"E{n}": f"e{n}@example.com" for n in range(1, 10)}


def plan(root, people, departments, addresses=EVERYBODY, pdf_bytes=1000, **delivery):
    """Letters for people and departments, every document of one size."""
    revision = record_of(root)
    subjects = [("employee", p.employee_id) for p in people] + [("department", d.department_id) for d in departments]
    made = by_subject(replace(document(s, k, f"{k}{s}".encode()), pdf_bytes=pdf_bytes) for k, s in subjects)
    settings = company(root, **delivery).settings
    return letters(Mailing(settings, revision, results(people, departments), made, addresses))


def record_of(root):
    return RecordedRevision(1, 1, "2026-10", str(root), provisional=False, created_at=NOON, hash="0", input_hash="1")


TEAM = [person(f"E{n}") for n in (1, 2, 3)]


def test_managers_get_their_department_and_everybody_the_own_report(tmp_path):
    made, findings = plan(tmp_path, TEAM, (department(managers=("E1",)),))
    got = {(one.recipient_id, one.kind): [a.subject_id for a in one.attachments] for one in made}
    assert got == {
        ("E1", "department"): ["customer_service", "E2", "E3"],
        ("E1", "own"): ["E1"], ("E2", "own"): ["E2"], ("E3", "own"): ["E3"],
    }  # fmt: skip
    assert findings == ()


def test_without_mail_to_employees_the_manager_gets_the_own_report_too(tmp_path):
    made, _ = plan(tmp_path, TEAM, (department(managers=("E1",)),), to_employees=False)
    assert [[a.subject_id for a in one.attachments] for one in made] == [["customer_service", "E1", "E2", "E3"]]


def test_people_who_left_the_department_before_the_end_are_not_shown_to_its_manager(tmp_path):
    moved = person("E2", department_id="operations")
    made, _ = plan(tmp_path, [TEAM[0], moved], (department(employees=("E1", "E2")),), to_employees=False)
    assert [a.subject_id for a in made[0].attachments] == ["customer_service", "E1"]


def test_a_letter_too_large_is_cut_by_people_into_numbered_ones(tmp_path):
    made, findings = plan(
        tmp_path, TEAM, (department(),), pdf_bytes=60_000, to_employees=False, max_message_bytes=200_000
    )
    assert [[a.subject_id for a in one.attachments] for one in made] == [["customer_service", "E1"], ["E2", "E3"]]
    assert [(one.part, one.parts) for one in made] == [(1, 2), (2, 2)]
    assert len({one.message_id for one in made}) == 2
    assert findings == ()


def test_a_document_that_never_fits_is_a_finding(tmp_path):
    made, findings = plan(tmp_path, TEAM, (department(),), pdf_bytes=90_000, max_message_bytes=100_000)
    assert made == ()
    assert [finding.check for finding in findings] == ["documents.too_large"]


@pytest.mark.parametrize(
    "address", [None, "", "nobody", "a@b@c", "王@example.com", "a\r\nBcc: x@example.com", "=?x?=@example.com"]
)
def test_a_manager_without_a_usable_address_is_a_finding_and_the_rest_goes_on(tmp_path, address):
    made, findings = plan(tmp_path, TEAM, (department(managers=("E1", "E2")),), EVERYBODY | {"E1": address})
    assert {(one.recipient_id, one.kind) for one in made} == {("E2", "department"), ("E2", "own"), ("E3", "own")}
    assert [finding.check for finding in findings] == ["documents.no_address", "documents.no_address"]
    assert "manager E1 of department customer_service" in findings[0].message
    assert findings[0].employee_ids == ("E1",)


def test_a_department_without_a_manager_is_a_finding(tmp_path):
    _, findings = plan(tmp_path, TEAM, (department(managers=()),))
    assert [(f.check, f.sample_keys) for f in findings] == [("documents.no_manager", ("customer_service",))]


def test_the_message_id_follows_from_what_is_said_to_whom(tmp_path):
    def ids(**changed):
        return {one.message_id for one in plan(tmp_path, TEAM, (department(),), **changed)[0]}

    assert ids() == ids()
    assert all(name.endswith("@hr.example.org>") for name in ids(sender="reports@hr.example.org"))


def test_queueing_twice_makes_one_row_a_letter(ledger, tmp_path):
    found, made, first = mailed_revision(ledger, tmp_path)
    again = queue_revision(ledger, found, made.id, EVERYBODY, at=NOON, hold=False)
    assert (first.queued, first.known, again.queued) == (3, 0, 0)
    assert [row.state for row in outbox.rows(ledger, period="2026-10")] == ["queued"] * 3


def test_findings_of_queueing_are_kept(ledger, tmp_path):
    _, made, report = mailed_revision(ledger, tmp_path, addresses={"NA": "na@example.com"})
    assert [finding.check for finding in report.findings] == ["documents.no_address"] * 2
    assert set(delivery_findings(ledger, made.id)) == set(report.findings)


def test_held_mail_is_released_by_a_final_run_or_by_hand(ledger, tmp_path):
    found, made, _ = mailed_revision(ledger, tmp_path, hold=True)
    assert outbox.counts(ledger) == {"held": 3}
    assert outbox.claim(ledger, "me", NOON, 60, 10) == ()
    assert queue_revision(ledger, found, made.id, EVERYBODY, at=NOON, hold=False).released == 3
    assert outbox.counts(ledger) == {"queued": 3}
    assert outbox.release(ledger, "2026-10", NOON, by="me") == 0


def test_a_new_revision_takes_the_place_of_mail_not_yet_sent(ledger, tmp_path):
    mailed_revision(ledger, tmp_path, hold=True)
    _, made, report = mailed_revision(ledger, tmp_path, snapshot="s2")
    assert (report.queued, report.cancelled) == (3, 3)
    assert {(row.revision_id, row.state) for row in outbox.rows(ledger)} == {(1, "cancelled"), (made.id, "queued")}


def test_a_claim_is_one_senders_until_its_lease_ends(ledger):
    record(ledger, revision_input())
    outbox.queue(ledger, 1, "2026-10", [letter(n) for n in (1, 2, 3)], NOON, "queued")
    mine = outbox.claim(ledger, "a", NOON, 60, 2)
    theirs = outbox.claim(ledger, "b", NOON, 60, 9)
    assert [len(mine), len(theirs)] == [2, 1]
    late = NOON + timedelta(seconds=61)
    assert len(outbox.claim(ledger, "b", late, 60, 9)) == 3
    assert outbox.advance(ledger, mine[0], "sending", late, by="a") is None


def test_the_outbox_says_who_is_waited_for(ledger, tmp_path):
    mailed_revision(ledger, tmp_path)
    row = outbox.rows(ledger, states=("queued",))[0]
    assert outbox.get(ledger, row.message_id) == row
    assert outbox.get(ledger, "<none@example.com>") is None
    assert row.letter.message_id == row.message_id


def test_writing_documents_of_nobody_queues_nothing(ledger, tmp_path):
    made = record(ledger, revision_input())
    record_documents(ledger, made.id, write_documents(tmp_path, [("company", "company")]), NOON)
    report = queue_revision(ledger, company(tmp_path), made.id, EVERYBODY, at=NOON, hold=False)
    assert report.queued == 0


def test_a_sender_that_is_no_address_is_refused(tmp_path):
    with pytest.raises(DeliveryError, match="not one that mail can be sent to"):
        plan(tmp_path, TEAM, (department(),), sender="jixiao")
