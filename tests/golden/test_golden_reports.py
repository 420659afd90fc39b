"""The words and numbers of each kind of report, kept. JIXIAO_UPDATE_GOLDEN=1 writes them anew: read the diff."""

import os
import re
from html import unescape
from pathlib import Path

import pytest

from flows.rendering.html import paper_page
from tests.rendered import sample

CASES = [
    ("employee", "E2002", "zh-Hans"),
    ("employee", "E2005", "zh-Hant"),
    ("employee", "E2013", "en"),
    ("employee", "E1008", "zh-Hans"),
    ("department", "customer_service", "zh-Hans"),
    ("department", "operations", "en"),
    ("company", "company", "zh-Hant"),
]


def words(page: str) -> str:
    """The text of a page, a block a line, charts by their label."""
    page = re.sub(r'<svg[^>]*aria-label="([^"]*)".*?</svg>', r"[\1]", page, flags=re.DOTALL)
    page = re.sub(r"</(td|th)>", " | ", re.sub(r"\s+", " ", page))
    page = re.sub(r"</?(p|h\d|tr|li|dt|dd|div|section|title)[^>]*>", "\n", page)
    lines = (unescape(re.sub(r"<[^>]+>", "", line)).strip(" |") for line in page.splitlines())
    return "\n".join(re.sub(r"\s+", " ", line) for line in lines if line.strip()) + "\n"


@pytest.mark.parametrize(("kind", "subject", "locale"), CASES)
def test_the_report_says_what_it_said(kind, subject, locale):
    kept = Path(__file__).with_name(f"{kind}-{subject}-{locale}.txt")
    said = words(paper_page(sample(kind, subject), locale))
    if os.environ.get("JIXIAO_UPDATE_GOLDEN"):
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8")
