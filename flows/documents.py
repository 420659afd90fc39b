"""The documents of a revision, made from the ledger alone: which are missing, and making them in batches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.progress import tell
from flows.rendering.documents import FailedDocument, RenderedDocument, render_batch
from flows.scheme_records import of_revision
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import DocumentRecord, documents, record_documents
from flows.warehouse.ledger_findings import record_delivery_findings
from flows.warehouse.ledger_queries import get_revision, load_results, previous_scores
from transforms.errors import JixiaoError
from transforms.period import Period, parse, working_days
from transforms.reports import (
    AppealWindow,
    GradeBound,
    Report,
    ReportContext,
    ScorePoint,
    company_report,
    department_report,
    employee_report,
)
from transforms.schemes.scheme import Version
from transforms.scoring.combine import grade_of
from transforms.scoring.results import PeriodResults

BATCH = 40
_LONGEST_HOLIDAY_DAYS = 30
# How many periods of any cycle to look back for one of the own: months stand between quarters, both between years.
_PERIODS = {"month": 2, "quarter": 5, "year": 17}


@dataclass(frozen=True)
class _Material:
    """What every document of a revision is made of."""

    results: PeriodResults
    history: dict[str, tuple[ScorePoint, ...]]
    context: ReportContext


def batches(company: Company, revision_id: int) -> list[list[str]]:
    """The documents of a revision that are not there yet, as `kind:subject`, cut into batches."""
    engine = wiring.ledger(company)
    there = {f"{made.kind}:{made.subject_id}" for made in documents(engine, revision_id) if _intact(company, made)}
    missing = [name for name in _wanted(load_results(engine, revision_id)) if name not in there]
    return [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]


def render(company: Company, revision_id: int, batch: Iterable[str]) -> int:
    """Make a batch, record it in the ledger, and return how many documents were made.

    Raises:
        JixiaoError: some could not be made; the others are recorded, and a further run makes what is missing.
    """
    engine = wiring.ledger(company)
    revision = get_revision(engine, revision_id)
    material = _material(engine, company, revision)
    settings, folder = company.settings.documents, company.reports / revision.period / f"r{revision.number}"
    made = render_batch([_report(name, material) for name in batch], folder, settings.locale, settings.workers)
    whole = [document for document in made if isinstance(document, RenderedDocument)]
    record_documents(engine, revision_id, [_record(company, document) for document in whole], datetime.now(UTC))
    found = [finding for document in whole for finding in document.findings]
    record_delivery_findings(engine, revision_id, found, datetime.now(UTC))
    tell("documents", len(documents(engine, revision_id)), len(_wanted(material.results)))
    _require_all(made)
    return len(whole)


def _require_all(made: Iterable[RenderedDocument | FailedDocument]) -> None:
    failed = [document for document in made if isinstance(document, FailedDocument)]
    if failed:
        told = ", ".join(f"{document.kind} {document.subject_id}: {document.reason}" for document in failed[:5])
        raise JixiaoError(
            f"{len(failed)} documents could not be made ({told})", todo="run the period again to make them"
        )


def _wanted(results: PeriodResults) -> list[str]:
    return [
        "company:company",
        *(f"department:{department.department_id}" for department in results.departments),
        *(f"employee:{person.employee_id}" for person in results.people),
    ]


def _report(name: str, material: _Material) -> Report:
    kind, _, subject = name.partition(":")
    if kind == "employee":
        return employee_report(material.results, subject, material.history.get(subject, ()), material.context)
    if kind == "department":
        return department_report(material.results, subject, material.history, material.context)
    return company_report(material.results, material.history, material.context)


def _material(engine: sa.Engine, company: Company, revision: RecordedRevision) -> _Material:
    results = load_results(engine, revision.id)
    people = [person.employee_id for person in results.people]
    period = parse(revision.period)
    past = previous_scores(engine, people, period, company.settings.documents.trend_months * _PERIODS[period.cycle])
    history = {who: tuple(ScorePoint(period=p.period, score=p.score) for p in points) for who, points in past.items()}
    return _Material(results, history, _context(engine, company, revision))


def _context(engine: sa.Engine, company: Company, revision: RecordedRevision) -> ReportContext:
    settings = company.settings
    dated = revision.created_at.astimezone(ZoneInfo(settings.time_zone)).date()
    window = settings.documents.appeal_working_days
    bounds = {scheme.scheme: _bounds(version) for scheme, version in of_revision(engine, revision.id)}
    return ReportContext(
        company=settings.name, currency=settings.currency, revision=revision.number, snapshot_id=revision.snapshot_id,
        dated=dated, appeal=AppealWindow(working_days=window, until=_until(company, dated, window)),
        grade_bounds=bounds, trend_months=settings.documents.trend_months,
    )  # fmt: skip


def _bounds(version: Version) -> tuple[GradeBound, ...]:
    """Where each grade begins, the lowest at 0."""
    starts = sorted({Decimal(0), *(grade.at_least for grade in version.graded().values())}, reverse=True)
    titled = ((start, grade_of(start, version)[1]) for start in starts)
    return tuple(GradeBound(title=title, at_least=start) for start, title in titled if title is not None)


def _until(company: Company, dated: date, count: int) -> date:
    """The last of `count` working days after `dated`."""
    calendar = company.settings.calendar
    ahead = Period(dated + timedelta(1), dated + timedelta(count * 2 + _LONGEST_HOLIDAY_DAYS))
    days = working_days(ahead.days, calendar.holidays, calendar.make_up_days)
    return days[count - 1] if count else dated


def _record(company: Company, made: RenderedDocument) -> DocumentRecord:
    def inside(path: Path) -> str:
        return str(path.relative_to(company.root))

    return DocumentRecord(
        kind=made.kind, subject_id=made.subject_id, locale=made.locale, content_sha256=made.content_sha256,
        html_sha256=made.html_sha256, pdf_sha256=made.pdf_sha256, html_path=inside(made.html_path),
        pdf_path=inside(made.pdf_path), html_bytes=made.html_bytes, pdf_bytes=made.pdf_bytes,
    )  # fmt: skip


def _intact(company: Company, made: DocumentRecord) -> bool:
    """Whether both files are there with the bytes the ledger knows; a file somebody changed is made again."""
    files = ((made.html_path, made.html_sha256), (made.pdf_path, made.pdf_sha256))
    paths = [(company.root / path, wanted) for path, wanted in files]
    return all(path.exists() and sha256(path.read_bytes()).hexdigest() == wanted for path, wanted in paths)
