"""Visits of the shops by product line and channel, stock, and the platform's own daily sums."""

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY_COUNT, NEVER, Floats, Ints, day_index, month_index
from flows.demo.people import SHOPS, People
from flows.demo.shops import CATEGORIES, owner_by_day

CHANNELS = ("search", "direct", "ads", "social", "brand_search")
_CHANNEL_SHARE = (0.45, 0.22, 0.2, 0.13)
_VISITORS_AN_ORDER = 31.0
# Of those who search, the share who look for the brand; how often a visitor comes on a day, and for how long.
_BRAND_SHARE, _VISITS_A_VISITOR, _DWELL_SECONDS = 0.18, 1.25, 128.0
_SHAPE = (len(SHOPS), len(CATEGORIES), DAY_COUNT)


def daily(orders: pd.DataFrame, weights: "pd.Series[int] | None" = None) -> Floats:
    """Orders, or a sum over them, by shop × category × day of creation."""
    where = np.ravel_multi_index((orders["shop"], orders["category"], day_index(orders["created"].to_numpy())), _SHAPE)
    return np.bincount(where, weights=weights, minlength=int(np.prod(_SHAPE))).reshape(_SHAPE)


def make_traffic(rng: np.random.Generator, orders: pd.DataFrame) -> pd.DataFrame:
    """Rows by shop, day, category, channel (numbers) with page_views and unique_visitors."""
    month_mood = np.exp(rng.normal(0, 0.12, (*_SHAPE[:2], 14)))[:, :, month_index()]
    pull = np.exp(rng.normal(0, 0.14, _SHAPE[:2]))[:, :, None]
    smooth = 0.5 * daily(orders) + 0.5 * daily(orders).mean(axis=2, keepdims=True)
    visitors = (
        smooth[:, :, :, None] * _VISITORS_AN_ORDER * (month_mood * pull)[:, :, :, None] * np.array(_CHANNEL_SHARE)
    )
    unique = rng.poisson(visitors)
    depth = 3.2 + rng.gamma(4.0, 0.4, unique.shape)
    shop, category, day, channel = (axis.ravel() for axis in np.indices(unique.shape))
    frame = pd.DataFrame(
        {
            "shop": shop,
            "day": day,
            "category": category,
            "channel": channel,
            "page_views": (unique * depth).astype(np.int64).ravel(),
            "unique_visitors": unique.ravel(),
        }
    )
    return frame.sort_values(["shop", "day", "category", "channel"], kind="stable").reset_index(drop=True)


def with_visits(rng: np.random.Generator, traffic: pd.DataFrame) -> pd.DataFrame:
    """Searches for the brand as a channel of their own, split off the search; and `visits` and `dwell_seconds`.

    No sum over channels changes by it.
    """
    search = (traffic["channel"] == CHANNELS.index("search")).to_numpy()
    whole = traffic[search]
    month_share = np.clip(rng.normal(_BRAND_SHARE, 0.015, 14), 0.1, 0.3)[month_index()[whole["day"].to_numpy()]]
    visitors = rng.binomial(whole["unique_visitors"].to_numpy(), month_share)
    views = (whole["page_views"].to_numpy() * visitors) // np.maximum(whole["unique_visitors"].to_numpy(), 1)
    brand = whole.assign(channel=CHANNELS.index("brand_search"), unique_visitors=visitors, page_views=views)
    rest = whole.assign(
        unique_visitors=whole["unique_visitors"] - visitors, page_views=whole["page_views"].to_numpy() - views
    )
    frame = pd.concat([traffic[~search], rest, brand])
    frame = frame.sort_values(["shop", "day", "category", "channel"], kind="stable").reset_index(drop=True)
    visits = frame["unique_visitors"].to_numpy() + rng.poisson(frame["unique_visitors"] * (_VISITS_A_VISITOR - 1))
    line_pull = np.exp(rng.normal(0, 0.08, _SHAPE[:2]))[frame["shop"], frame["category"]]
    dwell = visits * _DWELL_SECONDS * line_pull * rng.lognormal(0, 0.1, len(frame))
    return frame.assign(visits=visits, dwell_seconds=dwell.astype(np.int64))


def make_inventory(
    rng: np.random.Generator, orders: pd.DataFrame, people: People, responsible: pd.DataFrame
) -> pd.DataFrame:
    """Stock at cost at the end of each day: shop, day, category, stock_cost (fen). Good planners hold less."""
    paid = orders[orders["paid"] != NEVER]
    monthly_cost = daily(paid, paid["cost"]).sum(axis=2, keepdims=True) / DAY_COUNT * 30.4
    owner = owner_by_day(responsible)
    skill = people.traits["campaign"].reindex(owner.ravel()).to_numpy().reshape(_SHAPE)
    cover = np.exp(rng.normal(0, 0.15, (*_SHAPE[:2], 1)) - 0.22 * skill)
    saw = 1 + 0.25 * ((np.arange(DAY_COUNT)[None, None, :] + rng.integers(0, 14, (*_SHAPE[:2], 1))) % 14 / 7 - 1)
    stock = (monthly_cost * cover * saw).astype(np.int64)
    shop, category, day = (axis.ravel() for axis in np.indices(_SHAPE))
    frame = pd.DataFrame({"shop": shop, "day": day, "category": category, "stock_cost": stock.ravel()})
    return frame.sort_values(["shop", "day", "category"], kind="stable").reset_index(drop=True)


def make_totals(orders: pd.DataFrame) -> pd.DataFrame:
    """The platform's daily sums: shop, day, orders, amount (fen)."""
    counts, amounts = daily(orders).sum(axis=1), daily(orders, orders["amount"]).sum(axis=1)
    shop, day = (axis.ravel() for axis in np.indices(counts.shape))
    return pd.DataFrame({"shop": shop, "day": day, "orders": _whole(counts), "amount": _whole(amounts)})


def _whole(values: Floats) -> Ints:
    return np.rint(values).astype(np.int64).ravel()
