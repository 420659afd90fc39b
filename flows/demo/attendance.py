"""Days that were not plain presence: leave, sickness, excuses, late mornings, and overtime."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import month_bounds, months
from flows.demo.people import People, working

KINDS = ("present", "leave", "sick", "excused", "absent", "late")
# Days a month and person. Overtime has a row of its own kind: present, with hours.
_RATES = {"present": 2.2, "leave": 0.22, "sick": 0.16, "excused": 0.1, "absent": 0.01, "late": 0.18}
_OVERTIME_HALF_HOURS = (2, 7)
_SATURDAY = 5
# No leave is taken on public holidays (2025-10 … 2026-11).
_HOLIDAYS = frozenset(
    {date(2025, 10, n) for n in range(1, 9)}
    | {date(2026, 2, n) for n in range(15, 23)}
    | {date(2026, 10, n) for n in range(1, 8)}
    | {date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 6, 19), date(2026, 9, 25)}
)


def make_attendance(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Rows by day and person: employee_id, day, kind (place in `KINDS`), half_hours of overtime (-1: none)."""
    rows = [row for month in months() for row in _of_month(rng, people, month)]
    frame = pd.DataFrame(rows, columns=["employee_id", "day", "kind", "half_hours"])
    return frame.sort_values(["day", "employee_id"], kind="stable").reset_index(drop=True)


def _of_month(rng: np.random.Generator, people: People, month: str) -> list[tuple[object, ...]]:
    workdays = _workdays(*month_bounds(month))
    rows = []
    for turn in working(people.assignments, *month_bounds(month)).itertuples():
        free = [day for day in workdays if turn.begin <= day <= turn.end]
        counts = rng.poisson([_RATES[kind] * len(free) / len(workdays) for kind in KINDS])
        days = rng.permutation(len(free))[: counts.sum()]
        kinds = np.repeat(np.arange(len(KINDS)), counts)[: len(days)]
        hours = rng.integers(*_OVERTIME_HALF_HOURS, len(days))
        own = zip(days, kinds, np.where(kinds == KINDS.index("present"), hours, -1), strict=True)
        rows += [(turn.employee_id, free[day], int(kind), int(half_hours)) for day, kind, half_hours in own]
    return rows


def _workdays(first: date, last: date) -> list[date]:
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < _SATURDAY and day not in _HOLIDAYS]
