"""Frozen view models of a department's page: its minute, what moved its mean, its workload, trials, notes for talks.

Names of moves, marks and gains are metrics' titles; values stand in their metric's unit; scores and points are 0–100.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from transforms.advice import Gain
from transforms.metrics.model import Better, Unit
from transforms.titles import Frozen, Title


class Mark(Frozen):
    """An indicator held against its target: what it scored, and what it lost of its weight in use."""

    title: Title
    unit: Unit
    better: Better
    actual: Decimal | None
    target: Decimal | None
    score: Decimal
    weight_used: Decimal
    lost: Decimal


class Move(Frozen):
    """A metric's value in the month before and now."""

    title: Title
    unit: Unit
    better: Better
    before: Decimal
    after: Decimal

    @property
    def improved(self) -> bool:
        """Whether it moved to the better side."""
        return (self.after > self.before) is (self.better == Better.HIGHER)


class Regraded(Frozen):
    """How many people stand in a higher or lower grade than in the period before, of how many that had one in both."""

    higher: int
    lower: int
    of: int


class Minute(Frozen):
    """What page one says in sentences. Nothing to say: None."""

    best: Mark | None
    costliest: Mark | None
    moved: Move | None
    regraded: Regraded | None


class Contribution(Frozen):
    """What one person adds to the change of the mean. `points` to 0.01; one of `before` and `now` may be missing."""

    employee_id: str
    name: str
    before: Decimal | None
    now: Decimal | None
    points: Decimal


class MeanChange(Frozen):
    """The change of the mean since `since`, to 0.01: the sum of `rows` and `rest`, which is of `others` people.

    `joined`, `left`: people with a score in one of both periods only.
    """

    since: str
    before: Decimal
    now: Decimal
    difference: Decimal
    rows: tuple[Contribution, ...]
    others: int
    rest: Decimal
    joined: int
    left: int


class Part(Frozen):
    """Somebody who was here for a part of the period's working days."""

    employee_id: str
    name: str
    days: int
    of: int


class Load(Frozen):
    """Somebody's work per working day, and how many times the median that is."""

    employee_id: str
    name: str
    total: Decimal
    per_day: Decimal
    times: Decimal


class Volume(Frozen):
    """One kind of work: how much there was, and how it lay per working day.

    `far`: people at or above 1.5 times the median; nobody where people or cases are few.
    """

    title: Title
    total: Decimal
    people: int
    lowest: Decimal
    median: Decimal
    highest: Decimal
    times: Decimal  # the highest over the median
    far: tuple[Load, ...]


class Workload(Frozen):
    """Who was there, and what they had to do. `days`: working days of all people together."""

    people: int
    days: int
    part: tuple[Part, ...]
    volumes: tuple[Volume, ...]


class Matter(Frozen):
    """Something of a person's results that a talk should not pass over; `lines`: the indicators it is about."""

    kind: Literal["provisional", "too_few", "no_data", "no_rater", "decided", "red_line", "part"]
    lines: tuple[Title, ...] = ()


class Duty(Frozen):
    """A plan that is to be written or a training that is to be held."""

    title: Title
    due_on: date | None


class Talk(Frozen):
    """What the results say of one person for the talk: facts only."""

    employee_id: str
    name: str
    score: Decimal | None
    change: Decimal | None
    up: Move | None
    down: Move | None
    costliest: Mark | None
    gain: Gain | None
    matters: tuple[Matter, ...]
    plans: tuple[Duty, ...]


class TrialCell(Frozen):
    """What one trial would say of one person."""

    score: Decimal | None
    pay_fen: int | None


class TrialRow(Frozen):
    """One person under several trials; None: the trial does not apply."""

    employee_id: str
    name: str
    cells: tuple[TrialCell | None, ...]


class TrialTable(Frozen):
    """A few trials side by side. `totals_fen`: what each would pay; None: it pays nothing."""

    titles: tuple[Title, ...]
    rows: tuple[TrialRow, ...]
    totals_fen: tuple[int | None, ...]
