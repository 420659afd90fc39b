"""Values of corrections: text as a person writes it, read as the contract's types without passing through float."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from transforms.table_model import Column, Type

Value = str | int | Decimal | bool | date | datetime
_DECIMALS = 4
_WHOLE = re.compile(r"[+-]?[0-9]+(\.0*)?")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]{0,4}0*)?|\.[0-9]{1,4}0*)")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WRITE_AS = {
    Type.TEXT: "write a text",
    Type.INTEGER: "write a whole number such as 12900",
    Type.DECIMAL: "write a number with at most 4 decimals such as 87.5",
    Type.BOOLEAN: "write true or false",
    Type.DATE: "write a day as 2026-10-21",
    Type.TIMESTAMP: "write a moment of the shop's clock as 2026-10-21 09:30:00",
}


def read(column: Column, text: str) -> Value:
    """The value of a column, exact.

    Raises:
        ValueError: the text is no such value.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match column.type:
        case Type.TEXT:
            return _text(text)
        case Type.INTEGER:
            return int(Decimal(_matched(_WHOLE, plain)))
        case Type.DECIMAL:
            return Decimal(_matched(_NUMBER, plain))
        case Type.BOOLEAN:
            return {"true": True, "false": False}[_matched(re.compile("true|false"), plain.lower())]
        case Type.DATE:
            return date.fromisoformat(_matched(_DAY, plain))
        case Type.TIMESTAMP:
            return datetime.fromisoformat(_matched(_MOMENT, plain))


def written(column: Column, text: str) -> str:
    """The same value in the one way it is kept, so that 88 and 88.0 are the same correction.

    Raises:
        ValueError: the text is no such value.
    """
    match value := read(column, text):
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value.normalize() if value else Decimal(0), "f")
        case datetime():
            return value.isoformat(" ")
        case _:
            return str(value)


def _text(text: str) -> str:
    if not text.strip() or any(unicodedata.category(each) == "Cc" for each in text):
        raise ValueError(text)
    return text.strip()


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if pattern.fullmatch(text) is None:
        raise ValueError(text)
    return text
