"""How numbers, dates and periods are written."""

from datetime import date
from decimal import Decimal

import pytest

from flows.rendering.formats import Formats
from transforms.metrics.model import Unit

HANS, HANT, EN = (Formats(locale, "CNY") for locale in ("zh-Hans", "zh-Hant", "en"))


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("0.8046", Unit.RATE, "80.46%"),
        ("12345", Unit.COUNT, "12,345"),
        ("123456789", Unit.FEN, "¥1,234,567.89"),
        ("-50", Unit.FEN, "−¥0.50"),
        ("28.45", Unit.SECONDS, "28.5 秒"),
        ("5.25", Unit.HOURS, "5.3 小时"),
        ("1.335", Unit.RATIO, "1.34"),
        ("86.5", Unit.POINTS, "86.50"),
    ],
)
def test_a_value_in_its_unit(value, unit, written):
    assert HANS.amount(Decimal(value), unit) == written


def test_no_value_is_a_dash_in_every_unit():
    assert {HANS.amount(None, unit) for unit in Unit} == {"–"}


def test_halves_are_rounded_away_from_zero_and_zero_has_no_sign():
    assert (EN.number(Decimal("0.125")), EN.number(Decimal("-0.125"))) == ("0.13", "−0.13")
    assert EN.number(Decimal("-0.001")) == "0.00"


def test_a_change_has_its_sign_and_rates_change_in_points():
    assert EN.change(Decimal("0.0123"), Unit.RATE) == "+1.23 pp"
    assert EN.change(Decimal(-3)) == "−3.00"
    assert EN.change(Decimal("0.001")) == "±0.00"


def test_a_derivation_shows_enough_digits_to_follow_it():
    assert EN.exactly(Decimal(9) / Decimal(1781), Unit.RATE) == "0.5053%"
    assert EN.exactly(Decimal("0.3"), Unit.RATE) == "30%"
    assert EN.fine(Decimal("14.290")) == "14.29"
    assert EN.percent_text("1.2") == "120%"


@pytest.mark.parametrize(
    ("key", "hans", "hant", "en"),
    [
        ("2026-10", "2026年10月", "2026年10月", "October 2026"),
        ("2026-Q3", "2026年第3季度", "2026年第3季", "Q3 2026"),
        ("2026", "2026年", "2026年", "2026"),
        ("2026-09-21..2026-10-20", "2026年9月21日至10月20日", "2026年9月21日至10月20日", "21 Sept – 20 Oct 2026"),
        (
            "2025-12-21..2026-01-20", "2025年12月21日至2026年1月20日", "2025年12月21日至2026年1月20日",
            "21 Dec 2025 – 20 Jan 2026",
        ),
        ("2026-10-01..2026-10-07", "2026年10月1日至7日", "2026年10月1日至7日", "1–7 Oct 2026"),
    ],
)  # fmt: skip
def test_a_period_reads_as_people_say_it(key, hans, hant, en):
    assert [formats.period(key) for formats in (HANS, HANT, EN)] == [hans, hant, en]


def test_a_week_under_a_heading_of_its_month_has_no_year():
    week = "2026-10-22..2026-10-31"
    assert [formats.days(week) for formats in (HANS, HANT, EN)] == ["10月22日至31日", "10月22日至31日", "22–31 Oct"]


def test_days():
    assert HANS.day(date(2026, 11, 16)) == "2026年11月16日"
    assert EN.day("2026-11-16") == "16 Nov 2026"


def test_labels_under_a_trend_tell_the_year_where_it_turns():
    assert [EN.short_period(key) for key in ("2025-12", "2026-01")] == ["12", "2026-01"]
    assert [EN.short_period(key) for key in ("2025-Q4", "2026-Q1", "2026")] == ["Q4", "2026-Q1", "2026"]


def test_points_have_their_sign_and_none_is_plain():
    assert [EN.signed(value) for value in (Decimal(3), "-0.5", Decimal(0), None)] == ["+3", "−0.5", "0", "–"]


def test_a_mean_of_counts_is_not_a_whole_number():
    assert EN.mean(Decimal("828.857142"), Unit.COUNT) == "828.9"
    assert EN.mean(Decimal("0.3256"), Unit.RATE) == "32.56%"


def test_a_step_of_money_keeps_the_digits_it_needs():
    assert EN.digits(Decimal("0.00185885")) == "0.00185885"
    assert EN.digits(Decimal(50013560)) == "50,013,560"


def test_a_currency_nobody_listed_is_written_by_its_code():
    assert Formats("en", "SGD").money(100) == "SGD 1.00"
