"""Whether the names and formulas of a scheme's money fit together: checked when the file is read."""

from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from transforms.formulas.checks import DEEPEST_CHAIN, MOST_STEPS, Whose, circle, extents, nearest, require_names
from transforms.formulas.nodes import Node
from transforms.formulas.parsing import FormulaError, names_in, parse
from transforms.schemes.wrong import wrong

if TYPE_CHECKING:
    from transforms.schemes.pay import Pay


def require_sound(pay: "Pay") -> None:
    """Formulas can be read, names exist and are not mixed up, nothing needs itself, nothing grows without end.

    Raises:
        PydanticCustomError: the first mistake, with its place.
    """
    known = pay.whose()
    formulas = {**_read(pay, "department", known), **_read(pay, "person", known)}
    _require_pools(pay, known)
    _require_lines(pay, known)
    if round_trip := circle(needs(pay)):
        part = _part(pay, round_trip[0])
        told = f"these need each other in a circle: {' → '.join(round_trip)}"
        raise wrong(told, "let one of them be computed without the others", part, round_trip[0])
    for name, (steps, depth) in extents(formulas).items():
        if steps > MOST_STEPS or depth > DEEPEST_CHAIN:
            told = f"{name} takes {steps} steps, {depth} deep, when everything it needs is written out"
            raise wrong(told, f"at most {MOST_STEPS} steps, {DEEPEST_CHAIN} deep", _part(pay, name), name)


def needs(pay: "Pay") -> dict[str, tuple[str, ...]]:
    """What each formula and pool stands on."""
    told = {name: names_in(named.formula) for name, named in pay.formulas().items()}
    pools = {name: (pool.amount, pool.by) for name, pool in pay.pools.items()}
    divisors = {name: (pool.divisor,) for name, pool in pay.pools.items() if isinstance(pool.divisor, str)}
    return {**told, **{name: (*each, *divisors.get(name, ())) for name, each in pools.items()}}


def _read(pay: "Pay", part: str, known: dict[str, Whose]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for name, named in getattr(pay, part).items():
        try:
            found[name] = parse(named.formula)
            require_names(found[name], "department" if part == "department" else "person", known)
        except FormulaError as error:
            raise wrong(error.what, error.todo, part, name, "formula") from None
    return found


def _require_pools(pay: "Pay", known: dict[str, Whose]) -> None:
    for name, pool in pay.pools.items():
        _require(pool.amount, "department", known, "pools", name, "amount")
        _require(pool.by, "person", known, "pools", name, "by")
        if isinstance(pool.divisor, str) and pool.divisor != "team":
            _require(pool.divisor, "department", known, "pools", name, "divisor")


def _require_lines(pay: "Pay", known: dict[str, Whose]) -> None:
    for n, line in enumerate(pay.pays):
        _require(line.amount, "person", known, "pays", n, "amount", others=("department",))
        if line.key in {each.key for each in pay.pays[:n]}:
            raise wrong(f"the line {line.key} stands here twice", "give each its own key", "pays", n, "key")
        if line.lowest is not None and line.highest is not None and line.lowest > line.highest:
            raise wrong("lowest is above highest", "exchange the two", "pays", n, "lowest")
    for n, name in enumerate(pay.never_negative):
        _require(name, "department", known, "never_negative", n)
        if name not in pay.department or pay.department[name].title is None:
            raise wrong(f"{name} cannot be shown", "name a department's formula with a title", "never_negative", n)


def _require(name: str, whose: Whose, known: dict[str, Whose], *at: str | int, others: tuple[Whose, ...] = ()) -> None:
    if name not in known:
        raise wrong(f"there is no name '{name}'", nearest(name, [key for key in known if known[key] != "table"]), *at)
    if known[name] not in (whose, *others):
        raise _misplaced(name, known[name], whose, at)


def _misplaced(name: str, found: Whose, wanted: Whose, at: tuple[str | int, ...]) -> PydanticCustomError:
    told = {"table": "a table", "person": "a number of each person", "department": "the same for everybody"}
    return wrong(f"{name} is {told[found]}", f"here belongs what is {told[wanted]}", *at)


def _part(pay: "Pay", name: str) -> str:
    return next(part for part in ("department", "person", "pools") if name in getattr(pay, part))
