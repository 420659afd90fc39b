"""Draining the outbox into a folder: each message once, only to those who may read it."""

import email
from datetime import timedelta
from email.policy import default

import pytest

from flows.delivery import deliver, queue_revision, require_delivered, resolve
from flows.warehouse import outbox
from flows.warehouse.ledger import record
from flows.warehouse.ledger_documents import record_documents
from tests.ledger import (
    NOON,
    company,
    department,
    letter,
    mailed_revision,
    person,
    results,
    revision_input,
    write_documents,
)
from transforms.errors import DeliveryError, NotFoundError, StorageError


def sent_files(found):
    return sorted(found.outbox.glob("*.eml"))


def test_every_message_becomes_one_file_with_its_documents(ledger, tmp_path):
    found, _, _ = mailed_revision(ledger, tmp_path)
    report = deliver(ledger, found)
    assert (report.sent, report.waiting, report.problems) == (3, 0, ())
    got = {}
    for file in sent_files(found):
        message = email.message_from_bytes(file.read_bytes(), policy=default)
        assert file.name == message["Message-ID"].strip("<>") + ".eml"
        got[message["To"].addresses[0].addr_spec, message["Subject"]] = [
            part.get_content() for part in message.iter_attachments()
        ]
    assert got == {
        ("e1@example.com", "示例公司 2026年10月客服部绩效报告"): [
            b"%PDF-1.7 department customer_service", b"PK workbook customer_service", b"%PDF-1.7 employee NA",
        ],
        ("e1@example.com", "示例公司 2026年10月绩效报告"): [b"%PDF-1.7 employee E1"],
        ("na@example.com", "示例公司 2026年10月绩效报告"): [b"%PDF-1.7 employee NA"],
    }  # fmt: skip


def test_a_second_drain_sends_nothing(ledger, tmp_path):
    found, _, _ = mailed_revision(ledger, tmp_path)
    deliver(ledger, found)
    before = {file.name: file.read_bytes() for file in sent_files(found)}
    assert deliver(ledger, found).sent == 0
    assert {file.name: file.read_bytes() for file in sent_files(found)} == before


def test_held_mail_stays_in_the_outbox(ledger, tmp_path):
    found, _, _ = mailed_revision(ledger, tmp_path, hold=True)
    assert deliver(ledger, found).sent == 0
    assert sent_files(found) == []


def queue_wrong(engine, root, subject, recipient="NA", kind="employee"):
    """Somebody's letter with a document of another subject, as a mistake in queueing would leave it."""
    made = record(engine, revision_input())
    subjects = [("employee", "E1"), ("employee", "NA"), ("department", "customer_service")]
    written = {(d.kind, d.subject_id): d for d in write_documents(root, subjects)}
    record_documents(engine, made.id, written.values(), NOON)
    document = written[kind, subject]
    attachment = {
        "kind": kind, "subject_id": subject, "title": "x", "file_name": "x.pdf", "path": document.pdf_path,
        "pdf_sha256": document.pdf_sha256, "pdf_bytes": document.pdf_bytes,
    }  # fmt: skip
    return made, letter(recipient_id=recipient, address="na@example.com", attachments=[attachment])


@pytest.mark.parametrize(("kind", "subject"), [("employee", "E1"), ("department", "customer_service")])
def test_a_document_the_recipient_may_not_read_is_never_sent(ledger, tmp_path, kind, subject):
    made, wrong = queue_wrong(ledger, tmp_path, subject, kind=kind)
    outbox.queue(ledger, made.id, "2026-10", [wrong], NOON, "queued")
    report = deliver(ledger, company(tmp_path))
    assert (report.sent, report.held) == (0, 1)
    assert sent_files(company(tmp_path)) == []
    with pytest.raises(DeliveryError, match="may not read"):
        require_delivered(report)
    assert outbox.release(ledger, "2026-10", NOON, by="me") == 0
    assert deliver(ledger, company(tmp_path)).sent == 0


def test_a_document_that_claims_to_be_the_recipients_own_is_found_out_by_its_bytes(ledger, tmp_path):
    made, wrong = queue_wrong(ledger, tmp_path, "E1")
    lying = wrong.attachments[0].model_copy(update={"subject_id": "NA"})
    lie = wrong.model_copy(update={"attachments": (lying,)})
    outbox.queue(ledger, made.id, "2026-10", [lie], NOON, "queued")
    assert deliver(ledger, company(tmp_path)).held == 1
    assert sent_files(company(tmp_path)) == []


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_a_document_that_is_not_the_recorded_one_is_not_sent(ledger, tmp_path, damage):
    found, _, _ = mailed_revision(ledger, tmp_path)
    for pdf in tmp_path.glob("data/reports/*.pdf"):
        pdf.write_bytes(b"%PDF other") if damage == "changed" else pdf.unlink()
    report = deliver(ledger, found)
    assert (report.sent, report.held) == (0, 3)


@pytest.mark.parametrize("damage", ["changed", "removed", "anothers"])
def test_a_workbook_that_is_not_the_recorded_one_holds_the_managers_letter_alone(ledger, tmp_path, damage):
    found, _, _ = mailed_revision(ledger, tmp_path)
    (book,) = tmp_path.glob("data/reports/*.xlsx")
    of_somebody = next(tmp_path.glob("data/reports/employee-*.pdf")).read_bytes()
    content = {"changed": b"PK other", "anothers": of_somebody}.get(damage)
    book.unlink() if content is None else book.write_bytes(content)
    report = deliver(ledger, found)
    assert (report.sent, report.held) == (2, 1)


def test_a_name_that_could_break_a_header_is_held_back(ledger, tmp_path):
    people = (person("E1", name="李\r\nBcc: everybody@example.com"), person("NA"))
    made = record(ledger, revision_input(results=results(people, (department(managers=()),))))
    record_documents(ledger, made.id, write_documents(tmp_path, [("employee", "E1"), ("employee", "NA")]), NOON)
    found = company(tmp_path)
    queue_revision(ledger, found, made.id, {"E1": "e1@example.com", "NA": "na@example.com"}, at=NOON, hold=False)
    report = deliver(ledger, found)
    assert (report.sent, report.held) == (1, 1)
    assert not any(b"everybody@example.com" in file.read_bytes() for file in sent_files(found))


def test_mail_of_an_older_revision_is_not_sent_once_a_newer_one_is_queued(ledger, tmp_path):
    mailed_revision(ledger, tmp_path)
    assert len(outbox.claim(ledger, "somebody who died", NOON - timedelta(days=1), 60, 9)) == 3
    found, made, _ = mailed_revision(ledger, tmp_path, snapshot="s2")
    report = deliver(ledger, found)
    assert (report.sent, report.cancelled) == (3, 3)
    assert {row.revision_id for row in outbox.rows(ledger, states=("sent",))} == {made.id}


def test_an_outbox_folder_that_cannot_be_written_leaves_everything_queued(ledger, tmp_path):
    found, _, _ = mailed_revision(ledger, tmp_path)
    found.outbox.parent.mkdir(exist_ok=True)
    found.outbox.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="outbox folder"):
        deliver(ledger, found)
    assert outbox.counts(ledger) == {"queued": 3}
    found.outbox.unlink()
    assert deliver(ledger, found).sent == 3


def test_only_messages_of_unknown_or_failed_fate_can_be_resolved(ledger, tmp_path):
    found, _, _ = mailed_revision(ledger, tmp_path)
    row = outbox.rows(ledger)[0]
    with pytest.raises(DeliveryError, match="nothing to resolve"):
        resolve(ledger, row.message_id, sent=True, by="Li Na")
    with pytest.raises(NotFoundError):
        resolve(ledger, "none@example.com", sent=True, by="Li Na")
    for fate in ("claimed", "sending", "unknown"):
        row = outbox.advance(ledger, row, fate, NOON, by="x", attempt=2)
    assert resolve(ledger, row.message_id.strip("<>"), sent=False, by="Li Na") == "queued"
    last = outbox.get(ledger, row.message_id)
    assert (last.state, last.by, last.attempt) == ("queued", "Li Na", 0)
    assert deliver(ledger, found).sent == 3


def test_who_cannot_be_reached_is_an_error_for_those_who_ask(ledger, tmp_path):
    found, _, queued = mailed_revision(ledger, tmp_path, addresses={"NA": "na@example.com"})
    report = deliver(ledger, found)
    require_delivered(report)
    with pytest.raises(DeliveryError, match="manager E1 of department customer_service") as refused:
        require_delivered(report, queued.findings)
    assert refused.value.exit_code == 8
