"""Computes formulas: every node becomes a step of the trace. A formula's text is prepared once."""

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from transforms.formulas.functions import OVER_PEOPLE
from transforms.formulas.nodes import Call, Name, Node, Number, Pair, Turned, written
from transforms.formulas.parsing import parse
from transforms.schemes.point_rules import PointStep
from transforms.scoring.results import Trace
from transforms.scoring.trace import constant, step

PAIRS = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "<": "less", "<=": "at_most", ">": "more",
    ">=": "at_least", "=": "equal", "!=": "unequal", "and": "both", "or": "either",
}  # fmt: skip
CALLS = {
    "min": "smallest", "max": "largest", "if": "if", "known": "known", "sign": "sign", "abs": "absolute",
    "clamp": "within",
}  # fmt: skip


class Scope(Protocol):
    """Where a formula's names get their values."""

    def value(self, name: str) -> Trace:
        """What a name stands for here."""

    def over_people(self, function: str, name: str) -> Trace:
        """The sum, mean or count of what the appraised people have under a name."""

    def steps(self, table: str) -> tuple[PointStep, ...]:
        """The steps of a table."""


Compute = Callable[[Scope], Trace]


@lru_cache(maxsize=8192)
def prepared(formula: str, label: str) -> Compute:
    """What computes the formula; its last step is called `label`. Check the names first (`pay_checks`)."""
    return _prepare(parse(formula), label)


def _prepare(node: Node, label: str = "") -> Compute:
    label = label or written(node)
    if isinstance(node, Number):
        number = constant(label, node.value)
        return lambda _: number
    if isinstance(node, Name):
        name = node.name
        return lambda scope: scope.value(name)
    if isinstance(node, Turned):
        return _step("negative" if node.op == "-" else "not", label, _prepare(node.inner))
    if isinstance(node, Pair):
        return _step(PAIRS[node.op], label, _prepare(node.left), _prepare(node.right))
    return _call(node, label)


def _call(node: Call, label: str) -> Compute:
    first = node.arguments[0]
    if node.function in OVER_PEOPLE and isinstance(first, Name):
        function, name = node.function, first.name
        return lambda scope: scope.over_people(function, name)
    if node.function == "round":
        return _step("round", label, _prepare(first), to="1")
    if node.function == "marginal" and isinstance(first, Name):
        return _looked_up("marginal", first.name, label, _prepare(node.arguments[1]))
    if node.function in CALLS:
        return _step(CALLS[node.function], label, *map(_prepare, node.arguments))
    return _looked_up("look_up", node.function, label, _prepare(first))


def _step(op: str, label: str, *parts: Compute, **args: str) -> Compute:
    return lambda scope: step(op, label, *(part(scope) for part in parts), **args)


def _looked_up(op: str, table: str, label: str, value: Compute) -> Compute:
    return lambda scope: step(op, label, value(scope), table=table, **_told(scope.steps(table)))


def _told(steps: tuple[PointStep, ...]) -> dict[str, str]:
    bounds = [each for each in steps if each.bound is not None]
    return {
        "bounds": ",".join(str(each.bound) for each in bounds),
        "through": ",".join(str(int(each.through is not None)) for each in bounds),
        "gives": ",".join(str(each.gives) for each in steps),
    }
