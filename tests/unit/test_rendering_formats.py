"""How numbers, dates and periods are written."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert EN.exactly(Decimal("11965.95"), Unit.FEN) == "¥119.6595"
    assert EN.exactly(Decimal(-2450), Unit.FEN) == "−¥24.50"
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


BIG = tuple(Formats(locale, "CNY", numbers="myriad") for locale in ("zh-Hans", "zh-Hant", "en"))


@pytest.mark.parametrize(
    ("value", "unit", "hans", "hant", "en"),
    [
        ("123456789", Unit.FEN, "¥123.46万", "¥123.46萬", "¥1,234,567.89"),
        ("-123456789", Unit.FEN, "−¥123.46万", "−¥123.46萬", "−¥1,234,567.89"),
        ("100000000000000", Unit.FEN, "¥10,000.00亿", "¥10,000.00億", "¥1,000,000,000,000.00"),
        ("12345", Unit.COUNT, "1.23万", "1.23萬", "12,345"),
        ("10000", Unit.COUNT, "1.00万", "1.00萬", "10,000"),
        ("9999", Unit.COUNT, "9,999", "9,999", "9,999"),
        ("99999999", Unit.COUNT, "1.00亿", "1.00億", "99,999,999"),  # rounded: never 10,000.00万
        ("999949", Unit.FEN, "¥9,999.49", "¥9,999.49", "¥9,999.49"),
        ("0.8046", Unit.RATE, "80.46%", "80.46%", "80.46%"),
        ("123456", Unit.SECONDS, "123,456.0 秒", "123,456.0 秒", "123,456.0 s"),
    ],
)
def test_a_big_number_at_a_glance(value, unit, hans, hant, en):
    assert [formats.glance(Decimal(value), unit) for formats in BIG] == [hans, hant, en]


def test_no_value_at_a_glance_is_a_dash_and_a_company_that_writes_in_full_does():
    assert BIG[0].glance(None, Unit.FEN) == "–"
    assert HANS.glance(123456789, Unit.FEN) == HANS.amount(Decimal(123456789), Unit.FEN)


def test_what_was_shortened_carries_the_exact_value():
    assert BIG[0].glanced(123456789, Unit.FEN) == '<abbr title="¥1,234,567.89">¥123.46万</abbr>'
    assert BIG[0].glanced(100, Unit.FEN) == "¥1.00"


@given(st.integers(-(10**15), 10**15), st.sampled_from([Unit.FEN, Unit.COUNT]))
def test_a_shortened_number_is_the_number_to_a_two_hundredth_of_its_sign(value, unit):
    told = BIG[0].glance(value, unit)
    size = {"万": 10**4, "亿": 10**8}.get(told[-1], 1)
    read = Decimal(re.sub(r"[^0-9.]", "", told)) * size * (-1 if "−" in told else 1)
    exact = Decimal(value) / (100 if unit == Unit.FEN else 1)
    assert abs(read - exact) <= (Decimal(size) / 200 if size > 1 else 0)


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (Decimal("-0.4"), "¥0.00"), (Decimal("-0.5"), "−¥0.01"), (-1, "−¥0.01"), (0, "¥0.00"), (Decimal("-0"), "¥0.00"),
        (10**12, "¥10,000,000,000.00"), (-(10**12), "−¥10,000,000,000.00"),
    ],
)  # fmt: skip
def test_money_at_its_edges(fen, written):
    assert EN.money(fen) == written


def test_a_difference_of_money_has_its_sign_and_none_is_plain():
    assert [EN.signed_money(fen) for fen in (1230, -1230, 0)] == ["+¥12.30", "−¥12.30", "¥0.00"]


@pytest.mark.parametrize(
    ("currency", "written"), [("TWD", "NT$1.00"), ("HKD", "HK$1.00"), ("EUR", "€1.00"), ("JPY", "JPY 1.00")]
)
def test_a_currency_by_its_sign_or_code(currency, written):
    assert Formats("zh-Hant", currency).money(100) == written


def test_a_week_that_runs_over_the_turn_of_the_year():
    week = "2025-12-29..2026-01-04"
    assert [formats.period(week) for formats in (HANS, HANT, EN)] == [
        "2025年12月29日至2026年1月4日", "2025年12月29日至2026年1月4日", "29 Dec 2025 – 4 Jan 2026",
    ]  # fmt: skip
