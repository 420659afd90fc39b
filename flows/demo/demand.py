"""Buyers turning up: who, when, in which shop, asking or buying in silence."""

import numpy as np
import pandas as pd

from flows.demo.calendar import Ints, sample_moments
from flows.demo.shops import CATEGORIES, CATEGORY_SHARE, ITEMS_PER_CATEGORY, SHOP_SHARE

INQUIRIES = 78_000
SILENT_ORDERS = 24_500
_NEW_BUYER_RATE = 0.52


def make_visits(rng: np.random.Generator, scale: float) -> pd.DataFrame:
    """One row a visit, by time: moment, shop, silent, buyer (a number within the shop), category, item.

    `scale` multiplies the number of visits.
    """
    asking, silent = round(INQUIRIES * scale), round(SILENT_ORDERS * scale)
    count = asking + silent
    shop = rng.choice(len(SHOP_SHARE), count, p=SHOP_SHARE)
    category = rng.choice(len(CATEGORIES), count, p=CATEGORY_SHARE)
    return pd.DataFrame(
        {
            "moment": sample_moments(rng, count),
            "shop": shop,
            "silent": rng.permutation(count) < silent,
            "buyer": _buyers(rng, shop),
            "category": category,
            "item": category * ITEMS_PER_CATEGORY + _popular_item(rng, count),
        }
    )


def _buyers(rng: np.random.Generator, shop: Ints) -> Ints:
    """Each visitor is new, or one of those seen before in that shop."""
    buyers = np.empty(len(shop), dtype=np.int64)
    for number in np.unique(shop):
        here = shop == number
        new = rng.random(here.sum()) < _NEW_BUYER_RATE
        new[0] = True
        known = np.cumsum(new)
        buyers[here] = np.where(new, known - 1, (rng.random(len(new)) * known).astype(np.int64))
    return buyers


def _popular_item(rng: np.random.Generator, count: int) -> Ints:
    """Few items sell most."""
    return (ITEMS_PER_CATEGORY * rng.random(count) ** 1.6).astype(np.int64)
