"""A ledger on each database, and results to record in it."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows.company import Company, CompanySettings, Delivery
from flows.delivery import queue_revision
from flows.mail.letter import Attachment, Letter
from flows.warehouse import outbox
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import RevisionInput, record
from flows.warehouse.ledger_documents import DocumentRecord, record_documents
from flows.warehouse.ledger_findings import record_delivery_findings
from flows.warehouse.ledger_hash import SchemeVersion
from flows.warehouse.ledger_upgrade import upgrade
from transforms.findings import Finding, Severity
from transforms.metrics.model import MetricValue
from transforms.period import Period, parse
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult, Trace
from transforms.titles import Title

SETTINGS = CompanySettings(name=Title(zh_hans="示例公司", en="Example"))
SCHEME = SchemeVersion(
    scheme="cs_monthly", effective_from="2026-01-01",
    text=json.dumps({
        "scheme": "cs_monthly", "title": {"zh-Hans": "客服月度"}, "applies_to": {"department": "customer_service"},
        "versions": [{
            "effective_from": "2026-01-01", "approved": {"by": "HR", "date": "2025-12-01"},
            "judged_by": {"roles": {"manager": 100}}, "grades": {"good": 80},
            "indicators": [{"manual": "service_skill", "weight": 100, "title": {"zh-Hans": "服务技巧"}}],
        }],
    }),
)  # fmt: skip
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request, tmp_path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    return request.getfixturevalue("postgres_database")


@pytest.fixture
def ledger(ledger_url):
    """A ledger with its tables, empty."""
    engine = open_ledger(ledger_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_ledger(tmp_path):
    """The default ledger, for tests of what does not depend on the database."""
    engine = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def person(employee_id, score="87.35", department_id="customer_service", name="李喆") -> PersonResult:
    """Somebody with a score and no cards."""
    number = None if score is None else Decimal(score)
    return PersonResult(
        employee_id=employee_id, name=name, department_id=department_id, cards=(), working_days=18,
        period_working_days=18, score=number, grade="good", grade_title=Title(zh_hans="良好"), rank=1, ranked_of=2,
        provisional=False, trace=Trace(op="mean", label="score", value=number),
    )  # fmt: skip


def department(department_id="customer_service", managers=("E1",), employees=("E1", "E2")) -> DepartmentResult:
    """A department with its managers and people."""
    return DepartmentResult(
        department_id=department_id, title=Title(zh_hans="客服部", zh_hant="客服部", en="Customer service"),
        manager_ids=managers, employee_ids=employees, card=None, mean_score=Decimal("88.0"),
        median_score=None, grades={"good": 2}, provisional=False,
    )  # fmt: skip


def results(people=None, departments=None, period="2026-10", *, provisional=False) -> PeriodResults:
    """Two people of one department, a value, a finding, contacts filtered out."""
    people = (person("E1"), person("NA", None)) if people is None else people
    departments = (department(employees=tuple(p.employee_id for p in people)),) if departments is None else departments
    value = MetricValue(
        level="employee", subject_id="E1", department_id=None, window=period, metric="csat_rate",
        numerator=Decimal("9007199254740993.10"), denominator=Decimal(3),
        value=Decimal("0.3333333333333333333333333333"),
    )  # fmt: skip
    finding = Finding(
        check="orders.paid_before_created", severity=Severity.WARNING, table="orders", rows=2, message="m", todo="t",
        sample_keys=("O1",), employee_ids=("NA",),
    )  # fmt: skip
    return PeriodResults(
        period=period, provisional=provisional, provisional_until=date(2026, 11, 5) if provisional else None,
        people=people, departments=departments, values=(value,), findings=(finding,),
        filtered={"E1": {"after_sales": 3}, "NA": {}},
    )  # fmt: skip


def revision_input(snapshot_id="s1", period="2026-10", **more) -> RevisionInput:
    """A revision ready to record; arguments replace its fields."""
    days: Period = parse(period)
    fields = {
        "period": days, "snapshot_id": snapshot_id, "schemes": (SCHEME,), "settings": SETTINGS, "code_version": "1",
        "created_at": NOON, "results": results(period=period),
    }  # fmt: skip
    return RevisionInput(**(fields | more))


def document(subject_id="E1", kind="employee", pdf=b"%PDF-1.7 report", path="") -> DocumentRecord:
    """A document as rendering records it."""
    return DocumentRecord(
        kind=kind, subject_id=subject_id, locale="zh-Hans", content_sha256=hashlib.sha256(pdf).hexdigest(),
        html_sha256="0" * 64, pdf_sha256=hashlib.sha256(pdf).hexdigest(), html_path=f"{path or subject_id}.html",
        pdf_path=f"{path or subject_id}.pdf", html_bytes=10, pdf_bytes=len(pdf),
    )  # fmt: skip


def write_documents(root: Path, subjects) -> list[DocumentRecord]:
    """PDF files under a company folder, each with bytes of its own, as (kind, subject); a department has a workbook."""
    made = []
    for kind, subject in subjects:
        path = f"data/reports/{kind}-{hashlib.sha256(subject.encode()).hexdigest()[:8]}"
        pdf = f"%PDF-1.7 {kind} {subject}".encode()
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / f"{path}.pdf").write_bytes(pdf)
        made.append(document(subject, kind, pdf, path))
        if kind == "department":
            made[-1] = _with_workbook(root, path, made[-1])
    return made


def _with_workbook(root: Path, path: str, made: DocumentRecord) -> DocumentRecord:
    book = f"PK workbook {made.subject_id}".encode()
    (root / f"{path}.xlsx").write_bytes(book)
    return replace(made, xlsx_path=f"{path}.xlsx", xlsx_sha256=hashlib.sha256(book).hexdigest(), xlsx_bytes=len(book))


def mail(engine, revision_id) -> None:
    """One message in the outbox and a finding of its mailing."""
    made = letter(revision_id=revision_id)
    outbox.queue(engine, revision_id, made.period, [made], NOON, "queued")
    finding = Finding(
        check="documents.no_address", severity=Severity.WARNING, table="documents", rows=1, message="m", todo="t",
        sample_keys=("E9",),
    )  # fmt: skip
    record_delivery_findings(engine, revision_id, [finding], NOON)


def letter(number=1, **more) -> Letter:
    """A letter with one attachment; arguments replace its fields."""
    attachment = Attachment(
        kind="employee", subject_id="E1", title="李喆", file_name="employee_2026-10_E1.pdf", path="E1.pdf",
        pdf_sha256="0" * 64, pdf_bytes=10,
    )  # fmt: skip
    fields = {
        "message_id": f"<{number:040x}@example.com>", "period": "2026-10", "revision_id": 1, "revision_number": 1,
        "kind": "own", "recipient_id": f"E{number}", "recipient_name": "李喆", "address": f"e{number}@example.com",
        "sender": "jixiao@example.com", "company": SETTINGS.name, "part": 1, "parts": 1, "locale": "zh-Hans",
        "provisional": False, "dated": NOON, "attachments": (attachment,),
    }  # fmt: skip
    return Letter.model_validate(fields | more)


def company(root: Path, **delivery) -> Company:
    """A company folder whose mail leaves as told."""
    settings = CompanySettings(name=SETTINGS.name, delivery=Delivery(**delivery))
    return Company(root, settings)


def mailed_revision(engine, root: Path, addresses=None, *, hold=False, snapshot="s1", **delivery):
    """A company with one revision of department customer_service (E1 manages E1, NA) rendered and queued."""
    made = record(engine, revision_input(snapshot))
    subjects = [("employee", "E1"), ("employee", "NA"), ("department", "customer_service"), ("company", "company")]
    record_documents(engine, made.id, write_documents(root, subjects), NOON)
    found = company(root, **delivery)
    known = {"E1": "e1@example.com", "NA": "na@example.com"} if addresses is None else addresses
    return found, made, queue_revision(engine, found, made.id, known, at=NOON, hold=hold)
