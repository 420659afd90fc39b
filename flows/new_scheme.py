"""`jixiao scheme new`: a copy of a scheme under a new name, comments and all, with its cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from flows.company import Company
from flows.scheme_cases import run_cases
from flows.scheme_list import shipped
from flows.schemes import load_scheme
from flows.yaml_files import load_yaml, nearest
from transforms.errors import ConfigError, NotFoundError, Place
from transforms.scoring.checks import overlaps

_WIDTH = 10_000  # lines are kept as they were written
_TO_BE_APPROVED = "to be approved"


@dataclass(frozen=True)
class Made:
    """What was written. `on_trial`: it would judge people whom another scheme gives the score, so it is on trial.

    `failing`: cases that do not come out in the new month (it has other working days), or why none could be run.
    """

    scheme: Path
    cases: tuple[Path, ...]
    on_trial: bool
    failing: tuple[str, ...]


def create(company: Company, name: str, source: str, department: str | None, effective_from: date) -> Made:
    """Copy a scheme of the company, or one that ships, to `config/schemes/NAME.yaml`, its cases beside it.

    The copy holds the newest version only, in force from `effective_from`, still to be approved.

    Raises:
        NotFoundError: there is no scheme of that name to copy.
        ConfigError: the new name is taken or is no name.
    """
    target = company.schemes / f"{name}.yaml"
    original = _find(company, source)
    cases = {path: _case_target(path, original.stem, target) for path in _case_files(original)}
    _require_free(name, company, (target, *cases.values()))
    changed = _read(original)
    _rename(changed, name, department, effective_from)
    _write(target, changed)
    on_trial = _require_no_second_judge(company, target, changed)
    for path, copy in cases.items():
        _copy_cases(path, copy, name, effective_from, target)
    return Made(target, tuple(cases.values()), on_trial, _failing(cases.values()))


def _find(company: Company, source: str) -> Path:
    """By file name or by the scheme's own name; the company's go before those that ship."""
    files = [path for folder in (company.schemes, shipped()) for path in sorted(folder.glob("*.yaml"))]
    found = next((path for path in files if source in {path.stem, _name_in(path)}), None)
    if found is None:
        names = sorted({path.stem for path in files})
        guess = nearest(source, names)
        todo = (f"did you mean {guess}? " if guess else "") + f"there are: {', '.join(names)}"
        raise NotFoundError(f"there is no scheme {source}", todo=todo)
    return found


def _name_in(path: Path) -> str:
    data, _ = load_yaml(path)
    return str(data.get("scheme")) if isinstance(data, dict) else ""


def _case_files(original: Path) -> list[Path]:
    return sorted((original.parent / "cases").glob(f"{original.stem}.*cases.yaml"))


def _case_target(path: Path, old: str, target: Path) -> Path:
    return target.parent / "cases" / path.name.replace(old, target.stem, 1)


def _require_free(name: str, company: Company, paths: tuple[Path, ...]) -> None:
    if not name.isascii() or not name.replace("_", "a").isalnum() or not name[0].islower() or name != name.lower():
        raise ConfigError(f"'{name}' is not a name for a scheme", todo="use a-z, 0-9 and _, a letter first")
    taken = next((path for path in paths if path.exists()), None)
    if taken:
        raise ConfigError("there is such a file already", where=Place(str(taken)), todo="choose another name")
    for path in company.schemes.glob("*.yaml"):
        if _name_in(path) == name:
            raise ConfigError(f"the name {name} is taken", where=Place(str(path)), todo="choose another name")


def _rename(scheme: Any, name: str, department: str | None, effective_from: date) -> None:
    scheme["scheme"] = name
    if department is not None:
        scheme["applies_to"].pop("departments", None)
        scheme["applies_to"].insert(0, "department", department)
    versions = scheme["versions"]
    while len(versions) > 1:
        versions.pop(0)
    versions[0]["effective_from"] = _day(effective_from)
    approved = versions[0]["approved"]
    approved["by"], approved["date"] = _TO_BE_APPROVED, _day(effective_from)
    approved.pop("reference", None)


def _require_no_second_judge(company: Company, target: Path, scheme: Any) -> bool:
    """Two schemes must not give one person's score: the copy is put on trial where it would."""
    try:
        others = [load_scheme(path) for path in sorted(company.schemes.glob("*.yaml")) if path != target]
        own = load_scheme(target)
    except ConfigError:
        target.unlink()
        raise
    on_trial = any(own in pair for pair in overlaps((*others, own)))
    if on_trial:
        scheme.pop("counts", None)
        scheme.insert(list(scheme).index("applies_to"), "counts", "trial")
        _write(target, scheme)
    return on_trial


def _copy_cases(path: Path, copy: Path, name: str, effective_from: date, target: Path) -> None:
    told = _read(path)
    told["scheme"], told["in_force_on"] = name, _day(effective_from)
    if "file" in told:
        told["file"] = target.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    _write(copy, told)


def _failing(paths: Iterable[Path]) -> tuple[str, ...]:
    try:
        return tuple(result.case for path in paths for result in run_cases(path) if not result.holds)
    except ConfigError as error:
        return (str(error),)


def _day(day: date) -> date:
    """A day of its own: the same object twice would be written as an anchor and its alias."""
    return date.fromordinal(day.toordinal())


def _yaml() -> YAML:
    """Round trip: comments, quotes and order stay."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(path: Path) -> Any:
    return _yaml().load(path.read_text(encoding="utf-8-sig"))


def _write(path: Path, data: Any) -> None:
    text = StringIO()
    _yaml().dump(data, text)
    path.write_text(text.getvalue(), "utf-8")


def next_month(today: date) -> date:
    """The first day of the month after a day's."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
