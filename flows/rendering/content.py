"""What a document says, as a hash: equal hashes mean that a reader would find nothing new."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from flows.rendering.fonts import font_version
from flows.rendering.languages import TEMPLATES
from transforms.reports import Report
from transforms.titles import Locale

DRAWN_BY = ("charts.py", "formats.py", "html.py", "palette.py", "pdf.py", "plots.py", "svg.py", "texts.py")
# The revision's own marks; the days of an appeal (they follow from the day of publication); and what is no result of
# this period: how it differs from what was mailed before, slips of other periods, who answered. The company's mean
# stands on a department's page to compare with: it moves with everybody's score, and no manager gets a letter for that.
UNSAID = {
    "head": {"footer": True}, "appeal": {"since": True, "until": True}, "changes": True, "slips": True,
    "acknowledgements": True, "company_mean": True,
}  # fmt: skip


def content_sha256(report: Report, locale: Locale) -> str:
    """Hash over the view model, the language, the templates, the drawing code and the house font."""
    said = report.model_dump(mode="json", exclude=UNSAID)
    versions = [locale, template_version(), font_version()]
    return sha256(json.dumps([versions, said], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def template_version() -> str:
    """A hash over templates, stylesheets, catalogues and the code that draws."""
    templates = [path for path in TEMPLATES.rglob("*") if path.suffix in {".j2", ".css", ".po"}]
    code = [path for path in Path(__file__).parent.glob("*.py") if path.name in DRAWN_BY]
    digest = sha256()
    for path in sorted([*templates, *code], key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
