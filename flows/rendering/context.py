"""What all documents of a revision share, from the company's settings and schemes."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, islice

from flows.company import Calendar, Company
from transforms.period import Period, working_days
from transforms.reports import AppealWindow, GradeBound, ReportContext
from transforms.scoring.combine import GRADE_TITLES
from transforms.scoring.scheme import Scheme, Version
from transforms.titles import Title


def report_context(
    company: Company, schemes: Iterable[Scheme], period: Period, *, revision: int, snapshot_id: str, dated: date
) -> ReportContext:
    """The context of a revision recorded on `dated`: appeals run from that day, grades are those then in force."""
    settings = company.settings
    in_force = {scheme.scheme: scheme.in_force(period.start) for scheme in schemes}
    days = settings.documents.appeal_working_days
    return ReportContext(
        company=settings.name,
        currency=settings.currency,
        revision=revision,
        snapshot_id=snapshot_id,
        dated=dated,
        appeal=AppealWindow(working_days=days, until=appeal_until(dated, days, settings.calendar)),
        grade_bounds={name: grade_bounds(version) for name, version in in_force.items() if version},
        trend_months=settings.documents.trend_months,
    )


def appeal_until(published: date, days: int, calendar: Calendar) -> date:
    """The last day of the window: the `days`-th working day after publication (the day itself when 0)."""
    after = working_days(
        (published + timedelta(n) for n in islice(count(1), 366 + 7 * days)), calendar.holidays, calendar.make_up_days
    )
    return after[days - 1] if 0 < days <= len(after) else published


def grade_bounds(version: Version) -> tuple[GradeBound, ...]:
    """The grades of a version with the points each starts at; the lowest starts at 0."""
    graded = [(key, grade.title, grade.at_least) for key, grade in version.graded().items()]
    below = (version.below, version.below_title, Decimal(0))
    return tuple(
        GradeBound(title=title or GRADE_TITLES.get(key) or Title(zh_hans=key), at_least=at_least)
        for key, title, at_least in (*graded, below)
    )
