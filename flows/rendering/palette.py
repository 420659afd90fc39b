"""The few colours of a report: literals on paper, variables on a screen, where dark mode gives them other values.

Stylesheets say `var(--ink)`. WeasyPrint gets the literal (resolving variables costs it time); a browser gets the
variables, and rules that turn the literals of drawings into them, as a page's styles do not reach into attributes.
A company may choose the accent; its tints, and the accent of the dark page, follow from it.
"""

import re
from collections.abc import Mapping
from functools import cache

LIGHT = {
    "ink": "#1b2430",  # text
    "soft": "#5d6875",  # what stands beside it; 5.6:1 on white
    "quiet": "#6b7580",  # ids and sources; 4.7:1
    "accent": "#23506e",  # what was reached
    "accent-2": "#6f93aa",  # the same, second of a series
    "pale": "#b9c9d4",  # the same, third of a series
    "paler": "#dfe6eb",  # the same, last of a series
    "faint": "#e6e9ec",  # the ground of a bar
    "hair": "#dfe3e7",  # lines between rows
    "rule": "#c3cad1",  # lines between parts
    "rule-strong": "#9aa5b0",
    "page": "#ffffff",
    "desk": "#eef1f3",  # what the page lies on
    "mark": "#f4f6f8",  # a watermark: text over it keeps its contrast
}
DARK = {
    "ink": "#e4e9ee",
    "soft": "#a6b1bc",
    "quiet": "#98a4b0",
    "accent": "#8cbbd9",
    "accent-2": "#6391ad",
    "pale": "#46687e",
    "paler": "#35495a",
    "faint": "#2b3540",
    "hair": "#2c3641",
    "rule": "#3d4956",
    "rule-strong": "#5c6a78",
    "page": "#151c24",
    "desk": "#0e141a",
    "mark": "#10161d",
}
# How far the tints of an accent lie on the way to the page, in hundredths; read off the colours above.
_TOWARDS_PAGE = {"accent-2": (38, 28), "pale": (69, 54), "paler": (86, 72)}
READABLE = 4.5  # WCAG 2.2 AA, text
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_DARK_CONTRAST = 7.0
_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_DRAWN = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{6})"')


def literal(css: str, accent: str = "") -> str:
    """A stylesheet with every variable replaced by its colour on paper.

    Raises:
        KeyError: a variable that is none of the palette's.
    """
    colours = light(accent)
    return _VARIABLE.sub(lambda found: colours[found[1]], css)


def variables(accent: str = "") -> str:
    """The rules that give the variables their values on a screen, light and dark, and colour the drawings by them."""
    bright, night = light(accent), dark(accent)
    logo = f".logo {{ background: {bright['page']}; padding: 2px; }}"  # drawn for a white page
    at_night, own_colours = "screen and (prefers-color-scheme: dark)", "screen and (forced-colors: active)"
    drawings = f"@media {at_night}, {own_colours} {{ {_drawings(bright)} }}\n"
    return _root(bright) + f"@media {at_night} {{ {_root(night)} {logo} }}\n" + drawings


def drawn(page: str, accent: str = "") -> str:
    """A page whose drawings hold the company's accent and tints in place of the house's."""
    ours, theirs = light(), light(accent)
    if ours == theirs:
        return page
    other = {ours[name]: theirs[name] for name in ("accent", *_TOWARDS_PAGE)}
    return _DRAWN.sub(lambda found: f'{found[1]}="{other.get(found[2], found[2])}"', page)


@cache
def light(accent: str = "") -> Mapping[str, str]:
    """The colours on paper and on a bright screen."""
    return LIGHT | _tints(accent, LIGHT["page"], 0) if accent else LIGHT


@cache
def dark(accent: str = "") -> Mapping[str, str]:
    """The colours on a dark screen: the accent is lightened until it can be read there."""
    if not accent:
        return DARK
    shares = (mixed(accent, "#ffffff", share) for share in range(101))
    readable = next(colour for colour in shares if contrast(colour, DARK["page"]) >= _DARK_CONTRAST)
    return DARK | _tints(readable, DARK["page"], 1)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on_white(accent: str) -> str:
    """An accent in small letters; text in it can be read on paper.

    Raises:
        ValueError: not a colour, or its contrast is below WCAG's 4.5:1 for text; the message is for the user.
    """
    colour = accent.lower()
    if colour and not _COLOUR.fullmatch(colour):
        message = f"'{accent}' is not a colour; write it as \"#23506e\", in quotes"
        raise ValueError(message)
    if colour and (reached := contrast(colour, LIGHT["page"])) < READABLE:
        darker = next(c for c in (mixed(colour, "#000000", share) for share in range(101)) if _readable(c))
        message = f"{accent} cannot be read on white: its contrast is {reached:.1f}:1, {READABLE}:1 is needed"
        raise ValueError(f"{message}; {darker} would do")
    return colour


def _readable(colour: str) -> bool:
    return contrast(colour, LIGHT["page"]) >= READABLE


def mixed(colour: str, other: str, share: int) -> str:
    """A colour on the way to another; `share` is how far, in hundredths."""
    parts = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(ours + (theirs - ours) * share / 100):02x}" for ours, theirs in parts)


def _tints(accent: str, page: str, which: int) -> dict[str, str]:
    tints = {name: mixed(accent, page, shares[which]) for name, shares in _TOWARDS_PAGE.items()}
    return {"accent": accent, **tints}


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's own numbers


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _root(colours: Mapping[str, str]) -> str:
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in colours.items()) + " }\n"


def _drawings(colours: Mapping[str, str]) -> str:
    """Attributes of drawings hold the light literals; in the dark they follow the variables."""
    rules = (
        f'.chart [{attribute}="{value}"] {{ {attribute}: var(--{name}); }}'
        for name, value in colours.items()
        for attribute in ("fill", "stroke")
    )
    return " ".join(rules)
