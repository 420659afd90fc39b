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


class Metric(Frozen):
    """A declared quotient of measures (metrics.md).

    `denominator` None means the bare numerator. `denominator_of` says whose denominator it is: the subject's own,
    that of the shops the subject worked in, or the mean of the department's people. `scale` multiplies the quotient
    once (3600 seconds an hour → 1/3600 is written as denominator scale). `settle_days`: provisional until they passed.
    """

    key: str
    title: Title
    numerator: str
    denominator: str | None = None
    denominator_of: Literal["own", "shops", "department_mean"] = "own"
    scale: Decimal = Decimal(1)
    unit: Unit
    better: Better
    settle_days: int = 0
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
