"""Rules that give points outright (S02, S04): plus and minus, not 0–100. Computed in `points.py`."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Key, Reference
from transforms.schemes.wrong import kinds_of, require_one_kind, wrong
from transforms.titles import Frozen

Given = Annotated[Decimal, Field(ge=-10_000, le=10_000, decimal_places=2)]


class RankPoints(Frozen):
    """Points for the first places; nobody worse than `none_below` gets any, and being worse costs `below`.

    `ties`: `next_free` is 1, 2, 2, 4 (each of the two gets second place's points, third place is nobody's); `dense` is
    1, 2, 2, 3; `shared` gives each of the tied the mean of the places they take. `least_people`: with fewer ranked,
    nobody gets points for a place. `positive`: a value of zero or less takes no place.
    """

    top: tuple[Given, ...] = Field(min_length=1)
    ties: Literal["next_free", "dense", "shared"] = "next_free"
    none_below: Reference | None = None
    below: Given = Decimal(0)
    least_people: int = Field(default=1, ge=1)
    positive: bool = False


class Compare(Frozen):
    """Points for being better than, equal to, or worse than a reference (`better` follows the metric's direction).

    `only_if`: an event of this kind, of the person or of the department, must lie in the window for `worse` to count.
    """

    to: Reference
    better: Given = Decimal(0)
    equal: Given = Decimal(0)
    worse: Given = Decimal(0)
    only_if: Key | None = None


class PointStep(Frozen):
    """[a, b): values below `up_to` give `gives`; with `through` instead, the value itself still belongs: (a, b]."""

    up_to: Quantity | None = None
    through: Quantity | None = None
    gives: Quantity

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if self.up_to is not None and self.through is not None:
            raise wrong("a step has up_to or through, not both", "keep one of the two", "through")
        return self

    @property
    def bound(self) -> Decimal | None:
        """Where the step ends."""
        return self.up_to if self.up_to is not None else self.through


Steps = Annotated[tuple[PointStep, ...], Field(min_length=1)]


class Required(Frozen):
    """Points when a value misses what is required; an event of kind `unless` in the window excuses."""

    at_least: Quantity | None = None
    at_most: Quantity | None = None
    met: Given = Decimal(0)
    missed: Given
    unless: Key | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise wrong("what is required?", "write at_least: or at_most:, one of them", "at_least")
        return self


class EventPoints(Frozen):
    """`each` for every unit of the events' quantity, held within `floor` and `cap`; `none` when there was no event."""

    each: Given = Decimal(0)
    none: Given = Decimal(0)
    cap: Given | None = None
    floor: Given | None = None


class PointRule(Frozen):
    """Exactly one kind. `steps` are on the value; `target_steps` on value ÷ target."""

    rank: RankPoints | None = None
    compare: Compare | None = None
    steps: Steps | None = None
    target_steps: Steps | None = None
    required: Required | None = None
    events: EventPoints | None = None
    judged: Literal["mean", "sum"] | None = None  # of the raters' points, as they wrote them

    @property
    def kind(self) -> str:
        """The one that is there."""
        return kinds_of(self)[0]

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        require_one_kind(self)
        return self

    @model_validator(mode="after")
    def _steps_climb(self) -> Self:
        for name in ("steps", "target_steps"):
            if (steps := getattr(self, name)) is not None:
                require_climbing(steps, name)
        return self


def require_climbing(steps: tuple[PointStep, ...], *at: str | int) -> None:
    """Each step's bound above the one before, the last without one.

    Raises:
        PydanticCustomError: otherwise.
    """
    if steps[-1].bound is not None or any(step.bound is None for step in steps[:-1]):
        raise wrong("only the last step leaves up_to out, for all that is left", "end with - {gives: …}", *at)
    bounds = [step.bound for step in steps if step.bound is not None]
    if any(a >= b for a, b in pairwise(bounds)):
        raise wrong("the steps do not climb", "sort them, each bound larger than the one before", *at)
