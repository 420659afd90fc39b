"""How a company's documents look: its logo, colour, words, big numbers, and templates that go before ours.

A value of text alone, so that it goes to worker processes as it is and is the key of what they keep.
"""

from dataclasses import astuple, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

from transforms.titles import Locale

OWN = "config/templates"  # in the company's folder: what goes before ours
OURS = "jixiao"  # the prefix by which a company's template reaches ours
EXTRA = "extra.css"  # a company's stylesheet that goes after all of ours
Numbers = Literal["plain", "myriad"]


@dataclass(frozen=True)
class Look:
    """What a company chose.

    `logo`: a `data:` URI. `accent`: `#rrggbb`, or empty for the house's. `words`: own wording, by language and the
    English text of the templates. `files`: text of the company's templates and stylesheets by name.
    """

    logo: str = ""
    accent: str = ""
    words: tuple[tuple[Locale, str, str], ...] = ()
    numbers: Numbers = "plain"
    files: tuple[tuple[str, str], ...] = ()

    @cached_property
    def sha256(self) -> str:
        """A hash over all of it; empty for the house's look."""
        return sha256(repr(astuple(self)).encode()).hexdigest() if self != PLAIN else ""

    def words_in(self, locale: Locale) -> tuple[tuple[str, str], ...]:
        """The own wording of one language."""
        return tuple((english, own) for language, english, own in self.words if language == locale)


PLAIN = Look()
