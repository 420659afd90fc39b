"""What a book knows: values by window, events, attendance, pay, seniority, campaigns, targets."""

from datetime import date
from decimal import Decimal

import pytest

from tests.scheme_kit import CATALOGUE, DAYS, OCTOBER, book, company, value
from transforms.period import parse
from transforms.scoring.facts import Facts, Subject, facts_of
from transforms.scoring.people import ScoringInputs

E1, CS = Subject("employee", "E1", "cs", 22, 22, 44), Subject("department", "cs", "cs", 44, 22, 44)
START, MID = date(2025, 1, 1), date(2026, 10, 15)
WEEK = parse("2026-10-01..2026-10-07")


def facts(inputs: ScoringInputs | None = None, *values: object) -> Facts:
    return facts_of(book(values, inputs), OCTOBER)  # type: ignore[arg-type]


def test_values_by_window_level_and_department() -> None:
    known = facts(
        None, value("csat_rate", "0.9"), value("csat_rate", "0.5", period=WEEK),
        value("csat_rate", "0.7", level="department", who="cs"), value("csat_rate", "0.1", department="ops"),
    )  # fmt: skip
    found = [known.value(E1, "csat_rate"), known.value(E1, "csat_rate", WEEK), known.value(CS, "csat_rate")]
    assert [each.value for each in found if each] == [Decimal("0.9"), Decimal("0.5"), Decimal("0.7")]
    assert known.value(E1, "csat_rate", parse("2026-09")) is None


def test_peoples_values_leave_out_those_without_data() -> None:
    told = [
        value("csat_rate", "0.9"),
        value("csat_rate", None, who="E2"),
        value("csat_rate", "1", who="E3", department="ops"),
    ]
    assert list(facts(None, *told).people_values("cs", "csat_rate", None, ["E1", "E2", "E3", "E4"])) == ["E1"]


EVENTS = [
    ("praise", "E1", None, date(2026, 10, 1), 2), ("praise", "E1", "elsewhere", date(2026, 10, 31), 0.5),
    ("praise", "E1", None, date(2026, 11, 1), 9), ("praise", None, "cs", MID, 4), ("praise", "E2", None, MID, None),
]  # fmt: skip


def test_events_of_a_person_and_of_a_department_are_told_apart() -> None:
    known = facts(company(events=EVENTS))
    assert known.event_quantity("praise", employee_id="E1") == Decimal("2.5")
    assert known.event_quantity("praise", employee_id="E1", window=WEEK) == 2
    assert known.event_quantity("praise", department_id="cs") == 4
    assert known.event_quantity("praise", employee_id="E2") == 1  # not counted: once
    assert known.event_quantity("order_error", employee_id="E1") == 0
    assert known.event_quantity("praise", employee_id="E1", department_id="cs") == Decimal("2.5")
    assert known.event_quantity("praise", employee_id="E1", department_id="ops") == 0
    assert known.event_quantity("praise", employee_id="E2", department_id="ops") == 1  # nobody knows where E2 was


@pytest.mark.parametrize(
    ("who", "department", "there"), [("E1", None, True), ("E9", "cs", True), ("E9", "ops", False), (None, None, False)]
)
def test_there_was_an_event_of_the_person_or_the_department(
    who: str | None, department: str | None, *, there: bool
) -> None:
    assert facts(company(events=EVENTS)).has_event("praise", who, department, OCTOBER) is there


def test_overtime_is_none_where_none_is_written_down() -> None:
    rows = [
        ("E1", DAYS[0], "present", Decimal("1.5")),
        ("E1", DAYS[-1], "late", Decimal(2)),
        ("E2", DAYS[0], "sick", None),
    ]
    known = facts(company(attendance=rows))
    assert [known.overtime_hours("E1"), known.overtime_hours("E1", WEEK), known.overtime_hours("E2")] == [
        Decimal("3.5"), Decimal("1.5"), None,
    ]  # fmt: skip


def test_a_pay_item_holds_from_day_to_day() -> None:
    rows = [("E1", "base", START, MID, 500_000), ("E1", "base", date(2026, 10, 16), None, 550_000)]
    known = facts(company(pay_items=rows))
    days = (date(2024, 12, 31), MID, date(2026, 10, 16), date(2030, 1, 1))
    assert [known.pay_item_fen("E1", "base", day) for day in days] == [None, 500_000, 550_000, 550_000]
    assert known.pay_item_fen("E1", "post", MID) is None


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2024, 1, 1), 0),
        (date(2024, 6, 30), 5),
        (date(2024, 7, 1), 6),
        (date(2027, 1, 1), 36),
        (date(2023, 12, 31), None),
    ],
)
def test_seniority_counts_whole_months(day: date, months: int | None) -> None:
    known = facts(company(employees=[("E1", date(2024, 1, 1), None, None)]))
    assert known.seniority_months("E1", day) == months
    assert known.seniority_months("nobody", day) is None


def test_special_campaigns_touch_the_weeks_they_reach_into() -> None:
    rows = [(date(2026, 10, 7), date(2026, 10, 8), True), (date(2026, 10, 20), date(2026, 10, 21), False),
            (date(2026, 10, 27), date(2026, 10, 28), None)]  # fmt: skip
    known = facts(company(campaigns=rows))
    assert [known.in_special_campaign(week) for week in OCTOBER.weeks] == [True, True, False, False]
    assert known.in_special_campaign()


def test_targets_by_level_and_period() -> None:
    known = facts(company(targets=[("employee", "E1", "paid_sales", 100)]))
    assert known.target("employee", "E1", "paid_sales") == 100
    assert known.target("employee", "E1", "paid_sales", "2026-09") is None
    assert known.target("department", "E1", "paid_sales") is None


def test_a_week_settles_before_the_month_does() -> None:
    early = facts_of(book(as_of=date(2026, 10, 20)), OCTOBER)
    csat = CATALOGUE["csat_rate"]  # settles in seven days
    assert (early.settled_on(csat, WEEK), early.settled_on(csat)) == (date(2026, 10, 15), date(2026, 11, 8))
    assert [early.provisional(csat, WEEK), early.provisional(csat)] == [False, True]


def test_the_order_of_rows_in_a_book_changes_nothing() -> None:
    told = company(events=EVENTS, attendance=[("E1", DAYS[0], "sick", None), ("E1", DAYS[1], "late", Decimal(1))])
    turned = company(
        events=EVENTS[::-1], attendance=[("E1", DAYS[1], "late", Decimal(1)), ("E1", DAYS[0], "sick", None)]
    )
    one, other = book(inputs=told), book(inputs=turned)
    assert (one.events, one.attendance, one.overtime) == (other.events, other.attendance, other.overtime)
