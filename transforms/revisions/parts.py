"""Results as a tree of named parts: of each, the numbers that are listed one by one, and the rest as plain data.

Whatever a result holds stands in exactly one place of the tree: in a cell, in the rest, or in a part below. So two
trees are the same exactly when the results are.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from transforms.metrics.model import Unit
from transforms.revisions.model import Aspect, Counts, Level, What
from transforms.revisions.words import aspect_of
from transforms.titles import Frozen, Title

Plain = dict[str, Any]


@dataclass(frozen=True)
class About:
    """Whom a part is about, and under which scheme."""

    level: Level
    subject_id: str
    department_id: str | None = None
    scheme: str | None = None
    counts: Counts = "score"

    def under(self, scheme: str, counts: Counts = "score") -> "About":
        """The same subject under a scheme."""
        return replace(self, scheme=scheme, counts=counts)


@dataclass(frozen=True)
class Cell:
    """One number of a part. `text` None: there is none. `words`: the same in words."""

    what: What
    key: str
    title: Title
    text: str | None
    aspect: Aspect = ""
    unit: Unit | None = None
    window: str | None = None
    words: Title | None = None


@dataclass(frozen=True)
class Part:
    """A part: `name` tells it from its sisters; it is one of the things a reader knows by `title`.

    `facts`: what of it is the subject's own; None: it is made of the parts below. `follows`: its own numbers are
    always made of others' (a department's mean).
    """

    name: tuple[str, ...]
    about: About
    key: str
    title: Title
    cells: tuple[Cell, ...] = ()
    rest: Any = None
    below: tuple["Part", ...] = ()
    facts: Hashable = None
    follows: bool = False


def plain(value: Frozen, *, without: Iterable[str] = ()) -> Plain:
    """A value as the ledger writes it, without what stands elsewhere in the tree."""
    return value.model_dump(mode="json", by_alias=True, exclude=set(without))


def text(number: Decimal | int | None) -> str | None:
    """A number exactly as the ledger keeps it."""
    return None if number is None else str(number)


def place(rank: int | None, of: int | None) -> str | None:
    """A rank as it is said: 3/14."""
    return None if rank is None and of is None else f"{rank}/{of}"


def number(what: What, key: str, title: Title, value: Decimal | int | None, **more: Any) -> Cell:
    """A cell of a number, its title saying which of the thing's numbers it is."""
    aspect: Aspect = more.get("aspect", "")
    return Cell(what, key, aspect_of(title, aspect), text(value), **more)


def numbered(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts, equal names told apart by a count."""
    seen: dict[tuple[str, ...], int] = {}
    made = []
    for part in parts:
        count = seen[part.name] = seen.get(part.name, 0) + 1
        made.append(part if count == 1 else replace(part, name=(*part.name, str(count))))
    return tuple(made)
