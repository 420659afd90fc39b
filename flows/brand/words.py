"""A company's own wording: texts of the templates by their English text, checked against what there is."""

import re
from collections.abc import Iterable

from babel.messages.catalog import Message

from flows.company import Company
from flows.rendering.languages import catalogue
from flows.yaml_files import load_yaml
from flows.yaml_mistakes import nearest
from transforms.errors import ConfigError, Place
from transforms.titles import Locale

_PART = re.compile(r"%\((\w+)\)s")
_MARKUP = re.compile("[<>&]")


def own_words(company: Company) -> tuple[tuple[Locale, str, str], ...]:
    """Language, English text and own wording, as `documents.brand.words` says.

    Raises:
        ConfigError: a text that no template has, other parts than the text has, or characters of HTML.
    """
    words = company.settings.documents.brand.words
    if not any(words.values()):
        return ()
    known = {english: message for message in catalogue("en") if message.id for english in _ids(message)}
    found = [(locale, english, own) for locale, texts in words.items() for english, own in texts.items()]
    for locale, english, own in found:
        if mistake := _mistake(english, own, known):
            raise _error(company, (locale, english), *mistake)
    return tuple(sorted((locale, _first(known[english]), own) for locale, english, own in found))


def _mistake(english: str, own: str, known: dict[str, Message]) -> tuple[str, str] | None:
    """What is wrong with a wording and what to do, if anything."""
    if english not in known:
        guess = nearest(english, known)
        return f"no template says '{english}'", f"did you mean '{guess}'?" if guess else "write the English text"
    if found := _MARKUP.search(own):
        return f"a wording may not hold '{found[0]}'", "write it in words"
    wanted, given = _parts(_ids(known[english])), _parts([own])
    if wanted != given or _PART.sub("", own).replace("%%", "").count("%"):
        todo = f"it must hold {', '.join(f'%({part})s' for part in sorted(wanted)) or 'no part'}; a per cent sign is %%"
        return f"the wording of '{english}' does not fit", todo
    return None


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if message.pluralizable else (str(message.id),)


def _first(message: Message) -> str:
    return _ids(message)[0]


def _parts(texts: Iterable[str]) -> set[str]:
    return {part for text in texts for part in _PART.findall(text)}


def _error(company: Company, key: tuple[str, str], what: str, todo: str) -> ConfigError:
    path = company.config / "company.yaml"
    _, line_of = load_yaml(path)
    line = line_of(("documents", "brand", "words", *key))
    return ConfigError(what, where=Place(str(path), line, field=f"documents.brand.words.{key[0]}"), todo=todo)
