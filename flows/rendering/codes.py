"""The short code of a document, computed from what it says, and its QR code.

A code is eleven characters of the content's hash and one that checks them, in groups of four: `K7Q4-9XMT-2B8C`. The
alphabet has neither 0 nor O, neither 1 nor I. The check is a weighted sum over the field of 32 elements, every place
with a weight of its own: one wrong character is always seen, and so are any two that changed places.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from markupsafe import Markup, escape

from flows.rendering.svg import INK, PAGE, SVG
from transforms.errors import RuleError

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
BITS, GROUP, LENGTH = 5, 4, 12
HASHED = LENGTH - 1
QUIET = 4  # modules of white around a QR code, as ISO/IEC 18004 asks for
_FIELD = 0b100101  # x⁵ + x² + 1, primitive: the powers of x are 31 different weights
_SEPARATORS = re.compile(r"[\s\u2010-\u2015-]+")
_TODO = "read it again: 12 letters and digits, never 0, O, 1 or I"


def code_of(content_sha256: str) -> str:
    """The code of a content by its hash (hexadecimal): 55 bits of it, and the check."""
    bits = int(content_sha256, 16) >> (len(content_sha256) * 4 - HASHED * BITS)
    values = [bits >> BITS * place & 31 for place in reversed(range(HASHED))]
    return _grouped("".join(ALPHABET[value] for value in (*values, _check(values))))


def typed(text: str) -> str:
    """A code as it is printed, from what somebody typed: case, blanks and hyphens do not matter.

    Raises:
        RuleError: it cannot be a code: characters too many, too few, or none of ours; or one was mistyped.
    """
    plain = bare(text)
    if strange := sorted(set(plain) - set(ALPHABET)):
        raise RuleError(f"{text!r} is no code of a document: {', '.join(strange)} is never in one", todo=_TODO)
    if len(plain) != LENGTH:
        raise RuleError(f"{text!r} is no code of a document: it has {len(plain)} characters, not {LENGTH}", todo=_TODO)
    *values, check = (ALPHABET.index(character) for character in plain)
    if _check(values) != check:
        raise RuleError(f"{_grouped(plain)} is mistyped: its last character does not fit the others", todo=_TODO)
    return _grouped(plain)


def bare(text: str) -> str:
    """A code without what only helps to read it."""
    return _SEPARATORS.sub("", text).upper()


def means(text: str, content_sha256: str) -> bool:
    """Whether the beginning of a code, or of a hash as older paper has it, is this content's."""
    return content_sha256.startswith(text.strip().lower()) or bare(code_of(content_sha256)).startswith(bare(text))


def start_of(code: str) -> str:
    """The hexadecimal digits of the hash that a code tells whole: 13, of its 55 bits."""
    bits, whole = 0, HASHED * BITS // 4
    for character in bare(code)[:HASHED]:
        bits = bits << BITS | ALPHABET.index(character)
    return f"{bits >> HASHED * BITS - 4 * whole:0{whole}x}"


def qr(content: str, label: str) -> Markup:
    """A QR code with its quiet zone, error correction M; dark on light also where the page is dark."""
    import segno

    rows = segno.make(content, error="m", micro=False, boost_error=False).matrix
    size = len(rows) + 2 * QUIET
    name = f'class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{escape(label)}"'
    ground = f'<rect width="{size}" height="{size}" fill="{PAGE}"/>'
    dark = f'<path d="{"".join(_runs(rows))}" stroke="{INK}" fill="none"/>'
    return Markup(f'<svg xmlns="{SVG}" {name}>{ground}{dark}</svg>')  # noqa: S704 - the label is escaped, else numbers


def _runs(rows: Iterable[bytearray]) -> Iterator[str]:
    """The dark modules of each row as strokes of a module's width."""
    for y, row in enumerate(rows):
        x = QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y + QUIET}.5h{length}"
            x += length


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _check(values: Iterable[int]) -> int:
    """Each value times a power of x of its own, summed; the check itself has the weight 1."""
    total = 0
    for value in values:
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled > 31 else doubled  # noqa: PLR2004 - five bits
