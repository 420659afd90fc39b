"""Everything a period is judged from, indexed once: values of every window, what people wrote down, earlier results.

A `Book` belongs to a run's period. `facts.facts_of` opens it at one window: the days a scheme judges.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from transforms.corrections.model import CarriedLine, Decided
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Metric, MetricValue
from transforms.period import Period
from transforms.scoring.people import (
    Employee,
    ScoringInputs,
    Stint,
    Whereabouts,
    exact,
    read_day,
    read_employees,
    rows,
    stints,
    text,
    whereabouts,
)

if TYPE_CHECKING:  # pandas takes half a second, and who only reads results needs none of it
    import pandas as pd

# (level, subject, department where the subject is an employee, metric)
ValueKey = tuple[str, str, str | None, str]


@dataclass(frozen=True)
class Judgement:
    """One rater's score of one employee on one indicator."""

    role: str
    rater_id: str
    score: Decimal


@dataclass(frozen=True)
class Event:
    """Something that happened; `department_id`: where the employee worked that day, or whose event it is."""

    employee_id: str | None
    department_id: str | None
    day: date
    quantity: Decimal


@dataclass(frozen=True)
class PayItem:
    """What somebody gets from one day to another, both included; in fen."""

    valid_from: date
    valid_until: date
    amount_fen: int


@dataclass(frozen=True)
class PastResult:
    """What the latest revision of an earlier period says of somebody, or of a department.

    `counts` = `score`: the overall score, under the scheme that covered most of the days; otherwise an appraisal
    beside it. `final`: the period is closed and none of its numbers could change any more.
    """

    period: str
    subject: str
    level: Literal["employee", "department"]
    scheme: str
    score: Decimal | None
    grade: str | None
    rank: int | None
    ranked_of: int | None
    working_days: int
    final: bool
    counts: Literal["score", "beside", "trial"] = "score"


@dataclass(frozen=True)
class Book:
    """The indexes. `told`: the values as they came in; `values`: by window key; money in fen, quantities exact."""

    period: Period
    as_of: date
    catalogue: Mapping[str, Metric]
    parameters: MeasureParameters
    inputs: ScoringInputs
    working_days: tuple[date, ...]
    told: tuple[MetricValue, ...]
    values: Mapping[str, Mapping[ValueKey, MetricValue]]
    judgements: Mapping[str, Mapping[tuple[str, str], tuple[Judgement, ...]]]  # period → (employee, indicator)
    targets: Mapping[tuple[str, str, str, str], Decimal]  # level, subject, metric, period
    events: Mapping[tuple[str, str, str], tuple[Event, ...]]  # kind, employee | department, whose
    attendance: Mapping[str, Mapping[date, str]]  # employee → day → kind
    overtime: Mapping[str, tuple[tuple[date, Decimal], ...]]  # employee → day, hours
    pay_items: Mapping[tuple[str, str], tuple[PayItem, ...]]  # employee, item
    special_campaigns: tuple[Period, ...]
    employees: Mapping[str, Employee]
    past: tuple[PastResult, ...]
    decided: tuple[Decided, ...] = ()  # lines that people exempted or decided
    carried: tuple[CarriedLine, ...] = ()
    _stints: dict[Period, tuple[Stint, ...]] = field(default_factory=dict, compare=False, repr=False)

    def working(self, window: Period) -> tuple[date, ...]:
        """The working days of a window."""
        return tuple(day for day in self.working_days if day in window)

    def stints(self, window: Period) -> tuple[Stint, ...]:
        """Who was in which department in the window; looked up once a window."""
        if window not in self._stints:
            self._stints[window] = stints(self.inputs, window)
        return self._stints[window]

    def absent(self, employee_id: str, kinds: Iterable[str]) -> frozenset[date]:
        """Days on which attendance says one of these kinds."""
        wanted = frozenset(kinds)
        told = self.attendance.get(employee_id, {}) if wanted else {}
        return frozenset(day for day, kind in told.items() if kind in wanted)


def make_book(  # noqa: PLR0913 - the inputs of a period, each of its own kind
    period: Period,
    catalogue: Mapping[str, Metric],
    values: Iterable[MetricValue],
    inputs: ScoringInputs,
    *,
    as_of: date,
    working_days: Iterable[date],
    parameters: MeasureParameters,
    past: Sequence[PastResult] = (),
    decided: Sequence[Decided] = (),
    carried: Sequence[CarriedLine] = (),
) -> Book:
    """Index everything a run of `period` may look up.

    `values`: metrics of any windows, each with its window's key. `working_days`: those of every window that is judged
    (a superset does no harm). `past`: earlier periods, for roll-ups and for what hangs on several periods. `decided`:
    lines that people exempted or decided. `carried`: differences of closed periods that are settled in this one.
    """
    told = tuple(values)
    return Book(
        period=period,
        as_of=as_of,
        catalogue=catalogue,
        parameters=parameters,
        inputs=inputs,
        working_days=tuple(sorted(set(working_days))),
        told=told,
        values=_values(told),
        judgements=_judgements(inputs.judgements),
        targets=_targets(inputs.targets),
        events=_events(inputs.events, whereabouts(inputs.assignments)),
        attendance=_attendance(inputs.attendance),
        overtime=_overtime(inputs.attendance),
        pay_items=_pay_items(inputs.pay_items),
        special_campaigns=_special_campaigns(inputs.campaigns),
        employees={each.employee_id: each for each in read_employees(inputs.employees)},
        past=tuple(sorted(past, key=lambda each: (each.period, each.level, each.subject, each.scheme))),
        decided=tuple(sorted(decided, key=lambda each: each.correction_id)),
        carried=tuple(sorted(carried, key=lambda each: (each.employee_id, each.from_period, each.scheme, each.key))),
    )


def _values(told: Iterable[MetricValue]) -> dict[str, dict[ValueKey, MetricValue]]:
    found: dict[str, dict[ValueKey, MetricValue]] = {}
    for each in told:
        where = each.department_id if each.level == "employee" else None
        found.setdefault(each.window, {})[each.level, each.subject_id, where, each.metric] = each
    return found


def _judgements(frame: "pd.DataFrame") -> dict[str, dict[tuple[str, str], tuple[Judgement, ...]]]:
    """In an order that does not hang on the file's."""
    found: dict[str, dict[tuple[str, str], list[Judgement]]] = {}
    for row in rows(frame):
        judged = Judgement(str(row["role"]), str(row["rater_id"]), exact(row["score"]))
        whose = str(row["employee_id"]), str(row["indicator"])
        found.setdefault(str(row["period"]), {}).setdefault(whose, []).append(judged)
    return {
        period: {key: tuple(sorted(each, key=lambda j: (j.role, j.rater_id))) for key, each in told.items()}
        for period, told in found.items()
    }


def _targets(frame: "pd.DataFrame") -> dict[tuple[str, str, str, str], Decimal]:
    names = ("level", "subject_id", "metric", "period")
    return {tuple(str(row[name]) for name in names): exact(row["value"]) for row in rows(frame)}  # type: ignore[misc]


def _events(frame: "pd.DataFrame", where: Whereabouts) -> dict[tuple[str, str, str], tuple[Event, ...]]:
    found: dict[tuple[str, str, str], list[Event]] = {}
    for row in rows(frame):
        day, who, department = read_day(row["occurred_on"]), text(row["employee_id"]), text(row["department_id"])
        if day is None:
            continue
        at = (where.department(who, day) or department) if who else department
        event = Event(who, at, day, exact(row["quantity"]) if text(row["quantity"]) else Decimal(1))
        level, whose = ("employee", who) if who else ("department", department)
        found.setdefault((str(row["kind"]), level, str(whose)), []).append(event)
    return {key: tuple(sorted(each, key=lambda e: (e.day, e.quantity))) for key, each in found.items()}


def _attendance(frame: "pd.DataFrame") -> dict[str, dict[date, str]]:
    found: dict[str, dict[date, str]] = {}
    for row in rows(frame):
        if (day := read_day(row["day"])) is not None:
            found.setdefault(str(row["employee_id"]), {})[day] = str(row["kind"])
    return found


def _overtime(frame: "pd.DataFrame") -> dict[str, tuple[tuple[date, Decimal], ...]]:
    found: dict[str, list[tuple[date, Decimal]]] = {}
    for row in rows(frame):
        day, hours = read_day(row["day"]), text(row["overtime_hours"])
        if day is not None and hours is not None:
            found.setdefault(str(row["employee_id"]), []).append((day, exact(row["overtime_hours"])))
    return {who: tuple(sorted(each)) for who, each in found.items()}


def _pay_items(frame: "pd.DataFrame") -> dict[tuple[str, str], tuple[PayItem, ...]]:
    found: dict[tuple[str, str], list[PayItem]] = {}
    for row in rows(frame):
        since, until = read_day(row["valid_from"]) or date.min, read_day(row["valid_until"]) or date.max
        item = PayItem(since, until, int(row["amount_fen"]))
        found.setdefault((str(row["employee_id"]), str(row["item"])), []).append(item)
    return {key: tuple(sorted(each, key=lambda i: (i.valid_from, i.amount_fen))) for key, each in found.items()}


def _special_campaigns(frame: "pd.DataFrame") -> tuple[Period, ...]:
    told = [row for row in rows(frame) if text(row["is_special"]) is not None and bool(row["is_special"])]
    days = ((read_day(row["starts_on"]), read_day(row["ends_on"])) for row in told)
    return tuple(sorted(Period(first, last) for first, last in days if first is not None and last is not None))
