"""Working days: the company's own days first, then China's official calendar, then Monday to Friday."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.calendar_findings import calendar_findings
from flows.company import Calendar, Company
from flows.facts import unknown_years, working_since
from flows.settings import load_company
from flows.working_calendar import WorkingCalendar, calendar_of
from transforms.findings import Severity
from transforms.period import Period, parse, working_days

DEMO = Path(__file__).resolve().parents[2]
CHINA, PLAIN = WorkingCalendar(official=True), WorkingCalendar()

# The days off and working weekends of China from October 2025 to December 2026 as the State Council published them.
_OFF = """2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08 2026-01-01 2026-01-02
2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01 2026-05-04 2026-05-05
2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07"""
_WORKED = "2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"


def days(text: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, text.split()))


def test_the_shipped_company_works_on_the_published_days() -> None:
    calendar = calendar_of(load_company(DEMO))
    published = working_days(Period(date(2025, 10, 1), date(2026, 12, 31)).days, days(_OFF), days(_WORKED))
    assert calendar.days(date(2025, 10, 1), date(2026, 12, 31)) == published


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day holiday
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 10, 31), 5, date(2026, 11, 6)),
        (date(2026, 10, 31), 0, date(2026, 10, 31)),
    ],
)
def test_working_days_are_counted_after_a_day(day: date, count: int, expected: date) -> None:
    assert CHINA.after(day, count) == expected


def test_a_day_off_moves_to_the_next_or_the_last_working_day() -> None:
    assert CHINA.on_or_after(date(2026, 10, 3)) == date(2026, 10, 8)
    assert CHINA.on_or_before(date(2026, 10, 3)) == date(2026, 9, 30)
    assert CHINA.on_or_after(date(2026, 10, 8)) == CHINA.on_or_before(date(2026, 10, 8)) == date(2026, 10, 8)


def test_the_companys_own_days_go_before_the_official_ones() -> None:
    own = WorkingCalendar(
        official=True, holidays=frozenset({date(2026, 10, 8)}), make_up_days=frozenset({date(2026, 10, 7)})
    )
    assert own.days(date(2026, 10, 5), date(2026, 10, 9)) == (date(2026, 10, 7), date(2026, 10, 9))


def test_without_a_country_it_is_monday_to_friday() -> None:
    assert PLAIN.days(date(2026, 10, 1), date(2026, 10, 4)) == (date(2026, 10, 1), date(2026, 10, 2))
    assert PLAIN.unknown_years(date(2026, 1, 1), date(2099, 12, 31)) == ()


def test_a_year_the_library_does_not_know_is_monday_to_friday_and_told() -> None:
    assert CHINA.days(date(2099, 1, 1), date(2099, 1, 4)) == (date(2099, 1, 1), date(2099, 1, 2))
    assert CHINA.unknown_years(date(2026, 12, 1), date(2026, 12, 31)) == ()
    assert CHINA.unknown_years(date(2098, 12, 1), date(2099, 1, 31)) == (2098, 2099)
    listed = WorkingCalendar(official=True, holidays=frozenset({date(2098, 12, 31)}))
    assert listed.unknown_years(date(2098, 12, 1), date(2099, 1, 31)) == (2099,)


def test_a_run_whose_days_reach_into_an_unknown_year_says_so(tmp_path: Path) -> None:
    """December's sheets and appeals are due in January."""
    shipped = load_company(DEMO).settings
    company = Company(tmp_path, shipped.model_copy(update={"calendar": Calendar(country="CN")}))
    assert unknown_years(company, parse("2098-12")) == (2097, 2098, 2099)
    assert unknown_years(company, parse("2026-10")) == ()
    assert date(2026, 2, 23) not in working_since(company, parse("2026-10"))


def test_the_finding_names_the_years_in_every_language() -> None:
    assert not list(calendar_findings(()))
    told = [next(calendar_findings((2098, 2099), locale)) for locale in ("zh-Hans", "zh-Hant", "en")]
    assert all(each.check == "calendar.year_unknown" and each.severity is Severity.WARNING for each in told)
    assert all("2098, 2099" in each.message for each in told)
    assert len({each.message for each in told}) == len({each.todo for each in told}) == 3


@given(
    st.dates(date(2003, 1, 1), date(2040, 1, 1)), st.integers(1, 30), st.sampled_from(["", "CN"]),
    st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)),
)  # fmt: skip
def test_the_count_th_day_after_has_that_many_working_days_up_to_it(
    day: date, count: int, country: str, off: set[int], worked: set[int]
) -> None:
    own = [frozenset(day + timedelta(n) for n in chosen) for chosen in (off, worked)]
    calendar = WorkingCalendar(country == "CN", *own)
    reached = calendar.after(day, count)
    assert len(calendar.days(day + timedelta(1), reached)) == count
    assert calendar.is_working(reached)
