"""The Jinja environment: everything is escaped, nothing may be undefined, a company's templates go before ours."""

from functools import cache, partial

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flows.rendering import charts
from flows.rendering.codes import qr
from flows.rendering.formats import Formats
from flows.rendering.languages import TEMPLATES, translations
from flows.rendering.look import EXTRA, OURS, OWN, PLAIN, Look
from flows.rendering.multiples import both_ways, box_below, panel
from flows.rendering.plots import plot
from flows.rendering.strips import dumbbell, strip
from transforms.titles import Locale

CHARTS = {
    name: getattr(charts, name) for name in ("bullet", "spark", "trend", "recent", "scale", "histogram", "box", "share")
}
MULTIPLES = {"both_ways": both_ways, "box_below": box_below, "panel": panel}


@cache
def environment(locale: Locale, currency: str, look: Look = PLAIN) -> Environment:
    """Templates that speak one language. `autoescape=True` also covers `.html.j2`, `select_autoescape` would not.

    A company's own template goes before ours of the same name, and reaches ours as `jixiao/NAME`.
    """
    words = look.words_in(locale)
    env = ImmutableSandboxedEnvironment(
        loader=_loader(look),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_translations(translations(locale, words), newstyle=True)  # type: ignore[attr-defined]
    formats = Formats(locale, currency, look.numbers, words)
    names = (
        "number",
        "count",
        "fine",
        "digits",
        "percent",
        "percent_text",
        "money",
        "signed_money",
        "amount",
        "glance",
        "glanced",
        "mean",
        "exactly",
        "precisely",
        "change",
        "signed",
        "day",
        "short_day",
        "period",
        "days",
        "short_period",
        "title",
        "labelled",
    )
    env.filters.update({name: getattr(formats, name) for name in names})
    env.globals.update(
        CHARTS, **MULTIPLES, plot=plot, strip=strip, dumbbell=dumbbell, qr=qr, locale=locale, logo=look.logo
    )
    env.globals["scale"] = partial(charts.scale, locale=locale)
    return env


def _loader(look: Look) -> BaseLoader:
    """The company's templates are named in a traceback by their place in its folder."""
    ours, own = FileSystemLoader(TEMPLATES), dict(look.files)
    theirs = FunctionLoader(lambda name: (own[name], f"{OWN}/{name}", None) if name in own else None)
    return ChoiceLoader([theirs, ours, PrefixLoader({OURS: ours})])


@cache
def stylesheet(*names: str, look: Look = PLAIN) -> str:
    """Stylesheets, one after the other; a company's own in place of ours of the same name."""
    return "\n".join(_style(name, dict(look.files)) for name in names)


def _style(name: str, own: dict[str, str]) -> str:
    if name in own or name == EXTRA:
        return own.get(name, "")
    return (TEMPLATES / name).read_text(encoding="utf-8")
