"""Working days of a company: its own days first, then China's official calendar, then Monday to Friday.

The official holidays and make-up days come with the library chinesecalendar, which knows the years that the State
Council has published. A year it does not know is counted Monday to Friday, and `unknown_years` tells it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count as numbers
from itertools import islice

import chinese_calendar  # type: ignore[import-untyped]

from flows.company import Company
from transforms.period import SATURDAY

OFFICIAL = frozenset(day.year for day in chinese_calendar.holidays)
_ONE = timedelta(1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked. `holidays` and `make_up_days`: the company's own; `official`: China's calendar below."""

    official: bool = False
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people work on a day."""
        if day in self.make_up_days or day in self.holidays:
            return day in self.make_up_days
        if self.official and day.year in OFFICIAL:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < SATURDAY

    def days(self, start: date, end: date) -> tuple[date, ...]:
        """The working days from `start` to `end`, both included."""
        return tuple(day for day in _every(start, end) if self.is_working(day))

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; the day itself for 0."""
        if not count:
            return day
        ahead = (each for each in _onwards(day + _ONE) if self.is_working(each))
        return next(islice(ahead, count - 1, None))

    def on_or_after(self, day: date) -> date:
        """The day itself where it is worked, else the next one that is."""
        return next(each for each in _onwards(day) if self.is_working(each))

    def on_or_before(self, day: date) -> date:
        """The day itself where it is worked, else the last one before it that is."""
        return next(each for n in numbers() if self.is_working(each := day - n * _ONE))

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years of those days whose official holidays the library does not know; none without a country.

        A year for which the company lists days of its own counts as known.
        """
        own = {day.year for day in self.holidays | self.make_up_days}
        years = range(start.year, end.year + 1)
        return tuple(year for year in years if self.official and year not in OFFICIAL and year not in own)


def calendar_of(company: Company) -> WorkingCalendar:
    """The calendar that `calendar:` of `config/company.yaml` says."""
    told = company.settings.calendar
    return WorkingCalendar(told.country == "CN", told.holidays, told.make_up_days)


def _every(start: date, end: date) -> Iterator[date]:
    return (start + n * _ONE for n in range((end - start).days + 1))


def _onwards(day: date) -> Iterator[date]:
    return (day + n * _ONE for n in numbers())
