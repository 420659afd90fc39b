"""What a metric declares, and the value it yields."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from transforms.titles import Frozen, Title

Level = Literal["employee", "department", "company"]


class Unit(StrEnum):
    """Unit of a metric's value; decides how a report prints it."""

    RATE = "rate"  # a quotient shown as per cent
    RATIO = "ratio"  # a quotient shown as a number
    COUNT = "count"
    SECONDS = "seconds"
    HOURS = "hours"
    FEN = "fen"  # shown in yuan
    POINTS = "points"


class Better(StrEnum):
    """Which direction is better."""

    HIGHER = "higher"
    LOWER = "lower"

    def reaches(self, value: Decimal, target: Decimal) -> bool:
        """Whether a value is at its target or beyond it."""
        return value <= target if self is Better.LOWER else value >= target


class Metric(Frozen):
    """A declared quotient of measures (metrics.md).

    The value is `numerator` × `scale` ÷ (`denominator` × `per`), divided once (an hour: `per` 3600, for seconds).
    `denominator` None means the bare numerator. `denominator_of` says whose denominator it is: the subject's own,
    that of the shops the subject worked in, the mean of the department's people, the subject's mean over the days
    it was measured on, or the company's. `numerator_of` likewise: a shop's score is everybody's who worked there.
    `growth_of`: the value is (now - before) ÷ before, of the bare numerator; before is the same window one month or one
    year earlier. `zero_if`: measures whose presence makes an absent numerator a zero (somebody who received
    buyers and sold nothing sold 0); without any of them an absent numerator means no data.
    `settle_days`: provisional until they passed; `settle_by` names the parameters they are the sum of.
    """

    key: str
    title: Title
    numerator: str
    denominator: str | None = None
    denominator_of: Literal["own", "shops", "department_mean", "daily_mean", "company"] = "own"
    numerator_of: Literal["own", "shops"] = "own"
    growth_of: Literal["last_month", "same_month_last_year"] | None = None
    zero_if: tuple[str, ...] = ()
    scale: Decimal = Decimal(1)
    per: Decimal = Decimal(1)
    unit: Unit
    better: Better
    settle_days: int = 0
    settle_by: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ("employee", "department", "company")
    says: Title
    source: str


class MetricValue(Frozen):
    """One metric of one subject in one window. `value` None means no data (no denominator), never 0.

    An employee who changed department has one value a department; `window` is a period key.
    """

    level: Level
    subject_id: str  # employee, department, or `company`
    department_id: str | None
    window: str
    metric: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
