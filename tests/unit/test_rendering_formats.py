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


@pytest.mark.parametrize(("formats", "written"), [(HANS, "2026年10月"), (HANT, "2026年10月"), (EN, "October 2026")])
def test_a_month(formats, written):
    assert formats.period("2026-10") == written


def test_days_and_ranges():
    assert HANS.day(date(2026, 11, 16)) == "2026年11月16日"
    assert EN.day("2026-11-16") == "16 Nov 2026"
    assert EN.period("2026-09-21..2026-10-20") == "21 Sept 2026 – 20 Oct 2026"
    assert [EN.short_period(key) for key in ("2025-12", "2026-01")] == ["12", "2026-01"]


def test_a_currency_nobody_listed_is_written_by_its_code():
    assert Formats("en", "SGD").money(100) == "SGD 1.00"
