"""Who was where, on which working days: the organisation as scoring needs it, read from small tables.

A stint is one employee in one department within the period. A day belongs to one department: where assignments
overlap, membership goes before being on loan, then the assignment that began later.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from transforms.period import Period

if TYPE_CHECKING:  # pandas takes half a second, and who only reads results needs none of it
    import pandas as pd


def _empty_frame(columns: str) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(columns=columns.split(), dtype="object")


_EVENTS = "kind employee_id department_id occurred_on quantity"
_ATTENDANCE = "employee_id day kind overtime_hours"
_PAY_ITEMS = "employee_id item valid_from valid_until amount_fen"
_CAMPAIGNS = "starts_on ends_on is_special"
_HELD = "employee_id shop_id valid_from valid_until"
_SHOPS = "shop_id title"


@dataclass(frozen=True)
class ScoringInputs:
    """Canonical tables of the snapshot, one frame each, columns as in `transforms.tables`; numbers may be Decimal."""

    employees: "pd.DataFrame"
    assignments: "pd.DataFrame"
    departments: "pd.DataFrame"
    judgements: "pd.DataFrame"
    targets: "pd.DataFrame"
    events: "pd.DataFrame" = field(default_factory=lambda: _empty_frame(_EVENTS))
    attendance: "pd.DataFrame" = field(default_factory=lambda: _empty_frame(_ATTENDANCE))
    pay_items: "pd.DataFrame" = field(default_factory=lambda: _empty_frame(_PAY_ITEMS))
    campaigns: "pd.DataFrame" = field(default_factory=lambda: _empty_frame(_CAMPAIGNS))
    accounts: "pd.DataFrame" = field(default_factory=lambda: _empty_frame(_HELD))
    responsibilities: "pd.DataFrame" = field(default_factory=lambda: _empty_frame(_HELD))
    shops: "pd.DataFrame" = field(default_factory=lambda: _empty_frame(_SHOPS))


@dataclass(frozen=True)
class Assignment:
    """A row of `assignments`."""

    employee_id: str
    department_id: str
    valid_from: date
    valid_until: date
    role: str
    post: str | None


@dataclass(frozen=True)
class Employee:
    """A row of `employees`; `left_on` is the last day, far in the future for those who stay."""

    employee_id: str
    name: str
    hired_on: date
    regularised_on: date | None
    left_on: date


@dataclass(frozen=True)
class Stint:
    """One employee in one department: the days there with the role on each, in order; `post` is the last one."""

    employee: Employee
    department_id: str
    post: str | None
    days: tuple[tuple[date, str], ...]

    def worked(self, working: frozenset[date], excluded: Iterable[str] = ()) -> int:
        """Working days here in roles that are not `excluded`."""
        left_out = frozenset(excluded)
        return sum(day in working and role not in left_out for day, role in self.days)


@dataclass(frozen=True)
class Whereabouts:
    """Who was in which department on which day."""

    assignments: Mapping[str, tuple[Assignment, ...]]

    def department(self, employee_id: str, day: date) -> str | None:
        """The department somebody worked in that day."""
        placed = _on(self.assignments.get(employee_id, ()), day)
        return placed.department_id if placed else None


def whereabouts(assignments: "pd.DataFrame") -> Whereabouts:
    """The assignments by employee."""
    found: dict[str, list[Assignment]] = {}
    for each in _assignments(assignments):
        found.setdefault(each.employee_id, []).append(each)
    return Whereabouts({who: tuple(each) for who, each in found.items()})


def stints(inputs: ScoringInputs, period: Period) -> tuple[Stint, ...]:
    """Every stint of the period, ordered by employee and first day."""
    employees = {each.employee_id: each for each in read_employees(inputs.employees)}
    by_employee = whereabouts(inputs.assignments).assignments
    known = sorted(by_employee.keys() & employees.keys())
    return tuple(stint for key in known for stint in _stints_of(employees[key], by_employee[key], period))


def _stints_of(employee: Employee, assignments: Iterable[Assignment], period: Period) -> Iterator[Stint]:
    days: dict[str, list[tuple[date, Assignment]]] = {}
    for day in period.days:
        if employee.hired_on <= day <= employee.left_on and (where := _on(assignments, day)):
            days.setdefault(where.department_id, []).append((day, where))
    for department_id, placed in days.items():
        told = tuple((day, where.role) for day, where in placed)
        yield Stint(employee, department_id, placed[-1][1].post, told)


def _on(assignments: Iterable[Assignment], day: date) -> Assignment | None:
    current = [each for each in assignments if each.valid_from <= day <= each.valid_until]
    return max(current, key=lambda each: (each.role != "helper", each.valid_from, each.department_id), default=None)


def read_employees(frame: "pd.DataFrame") -> tuple[Employee, ...]:
    """Rows of `employees`, by id."""
    found = (
        Employee(
            str(row["employee_id"]),
            str(row["name"]),
            read_day(row["hired_on"]) or date.min,
            read_day(row["regularised_on"]),
            read_day(row["left_on"]) or date.max,
        )
        for row in rows(frame)
    )
    return tuple(sorted(found, key=lambda each: each.employee_id))


def _assignments(frame: "pd.DataFrame") -> Iterator[Assignment]:
    for row in rows(frame):
        yield Assignment(
            str(row["employee_id"]),
            str(row["department_id"]),
            read_day(row["valid_from"]) or date.min,
            read_day(row["valid_until"]) or date.max,
            str(row["role"]),
            text(row["post"]),
        )


def rows(frame: "pd.DataFrame") -> Iterator[dict[str, Any]]:
    """Rows as dicts; columns keep their own types."""
    names = [str(name) for name in frame.columns]
    columns = [frame[name].tolist() for name in names]
    return (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def text(value: object) -> str | None:
    """A text cell, None when empty."""
    return None if _empty(value) else str(value)


def exact(value: object) -> Decimal:
    """A number cell exactly: Decimal and text as they are, a float by its shortest text (never its binary tail)."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def read_day(value: object) -> date | None:
    """A day cell, None when empty."""
    if _empty(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _empty(value: object) -> bool:
    import pandas as pd

    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]
