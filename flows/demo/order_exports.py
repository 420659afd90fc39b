"""Order exports, with the habits of real ones: months overlap, states change between them, rows come late."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY, month_starts, months
from flows.demo.columns import Exports, by_month
from flows.demo.order_tables import item_table, order_table
from flows.demo.orders import as_of
from flows.demo.people import SHOPS
from flows.demo.world import World

# The export after these months repeats their last days; the earlier export shows them as they stood at its time.
OVERLAPS = (("tm", "2026-09"), ("tm", "2026-10"), ("jd", "2026-10"))
OVERLAP_DAYS = 3
# These rows of October are found in November's export only.
LATE = ("tm", "2026-10", 2)
_EXPORTED_AFTER = 3 * 3600


@dataclass(frozen=True)
class OrderFiles:
    """Rows of each monthly file as frames, and which of them were moved or repeated: (kind, file, order rows)."""

    frames: dict[tuple[str, str], pd.DataFrame]
    habits: tuple[tuple[str, str, tuple[int, ...]], ...]


def order_files(world: World) -> OrderFiles:
    """Cut the orders into files."""
    frames = {(shop, month): frame for shop in SHOPS for month, frame in _by_month(world, shop)}
    habits = [_overlap(frames, shop, month) for shop, month in OVERLAPS] + [_late(frames)]
    return OrderFiles(frames, tuple(entry for entries in habits for entry in entries))


def order_exports(world: World, files: OrderFiles) -> Exports:
    """Exports of orders and their lines: path below the inbox → table."""
    exports: Exports = {}
    for (shop, month), frame in files.frames.items():
        exports[f"orders/{shop}/{month}.csv"] = partial(order_table, world, shop, frame)
        exports[f"order_items/{shop}/{month}.csv"] = partial(item_table, world, shop, frame)
    return exports


def _by_month(world: World, shop: str) -> list[tuple[str, pd.DataFrame]]:
    own = world.orders.table[world.orders.table["shop"] == SHOPS.index(shop)]
    return [
        (month, own.iloc[rows]) for month, rows in zip(months(), by_month(own["created"], month_starts()), strict=True)
    ]


def _overlap(
    frames: dict[tuple[str, str], pd.DataFrame], shop: str, month: str
) -> list[tuple[str, str, tuple[int, ...]]]:
    following = months()[months().index(month) + 1]
    border = month_starts()[months().index(following)]
    frame = frames[shop, month]
    last_days = frame["created"] >= border - OVERLAP_DAYS * DAY
    repeated = frame[last_days]
    earlier = as_of(repeated, border + _EXPORTED_AFTER)
    frames[shop, month] = pd.concat([frame[~last_days], earlier])
    frames[shop, following] = pd.concat([repeated, frames[shop, following]])
    changed = (earlier["updated"] != repeated["updated"]).to_numpy()
    path = f"orders/{shop}/{following}.csv"
    return [("overlapping_export", path, _rows(repeated[~changed])), ("later_version", path, _rows(repeated[changed]))]


def _late(frames: dict[tuple[str, str], pd.DataFrame]) -> list[tuple[str, str, tuple[int, ...]]]:
    shop, month, count = LATE
    following = months()[months().index(month) + 1]
    frame = frames[shop, month]
    moved = np.isin(np.arange(len(frame)), len(frame) // 2 + np.arange(count))
    late = frame[moved]
    frames[shop, month] = frame[~moved]
    frames[shop, following] = pd.concat([frames[shop, following], late])
    return [("late_row", f"orders/{shop}/{following}.csv", _rows(late))]


def _rows(frame: pd.DataFrame) -> tuple[int, ...]:
    return tuple(int(row) for row in frame.index)
