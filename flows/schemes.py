"""Scheme files of a company: read, checked against the catalogue, and their JSON Schema for editors."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.company import Company
from flows.yaml_files import load_yaml, validate_data
from flows.yaml_mistakes import LineOf, allowed, field_name
from transforms.errors import ConfigError, Place
from transforms.metrics.model import Metric
from transforms.schemes.scheme import Scheme
from transforms.scoring.checks import mistakes, overlaps


def load_schemes(company: Company, catalogue: Mapping[str, Metric] | None = None) -> tuple[Scheme, ...]:
    """Every scheme in `config/schemes/`, one a file, in the order of file names.

    `catalogue`: the metrics there are; None takes the product's.

    Raises:
        ConfigError: no scheme at all, a mistake in one, the same name twice, or two that judge the same people.
    """
    files = sorted(company.schemes.glob("*.yaml"))
    if not files:
        todo = "write one, or copy one from the demo company (`jixiao demo`)"
        raise ConfigError("there is no scheme: nobody would be scored", where=Place(str(company.schemes)), todo=todo)
    found = {path: load_scheme(path, catalogue) for path in files}
    _require_one_judge(found)
    return tuple(found.values())


def load_scheme(path: Path, catalogue: Mapping[str, Metric] | None = None) -> Scheme:
    """One scheme file.

    Raises:
        ConfigError: names file, line, scheme and field, and what is allowed.
    """
    name = path.stem
    try:
        data, line_of = load_yaml(path)
        name = str(data.get("scheme", name)) if isinstance(data, dict) else name
        scheme = validate_data(Scheme, data, path, line_of)
        _check(scheme, _catalogue() if catalogue is None else catalogue, path, line_of)
    except ConfigError as error:
        raise ConfigError(f"scheme {name}: {error.what}", where=error.where, todo=error.todo) from None
    return scheme


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scheme file, for completion and checks in editors."""
    schema = Scheme.model_json_schema(by_alias=True)
    schema["$schema"], schema["title"] = "https://json-schema.org/draft/2020-12/schema", "jixiao scheme"
    return schema


def _check(scheme: Scheme, catalogue: Mapping[str, Metric], path: Path, line_of: LineOf) -> None:
    found = [(line_of(each.at), each) for each in mistakes(scheme, catalogue)]
    if not found:
        return
    line, first = found[0]
    more = "; ".join(f"line {line}: {each.what}" for line, each in found[1:])
    todo = allowed(first.word, catalogue) if first.word else first.todo
    told = first.what + (f" (and {len(found) - 1} more: {more})" if more else "")
    raise ConfigError(told, where=Place(str(path), line, field=field_name(first.at)), todo=todo)


def _require_one_judge(found: Mapping[Path, Scheme]) -> None:
    names: dict[str, Path] = {}
    for path, scheme in found.items():
        if scheme.scheme in names:
            told = f"scheme {scheme.scheme}: the name is taken by {names[scheme.scheme].name}"
            raise ConfigError(told, where=_at(path, "scheme"), todo="give each scheme its own name")
        names[scheme.scheme] = path
    for one, other in overlaps(tuple(found.values())):
        told = f"scheme {other.scheme}: {one.scheme} judges the same people of {', '.join(one.applies_to.where)}"
        todo = "keep one of the two, or tell them apart by posts"
        raise ConfigError(told, where=_at(names[other.scheme], "applies_to"), todo=todo)


def _at(path: Path, field: str) -> Place:
    return Place(str(path), load_yaml(path)[1]((field,)), field=field)


def _catalogue() -> Mapping[str, Metric]:
    from transforms.metrics.catalogue import CATALOGUE

    return CATALOGUE
