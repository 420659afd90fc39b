"""A trace as lines of arithmetic, from the facts up to the result."""

from collections.abc import Iterator

from transforms.metrics.model import Unit
from transforms.reports.model import Operand, Step
from transforms.scoring.results import Trace

# Steps that only settle digits or bounds, or choose; what they settle or choose already shows the result.
SILENT = frozenset({"round", "clamp", "missing", "not_judged", "known"})
CONDITIONS = frozenset({"less", "at_most", "more", "at_least", "equal", "unequal"})


def steps(trace: Trace) -> tuple[Step, ...]:
    """Every operation of a trace, each after the operations it stands on, once. Leaves are operands, not lines.

    Of a choice only the condition and what was chosen are told. A mean of one, a measure taken as it is, and a
    condition on the scheme's own numbers say nothing, and are left out.
    """
    told: list[Step] = []
    for step in _walk(trace):
        if step not in told:
            told.append(step)
    return tuple(told)


def value_steps(trace: Trace) -> tuple[Step, ...]:
    """The operations on measures and on raters' points alone: how the value that was judged came about."""
    facts = {"measure", "judgement"}
    return tuple(step for step in steps(trace) if step.inputs[0].op in facts)


def _walk(trace: Trace) -> Iterator[Step]:
    for part in _counting(trace):
        yield from _walk(part)
    if trace.inputs and trace.op not in SILENT and not _says_nothing(trace):
        parts = _counting(trace) if trace.op == "if" else trace.inputs
        operands = tuple(Operand(op=each.op, label=each.label, value=each.value, args=each.args) for each in parts)
        yield Step(op=trace.op, label=trace.label, value=trace.value, args=trace.args, inputs=operands)


def _counting(trace: Trace) -> tuple[Trace, ...]:
    """The inputs that made the value: of `if` the condition and what it chose, of `known` the one that is there."""
    if trace.op == "if" and trace.inputs[0].value is not None:
        return trace.inputs[0], trace.inputs[1 if trace.inputs[0].value else 2]
    if trace.op == "known":
        return trace.inputs[:1] if trace.inputs[0].value is not None else trace.inputs[1:]
    return trace.inputs


def _says_nothing(trace: Trace) -> bool:
    single_mean = trace.op == "mean" and len(trace.inputs) == 1
    unscaled = trace.op == "times" and all(part.op == "constant" and part.value == 1 for part in trace.inputs[1:])
    fixed = trace.op in CONDITIONS and all(part.op == "constant" for part in trace.inputs)
    unnamed = trace.op == "if" and not trace.label.isidentifier()
    return single_mean or unscaled or fixed or unnamed


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
