"""Numbers, dates and periods as a reader writes them. Values are rounded half-up here, and only here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from flows.rendering.languages import babel_locale, translations
from transforms.metrics.model import Unit
from transforms.reports.model import Point
from transforms.titles import Locale, Title

SYMBOLS = {"CNY": "¥", "TWD": "NT$", "HKD": "HK$", "USD": "$", "EUR": "€", "BRL": "R$"}
NO_VALUE = "–"
MINUS, PLUS = "−", "+"
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Formats:
    """Formats of one reader: language and currency."""

    locale: Locale
    currency: str

    def number(self, value: Decimal | int | None, places: int = 2) -> str:
        """`1,234.50`; a dash for no value."""
        if value is None:
            return NO_VALUE
        pattern = "#,##0" + ("." + "0" * places if places else "")
        text = format_decimal(rounded(Decimal(value), places), pattern, babel_locale(self.locale))
        return text.replace("-", MINUS)

    def count(self, value: Decimal | int | None) -> str:
        """`1,234`; up to four decimals only where there are any (half a working day)."""
        if value is None:
            return NO_VALUE
        exact = rounded(Decimal(value), 4)
        places = max(0, min(4, -int(exact.normalize().as_tuple().exponent)))
        return self.number(exact, places)

    def fine(self, value: Decimal | int | None) -> str:
        """As many digits as the number has, at most four behind the point: a weight, a rating, a factor."""
        return self.count(value)

    def percent(self, value: Decimal | None, places: int = 2) -> str:
        """`90.31%`."""
        return NO_VALUE if value is None else f"{self.number(value * 100, places)}%"

    def percent_text(self, text: str) -> str:
        """A quotient written as text, as per cent: `1.2` is `120%`."""
        return f"{self.fine(Decimal(text) * 100)}%"

    def money(self, fen: Decimal | int | None) -> str:
        """Fen as `¥1,234.56`."""
        if fen is None:
            return NO_VALUE
        symbol = SYMBOLS.get(self.currency, f"{self.currency} ")
        text = self.number(abs(Decimal(fen)) / 100)
        return f"{MINUS if fen < 0 else ''}{symbol}{text}"

    def amount(self, value: Decimal | None, unit: Unit) -> str:
        """A value in its unit, with the unit where it is not plain from the number."""
        if value is None:
            return NO_VALUE
        plain = {Unit.RATE: self.percent, Unit.COUNT: self.count, Unit.FEN: self.money}
        if unit in plain:
            return plain[unit](value)
        gettext = translations(self.locale).gettext
        named = {Unit.SECONDS: gettext("%(number)s s"), Unit.HOURS: gettext("%(number)s h")}
        return named[unit] % {"number": self.number(value, 1)} if unit in named else self.number(value)

    def exactly(self, value: Decimal | None, unit: Unit) -> str:
        """A value with four digits behind the point where it has them, so that a calculator gets the same result."""
        if value is None or unit not in {Unit.RATE, Unit.SECONDS, Unit.HOURS, Unit.RATIO}:
            return self.amount(value, Unit(unit))
        if unit == Unit.RATE:
            return f"{self.fine(value * 100)}%"
        return self.fine(value)

    def change(self, value: Decimal | None, unit: Unit = Unit.POINTS) -> str:
        """A difference with its sign; rates in percentage points."""
        if value is None:
            return NO_VALUE
        size = abs(value)
        points = translations(self.locale).gettext("%(number)s pp")
        text = points % {"number": self.number(size * 100)} if unit == Unit.RATE else self.amount(size, unit)
        if not any(digit in text for digit in "123456789"):
            return f"±{text}"
        return f"{MINUS if value < 0 else PLUS}{text}"

    def day(self, value: date | str) -> str:
        """`2026年11月16日`, `16 Nov 2026`."""
        when = date.fromisoformat(value) if isinstance(value, str) else value
        return format_date(when, "d MMM y" if self.locale == "en" else "long", babel_locale(self.locale))

    def short_day(self, value: date) -> str:
        """A day without its year: `10月31日`, `31 Oct`."""
        return format_skeleton("MMMd", value, locale=babel_locale(self.locale))

    def period(self, key: str) -> str:
        """`2026年10月`, `October 2026`; a range of days as both its ends."""
        if match := _MONTH.fullmatch(key):
            first = date(int(match[1]), int(match[2]), 1)
            return format_skeleton("yMMMM", first, locale=babel_locale(self.locale))
        return " – ".join(self.day(end) for end in key.split(".."))

    def short_period(self, key: str) -> str:
        """A label under a trend: the month's number with the year where it turns."""
        match = _MONTH.fullmatch(key)
        if not match:
            return key[-5:]
        return f"{match[1]}-{match[2]}" if match[2] == "01" else match[2]

    def labelled(self, points: Sequence[Point]) -> tuple[tuple[str, Point, str], ...]:
        """Points with the labels a trend shows below and above them."""
        return tuple((self.short_period(p.period), p, self.number(p.value, 1)) for p in points)

    def title(self, title: Title | None) -> str:
        """A title in the reader's language."""
        return NO_VALUE if title is None else title.in_locale(self.locale)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half-up, without minus zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
