"""A trace as lines that read from the result down to the facts."""

from collections.abc import Iterator

from transforms.reports.model import Step
from transforms.scoring.results import Trace


def steps(trace: Trace) -> tuple[Step, ...]:
    """Flatten a trace: each step before the steps it stands on, deeper ones indented.

    A step that occurs twice (the same fact used in two places) is written once, where it occurs first.
    """
    written: set[str] = set()
    return tuple(_walk(trace, 0, written))


def _walk(trace: Trace, depth: int, written: set[str]) -> Iterator[Step]:
    values = tuple(part.value for part in trace.inputs)
    yield Step(op=trace.op, label=trace.label, value=trace.value, args=trace.args, inputs=values, depth=depth)
    for part in trace.inputs:
        if not _seen(part, written):
            yield from _walk(part, depth + 1, written)


def _seen(trace: Trace, written: set[str]) -> bool:
    key = trace.model_dump_json()
    known = key in written
    written.add(key)
    return known
