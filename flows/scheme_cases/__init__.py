"""Cases of a scheme: sentences in YAML beside it, run through the real engine with one employee in one department.

    scheme: s01_customer_service_monthly
    in_force_on: 2026-10-01
    cases:
      - case: A good month earns "good"
        given:
          csat_rate: {value: 93%, of: 500}           # of: the denominator; 1000 unless told
          complaint_rate: no data
          add_on_amount: {value: 9500 yuan, target: 10000 yuan}
          cross_department: {manager: 85, self: 90}  # or one number, given by every role
          rest: 80                                   # every manual indicator that is not named
        worked: 11                                   # last working days of the month; all unless told
        then: {score: 83.42, grade: good, points: {csat_rate: 22.94}}

What `then` does not name is not compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from flows.schemes import load_scheme
from flows.yaml_files import validate
from transforms.errors import ConfigError, Place
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Metric, MetricValue
from transforms.period import Period, parse, working_days
from transforms.scoring.engine import score
from transforms.scoring.indicator import Indicator
from transforms.scoring.indicators import judged_by
from transforms.scoring.people import ScoringInputs
from transforms.scoring.quantities import Quantity
from transforms.scoring.results import Card
from transforms.scoring.rule_kinds import Role, plain
from transforms.scoring.scheme import Scheme, Version
from transforms.titles import Frozen

_WHO = "case"
_TABLES = {
    "employees": ["employee_id", "name", "hired_on", "regularised_on", "left_on"],
    "assignments": ["employee_id", "department_id", "valid_from", "valid_until", "role", "post"],
    "departments": ["department_id", "title_zh_hans", "title_zh_hant", "title_en"],
    "judgements": ["employee_id", "indicator", "period", "rater_id", "role", "score"],
    "targets": ["level", "subject_id", "metric", "period", "value"],
}


class Given(Frozen):
    """What is known of one indicator: a value with its denominator and target, or the judgements by role."""

    value: Quantity | None = None
    of: Quantity = Decimal(1000)
    target: Quantity | None = None
    roles: dict[Role, Decimal] = Field(default_factory=dict)


class Then(Frozen):
    """What must come out; only what is written is compared."""

    score: Decimal | None = None
    grade: str | None = None
    scores: dict[str, Decimal | Literal["none"]] = Field(default_factory=dict)
    points: dict[str, Decimal | Literal["none"]] = Field(default_factory=dict)
    weights: dict[str, Decimal] = Field(default_factory=dict)


class Case(Frozen):
    """One sentence."""

    case: str
    given: dict[str, Quantity | Literal["no data"] | dict[str, Quantity]]
    worked: int | None = Field(default=None, ge=1)
    then: Then


class CaseFile(Frozen):
    """The cases of one scheme. `in_force_on` chooses the version; the period is that day's month."""

    scheme: str
    in_force_on: date
    cases: tuple[Case, ...] = Field(min_length=1)


@dataclass(frozen=True)
class CaseResult:
    """A case that was run; `differences` is empty when it holds."""

    scheme: str
    case: str
    sentence: str
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything came out as written."""
        return not self.differences


def run_cases(path: Path, catalogue: Mapping[str, Metric] | None = None) -> tuple[CaseResult, ...]:
    """Run the cases of a file `schemes/cases/NAME.cases.yaml` on `schemes/NAME.yaml`.

    Raises:
        ConfigError: the case file or its scheme is wrong, or a case names an indicator the scheme has not.
    """
    file = validate(CaseFile, path)
    scheme_path = path.parent.parent / f"{path.name.removesuffix('.cases.yaml')}.yaml"
    scheme, known = load_scheme(scheme_path, catalogue), catalogue or _catalogue()
    version = scheme.in_force(file.in_force_on)
    if version is None or scheme.scheme != file.scheme:
        told = f"these cases are for {file.scheme} on {file.in_force_on}, which {scheme_path.name} does not hold"
        raise ConfigError(told, where=Place(str(path)), todo="name the scheme beside them, and a day it was in force")
    return tuple(_run(case, scheme, version, file.in_force_on, known, path) for case in file.cases)


def _run(
    case: Case, scheme: Scheme, version: Version, day: date, catalogue: Mapping[str, Metric], path: Path
) -> CaseResult:
    period = parse(f"{day:%Y-%m}")
    days = working_days(period.days)
    given = _given(case, version, path)
    lines = {each.key: each for _, _, each in version.placed()}
    values = tuple(_value(catalogue[key], told, scheme, period) for key, told in given.items() if lines[key].metric)
    results = score(
        period,
        [scheme],
        catalogue,
        tuple(each for each in values if each),
        _inputs(case, scheme, period, days, given),
        as_of=date.max,
        working_days=days,
        parameters=MeasureParameters(),
    )
    card = results.people[0].cards[0]
    return CaseResult(scheme.scheme, case.case, _sentence(case, card), tuple(_differences(case.then, card)))


# --- given -------------------------------------------------------------------------------------------------------


def _given(case: Case, version: Version, path: Path) -> dict[str, Given]:
    lines = {each.key: each for _, _, each in version.placed()}
    unknown = sorted(set(case.given) - lines.keys() - {"rest"})
    if unknown:
        told = f"case '{case.case}': the scheme has no indicator {', '.join(unknown)}"
        raise ConfigError(told, where=Place(str(path)), todo=f"allowed: {', '.join(sorted(lines))}, rest")
    rest = case.given.get("rest")
    written = {key: case.given.get(key, rest if line.manual else None) for key, line in lines.items()}
    return {key: _read(told, lines[key], version) for key, told in written.items() if told not in (None, "no data")}


def _read(told: object, line: Indicator, version: Version) -> Given:
    if not isinstance(told, dict):
        roles = judged_by(line, version).roles if line.manual else {}
        return Given.model_validate({"roles": dict.fromkeys(roles, told)} if line.manual else {"value": told})
    return Given.model_validate({"roles": told} if line.manual else told)


def _value(metric: Metric, given: Given, scheme: Scheme, period: Period) -> MetricValue | None:
    if given.value is None:
        return None
    of = given.of if metric.denominator else None
    numerator = given.value * (of or 1) * metric.per / metric.scale
    return MetricValue(
        level="employee",
        subject_id=_WHO,
        department_id=scheme.applies_to.where[0],
        window=period.key,
        metric=metric.key,
        numerator=numerator,
        denominator=of,
        value=given.value,
    )


def _inputs(
    case: Case, scheme: Scheme, period: Period, days: tuple[date, ...], given: Mapping[str, Given]
) -> ScoringInputs:
    first = days[-case.worked] if case.worked else period.start
    department, post = scheme.applies_to.where[0], next(iter(scheme.applies_to.posts), None)
    frames: dict[str, list[tuple[object, ...]]] = {
        "employees": [(_WHO, _WHO, first, first, None)],
        "assignments": [(_WHO, department, first, None, "member", post)],
        "departments": [(department, department, None, None)],
        "judgements": [
            (_WHO, key, period.key, role, role, points)
            for key, each in given.items()
            for role, points in each.roles.items()
        ],
        "targets": [
            ("employee", _WHO, key, period.key, each.target) for key, each in given.items() if each.target is not None
        ],
    }
    return ScoringInputs(
        **{name: pd.DataFrame(frames[name], columns=columns, dtype="object") for name, columns in _TABLES.items()}
    )


# --- then --------------------------------------------------------------------------------------------------------


def _differences(then: Then, card: Card) -> Iterator[str]:
    lines = {each.key: each for each in card.indicators}
    if then.score is not None and card.score != then.score:
        yield f"score is {card.score}, not {then.score}"
    if then.grade is not None and card.grade != then.grade:
        yield f"grade is {card.grade}, not {then.grade}"
    wanted = [
        (name, key, value, getattr(lines[key], field) if key in lines else None)
        for name, field, told in (
            ("score", "score", then.scores),
            ("points", "points", then.points),
            ("weight", "weight_used", then.weights),
        )
        for key, value in told.items()
    ]
    for name, key, value, got in wanted:
        if got != (None if value == "none" else value) or key not in lines:
            yield f"{name} of {key} is {got}, not {value}"


def _sentence(case: Case, card: Card) -> str:
    given = ", ".join(f"{key} {_told(value)}" for key, value in case.given.items())
    earned = ", ".join(f"{each.key} {each.points}" for each in card.indicators if each.points is not None)
    return f"{case.case}: given {given}, the card shows {card.score} ({card.grade}): {earned}."


def _told(value: object) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{key} {_told(each)}" for key, each in value.items()) + ")"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _catalogue() -> Mapping[str, Metric]:
    from transforms.metrics.catalogue import CATALOGUE

    return CATALOGUE
