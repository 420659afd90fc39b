"""Case files run through the engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flows.scheme_cases.changes import Turned, changed_scheme
from flows.scheme_cases.checking import differences_in_checks
from flows.scheme_cases.comparing import differences, outcomes
from flows.scheme_cases.model import About, Case, CaseFile, Then
from flows.scheme_cases.sentences import sentence, title_of
from flows.scheme_cases.setting import Setting
from flows.scheme_cases.values import windows
from flows.scheme_cases.world import book_of, people_of
from flows.schemes import load_scheme
from flows.yaml_files import load_yaml, validate_data
from flows.yaml_mistakes import LineOf, allowed
from transforms.appraise import appraise
from transforms.errors import ConfigError, Place
from transforms.metrics.model import Metric
from transforms.period import Period, parse
from transforms.titles import Locale

SUFFIX = ".cases.yaml"


@dataclass(frozen=True)
class CaseResult:
    """A case that was run; `differences` is empty when it holds. `source`: the appraisal system it belongs to."""

    scheme: str
    case: str
    sentence: str
    differences: tuple[str, ...]
    source: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything came out as written."""
        return not self.differences


@dataclass(frozen=True)
class _Opened:
    """A case file with its scheme's."""

    path: Path
    line_of: LineOf
    told: CaseFile
    scheme_path: Path
    setting: Setting

    @cached_property
    def scheme_data(self) -> Any:
        """The scheme's YAML, read only when a case changes something in it."""
        return load_yaml(self.scheme_path)[0]

    def place(self, number: int, *at: str | int) -> Place:
        """Where something of a case stands."""
        return Place(str(self.path), self.line_of(("cases", number, *at)))


def run_cases(
    path: Path, catalogue: Mapping[str, Metric] | None = None, *, locale: Locale = "en"
) -> tuple[CaseResult, ...]:
    """Run the cases of a file `schemes/cases/NAME.cases.yaml` on `schemes/NAME.yaml`.

    `locale`: the language of the sentences.

    Raises:
        ConfigError: the case file or its scheme is wrong, or a case names something the scheme has not.
    """
    opened = _open(path, catalogue)
    return tuple(_run(number, case, opened, locale) for number, case in enumerate(opened.told.cases))


def scheme_file(path: Path, told: CaseFile) -> Path:
    """The scheme's file: the one told, or the one the case file is named after."""
    return path.parent.parent / (told.file or f"{path.name.removesuffix(SUFFIX)}.yaml")


def _open(path: Path, catalogue: Mapping[str, Metric] | None) -> _Opened:
    data, line_of = load_yaml(path)
    told = validate_data(CaseFile, data, path, line_of)
    scheme_path = scheme_file(path, told)
    scheme = load_scheme(scheme_path, catalogue)
    if scheme.scheme != told.scheme or scheme.in_force(told.in_force_on) is None:
        said = f"these cases are for {told.scheme} on {told.in_force_on}, which {scheme_path.name} does not hold"
        raise ConfigError(said, where=Place(str(path)), todo="name the scheme beside them, and a day it was in force")
    beside = tuple(load_scheme(scheme_path.parent / f"{name}.yaml", catalogue) for name in told.beside)
    setting = Setting(scheme, beside, _period(told), catalogue or _catalogue())
    if scheme.cycle != setting.period.cycle:
        said = f"{told.scheme} judges by {scheme.cycle}, but {setting.period.key} is a {setting.period.cycle}"
        raise ConfigError(said, where=Place(str(path)), todo="add period: 2026-Q3, or period: 2026")
    return _Opened(path, line_of, told, scheme_path, setting)


def _period(told: CaseFile) -> Period:
    return parse(told.period or f"{told.in_force_on:%Y-%m}")


def _run(number: int, case: Case, opened: _Opened, locale: Locale) -> CaseResult:
    try:
        setting = _turned(number, case, opened)
    except ConfigError as error:
        if case.then.refused is None:
            raise
        return _refused(case, error, opened, locale)
    people = people_of(case)
    for mistake, todo, *at in _unknown(case, setting):
        raise ConfigError(f"case '{title_of(case, locale)}': {mistake}", where=opened.place(number, *at), todo=todo)
    book = book_of(case, people, setting)
    results = appraise(book, setting.schemes)
    found = {name: each for name, each in outcomes(results, setting).items() if name in people}
    told = [
        *differences(case.then, found, results, setting),
        *differences_in_checks(case.then, book, results, setting),
        *(["the scheme is not refused"] if case.then.refused is not None else []),
    ]
    return _result(case, sentence(case, found, results, setting, locale), told, opened, locale)


def _refused(case: Case, error: ConfigError, opened: _Opened, locale: Locale) -> CaseResult:
    """A scheme that must not load, and says why."""
    wanted = case.then.refused or ""
    told = [] if wanted in error.what else [f"the scheme is refused with '{error.what}', not '{wanted}'"]
    return _result(case, f"{title_of(case, locale)}: {error.what}", told, opened, locale)


def _result(case: Case, said: str, told: list[str], opened: _Opened, locale: Locale) -> CaseResult:
    scheme = opened.setting.scheme
    source = opened.told.source or scheme.source
    return CaseResult(scheme.scheme, title_of(case, locale), said, tuple(told), source)


def _turned(number: int, case: Case, opened: _Opened) -> Setting:
    setting = opened.setting
    if not case.changed:
        return setting
    where = opened.place(number, "changed")
    turned = Turned(opened.scheme_path, opened.scheme_data, setting.version, where)
    scheme = changed_scheme(turned, case.changed, setting.catalogue)
    return Setting(scheme, setting.beside, setting.period, setting.catalogue)


def _unknown(case: Case, setting: Setting) -> Iterator[tuple[str, ...]]:
    """Names a case uses that the scheme does not know: what is wrong, what to write, and where."""
    everybody: dict[tuple[str, ...], About] = {(): case, **{("team", name): each for name, each in case.team.items()}}
    others: dict[tuple[str, ...], About] = {("department",): case.department, ("company",): case.company}
    others |= {("departments", key): each for key, each in case.departments.items()}
    for at, about in (everybody | others).items():
        known = setting.metrics | (setting.judged | {"rest"} if at in everybody else frozenset())
        for key in sorted(_named(about, setting) - known):
            yield f"the scheme has no indicator {key}", allowed(key, known), *at, *_where(about, key)
        for kind in sorted(about.events.keys() - setting.events):
            told = f"no line of the scheme counts the event {kind}"
            yield told, allowed(kind, setting.events), *at, "events", kind
    yield from _unknown_people(case.then, set(case.team))


def _named(about: About, setting: Setting) -> set[str]:
    values = {key for _, told in windows(about, setting.window) for key in told}
    return values | about.targets.keys() | about.targets_last_month.keys()


def _where(about: About, key: str) -> tuple[str, ...]:
    """The place of a name in what is told of somebody."""
    for field in about.model_fields_set:
        told = getattr(about, field)
        if isinstance(told, dict) and key in told:
            return field, key
        for inner, values in told.items() if isinstance(told, dict) else ():
            if isinstance(values, dict) and key in values:
                return field, inner, key
    return ()


def _unknown_people(then: Then, team: set[str]) -> Iterator[tuple[str, ...]]:
    for name in sorted(set(then.people) - team):
        known = team | (set(Then.model_fields) - {"people"})
        yield f"then: nobody of the team is called {name}", allowed(name, known), "then", name


def _catalogue() -> Mapping[str, Metric]:
    from transforms.metrics.catalogue import CATALOGUE

    return CATALOGUE
