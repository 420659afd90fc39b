"""A trace as lines of arithmetic, from the facts up to the result."""

from collections.abc import Iterator

from transforms.metrics.model import Unit
from transforms.reports.model import Operand, Step
from transforms.scoring.results import Trace

# Steps that only settle digits or bounds; the line before them already shows the result.
SILENT = frozenset({"round", "clamp", "missing"})


def steps(trace: Trace) -> tuple[Step, ...]:
    """Every operation of a trace, each after the operations it stands on. Leaves are operands, not lines.

    A mean of one and a measure taken as it is say nothing, and are left out.
    """
    return tuple(_walk(trace))


def _walk(trace: Trace) -> Iterator[Step]:
    for part in trace.inputs:
        yield from _walk(part)
    if trace.inputs and trace.op not in SILENT and not _says_nothing(trace):
        operands = tuple(
            Operand(op=part.op, label=part.label, value=part.value, args=part.args) for part in trace.inputs
        )
        yield Step(op=trace.op, label=trace.label, value=trace.value, args=trace.args, inputs=operands)


def _says_nothing(trace: Trace) -> bool:
    single_mean = trace.op == "mean" and len(trace.inputs) == 1
    unscaled = trace.op == "times" and all(part.op == "constant" and part.value == 1 for part in trace.inputs[1:])
    return single_mean or unscaled


def measure_units(trace: Trace) -> tuple[Unit, Unit]:
    """Units of the two measures a metric stands on, by their names (`…_fen`); counts where the name tells none."""
    leaves = [leaf.label for leaf in _leaves(trace) if leaf.op == "measure"][:2]
    units = [Unit.FEN if "fen" in label.split("_") else Unit.COUNT for label in leaves]
    first, second = (*units, Unit.COUNT, Unit.COUNT)[:2]
    return first, second


def _leaves(trace: Trace) -> Iterator[Trace]:
    if not trace.inputs:
        yield trace
    for part in trace.inputs:
        yield from _leaves(part)
