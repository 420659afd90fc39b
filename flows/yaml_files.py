"""YAML files into frozen models; every mistake is named with file, line, field and what is allowed.

YAML 1.2 core as ruamel composes it, with three habits of our own: keys are always text (`on`, `no`, `2026` too),
numbers with a point become Decimal from their text (never float), and dates stay text for the model to read. A key
written twice, a tag and a loop of anchors are refused.
"""

import difflib
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from transforms.errors import ConfigError, Place

Data = None | bool | int | Decimal | str | list["Data"] | dict[str, "Data"]
Path_ = tuple[str | int, ...]
LineOf = Callable[[Path_], int]
M = TypeVar("M", bound=BaseModel)
SHOWN_ERRORS = 5

_TAG = "tag:yaml.org,2002:"


def load_yaml(path: Path) -> tuple[Data, LineOf]:
    """Read one YAML document.

    Returns the data (dict, list, str, int, Decimal, bool, None) and `line_of(path)`: the line, counted from 1, on
    which the key or item at `path` stands; parts that are not in the file are skipped, so that a missing key is
    placed at the mapping it is missing from.

    Raises:
        ConfigError: no such file, not UTF-8, not YAML, or a key written twice.
    """
    node = _compose(path)
    if node is None:
        raise ConfigError("the file is empty", where=Place(str(path)), todo="fill it in, or remove it")
    return _build(node, path, ()), lambda where: _line(node, where)


def validate(model: type[M], path: Path) -> M:
    """Read one YAML file as `model`.

    Raises:
        ConfigError: as `load_yaml`, or the data does not fit the model: the first mistake in the order of the file
            is the message, the others follow in short.
    """
    data, line_of = load_yaml(path)
    return validate_data(model, data, path, line_of)


def validate_data(model: type[M], data: Data, path: Path, line_of: LineOf) -> M:
    """Check data that `load_yaml` read from `path` against `model`; errors as `validate`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _config_error(model, error, data, path, line_of) from None


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


def field_name(where: Path_) -> str:
    """A path as people read it: `versions[0].indicators[2].weight`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return text.removeprefix(".")


# --- reading -----------------------------------------------------------------------------------------------------


def _compose(path: Path) -> Node | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        todo = "create it, or run `jixiao init`"
        raise ConfigError("the file is missing", where=Place(str(path)), todo=todo) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ConfigError("the file is not UTF-8", where=Place(str(path), line), todo="save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"the file cannot be read ({error.strerror})", where=Place(str(path))) from None
    try:
        return YAML(typ="rt", pure=True).compose(text)  # type: ignore[no-any-return]
    except MarkedYAMLError as error:
        raise _syntax_error(error, path) from None
    except YAMLError as error:
        raise ConfigError(f"not YAML: {error}", where=Place(str(path)), todo="mend the file") from None


def _syntax_error(error: MarkedYAMLError, path: Path) -> ConfigError:
    mark = error.problem_mark or error.context_mark
    told = " ".join(part for part in (error.context, error.problem) if part)
    todo = "check indentation (spaces, no tabs), colons and quotes on this line and the one above"
    return ConfigError(f"not YAML: {told}", where=Place(str(path), mark.line + 1 if mark else None), todo=todo)


def _build(node: Node, path: Path, parents: tuple[int, ...]) -> Data:
    if id(node) in parents:
        raise _refused("an anchor that contains itself", node, path, "write the value out")
    within = (*parents, id(node))
    if isinstance(node, MappingNode):
        return _mapping(node, path, within)
    if isinstance(node, SequenceNode):
        return [_build(item, path, within) for item in node.value]
    return _scalar(typing.cast("ScalarNode", node), path)


def _mapping(node: MappingNode, path: Path, parents: tuple[int, ...]) -> dict[str, Data]:
    built: dict[str, Data] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _refused("a key that is not a word", key, path, "write keys as plain words")
        if key.value in built:
            raise _refused(f"the key '{key.value}' is written twice", key, path, "keep one of the two", key.value)
        built[key.value] = _build(value, path, parents)
    return built


def _scalar(node: ScalarNode, path: Path) -> Data:
    text, tag = node.value, str(node.tag)
    kind = tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return bool(text.lower() == "true")
    if kind in {"int", "float"}:
        return _number(text)
    if kind in {"str", "timestamp", "value", "merge"}:
        return str(text)
    raise _refused(f"the tag {tag}", node, path, "remove the tag; plain values are enough")


def _number(text: str) -> Data:
    """Whole numbers and decimals, exactly as written; what is neither (.inf, 0x1F, 1:30) stays text."""
    plain = text.replace("_", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return text
    return int(plain) if plain.lstrip("+-").isdigit() else number


def _refused(what: str, node: Node, path: Path, todo: str, field: str | None = None) -> ConfigError:
    where = Place(str(path), node.start_mark.line + 1, field=field)
    return ConfigError(f"not allowed here: {what}", where=where, todo=todo)


def _line(node: Node, where: Path_) -> int:
    line = node.start_mark.line
    for part in where:
        found = next(_children(node, part), None)
        if found is not None:
            line, node = found
    return int(line) + 1


def _children(node: Node, part: str | int) -> Iterator[tuple[int, Node]]:
    if isinstance(node, MappingNode):
        return ((key.start_mark.line, value) for key, value in node.value if key.value == str(part))
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return iter([(node.value[part].start_mark.line, node.value[part])])
    return iter(())


# --- explaining what does not fit --------------------------------------------------------------------------------


def _config_error(
    model: type[BaseModel], error: ValidationError, data: Data, path: Path, line_of: LineOf
) -> ConfigError:
    placed = [(_where(detail, data), detail) for detail in error.errors()]
    told = [(line_of(where), field_name(where), *_explain(model, detail, where)) for where, detail in placed]
    told.sort(key=lambda item: item[0])
    line, field, what, todo = told[0]
    others = [f"line {line} {field}: {what}" for line, field, what, _ in told[1:]]
    return ConfigError(what + _and_more(others), where=Place(str(path), line, field=field or None), todo=todo)


def _and_more(others: list[str]) -> str:
    if not others:
        return ""
    shown = "; ".join(others[:SHOWN_ERRORS])
    rest = "" if len(others) <= SHOWN_ERRORS else f"; and {len(others) - SHOWN_ERRORS} more"
    return f" (and {len(others)} more: {shown}{rest})"


def _where(detail: ErrorDetails, data: Data) -> Path_:
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


def _explain(model: type[BaseModel], detail: ErrorDetails, where: Path_) -> tuple[str, str]:
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


def _keys_at(model: type[BaseModel], where: Path_) -> list[str]:
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
