"""Ranks as in sports tables: equal values share a rank and the next one is left out (1, 2, 2, 4)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

K = TypeVar("K")


def rank_1224(values: Mapping[K, Decimal]) -> dict[K, int]:
    """The rank of each key, the largest value first."""
    ordered = sorted(values.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    return {key: first[value] for key, value in values.items()}
