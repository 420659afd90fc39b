"""What the names in a formula may be: who has a value of their own, what is a table, and no circles."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from transforms.formulas.functions import FUNCTIONS, OVER_PEOPLE
from transforms.formulas.nodes import Call, Name, Node, children, names, walk
from transforms.formulas.parsing import FormulaError

Whose = Literal["person", "department", "table"]
SeenBy = Literal["person", "department", "people"]
MOST_STEPS = 2_000
DEEPEST_CHAIN = 100


def require_names(node: Node, of: SeenBy, known: Mapping[str, Whose]) -> None:
    """Every name exists and can be used in a formula of that kind.

    A department's formula reaches people's numbers only through sum, mean and count; tables are only looked up.

    Raises:
        FormulaError: names the column, and the nearest name.
    """
    for call in _calls(node):
        _require_function(call, known)
        _require_shape(call, known)
    for name, seen_by in _placed(node, of):
        _require_name(name, seen_by, known)


def _calls(node: Node) -> Iterator[Call]:
    return (each for each, _ in walk(node) if isinstance(each, Call))


def _require_function(call: Call, known: Mapping[str, Whose]) -> None:
    tables = [name for name, whose in known.items() if whose == "table"]
    if call.function not in FUNCTIONS and call.function not in tables:
        told = f"there is no function or table '{call.function}'"
        raise FormulaError(told, column=call.column, todo=nearest(call.function, [*FUNCTIONS, *tables]))


def _require_shape(call: Call, known: Mapping[str, Whose]) -> None:
    if call.function not in FUNCTIONS and len(call.arguments) != 1:
        told = f"the table {call.function} is looked up with 1 value, here are {len(call.arguments)}"
        raise FormulaError(told, column=call.column, todo=f"write {call.function}(completion)")
    table = call.arguments[0] if call.function == "marginal" else None
    if isinstance(table, Name) and known.get(table.name) != "table":
        tables = [name for name, whose in known.items() if whose == "table"]
        told = f"there is no table '{table.name}'"
        raise FormulaError(told, column=table.column, todo=nearest(table.name, tables))


def _placed(node: Node, of: SeenBy) -> Iterator[tuple[Name, SeenBy]]:
    """The names that stand for values, each with who reads them: inside a sum, mean or count it is all people."""
    if isinstance(node, Name):
        yield node, of
    elif isinstance(node, Call) and node.function in OVER_PEOPLE:
        yield from ((each, "people") for each in node.arguments if isinstance(each, Name))
    else:
        skipped = 1 if isinstance(node, Call) and node.function == "marginal" else 0
        for each in children(node)[skipped:]:
            yield from _placed(each, of)


def _require_name(name: Name, seen_by: SeenBy, known: Mapping[str, Whose]) -> None:
    """`seen_by`: `people` joins what each person has; a person sees everything, a department only its own."""
    told = _mistaken(name.name, seen_by, known)
    if told is not None:
        what, todo = told
        raise FormulaError(what, column=name.column, todo=todo)


def _mistaken(name: str, seen_by: SeenBy, known: Mapping[str, Whose]) -> tuple[str, str] | None:
    whose = known.get(name)
    if whose is None:
        return f"there is no name '{name}'", nearest(name, known)
    if whose == "table":
        return f"{name} is a table, not a number", f"look a value up: {name}(completion)"
    if seen_by == "people" and whose != "person":
        return f"{name} is the same for everybody: there is nothing to join", f"write {name} alone"
    if seen_by == "department" and whose == "person":
        return f"{name} is a number of each person", f"write sum({name}), or mean or count"
    return None


def nearest(word: str, known: Iterable[str]) -> str:
    """What a misspelled name may have meant."""
    known = sorted(known)
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else f"known are: {', '.join(known) or 'none'}"


def circle(needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Names that need each other in a circle, the first of them again at the end; empty where there is none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def extents(formulas: Mapping[str, Node]) -> dict[str, tuple[int, int]]:
    """How many steps, and how deep, each formula is with the others written out in it; there must be no circle."""
    found: dict[str, tuple[int, int]] = {}
    for name in TopologicalSorter({name: names(node) for name, node in formulas.items()}).static_order():
        if name in formulas:
            parts = [(depth, *_extent(each, found)) for each, depth in walk(formulas[name])]
            found[name] = sum(steps for _, steps, _ in parts), max(depth + below - 1 for depth, _, below in parts)
    return found


def _extent(node: Node, found: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    return found.get(node.name, (1, 1)) if isinstance(node, Name) else (1, 1)
