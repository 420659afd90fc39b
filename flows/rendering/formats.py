"""Numbers, dates and periods as a reader writes them. Values are rounded half-up here, and only here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup

from flows.rendering.languages import babel_locale, translations
from flows.rendering.look import Numbers
from transforms.metrics.model import Unit
from transforms.period import Period, parse
from transforms.reports.model import Point
from transforms.titles import Locale, Title

SYMBOLS = {"CNY": "¥", "TWD": "NT$", "HKD": "HK$", "USD": "$", "EUR": "€", "BRL": "R$"}
NO_VALUE = "–"
MINUS, PLUS = "−", "+"
MYRIAD = Decimal(10_000)
_MYRIADS: dict[Locale, tuple[str, str]] = {"zh-Hans": ("万", "亿"), "zh-Hant": ("萬", "億")}  # 10^4, 10^8
_WHOLE = {"0000-00": "yMMMM", "0000-Q0": "yQQQ", "0000": "y"}


@dataclass(frozen=True)
class Formats:
    """Formats of one reader: language and currency; how big numbers are shortened, and own wording of units."""

    locale: Locale
    currency: str
    numbers: Numbers = "plain"
    words: tuple[tuple[str, str], ...] = ()

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

    def digits(self, value: Decimal | None) -> str:
        """A number with up to eight digits behind the point: a step of a money formula."""
        if value is None:
            return NO_VALUE
        exact = rounded(value, 8)
        return self.number(exact, max(0, min(8, -int(exact.normalize().as_tuple().exponent))))

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
        text = self.number(abs(Decimal(fen)) / 100)
        return f"{MINUS if rounded(Decimal(fen) / 100, 2) < 0 else ''}{self._symbol}{text}"

    def _exact_money(self, fen: Decimal) -> str:
        """Money with two digits behind the point, up to four where there are parts of a fen."""
        whole = rounded(abs(fen) / 100, 4)
        places = max(2, min(4, -int(whole.normalize().as_tuple().exponent)))
        return f"{MINUS if fen < 0 and whole else ''}{self._symbol}{self.number(whole, places)}"

    @property
    def _symbol(self) -> str:
        return SYMBOLS.get(self.currency, f"{self.currency} ")

    def signed_money(self, fen: int) -> str:
        """A difference of money with its sign: `+¥12.30`, `−¥12.30`, `¥0.00`."""
        return f"{PLUS if fen > 0 else ''}{self.money(fen)}"

    def amount(self, value: Decimal | None, unit: Unit) -> str:
        """A value in its unit, with the unit where it is not plain from the number."""
        if value is None:
            return NO_VALUE
        plain = {Unit.RATE: self.percent, Unit.COUNT: self.count, Unit.FEN: self.money}
        if unit in plain:
            return plain[unit](value)
        gettext = translations(self.locale, self.words).gettext
        named = {Unit.SECONDS: gettext("%(number)s s"), Unit.HOURS: gettext("%(number)s h")}
        return named[unit] % {"number": self.number(value, 1)} if unit in named else self.number(value)

    def glance(self, value: Decimal | int | None, unit: Unit) -> str:
        """A value where a reader only looks at its size: `¥123.46万`, when the company writes big numbers so.

        Only money and counts from 10,000 on are shortened, and only in Chinese; the exact value is in `amount`. Never
        for what is paid or derived.
        """
        big = self._myriad(value, unit) if value is not None and self.numbers == "myriad" else None
        return big or self.amount(None if value is None else Decimal(value), unit)

    def glanced(self, value: Decimal | int | None, unit: Unit) -> str:
        """As `glance`; where the value was shortened, with the exact one as the title of an `abbr`."""
        short, exact = self.glance(value, unit), self.amount(None if value is None else Decimal(value), unit)
        return short if short == exact else Markup('<abbr title="{}">{}</abbr>').format(exact, short)

    def _myriad(self, value: Decimal | int, unit: Unit) -> str | None:
        signs = _MYRIADS.get(self.locale)
        if signs is None or unit not in {Unit.FEN, Unit.COUNT}:
            return None
        whole = Decimal(value) / (100 if unit == Unit.FEN else 1)
        if abs(whole) < MYRIAD:
            return None
        told, sign = rounded(abs(whole) / MYRIAD, 2), signs[0]
        if told >= MYRIAD:
            told, sign = rounded(abs(whole) / MYRIAD / MYRIAD, 2), signs[1]
        symbol = self._symbol if unit == Unit.FEN else ""
        return f"{MINUS if whole < 0 else ''}{symbol}{self.number(told)}{sign}"

    def mean(self, value: Decimal | None, unit: Unit) -> str:
        """A mean in its unit; of counts with one digit behind the point."""
        return self.number(value, 1) if unit == Unit.COUNT else self.amount(value, unit)

    def exactly(self, value: Decimal | None, unit: Unit) -> str:
        """A value with four digits behind the point where it has them, so that a calculator gets the same result."""
        if value is not None and unit == Unit.FEN:
            return self._exact_money(value)
        if value is None or unit not in {Unit.RATE, Unit.SECONDS, Unit.HOURS, Unit.RATIO}:
            return self.amount(value, Unit(unit))
        if unit == Unit.RATE:
            return f"{self.fine(value * 100)}%"
        return self.fine(value)

    def precisely(self, value: Decimal | None, unit: Unit) -> str:
        """As `exactly`, of a rate up to six digits behind the point: a coefficient of per mille."""
        return (
            f"{self.digits(rounded(value * 100, 6))}%"
            if value is not None and unit == Unit.RATE
            else self.exactly(value, unit)
        )

    def change(self, value: Decimal | None, unit: Unit = Unit.POINTS) -> str:
        """A difference with its sign; rates in percentage points."""
        if value is None:
            return NO_VALUE
        size = abs(value)
        points = translations(self.locale, self.words).gettext("%(number)s pp")
        text = points % {"number": self.number(size * 100)} if unit == Unit.RATE else self.amount(size, unit)
        if not any(digit in text for digit in "123456789"):
            return f"±{text}"
        return f"{MINUS if value < 0 else PLUS}{text}"

    def signed(self, value: Decimal | str | None) -> str:
        """Points with their sign: `+3`, `−0.5`, `0`."""
        if value is None:
            return NO_VALUE
        number = Decimal(value)
        return f"{PLUS if number > 0 else ''}{self.fine(number)}"

    def day(self, value: date | str) -> str:
        """`2026年11月16日`, `16 Nov 2026`."""
        when = date.fromisoformat(value) if isinstance(value, str) else value
        return format_date(when, "d MMM y" if self.locale == "en" else "long", babel_locale(self.locale))

    def short_day(self, value: date) -> str:
        """A day without its year: `10月31日`, `31 Oct`."""
        return format_skeleton("MMMd", value, locale=babel_locale(self.locale))

    def period(self, key: str) -> str:
        """`2026年10月`, `October 2026`; a quarter, a year; a range of days as both its ends."""
        period = parse(key)
        if skeleton := _WHOLE.get(_kind(key)):
            return format_skeleton(skeleton, period.start, locale=babel_locale(self.locale))
        return self._interval(period, "yMMMd")

    def days(self, key: str) -> str:
        """The days of a part of a year without the year: `10月1日至7日`, `1–7 Oct`."""
        return self._interval(parse(key), "MMMd")

    def _interval(self, period: Period, skeleton: str) -> str:
        told = format_interval(period.start, period.end, skeleton, locale=babel_locale(self.locale))
        return told.replace("\u2009", " ")

    def short_period(self, key: str) -> str:
        """A label under a trend: the month's or quarter's number with the year where it turns; a range by its end."""
        part = key.partition("-")[2]
        if _kind(key) not in {"0000-00", "0000-Q0"}:
            return key[-5:]
        return key if part in {"01", "Q1"} else part

    def labelled(self, points: Sequence[Point]) -> tuple[tuple[str, Point, str], ...]:
        """Points with the labels a trend shows below and above them."""
        return tuple((self.short_period(p.period), p, self.number(p.value, 1)) for p in points)

    def title(self, title: Title | None) -> str:
        """A title in the reader's language."""
        return NO_VALUE if title is None else title.in_locale(self.locale)


def _kind(key: str) -> str:
    return re.sub(r"\d", "0", key)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half-up, without minus zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
