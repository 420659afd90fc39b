"""Values of cells and databases as the text a person would write, which casts back to them exactly."""

import datetime as dt
import math
from decimal import Decimal


def as_text(value: object) -> str | None:
    """Text of one value: no exponent, no point in whole numbers, ISO days and times, true and false; None stays."""
    match value:
        case None:
            text = None
        case bool():
            text = "true" if value else "false"
        case float():
            text = _float_text(value)
        case Decimal():
            text = format(value, "f")
        case dt.datetime():
            text = value.isoformat(" ")
        case dt.date() | dt.time():
            text = value.isoformat()
        case bytes() | memoryview():
            text = bytes(value).hex()
        case _:
            text = str(value)
    return text


def _float_text(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
