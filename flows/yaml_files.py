"""YAML files into frozen models; every mistake is named with file, line, field and what is allowed.

YAML 1.2 core as ruamel composes it, with three habits of our own: keys are always text (`on`, `no`, `2026` too),
numbers with a point become Decimal from their text (never float), and dates stay text for the model to read. A key
written twice, a tag and a loop of anchors are refused.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from flows.yaml_mistakes import Data, KeyPath, LineOf, allowed, config_error, nearest
from transforms.errors import ConfigError, Place

__all__ = ["Data", "KeyPath", "LineOf", "allowed", "load_yaml", "nearest", "validate", "validate_data"]

M = TypeVar("M", bound=BaseModel)

_TAG = "tag:yaml.org,2002:"
_FOLD = "\a"  # ruamel's own mark of where a folded text (`>`) was broken into lines


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
        raise config_error(model, error, data, path, line_of) from None


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
    return _scalar(cast("ScalarNode", node), path)


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
        return str(text).replace(_FOLD, "") if node.style == ">" else str(text)
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


def _line(node: Node, where: KeyPath) -> int:
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
