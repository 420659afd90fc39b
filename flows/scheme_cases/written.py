"""Amounts in a case as they were written: a quotient stays one, and "80.46%" is compared to two places."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from transforms.schemes.quantities import read_quantity
from transforms.schemes.score_rules import plain
from transforms.scoring.trace import half_up

_NUMBER = re.compile(r"([+-]?\d[\d_,]*(?:\.\d+)?)(.*)", re.DOTALL)
_SHOWN = Decimal("0.000001")
NO_DATA, NOTHING = "no data", "none"


@dataclass(frozen=True)
class Written:
    """A number as written; `quantum` is the last place that was written; `unit` what stands behind the number."""

    text: str
    value: Decimal
    quantum: Decimal
    unit: str

    def same(self, actual: Decimal | None) -> bool:
        """Whether `actual`, rounded half-up to the places written, is this number."""
        return actual is not None and half_up(actual, self.quantum.normalize()) == self.value

    def shown(self, actual: Decimal) -> str:
        """Another number in the same unit."""
        return plain(half_up(actual / read_quantity(f"1{self.unit}"), _SHOWN)) + self.unit


@dataclass(frozen=True)
class Quotient:
    """`2475/3076`, or `(509+317)/915`: numerator and denominator in the units of their measures."""

    text: str
    numerator: Decimal
    denominator: Decimal


def read_written(raw: object) -> Written | str:
    """A number with its unit: 83.42, 80.46%, 929.68 yuan; or `none`, for no value at all.

    Raises:
        PydanticCustomError: not a number.
    """
    if raw == NOTHING:
        return NOTHING
    value = read_quantity(raw)
    number, unit = _NUMBER.fullmatch(str(raw).strip()).groups()  # type: ignore[union-attr] # read_quantity matched it
    places = -len(number.partition(".")[2])
    return Written(str(raw), value, read_quantity(f"{Decimal(1).scaleb(places):f}{unit}"), unit)


def read_amount(raw: object) -> Decimal | Quotient:
    """A number, or a quotient of two.

    Raises:
        PydanticCustomError: neither, or a quotient over nothing.
    """
    if not isinstance(raw, str) or "/" not in raw:
        return read_quantity(raw)
    above, _, below = raw.partition("/")
    summed = sum((read_quantity(part.strip()) for part in above.strip().strip("()").split("+")), Decimal(0))
    found = Quotient(raw, summed, read_quantity(below.strip()))
    if not found.denominator:
        todo = "write no data where nothing could be counted"
        raise PydanticCustomError("case", "{raw} divides by zero", {"raw": raw, "todo": todo})
    return found


AsWritten = Annotated[Any, BeforeValidator(read_written)]
Amount = Annotated[Any, BeforeValidator(read_amount)]
