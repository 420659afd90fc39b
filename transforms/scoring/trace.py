"""How a number came about, as a tree of steps; building and replaying use the same table of operations.

A leaf holds a fact: `measure` and `metric` (from the snapshot), `judgement`, `target`, `constant` (from the scheme or
the calendar), `event` (quantities written down), `fact` (about a person, such as months of service), `card` (a score)
and `named` (a value with a name); these two have traces of their own. Every other step holds its operation, constants
and inputs: `replay` forgets all values but the leaves' and computes them again.

Arithmetic is Decimal with 28 digits; `round` is the only step that drops digits. None means "no data" and spreads.
`override` puts a number that people decided in the place of one that was computed or is missing, its first input.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

from transforms.scoring.card_operations import OPERATIONS as CARDS
from transforms.scoring.money_operations import OPERATIONS as MONEY
from transforms.scoring.point_operations import OPERATIONS as POINTS
from transforms.scoring.results import Trace

Values = tuple[Decimal | None, ...]
Args = Mapping[str, str]
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
_CONTEXT = Context(prec=28, rounding=ROUND_HALF_EVEN)
_NOISE = Decimal("1e-12")
LEAVES = frozenset({"measure", "metric", "judgement", "target", "constant", "event", "fact", "card", "named"})


def leaf(op: str, label: str, value: Decimal | None, **args: str) -> Trace:
    """A fact."""
    return Trace(op=op, label=label, value=value, args=args)


def constant(label: str, value: Decimal | int) -> Trace:
    """A number from the scheme or the calendar."""
    return leaf("constant", label, Decimal(value))


def step(op: str, label: str, *inputs: Trace, **args: str) -> Trace:
    """One operation on the steps before it."""
    value = _compute(op, args, tuple(each.value for each in inputs))
    return Trace(op=op, label=label, value=value, args=args, inputs=inputs)


def replay(trace: Trace) -> Decimal | None:
    """The value, computed again from the leaves alone.

    Raises:
        KeyError: an operation this version does not know.
    """
    if trace.op in LEAVES and not trace.inputs:  # a target is a leaf, the rule `target` stands on its inputs
        return trace.value
    return _compute(trace.op, trace.args, tuple(replay(each) for each in trace.inputs))


def half_up(value: Decimal, places: Decimal = CENT) -> Decimal:
    """Round half-up; noise in the last of 28 digits (thirds, sevenths) is settled first, so that a half is a half."""
    with localcontext(_CONTEXT):
        settled = value.quantize(_NOISE) if value.adjusted() < 15 else value  # noqa: PLR2004 - room for 12 decimals
        return settled.quantize(places, rounding=ROUND_HALF_UP) + 0  # never a minus before zero


def _compute(op: str, args: Args, values: Values) -> Decimal | None:
    with localcontext(_CONTEXT):
        return OPERATIONS[op](args, values)


def _known(compute: Callable[[Args, tuple[Decimal, ...]], Decimal | None]) -> Callable[[Args, Values], Decimal | None]:
    """An operation that has no value when one of its inputs has none."""

    def guarded(args: Args, values: Values) -> Decimal | None:
        known = tuple(value for value in values if value is not None)
        return compute(args, known) if len(known) == len(values) else None

    return guarded


def _quotient(_: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    numerator, denominator, scale, per = (*values, Decimal(1))[:4]
    return numerator * scale / (denominator * per) if denominator else None


def _times(_: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    number, scale, per = (*values, Decimal(1))[:3]
    return number * scale / per


def _linear(_: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    actual, zero_at, full_at = values
    if zero_at == full_at:
        return None
    return _between((actual - zero_at) / (full_at - zero_at) * HUNDRED, Decimal(0), HUNDRED)


def _steps(args: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    actual, *bounds = values
    gives = [Decimal(each) for each in args["gives"].split(",")]
    return next((give for bound, give in zip(bounds, gives, strict=False) if actual < bound), gives[-1])


def _attainment(args: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    actual, target = values
    if args["better"] == "higher":
        return actual / target if target > 0 else None
    return target / actual if actual > 0 else Decimal(args["cap"])


def _target(args: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    (attainment,) = values
    if attainment < Decimal(args["floor"]):
        return Decimal(0)
    return _between(attainment, Decimal(0), Decimal(args["cap"])) / Decimal(args.get("full_at", "1")) * HUNDRED


def _between(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    return min(max(value, low), high)


def _mean(_: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def _weighted_mean(args: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    weights = [Decimal(each) for each in args["weights"].split(",")] if values else []
    total = sum(weights, Decimal(0))
    weighted = sum((w * v for w, v in zip(weights, values, strict=True)), Decimal(0))
    return weighted / total if total else None


def _share(args: Args, weights: tuple[Decimal, ...]) -> Decimal | None:
    present = [int(each) for each in args["present"].split(",")]
    return shared_out(weights, tuple(map(bool, present)))[int(args["index"])]


def shared_out(weights: tuple[Decimal, ...], present: tuple[bool, ...]) -> tuple[Decimal, ...]:
    """Weights of the present ones, raised in proportion so that the sum stays; two decimals, by largest remainder.

    The hundredths that rounding leaves over go to the largest remainders, on ties to the one that stands first.
    All zero when nothing is present.
    """
    total, left = sum(weights, Decimal(0)), sum((w for w, p in zip(weights, present, strict=True) if p), Decimal(0))
    if not left:
        return tuple(Decimal("0.00") for _ in weights)
    with localcontext(_CONTEXT):
        exact = [w * total / left if p else Decimal(0) for w, p in zip(weights, present, strict=True)]
        down = [each // CENT * CENT for each in exact]
        spare = int((total - sum(down, Decimal(0))) / CENT)
        order = sorted(range(len(exact)), key=lambda n: (down[n] - exact[n], n))
        return tuple((down[n] + (CENT if n in order[:spare] else 0)).quantize(CENT) for n in range(len(exact)))


def _sum(_: Args, values: tuple[Decimal, ...]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None


def _policy(args: Args, _: Values) -> Decimal | None:
    return {"full": HUNDRED, "zero": Decimal(0)}.get(args["policy"])


OPERATIONS: dict[str, Callable[[Args, Values], Decimal | None]] = {
    "quotient": _known(_quotient),  # numerator × scale ÷ (denominator × per)
    "times": _known(_times),  # number × scale ÷ per
    "prorate": _known(lambda _, v: v[0] * v[1] / v[2] if v[2] else v[0]),  # value × days ÷ days of the period
    "linear": _known(_linear),  # actual, zero_at, full_at → 0…100
    "steps": _known(_steps),  # actual, bounds…; `gives` has one more than there are bounds
    "attainment": _known(_attainment),  # actual, target; mirrored where lower is better
    "target": _known(_target),  # attainment with floor and cap → 0…100
    "mean": _known(_mean),
    "weighted_mean": _known(_weighted_mean),
    "clamp": _known(lambda _, v: _between(v[0], Decimal(0), HUNDRED)),
    "round": _known(lambda args, v: half_up(v[0], Decimal(args["to"]))),
    "missing": _policy,  # what the scheme gives when there is no data
    "share": _known(_share),  # own weight when others' are shared out
    "points": _known(lambda _, v: half_up(v[0] * v[1] / HUNDRED)),  # weight × score ÷ 100, to 0.01
    "sum": _known(_sum),
    **CARDS,
    **POINTS,
    **MONEY,
}
