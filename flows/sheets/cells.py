"""What people type into a cell, as the contract's text: read where it can mean one thing only, else refused.

A cell is looked at as the person saw it: 0.9 shown as 90% is 90, ９０ and 90分 are 90. Dates are days.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import NoReturn

from flows.sheets.layout import LONGEST_COMMENT, WITHDRAWN
from flows.sources.values import as_text
from transforms.period import Period

_NUMBER = re.compile(
    r"([+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\s*(?:(%)|分|点|點|points?|小时|小時|hours?|h)?", re.IGNORECASE
)
_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DASHES = frozenset({WITHDRAWN, "—", "–", "―", "−", "‐"})
_PLACES = Decimal("0.0001")  # what the contract keeps
_NOISE = Decimal("1e-9")  # what binary numbers of a formula are off by


class CellError(Exception):
    """A cell that cannot be taken: what is wrong and what to do, for whoever filled it."""

    def __init__(self, what: str, todo: str) -> None:
        """Keep both parts apart."""
        super().__init__(what)
        self.what, self.todo = what, todo


@dataclass(frozen=True)
class Cell:
    """A cell's value, its number format, and whether it holds a formula that nobody has computed."""

    value: object
    number_format: str = "General"
    uncomputed: bool = False

    @property
    def blank(self) -> bool:
        """Nothing was said."""
        return not self.uncomputed and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))

    @property
    def withdrawn(self) -> bool:
        """A dash: what was given before no longer counts."""
        return isinstance(self.value, str) and _plain(self.value) in _DASHES


def number(cell: Cell, least: Decimal, most: Decimal | None, *, percent: bool = False) -> Decimal:
    """A number between two limits, both included, with at most four decimals; `percent`: 90% means 90.

    Raises:
        CellError: no number, one that may mean two things, or one beyond the limits.
    """
    found = _exact(_number(cell, percent=percent))
    if found < least:
        _refuse(f"{as_text(found)} is below {least}", _limits(least, most))
    if most is not None and found > most:
        _refuse(f"{as_text(found)} is above {most}", _limits(least, most))
    return found


def day(cell: Cell, period: Period) -> date:
    """A day of the period, as a date or written as 2026-10-12, 2026/10/12, 10月12日 or 20261012.

    Raises:
        CellError: no day, or one outside the period.
    """
    found = _day(cell, period)
    if not period.start <= found <= period.end:
        _refuse(f"{found} is not in {period.key}", f"a day from {period.start} to {period.end}")
    return found


def choice(cell: Cell, choices: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """What was picked from a list, by its label, or by the number or key it stands for.

    Raises:
        CellError: it is not on the list, or could be two of it.
    """
    said = _plain(_text(cell)).casefold()
    labelled = [value for label, value in choices.items() if _plain(label).casefold() == said]
    found = labelled or [value for value in choices.values() if said in {each.casefold() for each in value.values()}]
    if len(found) != 1:
        _refuse(f"'{_text(cell)}' is not on the list", "pick one of the list in that cell")
    return found[0]


def text(cell: Cell) -> str:
    """Words, at most as many characters as a comment may have.

    Raises:
        CellError: a formula, an error value, or a text that is too long.
    """
    said = _text(cell).strip()
    if len(said) > LONGEST_COMMENT:
        what = f"the text has {len(said)} characters, more than {LONGEST_COMMENT}"
        _refuse(what, "shorten it, or name a file where the rest stands")
    return said


def _refuse(what: str, todo: str) -> NoReturn:
    raise CellError(what, todo)


def _limits(least: Decimal, most: Decimal | None) -> str:
    return f"a number from {least} to {most}" if most is not None else f"a number from {least} on"


def _plain(said: str) -> str:
    """Full-width characters as plain ones, blanks put together."""
    return " ".join(unicodedata.normalize("NFKC", said).split())


def _text(cell: Cell) -> str:
    if cell.uncomputed:
        _refuse("a formula without a result", "write the value itself, or open and save the file in Excel")
    said = as_text(cell.value) or ""
    if said.startswith("#") and said.rstrip("!?").isupper():
        _refuse(f"the error value {said}", "write the value itself")
    return said


def _number(cell: Cell, *, percent: bool) -> Decimal:
    if isinstance(cell.value, bool | date | time):
        kind = "true or false" if isinstance(cell.value, bool) else "a date or time"
        _refuse(f"the cell holds {kind}, not a number", "write the number, with the cell's format set to number")
    shown_as_percent = isinstance(cell.value, int | float) and "%" in cell.number_format
    said = _plain(_text(cell))
    matched = _NUMBER.fullmatch(said)
    if not matched:
        _refuse(f"'{said[:20]}' is not a number", "write digits only, such as 85 or 85.5")
    if (matched[2] or shown_as_percent) and not percent:
        _refuse(f"'{said[:20]}' is a percentage", "write the number in the unit that the row names")
    return Decimal(matched[1].replace(",", "")) * (100 if shown_as_percent else 1)


def _exact(found: Decimal) -> Decimal:
    """At most four decimals; what a formula's binary arithmetic is off by is no decimal that somebody wrote."""
    kept = found.quantize(_PLACES)
    if abs(found - kept) > _NOISE * max(1, abs(found)):
        _refuse(f"{as_text(found)} has more than 4 decimals", "round it")
    return kept.normalize() if kept else Decimal(0)


def _day(cell: Cell, period: Period) -> date:
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    said = _plain(_text(cell))
    matched = _COMPACT_DAY.fullmatch(said) or _DAY.fullmatch(said)
    if not matched:
        _refuse(f"'{said[:20]}' is not a day", "write it as 2026-10-12")
    try:
        return date(int(matched[1] or _year(int(matched[2]), period)), int(matched[2]), int(matched[3]))
    except ValueError:
        _refuse(f"'{said[:20]}' is not a day that exists", "write it as 2026-10-12")


def _year(month: int, period: Period) -> int:
    """The year of a day written without one: that in which the period has this month."""
    return period.end.year if month <= period.end.month else period.start.year
