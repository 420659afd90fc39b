"""Steps of a trace that only points need; `trace.OPERATIONS` takes them in."""

from collections.abc import Callable, Mapping
from decimal import Decimal

Values = tuple[Decimal | None, ...]
Args = Mapping[str, str]

OPERATIONS: dict[str, Callable[[Args, Values], Decimal | None]] = {}
