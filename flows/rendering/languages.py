"""The three languages: gettext catalogues read from `.po`, and Babel's locales."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale as BabelLocale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from transforms.titles import Locale

TEMPLATES = Path(__file__).resolve().parents[2] / "report_templates"
CATALOGUES = TEMPLATES / "translations"
BABEL_LOCALES: dict[Locale, str] = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW", "en": "en_GB"}


@cache
def babel_locale(locale: Locale) -> BabelLocale:
    """Babel's locale, for numbers and dates."""
    return BabelLocale.parse(BABEL_LOCALES[locale])


@cache
def translations(locale: Locale) -> NullTranslations:
    """The catalogue of a language; templates are written in English, so English needs none."""
    if locale == "en":
        return NullTranslations()
    with (CATALOGUES / f"{locale}.po").open("rb") as file:
        catalogue = read_po(file, locale=BABEL_LOCALES[locale])
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
