"""The house font, its fallbacks, and the characters none of them can draw."""

import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from unicodedata import category

from flows.rendering.languages import TEMPLATES
from transforms.findings import Finding, Severity

HOUSE = tuple(TEMPLATES / "fonts" / f"JixiaoSans-{style}.ttf" for style in ("Regular", "Bold"))
FAMILY = "Jixiao Sans"
FALLBACKS = ("Noto Sans CJK SC", "LXGW WenKai", "BabelStone Han")
WEIGHTS = (400, 700)
VARIATION_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


def face_rules() -> str:
    """`@font-face` rules of the house font."""
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("{}"); }}\n'
    return "".join(rule.format(FAMILY, weight, path.as_uri()) for weight, path in zip(WEIGHTS, HOUSE, strict=True))


@cache
def font_version() -> str:
    """A hash over the house font's files."""
    return sha256(b"".join(path.read_bytes() for path in HOUSE)).hexdigest()


def missing(text: str) -> Counter[int]:
    """Code points that neither the house font nor a fallback can draw, with how often they occur."""
    used = Counter(ord(character) for character in text if not _invisible(character))
    rare = used.keys() - house_points()
    lost = rare - fallback_points() if rare else set()
    return Counter({code: used[code] for code in lost})


def _invisible(character: str) -> bool:
    """Spaces, joiners and variation selectors: they need no glyph of their own."""
    return character.isspace() or category(character) == "Cf" or ord(character) in VARIATION_SELECTORS


def missing_glyphs(page: str, employee_id: str | None) -> tuple[Finding, ...]:
    """One finding a character; it names the code point, never the text it stands in."""
    return tuple(
        Finding(
            check="documents.missing_glyph",
            severity=Severity.WARNING,
            table="documents",
            rows=count,
            message=f"no installed font has the character U+{code:04X} (used {count} times)",
            todo="install a font that has it, or spell the name another way",
            sample_keys=(f"U+{code:04X}",),
            employee_ids=(employee_id,) if employee_id else (),
        )
        for code, count in sorted(missing(page).items())
    )


@cache
def house_points() -> frozenset[int]:
    """Code points both weights of the house font have."""
    regular, bold = (frozenset(_points(path, 0)) for path in HOUSE)
    return regular & bold


@cache
def fallback_points() -> frozenset[int]:
    """Code points of the installed fallback fonts; read only when a character is not in the house font."""
    return frozenset(code for path, number in _installed() for code in _points(path, number))


def _installed() -> Iterator[tuple[Path, int]]:
    for family in FALLBACKS:
        listed = subprocess.run(  # noqa: S603 - fixed words only
            ["fc-list", family, "--format", "%{file}\t%{index}\n"],  # noqa: S607 - fontconfig's own tool
            capture_output=True,
            text=True,
            check=True,
        )
        lines = sorted(line for line in listed.stdout.splitlines() if line)
        if lines:
            file, number = lines[0].split("\t")
            yield Path(file), int(number) & 0xFFFF


def _points(path: Path, number: int) -> Iterable[int]:
    from fontTools.ttLib import TTFont  # costs a third of a second

    with TTFont(path, lazy=True, fontNumber=number if path.suffix == ".ttc" else -1) as font:
        return list(font.getBestCmap())
