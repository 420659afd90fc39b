"""What a formula is once it is read: numbers, names, signs, pairs and calls. Nothing else can be built."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

PairOp = Literal["or", "and", "<", "<=", ">", ">=", "=", "!=", "+", "-", "*", "/"]
TurnOp = Literal["-", "not"]
_BINDS = {
    "or": 1, "and": 2, "not": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "=": 4, "!=": 4, "+": 5, "-": 5, "*": 6, "/": 6,
}  # fmt: skip
_SIGN, _VALUE, _COMPARISON = 7, 8, 4


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its own unit (money in fen, a rate as a fraction), and how it was written."""

    value: Decimal
    written: str


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, a parameter, another formula or a pool."""

    name: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Turned:
    """A sign or `not` before a value."""

    op: TurnOp
    inner: "Node"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values joined or compared."""

    op: PairOp
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or a table looked up."""

    function: str
    arguments: tuple["Node", ...]
    column: int = field(default=0, compare=False)


Node = Number | Name | Turned | Pair | Call


def walk(node: Node) -> Iterator[tuple[Node, int]]:
    """Every node with its depth, the first in the text first; no recursion, so that any depth can be measured."""
    waiting = [(node, 1)]
    while waiting:
        here, depth = waiting.pop()
        yield here, depth
        waiting.extend((each, depth + 1) for each in reversed(children(here)))


def children(node: Node) -> tuple[Node, ...]:
    """What a node stands on."""
    if isinstance(node, Pair):
        return node.left, node.right
    if isinstance(node, Call):
        return node.arguments
    return (node.inner,) if isinstance(node, Turned) else ()


def names(node: Node) -> tuple[str, ...]:
    """Every name in it, functions and tables left out, each once, in the order of the text."""
    return tuple(dict.fromkeys(each.name for each, _ in walk(node) if isinstance(each, Name)))


def written(node: Node) -> str:
    """The formula as text, with no more brackets than needed; reading it gives the same tree."""
    if isinstance(node, Number):
        return node.written
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Call):
        return f"{node.function}({', '.join(map(written, node.arguments))})"
    if isinstance(node, Turned):
        inner = bracketed(node.inner, binding(node))
        return f"not {inner}" if node.op == "not" else f"-{inner}"
    left, right = sides(node)
    return f"{bracketed(node.left, left)} {node.op} {bracketed(node.right, right)}"


def bracketed(node: Node, least: int) -> str:
    """The text of a part, in brackets where it binds less than its place needs."""
    text = written(node)
    return f"({text})" if binding(node) < least else text


def binding(node: Node) -> int:
    """How tightly the outermost sign of a node binds."""
    if isinstance(node, Pair):
        return _BINDS[node.op]
    if isinstance(node, Turned):
        return _BINDS["not"] if node.op == "not" else _SIGN
    return _VALUE


def sides(node: Pair) -> tuple[int, int]:
    """How tightly the left and the right side of a pair must bind to stand without brackets."""
    own = _BINDS[node.op]
    return (own + 1 if own == _COMPARISON else own), own + 1
