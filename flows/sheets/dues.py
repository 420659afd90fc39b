"""The process calendar of judging sheets (S01, S03): when they go out, are due back, are summed up, go to finance."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flows.company import Company, Sheets
from flows.working_calendar import WorkingCalendar, calendar_of
from transforms.period import MONTHS, Period
from transforms.schemes.scheme import DueDay, Scheme, SheetCalendar, Version, WorkingDay
from transforms.scoring.sheets_due import DueBack


@dataclass(frozen=True, order=True)
class Dues:
    """The four days of one scheme's sheets."""

    out: date
    back: date
    summary: date
    finance: date


DueDays = Callable[[Scheme, Version, Period], Dues]


def due_days_of(company: Company) -> DueDays:
    """The days of any scheme's sheets in this company."""
    return lambda scheme, version, window: dues(company, scheme, version, window)


def dues(company: Company, scheme: Scheme, version: Version, window: Period) -> Dues:
    """The days by the scheme's own calendar, else by the company's `sheets` settings."""
    return dues_by(calendar_of(company), company.settings.sheets, scheme, version, window)


def dues_by(days: WorkingCalendar, settings: Sheets, scheme: Scheme, version: Version, window: Period) -> Dues:
    """The same by a calendar and settings: `settings` counts working days after the window's last day."""
    told = version.calendar
    if told is None:
        counts = (settings.out, settings.back, settings.summary, settings.finance)
        return Dues(*(days.after(window.end, count) for count in counts))
    month = due_month(scheme, window)
    return Dues(*(_placed(each, told, month, days) for each in (told.out, told.back, told.summary, told.finance)))


def due_back_of(days: WorkingCalendar, settings: Sheets) -> DueBack:
    """How the check for late sheets asks for the day."""
    return lambda scheme, version, window: dues_by(days, settings, scheme, version, window).back


def due_month(scheme: Scheme, window: Period) -> Period:
    """The month whose days a scheme's calendar names: after a natural period, the one an own period ends in."""
    own = scheme.starts_on_day > 1
    number = window.end.year * MONTHS + window.end.month - (1 if own else 0)
    year, month = number // MONTHS, number % MONTHS + 1
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _placed(told: DueDay, by: SheetCalendar, month: Period, days: WorkingCalendar) -> date:
    if isinstance(told, WorkingDay):
        worked = days.days(month.start, month.end)
        return worked[min(told.working_day, len(worked)) - 1] if worked else month.end
    day = month.start.replace(day=min(told, month.end.day))
    moved = {"next": days.on_or_after, "previous": days.on_or_before}.get(by.on_day_off)
    return moved(day) if moved else day
