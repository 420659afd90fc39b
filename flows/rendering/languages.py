"""The three languages: gettext catalogues read from `.po`, and Babel's locales."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale as BabelLocale
from babel.messages.catalog import Catalog as Catalogue
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
def translations(locale: Locale, words: tuple[tuple[str, str], ...] = ()) -> NullTranslations:
    """The catalogue of a language; templates are written in English, so English needs none.

    `words`: a company's own wording, by the English text; of a text that counts, the same for one and for many.
    """
    if locale == "en" and not words:
        return NullTranslations()
    return _compiled(_reworded(catalogue(locale), words))


def catalogue(locale: Locale) -> Catalogue:
    """The texts of the templates and their translations; in English every text is its own."""
    with (CATALOGUES / f"{'zh-Hans' if locale == 'en' else locale}.po").open("rb") as file:
        read = read_po(file, locale=BABEL_LOCALES[locale])
    if locale != "en":
        return read
    english = Catalogue(locale=BABEL_LOCALES[locale])
    for message in read:
        english.add(message.id, message.id)
    return english


def _reworded(texts: Catalogue, words: tuple[tuple[str, str], ...]) -> Catalogue:
    for english, own in words:
        message = texts.get(english) or texts.add(english)
        message.string = (own,) * texts.num_plurals if message.pluralizable else own
    return texts


def _compiled(texts: Catalogue) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return Translations(compiled)
