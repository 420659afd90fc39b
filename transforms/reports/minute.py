"""What page one says in a minute: against what, why, what changed, what one can do. Every number stands again below."""

from collections.abc import Sequence
from decimal import Decimal

from transforms.metrics.model import Better, Unit
from transforms.reports.model import IndicatorView
from transforms.titles import Frozen, Title

MOVED = 3  # how many movements are named
SMALL = 30  # a quotient of fewer cases is told as a small sample: one case more or less moves it by three points and up


class Movement(Frozen):
    """An indicator that is otherwise than last month. `improved`: towards what the metric calls better."""

    key: str
    title: Title
    unit: Unit
    before: Decimal
    after: Decimal
    change: Decimal
    improved: bool


class SmallSample(Frozen):
    """An indicator that stands on few cases."""

    title: Title
    cases: Decimal


class Minute(Frozen):
    """`targets`: indicators with a target and a value; `reached`: those that are at the target or beyond it.

    `movements`: the largest changes against last month, by their size relative to last month's value.
    `small`: quotients of fewer than SMALL cases. `provisional`: indicators that may still change.
    """

    targets: int
    reached: int
    movements: tuple[Movement, ...]
    small: tuple[SmallSample, ...]
    provisional: tuple[Title, ...]


def minute(indicators: Sequence[IndicatorView]) -> Minute:
    """The figures of page one that the cards do not hold as such."""
    held = [i for i in indicators if i.target is not None and i.actual is not None]
    return Minute(
        targets=len(held),
        reached=sum(_reached(i) for i in held),
        movements=_movements(indicators),
        small=tuple(
            SmallSample(title=i.title, cases=i.denominator) for i in indicators if i.denominator is not None and _few(i)
        ),
        provisional=tuple(i.title for i in indicators if i.provisional),
    )


def _reached(indicator: IndicatorView) -> bool:
    actual, target = indicator.actual or Decimal(0), indicator.target or Decimal(0)
    return actual <= target if indicator.better is Better.LOWER else actual >= target


def _few(indicator: IndicatorView) -> bool:
    """Amounts are no cases: only counts are."""
    counted = indicator.denominator_unit is Unit.COUNT and indicator.unit in {Unit.RATE, Unit.SECONDS, Unit.HOURS}
    return counted and indicator.denominator is not None and 0 < indicator.denominator < SMALL


def _movements(indicators: Sequence[IndicatorView]) -> tuple[Movement, ...]:
    moved = [found for i in indicators if (found := _movement(i)) is not None]
    return tuple(sorted(moved, key=lambda each: (-abs(each.change / each.before), each.key))[:MOVED])


def _movement(indicator: IndicatorView) -> Movement | None:
    """None: no value in one of the two months, the same value, or nothing to be relative to."""
    if indicator.change is None or indicator.change == 0 or indicator.actual is None:
        return None
    before = indicator.actual - indicator.change
    if before == 0:
        return None
    better = indicator.change < 0 if indicator.better is Better.LOWER else indicator.change > 0
    return Movement(
        key=indicator.key, title=indicator.title, unit=indicator.unit, before=before, after=indicator.actual,
        change=indicator.change, improved=better,
    )  # fmt: skip
