"""Amounts as people write them in a scheme: `85%`, `3‰`, `300000 yuan`, `30`; read exactly, without float."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from transforms.formulas.numbers import FACTORS

_WRITTEN = re.compile(r"([+-]?\d[\d_,]*(?:\.\d+)?)\s*(%|‰|yuan|元|fen|分)?")
_TODO = "write 30, 0.85, 85%, 3‰ or 300000 yuan"


def read_quantity(written: object) -> Decimal:
    """The number meant by `written`, in the metric's own unit: a rate as a fraction, money in fen.

    Raises:
        PydanticCustomError: not a number, with what may be written.
    """
    if isinstance(written, bool) or not isinstance(written, int | Decimal | str):
        raise _refusal(written)
    match = _WRITTEN.fullmatch(str(written).strip())
    if not match:
        raise _refusal(written)
    return Decimal(match[1].replace(",", "").replace("_", "")) * FACTORS[match[2] or ""]


def _refusal(written: object) -> PydanticCustomError:
    return PydanticCustomError("quantity", "'{written}' is not a number", {"written": str(written), "todo": _TODO})


Quantity = Annotated[
    Decimal,
    BeforeValidator(read_quantity),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_WRITTEN.pattern}$"}]}),
]
