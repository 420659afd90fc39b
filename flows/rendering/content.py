"""What a document says, as a hash: equal hashes mean that a reader would find nothing new."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from flows.rendering.fonts import font_version
from flows.rendering.languages import TEMPLATES
from flows.rendering.look import PLAIN, Look
from transforms.reports import Report
from transforms.titles import Locale

DRAWS_NOTHING = {"__init__.py", "content.py", "documents.py", "fonts.py", "house_font.py", "look.py", "pool.py"}
# The revision's own marks; the days of an appeal (they follow from the day of publication); and what is no result of
# this period: how it differs from what was mailed before, slips of other periods, who answered,
# corrections and appeals as entries, what waits for somebody, how schemes differ from last month's. The company's mean
# stands on a department's page to compare with: it moves with everybody's score, and no manager gets a letter for that.
UNSAID = {
    "head": {"footer": True}, "appeal": {"since": True, "until": True}, "changes": True, "slips": True,
    "record": True, "waiting": True, "redesigned": True,
    "acknowledgements": True, "company_mean": True, "company_values": True,
}  # fmt: skip


def content_sha256(report: Report, locale: Locale, look: Look = PLAIN) -> str:
    """Hash over the view model, the language, the company's look, templates, the drawing code and the house font."""
    said = report.model_dump(mode="json", exclude=UNSAID)
    versions = [locale, look.sha256, template_version(), font_version()]
    return sha256(json.dumps([versions, said], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def template_version() -> str:
    """A hash over templates, stylesheets, catalogues and the code that draws."""
    found = [path for path in TEMPLATES.rglob("*") if path.suffix in {".j2", ".css", ".po"}]
    apart = {TEMPLATES / "mail", TEMPLATES / "site"}  # letters and index pages are no part of a document
    templates = [path for path in found if path.parent not in apart]
    here = Path(__file__).parent
    code = [path for path in here.glob("*.py") if path.name not in DRAWS_NOTHING]
    code += [here.with_name("workbooks") / name for name in ("department.py", "writing.py")]
    digest = sha256()
    for path in sorted([*templates, *code], key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
