"""A rule for points as clauses, read from the constants of the step that gave points."""

from collections.abc import Callable
from decimal import Decimal

from transforms.metrics.model import Unit
from transforms.reports.appraisal_model import Clause
from transforms.reports.outcomes import is_completion
from transforms.scoring.results import Trace


def clauses(trace: Trace, unit: Unit) -> tuple[Clause, ...]:
    """What the line's rule gives for what; empty where the trace holds no rule. `unit`: of the judged value."""
    if trace.op in _READERS:
        return tuple(clause for clause in _READERS[trace.op](trace, unit) if clause.says_something)
    return clauses(trace.inputs[0], unit) if trace.inputs else ()


def _rank(trace: Trace, _: Unit) -> list[Clause]:
    places = Clause(kind="places", points=tuple(_numbers(trace.args["top"])))
    reference = trace.inputs[4:]
    return [places, *(_against("worse", trace.args["below"], each) for each in reference)]


def _compare(trace: Trace, _: Unit) -> list[Clause]:
    reference, events = trace.inputs[1], trace.inputs[2:]
    told = {name: trace.args[f"{name}_gives"] for name in ("better", "equal", "worse")}
    return [
        _against(name, points, reference, only_if=bool(events) and name == "worse") for name, points in told.items()
    ]


def _against(kind: str, points: str, reference: Trace, *, only_if: bool = False) -> Clause:
    whose = reference.args.get("of") or "people"
    return Clause(kind=kind, points=(Decimal(points),), whose=whose, only_if=only_if)


def _steps(trace: Trace, unit: Unit) -> list[Clause]:
    actual, *bounds = trace.inputs
    shown = Unit.RATE if is_completion(actual) else unit
    *gives, rest = _numbers(trace.args["gives"])
    kinds = ["through" if own == "1" else "under" for own in trace.args["through"].split(",")] if bounds else []
    told = zip(kinds, bounds, gives, strict=True)
    steps = [Clause(kind=kind, points=(give,), bound=end.value, unit=shown, zero=True) for kind, end, give in told]
    return [*steps, Clause(kind="rest", points=(rest,), zero=True)]


def _required(trace: Trace, unit: Unit) -> list[Clause]:
    limit, excuses = trace.inputs[1], trace.inputs[2:]
    kind = "at_least" if trace.args["better"] == "higher" else "at_most"
    met = Clause(kind=kind, points=(Decimal(trace.args["met"]),), bound=limit.value, unit=unit, zero=True)
    return [met, Clause(kind="missed", points=(Decimal(trace.args["missed"]),), only_if=bool(excuses))]


def _events(trace: Trace, _: Unit) -> list[Clause]:
    names = [name for name in ("each", "none", "cap", "floor") if name in trace.args]
    return [Clause(kind=name, points=(Decimal(trace.args[name]),)) for name in names]


def _judged(trace: Trace, _: Unit) -> list[Clause]:
    return [Clause(kind=f"judged_{trace.op}")]


def _numbers(listed: str) -> list[Decimal]:
    return [Decimal(each) for each in listed.split(",")]


_READERS: dict[str, Callable[[Trace, Unit], list[Clause]]] = {
    "rank_points": _rank,
    "compare_points": _compare,
    "step_points": _steps,
    "required_points": _required,
    "event_points": _events,
    "mean": _judged,
    "sum": _judged,
}
