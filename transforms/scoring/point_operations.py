"""Steps of a trace that only points need; `trace.OPERATIONS` takes them in.

The first input is the value that is judged. Two values are compared after the noise in the last of 28 digits is
settled, so that a mean of equal values is equal to them. An operation has no value when one of its inputs has none.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

Values = tuple[Decimal | None, ...]
Known = tuple[Decimal, ...]
Args = Mapping[str, str]

_NOISE = Decimal("1e-12")
_ROOM = 15  # digits before the point that leave room for 12 behind it
_NOTHING = Decimal(0)


def settled(value: Decimal) -> Decimal:
    """The value without the noise of its last digits."""
    return value.quantize(_NOISE) if value.adjusted() < _ROOM else value


def held_against(actual: Decimal, reference: Decimal, better: str) -> int:
    """1 when the value is better than the reference, 0 when equal, -1 when worse; `better` is higher or lower."""
    one, other = settled(actual), settled(reference)
    sign = (one > other) - (one < other)
    return sign if better == "higher" else -sign


def _rank_points(args: Args, values: Known) -> Decimal | None:
    """`level`: how many hold the place, the person included; 0 where the person takes none."""
    actual, before, level, ranked, *reference = values
    if reference and held_against(actual, reference[0], args["better"]) < 0:
        return Decimal(args["below"])
    if not level or ranked < int(args["least_people"]):
        return _NOTHING
    top = [Decimal(each) for each in args["top"].split(",")]
    places = range(int(before), int(before) + (int(level) if args["ties"] == "shared" else 1))
    return sum((top[place] for place in places if place < len(top)), _NOTHING) / len(places)


def _compare_points(args: Args, values: Known) -> Decimal | None:
    """A third input is the number of events without which being worse costs nothing."""
    actual, reference, *events = values
    sign = held_against(actual, reference, args["better"])
    told = {1: "better_gives", 0: "equal_gives", -1: "worse_gives"}[sign]
    return _NOTHING if sign < 0 and events == [0] else Decimal(args[told])


def _step_points(args: Args, values: Known) -> Decimal | None:
    """`through` says of each bound whether the bound itself still belongs to the step that it ends."""
    actual, *bounds = map(settled, values)
    gives = [Decimal(each) for each in args["gives"].split(",")]
    through = args["through"].split(",") if bounds else []
    ends = zip(bounds, through, gives, strict=False)
    return next((give for end, own, give in ends if actual < end or (own == "1" and actual == end)), gives[-1])


def _required_points(args: Args, values: Known) -> Decimal | None:
    """A third input is the number of excuses: a miss that is excused gives nothing and takes nothing."""
    actual, limit, *excuses = values
    if held_against(actual, limit, args["better"]) >= 0:
        return Decimal(args["met"])
    return Decimal(args["missed"]) if not excuses or not excuses[0] else _NOTHING


def _event_points(args: Args, values: Known) -> Decimal | None:
    (quantity,) = values
    return held(args, quantity * Decimal(args["each"])) if quantity else Decimal(args["none"])


def held(args: Args, value: Decimal) -> Decimal:
    """The value held within `floor` and `cap`, where they are told."""
    raised = max(value, Decimal(args["floor"])) if "floor" in args else value
    return min(raised, Decimal(args["cap"])) if "cap" in args else raised


def _known(compute: Callable[[Args, Known], Decimal | None]) -> Callable[[Args, Values], Decimal | None]:
    def guarded(args: Args, values: Values) -> Decimal | None:
        known = tuple(value for value in values if value is not None)
        return compute(args, known) if len(known) == len(values) else None

    return guarded


OPERATIONS: dict[str, Callable[[Args, Values], Decimal | None]] = {
    "rank_points": _known(_rank_points),  # actual, people before, people level, people ranked[, reference]
    "compare_points": _known(_compare_points),  # actual, reference[, events]
    "step_points": _known(_step_points),  # actual, bounds…; `gives` has one more than there are bounds
    "required_points": _known(_required_points),  # actual, limit[, excuses]
    "event_points": _known(_event_points),  # quantity
    "held": _known(lambda args, v: held(args, v[0])),  # floor ≤ value ≤ cap
    "not_judged": lambda _args, _values: None,  # the line does not judge here; `reason` says why
}
