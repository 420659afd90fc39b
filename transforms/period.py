"""Periods: closed ranges of business days with a key people write, such as 2026-10.

A period never asks what day it is; callers that need today pass it in.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from transforms.errors import PeriodError

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"(\d{4})")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
MONTHS, SATURDAY = 12, 5
QUARTER = 3
_WRITE_AS = "write a month as 2026-10, a quarter as 2026-Q3, a year as 2026, or days as 2026-09-21..2026-10-20"
Cycle = Literal["month", "quarter", "year"]
_WEEK_STARTS = (1, 8, 15, 22)


@dataclass(frozen=True, order=True)
class Period:
    """The business days from `start` to `end`, both included."""

    start: date
    end: date

    @cached_property
    def key(self) -> str:
        """`2026-10` for a natural month, `2026-Q3` and `2026` for quarters and years, else `start..end`."""
        year, month = self.start.year, self.start.month
        if self == _month(year, month):
            return f"{self.start:%Y-%m}"
        if self == _quarter(year, (month - 1) // QUARTER + 1):
            return f"{year}-Q{(month - 1) // QUARTER + 1}"
        return str(year) if self == _year(year) else f"{self.start}..{self.end}"

    @property
    def cycle(self) -> Cycle:
        """How long it is: a quarter, a year, else `month` (any other range counts as one)."""
        key = self.key
        return "quarter" if _QUARTER.fullmatch(key) else "year" if _YEAR.fullmatch(key) else "month"

    @cached_property
    def weeks(self) -> tuple["Period", ...]:
        """Days 1–7, 8–14, 15–21, 22–end of a natural month; of another range sevens of days, four at most."""
        starts = [self.start + timedelta(day - 1) for day in _WEEK_STARTS]
        begin = [day for day in starts if day <= self.end]
        return tuple(
            Period(a, b) for a, b in zip(begin, [*(day - timedelta(1) for day in begin[1:]), self.end], strict=True)
        )

    @cached_property
    def iso_weeks(self) -> tuple["Period", ...]:
        """Monday to Sunday, cut at the ends."""
        begin = [self.start, *(day for day in self.days[1:] if day.weekday() == 0)]
        return tuple(
            Period(a, b) for a, b in zip(begin, [*(day - timedelta(1) for day in begin[1:]), self.end], strict=True)
        )

    @property
    def months(self) -> tuple["Period", ...]:
        """The natural months that end within it, oldest first."""
        count = (self.end.year - self.start.year) * MONTHS + self.end.month - self.start.month + 1
        return tuple(each for each in self.months_back(count) if each.start >= self.start and each.end <= self.end)

    def shifted(self, months: int) -> "Period":
        """The same range so many months later (earlier: below zero); natural months stay natural months."""
        first, last = _moved(self.start, months), _moved(self.end, months)
        whole = self.start.day == 1 and (self.end + timedelta(1)).day == 1
        return Period(first, _month(last.year, last.month).end if whole else last)

    def begun_on(self, day: int) -> "Period":
        """The month's own period from `day` of the month before to the day before `day` (21: 21st to 20th)."""
        if day == 1:
            return self
        end = self.end.replace(day=day) - timedelta(1)
        return Period(_moved(self.end.replace(day=1), -1).replace(day=day), end)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the period, in order."""
        return tuple(self.start + timedelta(n) for n in range((self.end - self.start).days + 1))

    def __contains__(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.start <= day <= self.end

    def settled_on(self, settle_days: int) -> date:
        """First day on which a metric with these settle days can no longer change."""
        return self.end + timedelta(settle_days + 1)

    def months_back(self, count: int) -> tuple["Period", ...]:
        """The natural months before this one's last month and that month itself, oldest first."""
        last = self.end.year * MONTHS + self.end.month - 1
        return tuple(_month(n // MONTHS, n % MONTHS + 1) for n in range(last - count + 1, last + 1))


def parse(text: str) -> Period:
    """Read a period as people write it.

    Raises:
        PeriodError: the text is not a period, or ends before it starts.
    """
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        if month in range(1, MONTHS + 1) and year > 0:
            return _month(year, month)
    if match := _QUARTER.fullmatch(text):
        return _quarter(int(match[1]), int(match[2]))
    if (match := _YEAR.fullmatch(text)) and int(text) > 0:
        return _year(int(text))
    if match := _RANGE.fullmatch(text):
        return _range(text, match[1], match[2])
    raise PeriodError(f"'{text}' is not a period", todo=_WRITE_AS)


def last_closed_month(today: date) -> Period:
    """The natural month before the one `today` is in."""
    end = today.replace(day=1) - timedelta(1)
    return _month(end.year, end.month)


def require_over(period: Period, today: date) -> None:
    """Refuse a period whose last day is not past.

    Raises:
        PeriodError: the period lies in the future, or is still running.
    """
    if period.start > today:
        what = f"period {period.key} lies in the future (today is {today})"
        raise PeriodError(what, todo="choose a period that is over")
    if period.end >= today:
        ready = period.end + timedelta(1)
        what = f"period {period.key} is not over: its last day is {period.end}"
        raise PeriodError(what, todo=f"run it on {ready} or later")


def working_days(
    days: Iterable[date], holidays: frozenset[date] = frozenset(), make_up: frozenset[date] = frozenset()
) -> tuple[date, ...]:
    """The working days among `days`: Monday to Friday less holidays, plus make-up days (China's 调休)."""
    return tuple(d for d in days if d in make_up or (d.weekday() < SATURDAY and d not in holidays))


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _quarter(year: int, number: int) -> Period:
    last = number * QUARTER
    return Period(date(year, last - QUARTER + 1, 1), _month(year, last).end)


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, MONTHS, 31))


def _moved(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where it has no such day."""
    number = day.year * MONTHS + day.month - 1 + months
    year, month = number // MONTHS, number % MONTHS + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _range(text: str, first: str, last: str) -> Period:
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise PeriodError(f"'{text}' names a day that does not exist", todo=_WRITE_AS) from error
    if period.end < period.start:
        raise PeriodError(f"'{text}' ends before it starts", todo=_WRITE_AS)
    return period
