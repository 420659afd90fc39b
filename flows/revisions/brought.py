"""A file somebody brings: the codes that can be read in it, as far as it can be read."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Literal

from flows.rendering.codes import ALPHABET, typed
from transforms.errors import RuleError

Brought = Literal["genuine", "altered", "unknown"]
PDF = b"%PDF-"
_CODE = re.compile(rf"\b(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}\b")


def codes_in(content: bytes) -> tuple[str, ...]:
    """The codes in a PDF's metadata and text, or in the text of another file; each once, as they come."""
    return tuple(dict.fromkeys(code for text in _texts(content) for code in _well_formed(text)))


def _well_formed(text: str) -> Iterator[str]:
    for each in _CODE.findall(text):
        try:
            yield typed(each)
        except RuleError:  # looks like one: its check does not fit
            continue


def _texts(content: bytes) -> Iterator[str]:
    if not content.startswith(PDF):
        yield content.decode(errors="replace")
        return
    yield from _texts_of_pdf(content)


def _texts_of_pdf(content: bytes) -> Iterator[str]:
    """What of a PDF can be read: a damaged one may yield nothing."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content))
        yield str((reader.metadata or {}).get("/Keywords", ""))
        yield from (page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return
