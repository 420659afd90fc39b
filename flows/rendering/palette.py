"""The few colours of a report: literals on paper, variables on a screen, where dark mode gives them other values.

Stylesheets say `var(--ink)`. WeasyPrint gets the literal (resolving variables costs it time); a browser gets the
variables, and rules that turn the literals of drawings into them, as a page's styles do not reach into attributes.
"""

import re

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
}
_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


def literal(css: str, accent: str = "") -> str:
    """A stylesheet with every variable replaced by its colour on paper."""
    colours = LIGHT | ({"accent": accent} if accent else {})
    return _VARIABLE.sub(lambda found: colours[found[1]], css)


def variables(accent: str = "") -> str:
    """The rules that give the variables their values on a screen, light and dark, and colour the drawings by them."""
    light = LIGHT | ({"accent": accent} if accent else {})
    return _root(light) + f"@media screen and (prefers-color-scheme: dark) {{ {_root(DARK)} {_drawings(light)} }}\n"


def _root(colours: dict[str, str]) -> str:
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in colours.items()) + " }\n"


def _drawings(colours: dict[str, str]) -> str:
    """Attributes of drawings hold the light literals; in the dark they follow the variables."""
    rules = (
        f'.chart [{attribute}="{value}"] {{ {attribute}: var(--{name}); }}'
        for name, value in colours.items()
        for attribute in ("fill", "stroke")
    )
    return " ".join(rules)
