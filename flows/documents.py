"""The documents of a revision, made from the ledger alone: which are missing, and making them in batches."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flows import wiring
from flows.company import Company
from flows.progress import tell
from flows.rendering.documents import FailedDocument, RenderedDocument, render_batch
from flows.report_material import material, report_of
from flows.warehouse.ledger_documents import DocumentRecord, documents, record_documents
from flows.warehouse.ledger_findings import record_delivery_findings
from flows.warehouse.ledger_queries import get_revision, load_results
from transforms.errors import JixiaoError
from transforms.scoring.results import PeriodResults

BATCH = 40


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
    made_of = material(engine, company, revision)
    settings, folder = company.settings.documents, company.reports / revision.period / f"r{revision.number}"
    made = render_batch([report_of(name, made_of) for name in batch], folder, settings.locale, settings.workers)
    whole = [document for document in made if isinstance(document, RenderedDocument)]
    record_documents(engine, revision_id, [_record(company, document) for document in whole], datetime.now(UTC))
    found = [finding for document in whole for finding in document.findings]
    record_delivery_findings(engine, revision_id, found, datetime.now(UTC))
    tell("documents", len(documents(engine, revision_id)), len(_wanted(made_of.results)))
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
