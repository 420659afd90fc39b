"""Reports into files: HTML and PDF of a batch, in warm processes, each document on its own."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from flows.rendering.codes import code_of
from flows.rendering.content import content_sha256
from flows.rendering.look import PLAIN, Look
from flows.rendering.pool import each
from transforms.errors import Place, StorageError
from transforms.findings import Finding
from transforms.reports import Kind, Report
from transforms.titles import Locale

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_OTHER = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class RenderedDocument:
    """A document on disk: where it is, what it says (`content_sha256`), the bytes of its files, what was seen."""

    kind: Kind
    subject_id: str
    locale: Locale
    content_sha256: str
    html_path: Path
    pdf_path: Path
    html_sha256: str
    pdf_sha256: str
    html_bytes: int
    pdf_bytes: int
    xlsx_path: Path | None = None
    xlsx_sha256: str | None = None
    xlsx_bytes: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class FailedDocument:
    """A document that could not be made. `reason` holds no value of the report."""

    kind: Kind
    subject_id: str
    locale: Locale
    reason: str


@dataclass(frozen=True)
class _Job:
    report: Report
    locale: Locale
    folder: Path
    content: str
    look: Look


def render_batch(
    reports: Iterable[Report], folder: Path, locale: Locale, workers: int, look: Look = PLAIN
) -> list[RenderedDocument | FailedDocument]:
    """Write `<kind>-<subject id>.html` and `.pdf` into `folder`, in the order of `reports`.

    One document that cannot be made is returned as failed and does not touch the others.

    Raises:
        StorageError: the folder cannot be written.
    """
    _made(folder)
    jobs = [_Job(report, locale, folder, content_sha256(report, locale, look), look) for report in reports]
    outcomes = zip(jobs, each(_render, jobs, workers), strict=True)
    return [_settled(job, outcome) for job, outcome in outcomes]


def stem(kind: Kind, subject_id: str) -> str:
    """The ASCII name of a document's files; an id with other characters keeps what it can and gets a hash."""
    if _PLAIN.fullmatch(subject_id):
        return f"{kind}-{subject_id}"
    kept = _OTHER.sub("_", subject_id).strip("_")[:24]
    return f"{kind}-{kept}~{sha256(subject_id.encode()).hexdigest()[:10]}"


def _render(job: _Job) -> RenderedDocument:
    """One document, in a worker."""
    from flows.rendering.fonts import missing_glyphs
    from flows.rendering.html import paper_page, screen_page
    from flows.rendering.pdf import pdf

    report, code = job.report, code_of(job.content)
    page = paper_page(report, job.locale, code, job.look)
    html, paper = screen_page(report, job.locale, code, job.look).encode(), pdf(page, report.kind, job.look)
    path = job.folder / stem(report.kind, report.subject_id)
    html_path, pdf_path = path.with_name(path.name + ".html"), path.with_name(path.name + ".pdf")
    _write(html_path, html)
    _write(pdf_path, paper)
    return RenderedDocument(
        kind=report.kind,
        subject_id=report.subject_id,
        locale=job.locale,
        content_sha256=job.content,
        html_path=html_path,
        pdf_path=pdf_path,
        html_sha256=sha256(html).hexdigest(),
        pdf_sha256=sha256(paper).hexdigest(),
        html_bytes=len(html),
        pdf_bytes=len(paper),
        **_workbook(job, code, path),
        findings=missing_glyphs(page, report.subject_id if report.kind == "employee" else None),
    )


def _workbook(job: _Job, code: str, path: Path) -> dict[str, Any]:
    """A department's report as a workbook beside it; other reports have none."""
    if job.report.kind != "department":
        return {}
    from flows.workbooks.department import department_workbook

    book, target = department_workbook(job.report, job.locale, code), path.with_name(path.name + ".xlsx")
    _write(target, book)
    return {"xlsx_path": target, "xlsx_sha256": sha256(book).hexdigest(), "xlsx_bytes": len(book)}


def _settled(job: _Job, outcome: RenderedDocument | Exception) -> RenderedDocument | FailedDocument:
    if isinstance(outcome, RenderedDocument):
        return outcome
    if isinstance(outcome, OSError):
        what = f"documents cannot be written: {os.strerror(outcome.errno or 0)}"
        raise StorageError(what, where=Place(str(job.folder)), todo="make room or mend the folder, then run again")
    reason = f"could not be rendered ({type(outcome).__name__})"
    return FailedDocument(job.report.kind, job.report.subject_id, job.locale, reason)


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder for documents cannot be made: {error.strerror}"
        raise StorageError(
            what, where=Place(str(folder)), todo="make room or mend the folder, then run again"
        ) from error


def _write(path: Path, content: bytes) -> None:
    """All or nothing: a reader never sees half a file."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=path.suffix, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
            path.chmod(0o640)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
