"""Plain text in lines of at most 72 columns, a Chinese character counting two, broken where its script may be."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

COLUMNS = 72
_PIECE = re.compile(r"\s+|[^\s\u2e80-\U0003ffff]+|[\u2e80-\U0003ffff]")  # blanks, a word, a Chinese character
_CLOSING = frozenset("，。；：！？、）》」』】”’…·％%,.;:!?)]}")  # never at the beginning of a line
_OPENING = frozenset("（《「『【“‘([{¥")  # never at its end


def folded(text: str) -> str:
    """The text with every line cut; more than one blank line becomes one."""
    lines = [part for line in text.splitlines() for part in _lines(line.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


@cache
def _columns_of(character: str) -> int:
    """A character whose width depends on the font (`·`, `→`) counts as in a Chinese one."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def columns(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(_columns_of, text))


def _lines(line: str) -> Iterator[str]:
    kept = ""
    for piece in _pieces(line):
        if kept and columns(kept) + columns(piece.rstrip()) > COLUMNS:
            yield kept.rstrip()
            kept = ""
        kept += piece if kept else piece.lstrip()
    yield kept.rstrip()


def _pieces(line: str) -> list[str]:
    """What may not be parted; what is longer than a line is cut all the same."""
    joined: list[str] = []
    for piece in _PIECE.findall(line):
        if joined and (piece[0] in _CLOSING or joined[-1][-1] in _OPENING):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [part for piece in joined for part in _cut(piece)]


def _cut(piece: str) -> Iterator[str]:
    kept = ""
    for character in piece:
        if columns(kept + character) > COLUMNS:
            yield kept
            kept = ""
        kept += character
    yield kept
