"""What the step that gave points tells besides them: completion of a target, a shared place, an exception."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from transforms.scoring.point_operations import held_against
from transforms.scoring.results import Trace

_QUOTIENTS = frozenset({"attainment", "quotient", "divide"})


@dataclass(frozen=True)
class Outcome:
    """`attained`: value ÷ target. `shared`: others hold the same place. `unusual`: excused, limited, too few people."""

    attained: Decimal | None = None
    shared: bool = False
    unusual: bool = False


def outcome(trace: Trace) -> Outcome:
    """Of a line's trace; nothing where no rule was applied."""
    if trace.op in _READERS:
        return _READERS[trace.op](trace)
    return outcome(trace.inputs[0]) if trace.inputs else Outcome()


def is_completion(judged: Trace) -> bool:
    """Whether what is judged is the value ÷ its target, not a quotient of measures."""
    return judged.op in _QUOTIENTS and all(each.op != "measure" for each in judged.inputs)


def _rank(trace: Trace) -> Outcome:
    _, _, level, ranked, *_ = (each.value or Decimal(0) for each in trace.inputs)
    return Outcome(shared=level > 1, unusual=ranked < int(trace.args["least_people"]))


def _compare(trace: Trace) -> Outcome:
    """Worse, without the event that makes it count."""
    actual, reference, *events = (each.value or Decimal(0) for each in trace.inputs)
    worse = held_against(actual, reference, trace.args["better"]) < 0
    return Outcome(unusual=worse and events == [0] and Decimal(trace.args["worse_gives"]) != 0)


def _steps(trace: Trace) -> Outcome:
    judged = trace.inputs[0]
    return Outcome(attained=judged.value if is_completion(judged) else None)


def _required(trace: Trace) -> Outcome:
    """Missed and excused: neither what keeping gives nor what missing takes."""
    excused = bool(trace.inputs[2:]) and bool(trace.inputs[2].value)
    return Outcome(unusual=excused and trace.value == 0 and Decimal(trace.args["missed"]) != 0)


def _events(trace: Trace) -> Outcome:
    quantity = trace.inputs[0].value or Decimal(0)
    return Outcome(unusual=bool(quantity) and trace.value != quantity * Decimal(trace.args["each"]))


_READERS: dict[str, Callable[[Trace], Outcome]] = {
    "rank_points": _rank,
    "compare_points": _compare,
    "step_points": _steps,
    "required_points": _required,
    "event_points": _events,
}
