"""Everything that happened at the demo company, in numbers, before it is written as exports."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from flows.demo import accounts, after_sales, campaigns, demand, inputs, messages, orders, people, sessions, shops, traffic
from flows.demo.calendar import NEVER, Ints, day_index

Stream = Callable[[str], np.random.Generator]


@dataclass(frozen=True)
class World:
    """All tables of the generator; rows refer to each other by position."""

    people: people.People
    chat: accounts.Holders
    parcel: accounts.Holders
    responsible: pd.DataFrame
    sessions: pd.DataFrame
    messages: pd.DataFrame
    orders: orders.Orders
    refunds: pd.DataFrame
    chat_ratings: pd.DataFrame
    case_ratings: pd.DataFrame
    order_ratings: pd.DataFrame
    complaints: pd.DataFrame
    tickets: pd.DataFrame
    follow_ups: pd.DataFrame
    traffic: pd.DataFrame
    inventory: pd.DataFrame
    totals: pd.DataFrame
    campaigns: pd.DataFrame
    campaign_days: pd.DataFrame
    judgements: pd.DataFrame
    targets: pd.DataFrame


def make_world(scale: float, seed: int) -> World:
    """Draw the company's life. Each part has its own stream of chance, so that one can change and the rest stays."""
    part = partial(_stream, seed)
    staff = people.make_people(part("people"))
    chat, parcel, lines = accounts.chat_holders(staff), accounts.parcel_holders(staff), shops.responsibilities(staff)
    visits = demand.make_visits(part("visits"), scale)
    inquiries = sessions.make_inquiries(part("inquiries"), visits, chat)
    catalogue = shops.make_catalogue(part("catalogue"))
    bought = orders.make_orders(part("orders"), visits, inquiries, staff, chat, parcel, catalogue, lines)
    chats = sessions.make_all_sessions(part("sessions"), inquiries, bought.table, chat)
    said = messages.make_messages(part("messages"), chats, staff, chat)
    after = _aftermath(part, staff, chat, parcel, bought.table, chats, said)
    planned = _plans(part, staff, bought.table, lines, scale)
    facts = _facts(chat, bought, planned)
    return World(
        people=staff, chat=chat, parcel=parcel, responsible=lines, sessions=chats, messages=said, orders=bought, **after, **planned,
        judgements=inputs.make_judgements(part("judgements"), staff),
        targets=inputs.make_targets(part("targets"), staff, lines, facts),
    )


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, *name.encode()])


def _aftermath(
    part: Stream, staff: people.People, chat: accounts.Holders, parcel: accounts.Holders, bought: pd.DataFrame,
    chats: pd.DataFrame, said: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    refunds = after_sales.make_refunds(part("refunds"), bought, staff, parcel)
    return {
        "refunds": refunds,
        "chat_ratings": after_sales.chat_ratings(part("chat ratings"), chats, _ends(said, len(chats)), staff, chat),
        "case_ratings": after_sales.case_ratings(part("case ratings"), refunds, staff, parcel),
        "order_ratings": after_sales.order_ratings(part("order ratings"), bought),
        "complaints": after_sales.make_complaints(part("complaints"), chats, staff, chat),
        "tickets": after_sales.make_tickets(part("tickets"), bought, chat),
        "follow_ups": after_sales.make_follow_ups(part("follow-ups"), bought, staff, parcel),
    }


def _plans(
    part: Stream, staff: people.People, bought: pd.DataFrame, lines: pd.DataFrame, scale: float
) -> dict[str, pd.DataFrame]:
    plans = campaigns.make_campaigns(part("campaigns"), staff)
    days = campaigns.make_campaign_days(part("campaign days"), plans, staff, scale)
    return {
        "traffic": traffic.make_traffic(part("traffic"), bought),
        "inventory": traffic.make_inventory(part("inventory"), bought, staff, lines),
        "totals": traffic.make_totals(bought),
        "campaigns": plans.assign(sales_target=campaigns.sales_targets(plans, days)),
        "campaign_days": days,
    }


def _facts(chat: accounts.Holders, bought: orders.Orders, planned: dict[str, pd.DataFrame]) -> inputs.Facts:
    """What targets are set from."""
    table = bought.table.assign(day=day_index(bought.table["created"].to_numpy()))
    lines = bought.lines.join(table[["added_item", "chat_holder", "paid", "day"]], on="order")
    added = lines[(lines["item"] == lines["added_item"]) & (lines["paid"] != NEVER)]
    owner = planned["campaigns"]["employee_id"]
    return {
        "orders": table, "traffic": planned["traffic"],
        "add_ons": added.assign(employee_id=chat.table["employee_id"].to_numpy()[added["chat_holder"]]),
        "campaign_days": planned["campaign_days"].assign(employee_id=owner.to_numpy()[planned["campaign_days"]["campaign"]]),
    }


def _ends(said: pd.DataFrame, count: int) -> Ints:
    """Last moment of each chat."""
    last = np.searchsorted(said["session"].to_numpy(), np.arange(count), side="right") - 1
    return said["at"].to_numpy()[last]
