"""The unit a formula's value has, from the units of what it is made of; decides only how it is printed."""

from collections.abc import Callable, Iterable

from transforms.formulas.nodes import Call, Name, Node, Number, Pair, Turned
from transforms.formulas.numbers import MONEY, RATES, suffix_of
from transforms.metrics.model import Unit

UnitOf = Callable[[str], Unit | None]
# How often money is multiplied in it, and the unit where that is 0.
Dimension = tuple[int, Unit | None]
_PLAIN: Dimension = (0, None)
_FIRST = frozenset({"min", "max", "known", "round", "abs", "clamp", "sum", "mean"})


def unit_of(node: Node, unit: UnitOf) -> Unit | None:
    """The unit of a formula; None for a plain number. `unit` knows those of names and tables."""
    money, other = _dimension(node, unit)
    return Unit.FEN if money == 1 else other if money == 0 else None


def of_number(written: str) -> Unit | None:
    """The unit told by the sign behind a number."""
    suffix = suffix_of(written)
    return Unit.FEN if suffix in MONEY else Unit.RATE if suffix in RATES else None


def _dimension(node: Node, unit: UnitOf) -> Dimension:
    if isinstance(node, Number):
        return _told(of_number(node.written))
    if isinstance(node, Name):
        return _told(unit(node.name))
    if isinstance(node, Turned):
        return _dimension(node.inner, unit) if node.op == "-" else _PLAIN
    return _of_pair(node, unit) if isinstance(node, Pair) else _of_call(node, unit)


def _told(unit: Unit | None) -> Dimension:
    return (1, None) if unit is Unit.FEN else (0, unit)


def _of_pair(node: Pair, unit: UnitOf) -> Dimension:
    left, right = _dimension(node.left, unit), _dimension(node.right, unit)
    if node.op in ("+", "-"):
        return _first((left, right))
    if node.op == "*":
        return left[0] + right[0], _of_product(left[1], right[1])
    return (left[0] - right[0], _of_quotient(left, right)) if node.op == "/" else _PLAIN


def _of_product(left: Unit | None, right: Unit | None) -> Unit | None:
    return right if left is Unit.RATE else left if right is Unit.RATE else None


def _of_quotient(left: Dimension, right: Dimension) -> Unit | None:
    if left == right and left[0] == 1:
        return Unit.RATE
    return left[1] if right == _PLAIN else None


def _of_call(node: Call, unit: UnitOf) -> Dimension:
    if node.function == "if":
        return _first(_dimension(each, unit) for each in node.arguments[1:])
    if node.function in _FIRST:
        return _first(_dimension(each, unit) for each in node.arguments)
    if node.function == "marginal":
        rate, value = (_dimension(each, unit) for each in node.arguments)
        return rate[0] + value[0], _of_product(rate[1], value[1])
    return _PLAIN if node.function in ("sign", "count") else _told(unit(node.function))


def _first(parts: Iterable[Dimension]) -> Dimension:
    return next((each for each in parts if each != _PLAIN), _PLAIN)
