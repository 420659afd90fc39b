"""From a score to a grade: thresholds, quotas (S23), and red lines that come before both."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Key
from transforms.schemes.score_rules import HUNDRED, Points, plain
from transforms.schemes.wrong import wrong
from transforms.titles import Frozen, Title


class Grade(Frozen):
    """A grade, and the score from which it is given."""

    at_least: Points
    title: Title | None = None


class Quota(Frozen):
    """A class of a forced distribution and its share of the people."""

    grade: Key
    share: Annotated[Quantity, Field(gt=0, le=1)]
    title: Title | None = None


class Distribution(Frozen):
    """Grades by quota, best class first (S23: 20 / 70 / 10).

    Places are whole people by largest remainder (ties to the better class). `ties`: equal scores across a border all
    go to the better class, the worse one, or are `undecided` (no grade, a finding). With fewer than `least_people`
    scored, `small` says what happens: `thresholds` (the version's grades), `no_last` (nobody is put into the last
    class), or `quotas` all the same. `last_needs`: who is in the last class gets it only with a score of at most this
    too (`and`), or everybody at or below it as well (`or`).
    """

    quotas: tuple[Quota, ...] = Field(min_length=2)
    ties: Literal["better", "worse", "undecided"] = "better"
    least_people: int = Field(default=10, ge=2)
    small: Literal["thresholds", "no_last", "quotas"] = "no_last"
    last_needs: Points | None = None
    last_joins: Literal["and", "or"] = "and"
    within: Literal["department", "scheme"] = "department"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = sum((quota.share for quota in self.quotas), Decimal(0))
        if total != 1:
            raise wrong(f"the shares sum to {plain(total * HUNDRED)}%, not 100%", "make them sum to 100%", "quotas")
        return self


class Veto(Frozen):
    """A red line: an event of this kind, or a metric beyond a limit, zeroes the score or caps the grade.

    `departments`, too: whether it holds for a department's card (an event of the department) as well.
    """

    event: Key | None = None
    metric: Key | None = None
    above: Quantity | None = None
    below: Quantity | None = None
    then: Literal["zero", "cap"]
    cap_grade: Key | None = None
    title: Title

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.event is None) == (self.metric is None):
            raise wrong("a red line is an event or a metric", "write event: or metric:, one of them", "event")
        if self.metric is not None and (self.above is None) == (self.below is None):
            raise wrong("where is the red line?", "write above: or below:, one of them", "above")
        if (self.then == "cap") != (self.cap_grade is not None):
            raise wrong("cap names a grade", "write then: cap with cap_grade: GRADE, or then: zero", "cap_grade")
        return self
