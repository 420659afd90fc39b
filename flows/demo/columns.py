"""Numbers of the generator as columns of an export: text as shop systems write it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from flows.demo.accounts import Holders
from flows.demo.calendar import NEVER, Ints, day_of
from flows.demo.people import SHOPS

if TYPE_CHECKING:
    import pandas as pd

# Path below the inbox → the function that makes its table.
Exports = dict[str, Callable[[], pa.Table]]
ACCOUNT_PREFIX = ("鹿鸣旗舰店:", "鹿鸣京东:")
ROBOT, SYSTEM = "服务助手", "系统通知"
_BUYER_PREFIX = ("tb", "jd_")
_MIX, _ADD = 2_654_435_761, 97_531
_MOMENT_FORMAT = {"tm": "%Y-%m-%d %H:%M:%S", "jd": "%Y/%m/%d %H:%M:%S"}


def whole(values: "pd.Series[int] | Ints") -> pa.Array:
    """Whole numbers as text; NEVER (-1) is empty."""
    numbers = np.asarray(values)
    return pc.cast(pa.array(numbers, mask=numbers < 0), pa.string())


def yuan(fen: "pd.Series[int] | Ints") -> pa.Array:
    """Fen as yuan with two decimals; negative stands for empty."""
    values = np.asarray(fen)
    known = pa.array(values, mask=values < 0)
    cents = pc.utf8_lpad(pc.cast(pa.array(values % 100), pa.string()), 2, "0")
    return pc.binary_join_element_wise(pc.cast(pc.divide(known, 100), pa.string()), cents, ".")


def moments(seconds: "pd.Series[int] | Ints", shop: str = "tm") -> pa.Array:
    """Moments as the shop's platform writes them; NEVER is empty."""
    values = np.asarray(seconds, dtype=np.int64)
    stamps = pa.array(values, mask=values == NEVER).cast(pa.timestamp("s"))
    return stamps.cast(pa.string()) if shop == "tm" else pc.strftime(stamps, format=_MOMENT_FORMAT[shop])


def days(positions: "pd.Series[int] | Ints") -> pa.Array:
    """Positions of days as ISO text."""
    names = [day_of(n).isoformat() for n in range(int(np.asarray(positions).max(initial=0)) + 1)]
    return words(names, positions)


def words(names: Sequence[str], codes: "pd.Series[int] | Ints") -> pa.Array:
    """Text by number; a negative number is empty."""
    values = np.asarray(codes, dtype=np.int64)
    return pa.array(list(names), pa.string()).take(pa.array(values, mask=values < 0))


def flags(values: "pd.Series[bool]", known: "pd.Series[bool] | None" = None) -> pa.Array:
    """是 or 否; empty where not known."""
    codes = np.where(np.asarray(values, dtype=bool), 0, 1)
    return words(("是", "否"), codes if known is None else np.where(known, codes, -1))


def buyers(shop: str, numbers: "pd.Series[int] | Ints") -> pa.Array:
    """Buyers' names as the platform shows them; -1 is a colleague trying the chat with the shop's first account."""
    values = np.asarray(numbers)
    place = SHOPS.index(shop)
    mixed = pc.utf8_lpad(pc.cast(pa.array((values * _MIX + _ADD) % 2**32), pa.string()), 10, "0")
    names = pc.binary_join_element_wise(_BUYER_PREFIX[place], mixed, "")
    own = f"{ACCOUNT_PREFIX[place]}{('小鹿', '小枫')[place]}"
    return pc.if_else(pa.array(values < 0), own, names)


def account_names(holders: Holders) -> tuple[str, ...]:
    """Account of each holder as the platform shows it."""
    return tuple(f"{ACCOUNT_PREFIX[row.shop]}{row.nick}" for row in holders.table.itertuples())


def by_month(moments_or_days: "pd.Series[int] | Ints", month_starts: Sequence[int]) -> list[slice]:
    """Where each month begins and ends in a sorted column; the first month also gets what is earlier."""
    edges = np.searchsorted(np.asarray(moments_or_days), month_starts[1:])
    return [slice(a, b) for a, b in zip([0, *edges], [*edges, len(moments_or_days)], strict=True)]


def iso(day: date | None) -> str | None:
    """A day as text, or empty."""
    return day.isoformat() if day else None
