"""How far a metric usually moves from one period to the next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Literal

from transforms.metrics.model import MetricValue
from transforms.period import parse

LEAST_OWN = 3  # changes; of fewer a median says nothing
LEAST_TEAM = 5
LEAST_PEOPLE = 3  # a team's step from fewer people would give a colleague away
LOOK_BACK = 13  # periods: a year of changes
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class UsualStep:
    """The median change, in the metric's unit, of so many changes."""

    size: Decimal
    basis: Literal["own", "team"]
    changes: int


def usual_step(own: Iterable[MetricValue], team: Iterable[MetricValue], period: str) -> UsualStep | None:
    """The median of the own changes, else of the team's; None where too few are known, or nothing ever moved.

    Args:
        own: one person's values of one metric in one department.
        team: the values of the department's people of the same metric.
        period: the last one looked at; windows of another kind (weeks) are left out.
    """
    mine = changes(own, period)
    if len(mine) >= LEAST_OWN:
        return _step(mine, "own")
    told = [found for values in by_person(team).values() if (found := changes(values, period))]
    theirs = [change for found in told for change in found]
    enough = len(theirs) >= LEAST_TEAM and len(told) >= LEAST_PEOPLE
    return _step(theirs, "team") if enough else None


def _step(found: Sequence[Decimal], basis: Literal["own", "team"]) -> UsualStep | None:
    size = Decimal(median(found))
    return UsualStep(size, basis, len(found)) if size else None


def by_person(values: Iterable[MetricValue]) -> dict[str, list[MetricValue]]:
    """The values of each person."""
    found: dict[str, list[MetricValue]] = defaultdict(list)
    for value in values:
        found[value.subject_id].append(value)
    return found


def changes(values: Iterable[MetricValue], period: str) -> list[Decimal]:
    """Absolute changes from each period to the next, up to `period`; a period without data breaks the row."""
    known = {each.window: each.value for each in values}
    row = [known.get(window) for window in _windows(period)]
    return [abs(later - before) for later, before in pairwise(row) if later is not None and before is not None]


@lru_cache(maxsize=8)
def _windows(period: str) -> tuple[str, ...]:
    """The period and those before it, the last one first; asked for once a person and metric, and always the same."""
    last = parse(period)
    return tuple(last.shifted(-back * _MONTHS[last.cycle]).key for back in range(LOOK_BACK))
