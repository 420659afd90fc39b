"""What several tests of documents ask of a PDF."""

import re
import subprocess
from pathlib import Path

from flows.rendering.html import paper_page
from flows.rendering.pdf import pdf
from tests.sample_results import all_history, context, results, score_history
from transforms.reports import company_report, department_report, employee_report


def sample(kind, subject_id=""):
    """A report of the fabricated month."""
    if kind == "employee":
        return employee_report(results(), subject_id, score_history(subject_id), context())
    if kind == "department":
        return department_report(results(), subject_id, all_history(), context())
    return company_report(results(), all_history(), context())


def paper_of(report, locale, code=""):
    """The PDF of a report."""
    return pdf(paper_page(report, locale, code), report.kind)


def text_of(pdf: bytes, folder: Path) -> str:
    """The text a reader can select, read back by poppler; white space as one blank."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    return re.sub(r"\s+", " ", read.stdout)
