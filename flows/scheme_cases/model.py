"""What a case file may say; `docs/scheme-cases.md` tells it to those who write one."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from flows.scheme_cases.written import NO_DATA, AsWritten, Quotient, read_amount
from transforms.errors import PeriodError
from transforms.period import parse
from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Key
from transforms.schemes.score_rules import Role
from transforms.titles import Frozen, Title

ROLES = frozenset({"self", "manager", "peer", "subordinate", "customer"})


def _read_period(raw: object) -> str:
    try:
        return parse(str(raw)).key
    except PeriodError as error:
        raise PydanticCustomError("case", "{what}", {"what": error.what, "todo": error.todo}) from None


PeriodKey = Annotated[str, BeforeValidator(_read_period)]
WeekKey = Annotated[str, Field(pattern=r"^([1-6]|all)$")]
Nothing = Literal["none"]


def _read_told(raw: object) -> object:
    if raw == NO_DATA:
        return {"text": NO_DATA}
    if not isinstance(raw, dict):
        return {"text": str(raw), "value": raw}
    if raw and raw.keys() <= ROLES:
        return {"roles": {role: value if isinstance(value, list) else [value] for role, value in raw.items()}}
    value = raw.get("value", NO_DATA)
    return {**raw, "text": str(value), "value": None if value == NO_DATA else value}


class TheTold(Frozen):
    """What is known of one metric or indicator: a value with its denominator and target, or judgements by role.

    `text` is the value as it was written.
    """

    text: str = ""
    value: Annotated[Decimal | Quotient, BeforeValidator(read_amount)] | None = None
    of: Quantity | None = None
    target: Quantity | None = None
    roles: dict[Role, tuple[Decimal, ...]] = Field(default_factory=dict)


Told = Annotated[TheTold, BeforeValidator(_read_told)]
Values = dict[str, Told]


class Happened(Frozen):
    """Events of one kind: how much, and on which day or in which week; else on the window's first day."""

    quantity: Quantity = Decimal(1)
    on: date | None = None
    week: int | None = Field(default=None, ge=1, le=4)
    iso_week: int | None = Field(default=None, ge=1, le=6)


def _as_happened(raw: object) -> object:
    listed = raw if isinstance(raw, list) else [raw]
    return [each if isinstance(each, dict) else {"quantity": each} for each in listed]


def _as_past(raw: object) -> object:
    return raw if isinstance(raw, dict) else {"score": raw}


class Past(Frozen):
    """What an earlier period came to, as the ledger keeps it."""

    score: Decimal | None = None
    grade: Key | None = None
    rank: int | None = None
    ranked_of: int | None = None
    working_days: int = 22
    scheme: Key | None = None
    counts: Literal["score", "beside", "trial"] | None = None
    final: bool = True


class About(Frozen):
    """What is known of a person, a department or the company: values by window, targets, events, earlier results."""

    given: Values = Field(default_factory=dict)
    weeks: dict[WeekKey, Values] = Field(default_factory=dict)
    iso_weeks: dict[WeekKey, Values] = Field(default_factory=dict)
    last_month: Values = Field(default_factory=dict)
    same_month_last_year: Values = Field(default_factory=dict)
    last_3_months: Values | tuple[Values, Values, Values] = Field(default_factory=dict)
    windows: dict[PeriodKey, Values] = Field(default_factory=dict)
    targets: dict[str, Quantity] = Field(default_factory=dict)
    targets_last_month: dict[str, Quantity] = Field(default_factory=dict)
    events: dict[Key, Annotated[tuple[Happened, ...], BeforeValidator(_as_happened)]] = Field(default_factory=dict)
    past: dict[PeriodKey, Annotated[Past, BeforeValidator(_as_past)]] = Field(default_factory=dict)


class Person(About):
    """An employee. Without days: hired and regularised when the window begins, in the scheme's first department."""

    pay_items: dict[Key, Quantity] = Field(default_factory=dict)
    attendance: dict[str, Decimal] = Field(default_factory=dict)
    post: str | None = None
    role: Literal["member", "helper", "manager"] = "member"
    works_in: Key | None = None
    hired_on: date | None = None
    regularised_on: date | Nothing | None = None
    left_on: date | None = None
    seniority_months: int | None = Field(default=None, ge=0)
    worked: int | None = Field(default=None, ge=1)


Points = Decimal | Nothing


class ThenPool(Frozen):
    """A pool, as far as it is told."""

    amount: AsWritten = None
    paid: AsWritten = None
    left: AsWritten = None


class ThenPerson(Frozen):
    """What must come out for a person; only what is written is compared."""

    score: Points | None = None
    grade: str | None = None
    rank: int | Nothing | None = None
    ranked_of: int | None = None
    not_scored: str | None = None
    appraised: bool | None = None
    scores: dict[str, Points] = Field(default_factory=dict)
    points: dict[str, Points | dict[str, Points | dict[str, Points]]] = Field(default_factory=dict)
    ranks: dict[str, int | Nothing | dict[str, dict[str, int | Nothing]]] = Field(default_factory=dict)
    weights: dict[str, Decimal] = Field(default_factory=dict)
    values: dict[str, AsWritten] = Field(default_factory=dict)
    pay: dict[str, AsWritten] = Field(default_factory=dict)
    consequences: tuple[str, ...] | None = None
    due: dict[Key, date] = Field(default_factory=dict)


def _collect(data: object, known: frozenset[str], into: str) -> object:
    """Keys that are no fields become entries of the field `into`."""
    if not isinstance(data, dict):
        return data
    kept = {key: value for key, value in data.items() if key in known}
    rest = {key: value for key, value in data.items() if key not in known}
    return {**kept, into: {**kept.get(into, {}), **rest}} if rest else data


class ThenDepartment(Frozen):
    """What must come out for a department: its values by name, its pools, its card."""

    score: Points | None = None
    grade: str | None = None
    points: dict[str, Points] = Field(default_factory=dict)
    pools: dict[str, ThenPool] = Field(default_factory=dict)
    values: dict[str, AsWritten] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, data: object) -> object:
        return _collect(data, frozenset(cls.model_fields), "values")


class Then(ThenPerson):
    """What must come out; a name that is no field is somebody of the team."""

    people: dict[str, ThenPerson] = Field(default_factory=dict)
    department: ThenDepartment | None = None
    departments: dict[Key, ThenDepartment] = Field(default_factory=dict)
    findings: tuple[str, ...] | None = None
    checks: tuple[str, ...] | None = None
    refused: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, data: object) -> object:
        return _collect(data, frozenset(cls.model_fields), "people")


class Case(Person):
    """One sentence. What stands here beside `team` holds for everybody in it."""

    case: str | Title
    team: dict[str, Person] = Field(default_factory=dict)
    department: About = About()
    departments: dict[Key, About] = Field(default_factory=dict)
    company: About = About()
    special_campaigns: tuple[PeriodKey, ...] = ()
    as_of: date | None = None
    changed: dict[str, Any] = Field(default_factory=dict)
    then: Then


class CaseFile(Frozen):
    """The cases of one scheme: `in_force_on` chooses the version; the period is that day's month unless told.

    `file`: the scheme's file where the cases are not named after it. `beside`: files of schemes that judge the same
    people at the same time. `source`: the system the cases belong to when it is not the scheme's own.
    """

    scheme: str
    in_force_on: date
    period: PeriodKey | None = None
    file: str | None = None
    beside: tuple[str, ...] = ()
    source: str | None = None
    cases: tuple[Case, ...] = Field(min_length=1)
