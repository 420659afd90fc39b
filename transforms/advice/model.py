"""What a step towards better brings."""

from decimal import Decimal
from typing import Literal

from transforms.metrics.model import Better, Unit
from transforms.titles import Frozen, Title


class Gain(Frozen):
    """What one usual step of an indicator brings. `actual`, `step` and `reached` are in the metric's `unit`.

    `step`: how far the value usually moves from one period to the next (always above 0). `reached`: the value after
    it; nearer than a whole step where a rate ends or the score is full. `score`, `score_then`: 0–100.
    `points_gained`: points of the card, weight in use × (score_then − score) ÷ 100, to 0.01 half-up.
    `basis`: whose changes the step is the median of; `months`: how many changes those are.
    """

    key: str
    title: Title
    unit: Unit
    better: Better
    actual: Decimal
    step: Decimal
    reached: Decimal
    score: Decimal
    score_then: Decimal
    points_gained: Decimal
    basis: Literal["own", "team"]
    months: int


class NextEdge(Frozen):
    """The next better step of a rule in steps. Where higher is better it is reached at `at`, else below `at`."""

    key: str
    title: Title
    unit: Unit
    better: Better
    actual: Decimal
    at: Decimal
    score: Decimal
    score_then: Decimal
    points_gained: Decimal
