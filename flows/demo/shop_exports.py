"""Exports of the two shops' platforms but orders: chats, recommendations, returns, ratings, complaints.

An export is a path and a function that makes its table, so that nothing large is held for longer than it takes to
write it.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa

from flows.demo import columns as c
from flows.demo.calendar import END_SECOND, month_starts, months
from flows.demo.columns import Exports
from flows.demo.order_tables import order_numbers
from flows.demo.people import SHOPS
from flows.demo.phrases import BANK
from flows.demo.platform_words import DIRECTION, MESSAGE_KIND, RATED, REFUND_KIND, REFUND_REASON, platform_table
from flows.demo.shops import item_codes
from flows.demo.world import World

_BEST_SCORE = 5


def shop_exports(world: World) -> Exports:
    """All exports of both platforms but orders, which `order_exports` makes: path below the inbox → table."""
    exports: Exports = {}
    for shop in SHOPS:
        exports |= _chat_exports(world, shop)
        exports |= _monthly(
            "recommendations", shop, _recommended(world, shop), "recommended_at", world, _recommendations
        )
        exports |= _monthly(
            "refunds", shop, world.refunds[world.refunds["shop"] == SHOPS.index(shop)], "requested", world, _refunds
        )
        exports |= _monthly("ratings", shop, _all_ratings(world, shop), "rated", world, _ratings)
        complaints = world.complaints[world.complaints["shop"] == SHOPS.index(shop)]
        exports |= {f"complaints/{shop}.csv": partial(_complaints, world, shop, complaints)}
    return exports


def _chat_rows(world: World, shop: str, rows: slice) -> pa.Table:
    """Chat lines of the sessions in a range that belong to the shop."""
    first, last = np.searchsorted(world.messages["session"].to_numpy(), [rows.start, rows.stop])
    said = world.messages.iloc[first:last]
    sessions = world.sessions.iloc[said["session"].to_numpy()]
    own = (sessions["shop"].to_numpy() == SHOPS.index(shop)) & (said["at"].to_numpy() < END_SECOND)
    said, sessions = said[own], sessions[own]
    accounts = c.account_names(world.setting.chat)
    robot = f"{c.ACCOUNT_PREFIX[SHOPS.index(shop)]}{c.ROBOT}"
    who = said["who"].to_numpy()
    return platform_table(
        "chats",
        shop,
        [
            c.whole(700_000_000 + said.index.to_numpy()),
            c.whole(20_000_000 + said["session"].to_numpy()),
            c.buyers(shop, sessions["buyer"]),
            c.words((*accounts, robot), np.where(said["robot"], len(accounts), sessions["holder"].to_numpy())),
            c.moments(said["at"]),
            c.words(DIRECTION[shop], (who > 0).astype(np.int64)),
            c.words(MESSAGE_KIND[shop], who),
            c.words(BANK, said["text"]),
        ],
    )


def _chat_exports(world: World, shop: str) -> Exports:
    slices = c.by_month(world.sessions["start"], month_starts())
    return {
        f"chats/{shop}/{month}.csv.gz": partial(_chat_rows, world, shop, rows)
        for month, rows in zip(months(), slices, strict=True)
    }


def _monthly(
    kind: str,
    shop: str,
    frame: pd.DataFrame,
    moment: str,
    world: World,
    make: Callable[[World, str, pd.DataFrame], pa.Table],
) -> Exports:
    slices = c.by_month(frame[moment], month_starts())
    return {
        f"{kind}/{shop}/{month}.csv": partial(make, world, shop, frame.iloc[rows])
        for month, rows in zip(months(), slices, strict=True)
    }


def _recommended(world: World, shop: str) -> pd.DataFrame:
    own = world.sessions[(world.sessions["recommended"] >= 0) & (world.sessions["shop"] == SHOPS.index(shop))]
    return own[own["recommended_at"] < END_SECOND].sort_values("recommended_at", kind="stable")


def _recommendations(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    return platform_table(
        "recommendations",
        shop,
        [
            c.whole(50_000_000 + own.index.to_numpy()),
            c.buyers(shop, own["buyer"]),
            c.words(c.account_names(world.setting.chat), own["holder"]),
            c.words(item_codes(), own["recommended"]),
            c.moments(own["recommended_at"], shop),
        ],
    )


def _refunds(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    return platform_table(
        "refunds",
        shop,
        [
            c.whole(60_000_000 + own.index.to_numpy()),
            order_numbers(world, own["order"]),
            c.words(REFUND_KIND[shop], own["kind"]),
            c.words(REFUND_REASON, own["reason"]),
            c.moments(own["requested"], shop),
            c.moments(own["due"], shop),
            c.moments(own["handled"], shop),
            c.yuan(own["amount"]),
            c.words(c.account_names(world.setting.parcel), own["handler"]),
        ],
    )


def _all_ratings(world: World, shop: str) -> pd.DataFrame:
    parts = [world.chat_ratings, world.order_ratings, world.case_ratings]
    ratings = pd.concat([part.assign(channel=channel) for channel, part in enumerate(parts)], ignore_index=True)
    return ratings[ratings["shop"] == SHOPS.index(shop)].sort_values("rated", kind="stable")


def _ratings(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    chats = c.account_names(world.setting.chat)
    account = np.where(own["channel"] == RATED.index("售后服务"), own["holder"] + len(chats), own["holder"])
    return platform_table(
        "ratings",
        shop,
        [
            c.whole(80_000_000 + own.index.to_numpy()),
            c.words(RATED, own["channel"]),
            order_numbers(world, own["order"]),
            c.words((*chats, *c.account_names(world.setting.parcel)), account),
            c.moments(own["handled"], shop),
            c.moments(own["rated"], shop),
            c.moments(own["improved"], shop),
            c.whole(own["score"]),
            c.whole(np.full(len(own), _BEST_SCORE)),
            c.flags(own["resolved"]),
            c.flags(own["praise"]),
        ],
    )


def _complaints(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    return platform_table(
        "complaints",
        shop,
        [
            c.whole(90_000_000 + own.index.to_numpy()),
            c.buyers(shop, own["buyer"]),
            c.words(c.account_names(world.setting.chat), own["holder"]),
            c.moments(own["opened"], shop),
            c.moments(own["closed"], shop),
            c.flags(own["justified"] == 1, own["justified"] >= 0),
        ],
    )
