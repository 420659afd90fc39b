"""The scheme's own rule on another value: the trace of a score with one fact changed, replayed by the engine."""

from collections.abc import Iterator
from decimal import Decimal

from transforms.metrics.model import Better, Unit
from transforms.scoring.results import IndicatorResult, Trace
from transforms.scoring.trace import leaf, replay

_RULES = frozenset({"round", "linear", "steps", "target", "band", "passed", "attainment"})
_FULL_AT = {"linear": 2, "band": 1, "passed": 1}  # which input of the rule is the value that scores in full


def rescored(score: Trace, actual: Decimal) -> Decimal | None:
    """The score for another actual value; everything else that the rule holds it against stays."""
    return replay(_with_actual(score, actual))


def _with_actual(trace: Trace, actual: Decimal) -> Trace:
    """The value that is judged is the first input of the innermost step of the rule."""
    if trace.op not in _RULES or not trace.inputs:
        return leaf("metric", trace.label, actual)
    judged, *others = trace.inputs
    return trace.model_copy(update={"inputs": (_with_actual(judged, actual), *others)})


def rule_of(score: Trace) -> Trace:
    """The step of the scheme's rule, before the score is rounded."""
    return score.inputs[0] if score.op == "round" else score


def after_step(line: IndicatorResult, actual: Decimal, size: Decimal) -> Decimal:
    """The value one step better: a rate ends at 1, a value where lower is better at 0, each where the score is full.

    An end that was passed before holds nothing.
    """
    higher = line.better is Better.HIGHER
    ends = [end for end in _ends(line) if (end > actual if higher else end < actual)]
    return min([actual + size, *ends]) if higher else max([actual - size, *ends])


def _ends(line: IndicatorResult) -> Iterator[Decimal]:
    if line.better is Better.LOWER:
        yield Decimal(0)
    elif line.unit is Unit.RATE:
        yield Decimal(1)
    full = _full(rule_of(line.trace), line.better)
    if full is not None:
        yield full


def _full(rule: Trace, better: Better) -> Decimal | None:
    """The value from which the rule gives its best, where the scheme names one."""
    if rule.inputs[0].op == "attainment":
        attained = rule.inputs[0]
        whole, cap = attained.inputs[1].value, Decimal(attained.args["cap"])
        return None if whole is None else whole * cap if better is Better.HIGHER else whole / cap
    return rule.inputs[_FULL_AT[rule.op]].value if rule.op in _FULL_AT else None
