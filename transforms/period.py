"""Periods: closed ranges of business days with a key people write, such as 2026-10.

A period never asks what day it is; callers that need today pass it in.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.errors import PeriodError

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
MONTHS, SATURDAY = 12, 5
_WRITE_AS = "write a month as 2026-10, or any range of days as 2026-09-21..2026-10-20"


@dataclass(frozen=True, order=True)
class Period:
    """The business days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def key(self) -> str:
        """`2026-10` for a natural month, else `start..end`."""
        month = _month(self.start.year, self.start.month)
        return f"{self.start:%Y-%m}" if self == month else f"{self.start}..{self.end}"

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


def _range(text: str, first: str, last: str) -> Period:
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise PeriodError(f"'{text}' names a day that does not exist", todo=_WRITE_AS) from error
    if period.end < period.start:
        raise PeriodError(f"'{text}' ends before it starts", todo=_WRITE_AS)
    return period
