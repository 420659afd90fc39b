"""Steps of a trace that only cards of weighted indicators need; `trace.OPERATIONS` takes them in.

Values are compared after the noise in the last of 28 digits is settled. An operation has no value when one of its
inputs has none.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from transforms.scoring.point_operations import held_against, settled

Values = tuple[Decimal | None, ...]
Known = tuple[Decimal, ...]
Args = Mapping[str, str]

_NOTHING, _FULL = Decimal(0), Decimal(100)


def _within(value: Decimal) -> Decimal:
    return min(max(value, _NOTHING), _FULL)


def _band(args: Args, values: Known) -> Decimal | None:
    """`at_worse` at the worse end, 100 at the better one and beyond, 0 beyond the worse one."""
    actual, better, worse = map(settled, values)
    if better == worse:
        return None
    share, least = (actual - worse) / (better - worse), Decimal(args["at_worse"])
    return _NOTHING if share < 0 else least + (_FULL - least) * min(share, Decimal(1))


def _passed(args: Args, values: Known) -> Decimal | None:
    """A third input is the number of excuses: whoever has one passes."""
    actual, limit, *excuses = values
    kept = held_against(actual, limit, args["better"]) >= 0
    return _FULL if kept or any(excuses) else Decimal(args["missed"])


def _place(args: Args, values: Known) -> Decimal | None:
    """100 for the first of several, `last` for the last, in proportion between; `alone` for the only one."""
    _, place, of = values
    if of <= 1:
        return Decimal(args["alone"])
    return _FULL - (place - 1) * (_FULL - Decimal(args["last"])) / (of - 1)


def _events(args: Args, values: Known) -> Decimal | None:
    start, quantity = values
    return _within(start + Decimal(args["each"]) * quantity)


def _full_from(args: Args, values: Known) -> Decimal | None:
    return _FULL if values[0] >= Decimal(args["at"]) else values[0]


def _trimmed_mean(_: Args, values: Known) -> Decimal | None:
    """Without one highest and one lowest value."""
    kept = sorted(values)[1:-1]
    return sum(kept, _NOTHING) / len(kept) if kept else None


def _median(_: Args, values: Known) -> Decimal | None:
    if not values:
        return None
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _veto(args: Args, values: Known) -> Decimal | None:
    """The score, or 0 where a red line that zeroes is crossed: `above` or `below` the limit."""
    score, actual, limit = values
    crossed = held_against(actual, limit, "higher") == (1 if args["side"] == "above" else -1)
    return _NOTHING if crossed and args["then"] == "zero" else score


def _override(_: Args, values: Values) -> Decimal | None:
    """The decided number, whether or not there was a computed one."""
    return values[1]


def _known(compute: Callable[[Args, Known], Decimal | None]) -> Callable[[Args, Values], Decimal | None]:
    def guarded(args: Args, values: Values) -> Decimal | None:
        known = tuple(value for value in values if value is not None)
        return compute(args, known) if len(known) == len(values) else None

    return guarded


OPERATIONS: dict[str, Callable[[Args, Values], Decimal | None]] = {
    "band": _known(_band),  # actual, better end, worse end
    "passed": _known(_passed),  # actual, limit[, excuses]
    "place": _known(_place),  # actual, place, how many are compared
    "events": _known(_events),  # start, quantity
    "full_from": _known(_full_from),  # `at` and more counts as 100
    "trimmed_mean": _known(_trimmed_mean),
    "median": _known(_median),
    "veto": _known(_veto),  # score, what was seen, limit
    "override": _override,  # computed (may be without a value), decided by people
}
