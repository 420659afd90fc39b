"""Steps of a trace that only money need; `trace.OPERATIONS` takes them in. Yes is 1, no is 0.

Two values are compared after the noise in the last of 28 digits is settled, so that a mean of equals equals them.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, localcontext
from itertools import pairwise

from transforms.scoring.point_operations import settled

Values = tuple[Decimal | None, ...]
Args = Mapping[str, str]
Known = tuple[Decimal, ...]
_ONE, _NONE = Decimal(1), Decimal(0)
_EXACT = Context(prec=100)  # a product of pool and weight keeps all its digits


def _given(compute: Callable[[Args, Known], Decimal | None]) -> Callable[[Args, Values], Decimal | None]:
    """An operation that has no value when one of its inputs has none."""

    def guarded(args: Args, values: Values) -> Decimal | None:
        known = tuple(value for value in values if value is not None)
        return compute(args, known) if len(known) == len(values) else None

    return guarded


def _pair(compute: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Args, Values], Decimal | None]:
    return _given(lambda _, v: compute(v[0], v[1]))


def _compared(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[Args, Values], Decimal | None]:
    return _given(lambda _, v: _ONE if compare(settled(v[0]), settled(v[1])) else _NONE)


def _if(_: Args, values: Values) -> Decimal | None:
    """The second input where the first is true (not 0), else the third; without a condition there is no answer."""
    condition, then, otherwise = values
    return None if condition is None else then if condition else otherwise


def _known(_: Args, values: Values) -> Decimal | None:
    value, default = values
    return default if value is None else value


def _within(_: Args, values: Known) -> Decimal:
    value, low, high = values
    return min(max(value, low), high)


def _numbers(listed: str) -> list[Decimal]:
    return [Decimal(each) for each in listed.split(",")] if listed else []


def _look_up(args: Args, values: Known) -> Decimal:
    """The step a value lies in; `through`: whether each bound itself still belongs (1) or not (0)."""
    value = settled(values[0])
    gives = _numbers(args["gives"])
    bounds = zip(_numbers(args["bounds"]), args["through"].split(","), gives, strict=False)
    inside = (give for bound, through, give in bounds if value < bound or (through == "1" and value == bound))
    return next(inside, gives[-1])


def _marginal(args: Args, values: Known) -> Decimal:
    """Each part of the way from 0 to the value at the rate of its own step; below 0 the same, with its sign."""
    (value,) = values
    low, high = min(value, _NONE), max(value, _NONE)
    ends = [low, *(min(max(bound, low), high) for bound in _numbers(args["bounds"])), high]
    parts = (rate * (b - a) for rate, (a, b) in zip(_numbers(args["gives"]), pairwise(ends), strict=True))
    return sum(parts, _NONE) * (1 if value >= 0 else -1)


def _pool_share(args: Args, values: Known) -> Decimal:
    """A pool × own ÷ all, cut to the fen, and `spare` fen of what the cuts left over; a negative pool is mirrored."""
    pool, own, total = values
    if not total:
        return _NONE
    with localcontext(_EXACT):
        cut = abs(pool) * settled(own) // total + Decimal(args["spare"])
    return cut if pool >= 0 else -cut


def _mean(values: list[Decimal]) -> Decimal | None:
    return sum(values, _NONE) / len(values) if values else None


OPERATIONS: dict[str, Callable[[Args, Values], Decimal | None]] = {
    "add": _pair(operator.add),
    "subtract": _pair(operator.sub),
    "multiply": _pair(operator.mul),
    "divide": _given(lambda _, v: v[0] / v[1] if v[1] else None),
    "negative": _given(lambda _, v: -v[0]),
    "less": _compared(operator.lt),
    "at_most": _compared(operator.le),
    "more": _compared(operator.gt),
    "at_least": _compared(operator.ge),
    "equal": _compared(operator.eq),
    "unequal": _compared(operator.ne),
    "both": _compared(lambda a, b: bool(a and b)),
    "either": _compared(lambda a, b: bool(a or b)),
    "not": _given(lambda _, v: _NONE if v[0] else _ONE),
    "smallest": _given(lambda _, v: min(v)),
    "largest": _given(lambda _, v: max(v)),
    "if": _if,  # condition, then, otherwise
    "known": _known,  # value, what counts without one
    "sign": _given(lambda _, v: Decimal((settled(v[0]) > 0) - (settled(v[0]) < 0))),
    "absolute": _given(lambda _, v: abs(v[0])),
    "within": _given(_within),  # value, low, high
    "look_up": _given(_look_up),  # value; bounds, through, gives
    "marginal": _given(_marginal),  # value; bounds, gives
    "people_mean": lambda _, v: _mean([each for each in v if each is not None]),
    "people_sum": lambda _, v: sum((each for each in v if each is not None), _NONE),  # of those who have a value
    "people_count": lambda _, v: Decimal(sum(each is not None for each in v)),
    "pool_share": _given(_pool_share),  # pool, own weight, all weights; spare
}
