"""What pydantic found wrong with a YAML file, told as people need it: line, field, what is wrong, what is allowed."""

import difflib
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from transforms.errors import ConfigError, Place

Data = None | bool | int | Decimal | str | list["Data"] | dict[str, "Data"]
KeyPath = tuple[str | int, ...]
LineOf = Callable[[KeyPath], int]
SHOWN_ERRORS = 5


def config_error(
    model: type[BaseModel], error: ValidationError, data: Data, path: Path, line_of: LineOf
) -> ConfigError:
    """The first mistake in the order of the file as the message, the others in short."""
    found = [(_where(detail, data), detail) for detail in error.errors()]
    placed = _in_order([each for each in found if not _echoes(each, found)], line_of)
    told = [(line_of(where), field_name(where), *_explain(model, detail, where)) for where, detail in placed]
    line, field, what, todo = told[0]
    others = [f"line {line} {field}: {what}" for line, field, what, _ in told[1:]]
    return ConfigError(what + _and_more(others), where=Place(str(path), line, field=field or None), todo=todo)


Placed = tuple[KeyPath, ErrorDetails]


def _echoes(mistake: Placed, found: list[Placed]) -> bool:
    """Whether the mistake only repeats another: a list that is empty since its item failed, a second union branch."""
    where = mistake[0]
    deeper = any(len(other) > len(where) and other[: len(where)] == where for other, _ in found)
    first = next(each for each in found if each[0] == where)
    return deeper or first is not mistake


def _in_order(placed: list[Placed], line_of: LineOf) -> list[Placed]:
    """By line; a key that is missing after the unknown one beside it, which is likely the same, misspelled."""
    unknown = {where[:-1]: line_of(where) for where, detail in placed if detail["type"] == "extra_forbidden"}

    def order(mistake: Placed) -> tuple[int, bool]:
        where, detail = mistake
        missing = detail["type"] == "missing"
        return (unknown.get(where[:-1], line_of(where)) if missing else line_of(where), missing)

    return sorted(placed, key=order)


def _and_more(others: list[str]) -> str:
    if not others:
        return ""
    shown = "; ".join(others[:SHOWN_ERRORS])
    rest = "" if len(others) <= SHOWN_ERRORS else f"; and {len(others) - SHOWN_ERRORS} more"
    return f" (and {len(others)} more: {shown}{rest})"


def _where(detail: ErrorDetails, data: Data) -> KeyPath:
    """The path in the file: pydantic's own without the names of union branches, plus what a validator points at."""
    pointed = detail.get("ctx", {}).get("at", ())
    full = (*detail["loc"], *pointed)
    kept: list[str | int] = []
    for place, part in enumerate(full):
        last = place == len(full) - 1
        inside = _inside(data, part)
        if inside is not _NOTHING:
            data = typing.cast("Data", inside)
            kept.append(part)
        elif last and not ("[" in str(part) or str(part) in _BRANCHES):
            kept.append(part)
    return tuple(kept)


_NOTHING = object()
_BRANCHES = {"str", "int", "decimal", "bool", "date", "none", "float"}


def _inside(data: Data, part: str | int) -> object:
    if isinstance(data, dict):
        return data.get(str(part), _NOTHING)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return _NOTHING


def _explain(model: type[BaseModel], detail: ErrorDetails, where: KeyPath) -> tuple[str, str]:
    """What is wrong, and what to do."""
    name = next((part for part in reversed(where) if isinstance(part, str)), "the file")
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown key '{name}'", allowed(name, _keys_at(model, where[:-1]))
    if kind == "missing":
        return f"the key '{name}' is missing", f"add {name}: …"
    if kind in {"literal_error", "enum"}:
        return f"'{detail['input']}' is not allowed for {name}", _choices(str(detail["input"]), context["expected"])
    if kind == "value_error":
        return str(context["error"]), ""
    if "todo" in context:
        return detail["msg"], str(context["todo"])
    wanted = _WANTED.get(kind, detail["msg"].removeprefix("Input should be "))
    return f"{name} is {_shown(detail['input'])}", f"it must be: {wanted}"


_WANTED = {
    "model_type": "a mapping (key: value)",
    "dict_type": "a mapping (key: value)",
    "tuple_type": "a list (- item)",
    "list_type": "a list (- item)",
    "string_type": "a text; put quotes around it",
    "date_from_datetime_parsing": "a day that exists, as 2026-01-31",
    "date_parsing": "a day that exists, as 2026-01-31",
    "decimal_parsing": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "true or false",
}


def _choices(word: str, expected: str) -> str:
    return allowed(word, expected.replace(" or ", ", ").replace("'", "").split(", "))


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping (key: value)"
    if isinstance(value, list):
        return "a list"
    return "empty" if value is None else f"'{value}'"


def _keys_at(model: type[BaseModel], where: KeyPath) -> list[str]:
    """The keys a model allows at a place in the file."""
    found: list[object] = [model]
    for part in where:
        found = [inner for kind in found for inner in _step(kind, part)]
    models = [kind for kind in _members(found) if _is_model(kind)]
    return sorted({field.alias or name for kind in models for name, field in kind.model_fields.items()})


def _step(kind: object, part: str | int) -> list[object]:
    """The annotations one part further down: a model's field, a container's item."""
    if _is_model(kind):
        return _members(field.annotation for name, field in kind.model_fields.items() if part in {name, field.alias})
    arguments = [inner for inner in typing.get_args(kind) if inner is not Ellipsis]
    return _members(arguments[-1:]) if typing.get_origin(kind) in {tuple, list, dict} else []


def _members(annotations: Iterable[object]) -> list[object]:
    """Unions and Annotated taken apart."""
    found: list[object] = []
    for kind in annotations:
        union = typing.get_origin(kind) in {typing.Union, types.UnionType, typing.Annotated}
        found += _members(typing.get_args(kind)) if union else [kind]
    return found


def _is_model(kind: object) -> typing.TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and not isinstance(kind, types.GenericAlias) and issubclass(kind, BaseModel)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like `word`, if any is close."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def allowed(word: str, known: Iterable[str]) -> str:
    """What to write instead of `word`: the nearest, then all that is allowed."""
    names = sorted(known)
    guess = nearest(word, names)
    listed = ", ".join(names) if names else "none"
    return (f"did you mean '{guess}'? " if guess else "") + f"allowed: {listed}"


def field_name(where: KeyPath) -> str:
    """A path as people read it: `versions[0].indicators[2].weight`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return text.removeprefix(".")
