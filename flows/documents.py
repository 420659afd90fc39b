"""The documents of a revision, made from the ledger alone: those that are there already, and the others in batches."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from flows import wiring
from flows.brand.look import look_of
from flows.company import Company
from flows.document_choice import choose, makers, wanted
from flows.progress import tell
from flows.rendering.documents import FailedDocument, RenderedDocument, render_batch
from flows.report_material import material, report_of
from flows.warehouse.ledger_documents import DocumentRecord, documents, record_documents
from flows.warehouse.ledger_findings import record_delivery_findings
from flows.warehouse.ledger_queries import get_revision, load_results
from transforms.errors import JixiaoError

BATCH = 40


def batches(company: Company, revision_id: int) -> list[list[str]]:
    """Take over the documents that are there, and name those to be made, as `kind:subject`, cut into batches."""
    engine = wiring.ledger(company)
    revision = get_revision(engine, revision_id)
    choice = choose(engine, company, revision, material(engine, company, revision))
    record_documents(engine, revision_id, choice.kept, datetime.now(UTC))
    return [list(choice.made[start : start + BATCH]) for start in range(0, len(choice.made), BATCH)]


def render(company: Company, revision_id: int, batch: Iterable[str]) -> int:
    """Make a batch, record it in the ledger, and return how many documents were made.

    A file that was there and is lost is made again as the revision that made it first did: its bytes are recorded.

    Raises:
        JixiaoError: some could not be made; the others are recorded, and a further run makes what is missing.
    """
    engine = wiring.ledger(company)
    by_maker = makers(engine, get_revision(engine, revision_id), batch)
    made = [each for maker, names in by_maker.items() for each in make(company, maker, names, company.reports)]
    whole = [document for document in made if isinstance(document, RenderedDocument)]
    record_documents(engine, revision_id, [_record(company, document) for document in whole], datetime.now(UTC))
    found = [finding for document in whole for finding in document.findings]
    record_delivery_findings(engine, revision_id, found, datetime.now(UTC))
    tell("documents", len(documents(engine, revision_id)), len(wanted(load_results(engine, revision_id))))
    _require_all(made)
    return len(whole)


def make(
    company: Company, revision_id: int, names: Iterable[str], reports: Path
) -> list[RenderedDocument | FailedDocument]:
    """Write documents of a revision into its folder below `reports`; nothing is recorded."""
    engine = wiring.ledger(company)
    revision = get_revision(engine, revision_id)
    made_of = material(engine, company, revision)
    settings, folder = company.settings.documents, reports / revision.period / f"r{revision.number}"
    reports = [report_of(name, made_of) for name in names]
    return render_batch(reports, folder, settings.locale, settings.workers, look_of(company))


def _require_all(made: Iterable[RenderedDocument | FailedDocument]) -> None:
    failed = [document for document in made if isinstance(document, FailedDocument)]
    if failed:
        told = ", ".join(f"{document.kind} {document.subject_id}: {document.reason}" for document in failed[:5])
        raise JixiaoError(
            f"{len(failed)} documents could not be made ({told})", todo="run the period again to make them"
        )


def _record(company: Company, made: RenderedDocument) -> DocumentRecord:
    def inside(path: Path) -> str:
        return str(path.relative_to(company.root))

    return DocumentRecord(
        kind=made.kind, subject_id=made.subject_id, locale=made.locale, content_sha256=made.content_sha256,
        html_sha256=made.html_sha256, pdf_sha256=made.pdf_sha256, html_path=inside(made.html_path),
        pdf_path=inside(made.pdf_path), html_bytes=made.html_bytes, pdf_bytes=made.pdf_bytes,
        xlsx_sha256=made.xlsx_sha256, xlsx_path=inside(made.xlsx_path) if made.xlsx_path else None,
        xlsx_bytes=made.xlsx_bytes,
    )  # fmt: skip
