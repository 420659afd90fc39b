"""Money in a scheme: named facts, tables, formulas, pools, and what is paid in the end (S02, S03, S17, S22, S24).

Everything has a name. A formula may use every other name; `department` formulas are computed once for the department
(`sum(…)`, `mean(…)`, `count(…)` run over its appraised people), `person` formulas for each of them. Amounts are fen:
write `100 yuan`, `5‰`, `80%`. Names that need each other in a circle are refused.

What a formula may say stands in `formulas/functions.py`; whether its names fit is checked in `pay_checks.py`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from transforms.formulas.checks import Whose
from transforms.formulas.functions import FUNCTIONS, KEYWORDS
from transforms.formulas.numbers import MONEY, RATES, suffix_of
from transforms.metrics.model import Unit
from transforms.schemes.pay_checks import require_sound
from transforms.schemes.point_rules import Steps, require_climbing
from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Key, When
from transforms.schemes.wrong import wrong
from transforms.titles import Frozen, Title

Formula = Annotated[str, Field(min_length=1, max_length=500)]
PayKind = Literal["base", "allowance", "commission", "bonus", "reward", "deduction"]
_SOURCES = (
    "metric", "target", "event", "points", "score", "rank", "people", "pay_item", "by_post", "by_grade", "fact",
)  # fmt: skip


class Fact(Frozen):
    """Where a name gets its value: exactly one source, `of` the person or a larger whole.

    metric: its value; `when` may list several times, then `take` joins them (mean of ratios). target: what was agreed
    for that metric. event: the sum of the quantities of events of that kind. points: a sheet's total. score: the card
    score of the person, of the department, or the mean over all departments' scores. rank: the place by score in the
    department (`ranked_of`: among how many). people: how many are appraised, or regular employees at the window's end.
    pay_item: an agreed amount, in fen. by_post, by_grade: a number by the person's post or grade. fact: seniority in
    months, working days, overtime hours, and the share of the window's working days that the person was there.
    """

    metric: Key | None = None
    target: Key | None = None
    event: Key | None = None
    points: Key | None = None
    score: Literal["own", "department", "departments_mean"] | None = None
    rank: Literal["rank", "ranked_of", "from_last"] | None = None
    people: Literal["appraised", "regularised"] | None = None
    pay_item: Key | None = None
    by_post: dict[str, Quantity] | None = None
    by_grade: dict[Key, Quantity] | None = None
    fact: Literal["seniority_months", "working_days", "worked_share", "overtime_hours"] | None = None
    of: Literal["own", "department", "company"] = "own"
    when: tuple[When, ...] = ("now",)
    take: Literal["only", "mean", "sum"] = "only"
    missing: Quantity | None = None  # the value when there is none; without it the formulas above have none either
    title: Title | None = None
    unit: Unit | None = None

    @property
    def source(self) -> str:
        """Which of the sources it is."""
        return next(name for name in _SOURCES if getattr(self, name) is not None)

    @property
    def whose(self) -> Whose:
        """Whether each person has an own value."""
        if self.people is not None or self.of != "own":
            return "department"
        return "department" if self.score not in (None, "own") else "person"

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        told = [name for name in _SOURCES if getattr(self, name) is not None]
        if len(told) != 1:
            raise wrong(f"a fact has one source, here are {len(told)}", f"write one of: {', '.join(_SOURCES)}")
        if (len(self.when) > 1 or "last_3_months" in self.when) and self.take == "only":
            raise wrong("several times need to be joined", "add take: mean, or take: sum", "take")
        return self

    @model_validator(mode="after")
    def _fields_fit(self) -> Self:
        if self.of != "own" and self.source not in {"metric", "target", "event"}:
            raise wrong(f"{self.source} has no of:", "leave of: out", "of")
        if self.of == "company" and self.source == "event":
            raise wrong("events are a person's or a department's", "write of: department", "of")
        if self.when != ("now",) and self.source not in {"metric", "target", "event"}:
            raise wrong(f"{self.source} has no when:", "leave when: out", "when")
        return self


class _Short(Frozen):
    """A thing that may also be written as its first field alone."""

    @model_validator(mode="before")
    @classmethod
    def _as_mapping(cls, written: Any) -> Any:
        return written if isinstance(written, Mapping | cls) else cls._spelled_out(written)

    @classmethod
    def _spelled_out(cls, written: Any) -> dict[str, Any]:
        return {next(iter(cls.model_fields)): written}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Either form, for completion and checks in editors."""
        full = handler(core)
        return {"anyOf": [handler.resolve_ref_schema(full)["properties"][next(iter(cls.model_fields))], full]}


class Parameter(_Short):
    """A number a company may turn; the sign behind it (`80%`, `100 yuan`) tells its unit."""

    value: Quantity
    unit: Unit | None = None
    title: Title | None = None

    @classmethod
    def _spelled_out(cls, written: Any) -> dict[str, Any]:
        return {"value": written, "unit": _unit_of(written)}


class Table(_Short):
    """Rates or amounts by the step a value lies in; the sign behind them tells their unit."""

    steps: Steps
    unit: Unit | None = None
    title: Title | None = None

    @classmethod
    def _spelled_out(cls, written: Any) -> dict[str, Any]:
        gives = (
            [each.get("gives") for each in written if isinstance(each, Mapping)] if isinstance(written, list) else []
        )
        return {"steps": written, "unit": next((unit for each in gives if (unit := _unit_of(each))), None)}

    @model_validator(mode="after")
    def _climbs(self) -> Self:
        require_climbing(self.steps)
        return self


def _unit_of(written: object) -> Unit | None:
    suffix = suffix_of(written) if isinstance(written, str) else ""
    return Unit.FEN if suffix in MONEY else Unit.RATE if suffix in RATES else None


class Named(_Short):
    """A formula with a title and a unit, so that a report can show it; a bare formula is an inner step."""

    formula: Formula
    title: Title | None = None
    unit: Unit | None = None
    source: str = ""


class Pool(Frozen):
    """An amount of the department, shared among its appraised people by a person's number.

    `divisor`: `team` shares the whole pool, to the fen (largest remainder, ties by employee id). A number, or the name
    of a parameter, pays own ÷ divisor of the pool each; what is left over stays with the company and is shown. A pool
    never pays more than it holds: shares that come to more are cut in proportion, and a finding says so. Negative
    weights count as 0.
    """

    title: Title
    amount: Key
    by: Key
    divisor: Literal["team"] | Quantity | Key = "team"
    source: str = ""


class PayLine(Frozen):
    """What is paid: the person's value of `amount` (a formula's or a pool's name), rounded to the fen once, half-up.

    `lowest`, `highest`: held within, the rule says so on the report. A line without a value pays nothing and says why.
    """

    key: Key
    kind: PayKind
    title: Title
    amount: Key
    lowest: Quantity | None = None
    highest: Quantity | None = None
    source: str = ""


class Pay(Frozen):
    """The money of a version. `parameters` are numbers a company may turn; formulas use them by name."""

    parameters: dict[Key, Parameter] = Field(default_factory=dict)
    facts: dict[Key, Fact] = Field(default_factory=dict)
    tables: dict[Key, Table] = Field(default_factory=dict)
    department: dict[Key, Named] = Field(default_factory=dict)
    person: dict[Key, Named] = Field(default_factory=dict)
    pools: dict[Key, Pool] = Field(default_factory=dict)
    pays: tuple[PayLine, ...] = ()
    never_negative: tuple[Key, ...] = ()  # department values: below zero is a finding

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        seen: dict[str, str] = {}
        for part in ("parameters", "facts", "tables", "department", "person", "pools"):
            for name in getattr(self, part):
                if name in (FUNCTIONS if part == "tables" else KEYWORDS):
                    raise wrong(f"{name} is a word of the formula language", "choose another name", part, name)
                if name in seen:
                    told = f"the name {name} stands in {seen[name]} and in {part}"
                    raise wrong(told, "give each its own name", part, name)
                seen[name] = part
        return self

    @model_validator(mode="after")
    def _all_fits(self) -> Self:
        require_sound(self)
        return self

    def whose(self) -> dict[str, Whose]:
        """Every name, with whether each person has an own value of it, or the department one, or it is a table."""
        return {
            **dict.fromkeys((*self.parameters, *self.department), "department"),
            **dict.fromkeys(self.tables, "table"),
            **{name: fact.whose for name, fact in self.facts.items()},
            **dict.fromkeys((*self.person, *self.pools), "person"),
        }

    def formulas(self) -> dict[str, Named]:
        """Every formula by name, department first."""
        return {**self.department, **self.person}
