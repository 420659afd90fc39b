"""The context of a revision."""

from datetime import date
from decimal import Decimal

from flows.company import Calendar
from flows.rendering.context import appeal_until


def test_the_window_counts_working_days_after_publication():
    assert appeal_until(date(2026, 11, 6), 5, Calendar()) == date(2026, 11, 13)


def test_holidays_do_not_count_and_make_up_days_do():
    calendar = Calendar(holidays={date(2026, 10, day) for day in range(1, 9)}, make_up_days={date(2026, 10, 10)})
    assert appeal_until(date(2026, 9, 30), 2, calendar) == date(2026, 10, 10)


def test_no_window_ends_on_the_day_itself():
    assert appeal_until(date(2026, 11, 6), 0, Calendar()) == date(2026, 11, 6)


def test_the_grades_of_a_shipped_scheme(tmp_path):
    from flows.rendering.context import grade_bounds
    from transforms.scoring.scheme import Approved, Version

    version = Version.model_construct(
        effective_from=date(2026, 1, 1), approved=Approved(by="HR", date=date(2025, 12, 1)),
        grades={"good": Decimal(80), "excellent": Decimal(90)}, below="unqualified", below_title=None,
    )  # fmt: skip
    told = [(bound.title.zh_hans, bound.at_least) for bound in grade_bounds(version)]
    assert told == [("优秀", 90), ("良好", 80), ("不合格", 0)]
