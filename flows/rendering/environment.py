"""The Jinja environment: everything is escaped, nothing may be undefined, templates come from one folder."""

from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flows.rendering import charts
from flows.rendering.codes import qr
from flows.rendering.formats import Formats
from flows.rendering.languages import TEMPLATES, translations
from flows.rendering.plots import plot
from transforms.titles import Locale

CHARTS = {name: getattr(charts, name) for name in ("bullet", "spark", "trend", "scale", "histogram", "box", "share")}


@cache
def environment(locale: Locale, currency: str) -> Environment:
    """Templates that speak one language. `autoescape=True` also covers `.html.j2`, `select_autoescape` would not."""
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_translations(translations(locale), newstyle=True)  # type: ignore[attr-defined]
    formats = Formats(locale, currency)
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
    env.globals.update(CHARTS, plot=plot, qr=qr, locale=locale)
    env.globals["scale"] = partial(charts.scale, locale=locale)
    return env


@cache
def stylesheet(*names: str) -> str:
    """Stylesheets of the templates' folder, one after the other."""
    return "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
