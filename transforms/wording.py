"""Sentences in three languages from templates: what is filled in may itself have three languages."""

from collections.abc import Iterable

from transforms.titles import Locale, Title

Words = Title | str
_COMMA = {"zh-Hans": "、", "zh-Hant": "、", "en": ", "}


def three(zh_hans: str, zh_hant: str, en: str) -> Title:
    """A title in the three languages, one after the other."""
    return Title(zh_hans=zh_hans, zh_hant=zh_hant, en=en)


NOTHING = three("", "", "")


def told(template: Title, **parts: Words) -> Title:
    """The template with its `{names}` filled in, each language with its own words.

    Raises:
        KeyError: the template names a part that is not given.
    """
    hans, hant, english = (parts, parts, parts) if _plain(parts) else (_in(parts, each) for each in _LOCALES)
    return three(
        template.zh_hans.format(**hans),
        (template.zh_hans if template.zh_hant is None else template.zh_hant).format(**hant),
        (template.zh_hans if template.en is None else template.en).format(**english),
    )


def joined(words: Iterable[Words]) -> Title:
    """A list in words: 、 or a comma between."""
    listed = list(words)
    return three(*(_COMMA[each].join(text(word, each) for word in listed) for each in _LOCALES))


def text(words: Words, locale: Locale) -> str:
    """In one language; a plain text is the same in all."""
    if isinstance(words, str):
        return words
    own = {"zh-Hans": words.zh_hans, "zh-Hant": words.zh_hant, "en": words.en}[locale]
    return words.zh_hans if own is None else own


_LOCALES: tuple[Locale, ...] = ("zh-Hans", "zh-Hant", "en")


def _plain(parts: dict[str, Words]) -> bool:
    return not any(isinstance(word, Title) for word in parts.values())


def _in(parts: dict[str, Words], locale: Locale) -> dict[str, str]:
    return {name: text(words, locale) for name, words in parts.items()}
