"""The parameter turned: parts of a scheme's YAML that a case sets before the scheme is read."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from flows.yaml_files import Data
from flows.yaml_mistakes import allowed, config_error
from transforms.errors import ConfigError, Place
from transforms.metrics.model import Metric
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.checks import mistakes

_OF_SCHEME = frozenset(Scheme.model_fields) - {"versions", "scheme"}
_NAMES = ("key", "group", "metric", "manual", "event", "fact", "grade", "effect")


@dataclass(frozen=True)
class Turned:
    """A scheme's file, the version whose parts are set, and the place of the case for errors."""

    path: Path
    data: Data
    version: Version
    where: Place


def changed_scheme(of: Turned, changed: Mapping[str, Any], catalogue: Mapping[str, Metric]) -> Scheme:
    """The scheme with the parts set; the data it was read from is not changed.

    `changed`: dotted paths through the version (or the scheme, where they begin with a part of it), and what stands
    there instead.

    Raises:
        ConfigError: a path leads nowhere, or what is set there does not fit.
    """
    whole: Any = copy.deepcopy(of.data)
    day = str(of.version.effective_from)
    version = next(each for each in whole["versions"] if str(each["effective_from"]) == day)
    for dotted, value in changed.items():
        parts = dotted.split(".")
        _put(whole if parts[0] in _OF_SCHEME else version, parts, value, of)
    scheme = _read(whole, changed, of)
    for mistake in mistakes(scheme, catalogue):
        todo = allowed(mistake.word, catalogue) if mistake.word else mistake.todo
        raise ConfigError(f"changed: {', '.join(changed)}: {mistake.what}", where=of.where, todo=todo)
    return scheme


def _put(node: Any, parts: list[str], value: Any, of: Turned) -> None:
    for depth, part in enumerate(parts[:-1]):
        node = node[_found(node, part, parts[:depth], of)]
    if isinstance(node, dict):
        node[parts[-1]] = value
    else:
        node[_found(node, parts[-1], parts[:-1], of)] = value


def _found(node: Any, part: str, above: list[str], of: Turned) -> str | int:
    """The key or index of a part."""
    names = _names(node)
    if part not in names:
        told = f"changed: {of.path.name} has no '{part}'" + (f" in {'.'.join(above)}" if above else "")
        raise ConfigError(told, where=of.where, todo=allowed(part, names))
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


def _read(whole: Any, changed: Mapping[str, Any], of: Turned) -> Scheme:
    try:
        return Scheme.model_validate(whole)
    except ValidationError as error:
        found = config_error(Scheme, error, whole, of.path, lambda _: 0)
        told = f"changed: {', '.join(changed)}: {found.what}"
        at = f" (at {found.where.field})" if found.where.field else ""
        raise ConfigError(told + at, where=of.where, todo=found.todo) from None
