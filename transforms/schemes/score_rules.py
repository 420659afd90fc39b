"""The kinds of rule that turn a value into 0–100 points; each is declared here and computed in `rules.py`."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Reference
from transforms.schemes.wrong import kinds_of, require_one_kind, wrong
from transforms.titles import Frozen

Role = Literal["self", "manager", "peer", "subordinate", "customer"]
Points = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
HUNDRED = Decimal(100)


class Linear(Frozen):
    """0 points at `zero_at`, 100 at `full_at`, in proportion between; zero_at > full_at where lower is better."""

    zero_at: Quantity
    full_at: Quantity

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.zero_at == self.full_at:
            raise wrong("zero_at and full_at are the same", "give the worst and the best value", "full_at")
        return self


class Step(Frozen):
    """Values below `up_to` (and not below the step before) give `gives` points; the last step has no `up_to`.

    A step is [a, b): the value `up_to` itself belongs to the next step.
    """

    up_to: Quantity | None = None
    gives: Points


class Attainment(Frozen):
    """100 × attainment ÷ `full_at`; attainment is actual ÷ target, or target ÷ actual where lower is better.

    Below `floor` 0 points; above `cap` nothing more is counted. A score stays within 0–100: to reward more than the
    target, let `full_at` be 120% (then 100 % attained earns 83.33).
    """

    floor: Quantity = Field(default=Decimal(0), ge=0)
    full_at: Quantity = Field(default=Decimal(1), gt=0)
    cap: Quantity | None = Field(default=None, gt=0)

    @property
    def highest(self) -> Decimal:
        """The attainment from which nothing more is earned."""
        return self.full_at if self.cap is None else self.cap

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.highest > self.full_at:
            todo = "let cap be at most full_at; raise full_at to reward more than the target"
            raise wrong(f"the cap {percent(self.highest)} is above full_at {percent(self.full_at)}", todo, "cap")
        if self.floor > self.highest:
            raise wrong("the floor is above the cap", "nobody could earn a point; lower the floor", "floor")
        return self


class Band(Frozen):
    """100 at `better` and beyond, `at_worse` at `worse`, in proportion between, 0 worse than that (S12)."""

    better: Quantity
    worse: Quantity
    at_worse: Points = Decimal(0)

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.better == self.worse:
            raise wrong("better and worse are the same", "give both ends of the band", "worse")
        return self


class Ratio(Frozen):
    """Value ÷ reference (reference ÷ value where lower is better): 0 at `zero_at`, 100 at `full_at`.

    The reference is the own, the team's or the company's value, now, last month or last year, or an industry's.
    """

    to: Reference
    zero_at: Quantity = Field(default=Decimal(0), ge=0)
    full_at: Quantity = Field(default=Decimal(1), gt=0)

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.zero_at >= self.full_at:
            raise wrong("zero_at is not below full_at", "a larger ratio is better; let full_at be larger", "full_at")
        return self


class Passed(Frozen):
    """100 when the value keeps the limit, else `missed`; an event of kind `unless` in the window excuses."""

    at_least: Quantity | None = None
    at_most: Quantity | None = None
    missed: Points = Decimal(0)
    unless: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*$")

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise wrong("what is the limit?", "write at_least: or at_most:, one of them", "at_least")
        return self


class EventScore(Frozen):
    """`start` and `each` for every unit of the events' quantity, held within 0–100 (a praise +5, an error −10)."""

    start: Points = HUNDRED
    each: Annotated[Decimal, Field(ge=-100, le=100, decimal_places=2)]


class PlaceScore(Frozen):
    """By the place among the scored people: the first gets 100, the last `last`, in proportion between.

    Equal values share a place. Alone, somebody gets `alone`.
    """

    last: Points = Decimal(0)
    alone: Points = HUNDRED


class Judged(Frozen):
    """Mean of the raters of each role, weighted by role over the roles that answered.

    `missing_role`: share_out weighs the roles that answered; zero counts the missing role as 0; hr_decides gives no
    score until every role has answered. `drop_extremes`: of a role with at least `drop_from` raters, the highest and
    the lowest are left out. `anonymous`: roles whose raters are not named; with fewer than `least` raters such a role
    counts as missing, so that nobody can be guessed. `full_from`: a mean of at least this counts as 100 (S03).
    `raters`: how many of a role are expected; a missing sheet past its date is a finding.
    """

    roles: dict[Role, Annotated[Decimal, Field(gt=0, le=100)]] = Field(min_length=1)
    missing_role: Literal["share_out", "zero", "hr_decides"] = "share_out"
    drop_extremes: bool = False
    drop_from: int = Field(default=5, ge=3)
    anonymous: tuple[Role, ...] = ()
    least: int = Field(default=3, ge=1)
    full_from: Points | None = None
    raters: dict[Role, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = sum(self.roles.values(), Decimal(0))
        if total != HUNDRED:
            raise wrong(f"the weights of the roles sum to {plain(total)}, not 100", "make them sum to 100", "roles")
        return self


class Score(Frozen):
    """The rule: exactly one kind."""

    linear: Linear | None = None
    steps: tuple[Step, ...] | None = None
    target: Attainment | None = None
    band: Band | None = None
    ratio: Ratio | None = None
    passed: Passed | None = None
    place: PlaceScore | None = None
    events: EventScore | None = None
    manual: Judged | None = None

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
        steps = self.steps
        if steps is None:
            return self
        if not steps or steps[-1].up_to is not None:
            raise wrong("the last step must not have up_to: it is for all that is left", "add - {gives: …}", "steps")
        if any(step.up_to is None for step in steps[:-1]):
            raise wrong("only the last step may leave up_to out", "give each other step its up_to", "steps")
        bounds = [step.up_to for step in steps if step.up_to is not None]
        if any(a >= b for a, b in pairwise(bounds)):
            raise wrong("the steps do not climb", "sort them by up_to, each larger than the one before", "steps")
        return self


def percent(rate: Decimal) -> str:
    """A rate as per cent: 85%."""
    return f"{plain(rate * HUNDRED)}%"


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent: 99, 7.5."""
    return f"{number.normalize():f}"
