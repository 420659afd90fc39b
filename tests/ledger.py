"""A ledger on each database, and results to record in it."""

import hashlib
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from flows.company import CompanySettings
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import RevisionInput
from flows.warehouse.ledger_documents import DocumentRecord
from flows.warehouse.ledger_hash import SchemeVersion
from flows.warehouse.ledger_upgrade import upgrade
from transforms.findings import Finding, Severity
from transforms.metrics.model import MetricValue
from transforms.period import Period, parse
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult, Trace
from transforms.titles import Title

SETTINGS = CompanySettings(name=Title(zh_hans="示例公司", en="Example"))
SCHEME = SchemeVersion(scheme="cs_monthly", effective_from="2026-01-01", text="scheme: cs_monthly\n")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request, tmp_path):
    """An empty database of each kind; PostgreSQL's is made for the test and dropped after it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.sqlite'}"
        return
    server = sa.make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql+psycopg")
    name = f"ledger_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as con:
        con.execute(sa.text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as con:
        con.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


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
