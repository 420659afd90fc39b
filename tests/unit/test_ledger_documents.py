"""Documents and the status of periods."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.warehouse.ledger import record
from flows.warehouse.ledger_documents import documents, record_documents
from flows.warehouse.ledger_periods import set_status, status
from tests.ledger import NOON, document, revision_input
from transforms.errors import PeriodError, StorageError


def test_documents_are_recorded_once(ledger):
    made = record(ledger, revision_input())
    assert record_documents(ledger, made.id, [document(), document("NA")], NOON) == 2
    assert record_documents(ledger, made.id, [document("NA")], NOON + timedelta(1)) == 0
    assert [d.subject_id for d in documents(ledger, made.id)] == ["E1", "NA"]


def test_a_document_that_comes_out_different_is_refused(ledger):
    made = record(ledger, revision_input())
    record_documents(ledger, made.id, [document()], NOON)
    with pytest.raises(StorageError, match="came out different"):
        record_documents(ledger, made.id, [replace(document(), pdf_sha256="other"), document("E2")], NOON)
    assert documents(ledger, made.id) == (document(),)


def test_a_period_goes_from_open_to_provisional_to_final(ledger):
    made = record(ledger, revision_input())
    seen = [status(ledger, "2026-10")]
    for new in ("provisional", "provisional", "final"):
        set_status(ledger, "2026-10", new, made.id, NOON, by="flow")
        seen.append(status(ledger, "2026-10"))
    assert seen == ["open", "provisional", "provisional", "final"]
    with pytest.raises(PeriodError, match="cannot become provisional"):
        set_status(ledger, "2026-10", "provisional", made.id, NOON, by="flow")
