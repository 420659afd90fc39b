"""Chats before their lines are written: who with whom, when, and of which sort."""

from enum import IntEnum

import numpy as np
import pandas as pd

from flows.demo.accounts import Holders, duty_on
from flows.demo.calendar import DAY, END_SECOND, Ints
from flows.demo.people import People


class Sort(IntEnum):
    """Sorts of chats; all but NORMAL exist to be filtered out, or to count against somebody."""

    NORMAL = 0
    SINGLE_LINE = 1  # one buyer line, three or more agent lines, nothing further
    MONOLOGUE = 2  # an agent writes, the buyer never does
    MASS = 3  # a mass message
    PHRASE = 4  # answered by advertising phrases only
    UNANSWERED = 5
    OWN_ACCOUNT = 6  # colleagues trying the chat out


_SORT_SHARE = (0.862, 0.03, 0.02, 0.045, 0.02, 0.022, 0.001)
_SECOND_AGENT_RATE = 0.09
_RECOMMEND_RATE = 0.24
_AFTER_SALES_RATE = 0.12


def make_inquiries(rng: np.random.Generator, visits: pd.DataFrame, holders: Holders) -> pd.DataFrame:
    """A chat for each visit that asks.

    Columns: visit (row of `visits`), shop, buyer, start, holder, sort, item, recommended (an item's number or -1),
    recommended_at.
    """
    asking = visits[~visits["silent"]]
    start = asking["moment"].to_numpy()
    sort = rng.choice(len(Sort), len(asking), p=_SORT_SHARE)
    recommends = (sort == Sort.NORMAL) & (rng.random(len(asking)) < _RECOMMEND_RATE)
    return pd.DataFrame(
        {
            "visit": asking.index.to_numpy(),
            "shop": asking["shop"].to_numpy(),
            "buyer": np.where(sort == Sort.OWN_ACCOUNT, -1, asking["buyer"].to_numpy()),
            "start": start,
            "holder": _take(rng, holders, asking["shop"].to_numpy(), start),
            "sort": sort,
            "recommended": np.where(recommends, _other_item(rng, asking["item"].to_numpy()), -1),
            "recommended_at": start + rng.integers(20, 80, len(asking)),
        }
    )


def make_all_sessions(
    rng: np.random.Generator, inquiries: pd.DataFrame, orders: pd.DataFrame, holders: Holders
) -> pd.DataFrame:
    """Inquiries, second chats with another agent, and after-sales chats, by time."""
    parts = [inquiries, _second_chats(rng, inquiries, holders), _after_sales_chats(rng, orders, holders)]
    return pd.concat(parts).sort_values(["start", "shop", "buyer"], kind="stable").reset_index(drop=True)


def holder_trait(
    people: People, holders: Holders, sessions: pd.DataFrame, name: str
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """One trait of the agent of each chat."""
    return holders.trait(people, name)[sessions["holder"].to_numpy()]


def _second_chats(rng: np.random.Generator, inquiries: pd.DataFrame, holders: Holders) -> pd.DataFrame:
    again = inquiries[(inquiries["sort"] == Sort.NORMAL) & (rng.random(len(inquiries)) < _SECOND_AGENT_RATE)]
    start = again["start"].to_numpy() + rng.integers(600, 20 * 3600, len(again))
    return _plain(rng, again["shop"].to_numpy(), again["buyer"].to_numpy(), start, holders)


def _after_sales_chats(rng: np.random.Generator, orders: pd.DataFrame, holders: Holders) -> pd.DataFrame:
    """A buyer comes back within a fortnight of the purchase and does not order."""
    delivered = orders[(orders["delivered"] >= 0) & (rng.random(len(orders)) < _AFTER_SALES_RATE)]
    start = delivered["delivered"].to_numpy() + rng.integers(3600, 8 * DAY, len(delivered))
    soon = start < delivered["created"].to_numpy() + 14 * DAY
    return _plain(rng, delivered["shop"].to_numpy()[soon], delivered["buyer"].to_numpy()[soon], start[soon], holders)


def _plain(rng: np.random.Generator, shop: Ints, buyer: Ints, start: Ints, holders: Holders) -> pd.DataFrame:
    inside = start < END_SECOND - 3600
    shop, buyer, start = shop[inside], buyer[inside], start[inside]
    return pd.DataFrame(
        {
            "visit": -1,
            "shop": shop,
            "buyer": buyer,
            "start": start,
            "holder": _take(rng, holders, shop, start),
            "sort": int(Sort.NORMAL),
            "recommended": -1,
            "recommended_at": start,
        }
    )


def _take(rng: np.random.Generator, holders: Holders, shop: Ints, start: Ints) -> Ints:
    return duty_on(holders, holders.pick(rng, shop, start), start)


def _other_item(rng: np.random.Generator, items: Ints) -> Ints:
    """Another item of the same line."""
    place = items % 12
    return items - place + (place + rng.integers(1, 12, len(items))) % 12
