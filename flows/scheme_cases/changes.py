"""The parameter turned: parts of a scheme's YAML that a case sets before the scheme is read."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from flows.yaml_files import Data
from flows.yaml_mistakes import allowed, config_error
from transforms.errors import ConfigError, Place
from transforms.scoring.scheme import Scheme, Version

_OF_SCHEME = frozenset(Scheme.model_fields) - {"versions", "scheme"}
_NAMES = ("key", "group", "metric", "manual", "event", "fact", "grade", "effect")


def changed_scheme(data: Data, version: Version, changed: Mapping[str, Any], where: Place, path: Path) -> Scheme:
    """The scheme with the parts set.

    Args:
        data: the scheme's YAML as `load_yaml` gives it; it is not changed.
        version: which version the paths run through, unless they begin with a part of the scheme itself.
        changed: dotted paths and what stands there instead.
        where: the case, for errors.
        path: the scheme's file.

    Raises:
        ConfigError: a path leads nowhere, or what is set there does not fit.
    """
    whole: Any = copy.deepcopy(data)
    versions = whole["versions"]
    number = next(n for n, each in enumerate(versions) if str(each["effective_from"]) == str(version.effective_from))
    for dotted, value in changed.items():
        parts = dotted.split(".")
        _put(whole if parts[0] in _OF_SCHEME else versions[number], parts, value, where, path)
    return _read(whole, changed, where, path)


def _put(node: Any, parts: list[str], value: Any, where: Place, path: Path) -> None:
    for depth, part in enumerate(parts[:-1]):
        node = node[_found(node, part, parts[:depth], where, path)]
    if isinstance(node, dict):
        node[parts[-1]] = value
    else:
        node[_found(node, parts[-1], parts[:-1], where, path)] = value


def _found(node: Any, part: str, above: list[str], where: Place, path: Path) -> str | int:
    """The key or index of a part."""
    names = _names(node)
    if part not in names:
        told = f"changed: {path.name} has no '{part}'" + (f" in {'.'.join(above)}" if above else "")
        raise ConfigError(told, where=where, todo=allowed(part, names))
    return names[part]


def _names(node: Any) -> dict[str, str | int]:
    if isinstance(node, dict):
        return {key: key for key in node}
    if not isinstance(node, list):
        return {}
    by_number: dict[str, str | int] = {str(n): n for n in range(len(node))}
    named = {_name(each): n for n, each in enumerate(node)}
    return {**{name: n for name, n in named.items() if name}, **by_number}


def _name(item: Any) -> str:
    """What an item of a list is called: what it counts, or the kind of roll-up it is."""
    if not isinstance(item, dict):
        return ""
    named = (str(item[key]) for key in _NAMES if key in item)
    return next(named, next((kind for kind in ("team", "months") if kind in item), ""))


def _read(whole: Any, changed: Mapping[str, Any], where: Place, path: Path) -> Scheme:
    try:
        return Scheme.model_validate(whole)
    except ValidationError as error:
        found = config_error(Scheme, error, whole, path, lambda _: 0)
        told = f"changed: {', '.join(changed)}: {found.what}"
        at = f" (at {found.where.field})" if found.where.field else ""
        raise ConfigError(told + at, where=where, todo=found.todo) from None
