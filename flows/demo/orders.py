"""Orders and their lines: bought after a chat or in silence, paid, packed, shipped, delivered, or given up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY, END_SECOND, NEVER, Floats, Ints, day_index
from flows.demo.sessions import Sort
from flows.demo.setting import Setting
from flows.demo.shops import Catalogue, owner_by_day

_PAID_RATE = 0.92
_CANCELLED_OF_UNPAID = 0.85
# Shares, cumulative: ordered while chatting, and by the same evening; paid at once, and within half a day.
_ORDERED_SOON, _ORDERED_BY_EVENING = 0.72, 0.9
_PAID_AT_ONCE, _PAID_WITHIN_HOURS = 0.86, 0.95
_SECOND_ITEM_RATE = 0.22
_COUPON_RATE = 0.3
SHIP_WITHIN = 2 * DAY
STAGES = ("created", "paid", "shipped", "delivered", "cancelled")


@dataclass(frozen=True)
class Orders:
    """`table`: one row an order, by time of creation; `lines`: order (row of `table`), line_no, item, quantity, amount.

    Moments are seconds, NEVER where it has not happened; amounts are fen.
    """

    table: pd.DataFrame
    lines: pd.DataFrame


def make_orders(rng: np.random.Generator, visits: pd.DataFrame, inquiries: pd.DataFrame, setting: Setting) -> Orders:
    """Orders of all visits that end in one."""
    table = pd.concat([_after_chat(rng, inquiries, visits, setting), _silent(visits)])
    table = table.sort_values(["created", "shop", "buyer"], kind="stable").reset_index(drop=True)
    lines = _lines(rng, table, setting.catalogue)
    table = _priced(rng, table, lines, setting)
    table = _paid(rng, table)
    table = _shipped(rng, table, setting)
    return Orders(as_of(table, END_SECOND), lines)


def as_of(orders: pd.DataFrame, moment: int) -> pd.DataFrame:
    """The orders as an export at that moment would show them: what comes later has not happened yet."""
    known = {stage: np.where(orders[stage] < moment, orders[stage], NEVER) for stage in STAGES}
    return orders.assign(**known, updated=np.maximum.reduce(list(known.values())))


def _after_chat(
    rng: np.random.Generator, inquiries: pd.DataFrame, visits: pd.DataFrame, setting: Setting
) -> pd.DataFrame:
    holder = inquiries["holder"].to_numpy()
    chance = np.clip(0.52 + 0.055 * setting.chat.trait(setting.people, "conversion")[holder], 0.2, 0.8)
    buys = (inquiries["sort"] == Sort.NORMAL).to_numpy() & (rng.random(len(inquiries)) < chance)
    add_on_chance = np.clip(0.62 + 0.11 * setting.chat.trait(setting.people, "cross_sell")[holder], 0.2, 0.95)
    adds = (inquiries["recommended"] >= 0).to_numpy() & (rng.random(len(inquiries)) < add_on_chance)
    bought = inquiries[buys]
    visit = visits.loc[bought["visit"]]
    return pd.DataFrame(
        {
            "shop": bought["shop"].to_numpy(),
            "buyer": bought["buyer"].to_numpy(),
            "created": bought["start"].to_numpy() + _time_to_decide(rng, len(bought)),
            "category": visit["category"].to_numpy(),
            "item": visit["item"].to_numpy(),
            "added_item": np.where(adds[buys], bought["recommended"].to_numpy(), -1),
            "chat_holder": bought["holder"].to_numpy(),
        }
    ).query("created < @END_SECOND")


def _silent(visits: pd.DataFrame) -> pd.DataFrame:
    quiet = visits[visits["silent"]].rename(columns={"moment": "created"})
    return quiet[["shop", "buyer", "created", "category", "item"]].assign(added_item=-1, chat_holder=-1)


def _time_to_decide(rng: np.random.Generator, count: int) -> Ints:
    """Most order while chatting, some hours later, some the next day."""
    way = rng.random(count)
    soon, hours, overnight = (
        rng.integers(90, 420, count),
        rng.integers(600, 21_600, count),
        rng.integers(43_200, 80_000, count),
    )
    return np.where(way < _ORDERED_SOON, soon, np.where(way < _ORDERED_BY_EVENING, hours, overnight))


def _lines(rng: np.random.Generator, table: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    count, item = len(table), table["item"].to_numpy()
    extra = np.where(rng.random(count) < _SECOND_ITEM_RATE, item - item % 12 + rng.integers(0, 12, count), -1)
    items = np.stack([item, extra, table["added_item"].to_numpy()], axis=1).ravel()
    quantity = rng.choice([1, 2, 3], len(items), p=[0.82, 0.14, 0.04])
    lines = pd.DataFrame({"order": np.repeat(np.arange(count), 3), "item": items, "quantity": quantity})[items >= 0]
    lines["line_no"] = lines.groupby("order").cumcount() + 1
    return lines.assign(amount=catalogue.price_fen[lines["item"]] * lines["quantity"]).reset_index(drop=True)


def _priced(rng: np.random.Generator, table: pd.DataFrame, lines: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    amount = np.bincount(lines["order"], weights=lines["amount"], minlength=len(table)).astype(np.int64)
    coupon = np.where(rng.random(len(table)) < _COUPON_RATE, rng.integers(3, 9, len(table)) * amount // 10_000 * 100, 0)
    owner = owner_by_day(setting.responsible)[table["shop"], table["category"], day_index(table["created"].to_numpy())]
    skill = setting.people.traits["margin"].reindex(owner).to_numpy()
    margin = np.clip(
        setting.catalogue.margin[table["item"]] + 0.018 * skill + rng.normal(0, 0.02, len(table)), 0.05, 0.7
    )
    return table.assign(amount=amount, paid_amount=amount - coupon, cost=(amount * (1 - margin)).astype(np.int64))


def _paid(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    count, created = len(table), table["created"].to_numpy()
    pays, way = rng.random(count) < _PAID_RATE, rng.random(count)
    at_once = (rng.lognormal(4.3, 0.7, count) + 5).astype(np.int64)
    delay = np.where(
        way < _PAID_AT_ONCE,
        at_once,
        np.where(way < _PAID_WITHIN_HOURS, rng.integers(600, 43_200, count), rng.integers(DAY, 3 * DAY, count)),
    )
    gives_up = ~pays & (rng.random(count) < _CANCELLED_OF_UNPAID)
    cancelled = np.where(gives_up, created + rng.integers(DAY, 3 * DAY, count), NEVER)
    return table.assign(paid=np.where(pays, created + delay, NEVER), cancelled=cancelled)


def _shipped(rng: np.random.Generator, table: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    count, paid = len(table), table["paid"].to_numpy()
    is_paid = paid != NEVER
    handler = np.full(count, -1)
    inside = is_paid & (paid < END_SECOND)
    handler[inside] = setting.parcel.pick(rng, table["shop"].to_numpy()[inside], paid[inside])
    skill = {
        name: np.where(handler >= 0, setting.parcel.trait(setting.people, name)[handler], 0.0)
        for name in ("shipping", "accuracy", "cost")
    }
    in_time = rng.random(count) < np.clip(0.955 + 0.02 * skill["shipping"], 0.85, 0.995)
    lag = np.where(
        in_time, rng.integers(2 * 3600, 44 * 3600, count), SHIP_WITHIN + rng.integers(3600, 40 * 3600, count)
    )
    shipped = np.where(is_paid, paid + lag, NEVER)
    return table.assign(
        due=np.where(is_paid, paid + SHIP_WITHIN, NEVER),
        shipped=shipped,
        handler=handler,
        delivered=np.where(is_paid, shipped + rng.integers(DAY, 4 * DAY, count), NEVER),
        accurate=rng.random(count) < np.clip(0.986 + 0.007 * skill["accuracy"], 0.9, 0.999),
        logistics=_carriage(rng, table["amount"].to_numpy(), skill["cost"]),
    )


def _carriage(rng: np.random.Generator, amount: Ints, skill: Floats) -> Ints:
    """Fen for packing and carriage: a base a parcel, something by value, and how careful the packer is."""
    return ((380 + 0.04 * amount) * np.exp(-0.13 * skill + rng.normal(0, 0.15, len(amount)))).astype(np.int64)
