"""Order exports of both platforms as tables."""

import numpy as np
import pandas as pd
import pyarrow as pa

from flows.demo import columns as c
from flows.demo.calendar import NEVER, Ints
from flows.demo.people import SHOPS
from flows.demo.platform_words import ORDER_STATUS, platform_table
from flows.demo.shops import CATEGORIES, SHOP_TITLES, item_codes
from flows.demo.world import World

# Numbers as each platform draws them: the first, and the step to the next.
_ORDER_NUMBER = ((3_810_000_000_000_000_000, 1009), (290_000_000_000, 37))


def order_numbers(world: World, rows: "pd.Series[int] | Ints") -> pa.Array:
    """Order numbers as the platforms print them; -1 is empty."""
    places = np.asarray(rows, dtype=np.int64)
    shop = world.orders.table["shop"].to_numpy()[places]
    first, step = np.array([n for n, _ in _ORDER_NUMBER])[shop], np.array([n for _, n in _ORDER_NUMBER])[shop]
    return c.whole(np.where(places < 0, -1, first + step * places))


def order_table(world: World, shop: str, orders: pd.DataFrame) -> pa.Table:
    """Rows of the order export, from orders as of some moment (see `orders.as_of`)."""
    stage = np.select(
        [
            orders["cancelled"] != NEVER,
            orders["delivered"] != NEVER,
            orders["shipped"] != NEVER,
            orders["paid"] != NEVER,
        ],
        [4, 3, 2, 1],
        0,
    )
    paid = orders["paid"] != NEVER
    handler = np.where(paid, orders["handler"], -1)
    clock = {name: c.moments(orders[name], shop) for name in ("created", "paid", "shipped", "delivered", "updated")}
    return platform_table(
        "orders",
        shop,
        [
            order_numbers(world, orders.index.to_numpy()),
            c.buyers(shop, orders["buyer"]),
            c.words(CATEGORIES, orders["category"]),
            c.words(ORDER_STATUS[shop], stage),
            clock["created"],
            clock["paid"],
            c.moments(np.where(paid, orders["due"], NEVER), shop),
            clock["shipped"],
            clock["delivered"],
            clock["updated"],
            c.yuan(orders["amount"]),
            c.yuan(np.where(paid, orders["paid_amount"], -1)),
            c.yuan(orders["cost"]),
            c.yuan(np.where(orders["shipped"] != NEVER, orders["logistics"], -1)),
            c.flags(orders["accurate"], orders["delivered"] != NEVER),
            c.words(c.account_names(world.setting.parcel), handler),
            c.words([SHOP_TITLES[SHOPS.index(shop)]], np.zeros(len(orders))),
        ],
    )


def item_table(world: World, shop: str, orders: pd.DataFrame) -> pa.Table:
    """Lines of these orders."""
    lines = world.orders.lines
    own = lines[np.isin(lines["order"], orders.index)]
    return platform_table(
        "order_items",
        shop,
        [
            order_numbers(world, own["order"]),
            c.whole(own["line_no"]),
            c.words(item_codes(), own["item"]),
            c.whole(own["quantity"]),
            c.yuan(own["amount"]),
            c.moments(world.orders.table["created"].to_numpy()[own["order"]], shop),
        ],
    )
