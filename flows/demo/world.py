"""Everything that happened at the demo company, in numbers, before it is written as exports."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from flows.demo import (
    after_sales,
    campaigns,
    demand,
    figures,
    judgements,
    messages,
    more_judgements,
    orders,
    sales_targets,
    sessions,
    targets,
    traffic,
)
from flows.demo.calendar import Ints
from flows.demo.setting import Setting, Stream, make_setting


@dataclass(frozen=True)
class World:
    """All tables of the generator; rows refer to each other by position."""

    setting: Setting
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
    figures: pd.DataFrame
    judgements: pd.DataFrame
    targets: pd.DataFrame


def make_world(scale: float, seed: int) -> World:
    """Draw the company's life. Each part has its own stream of chance, so that one can change and the rest stays."""
    part = partial(stream, seed)
    setting = make_setting(part)
    visits = demand.make_visits(part("visits"), scale)
    inquiries = sessions.make_inquiries(part("inquiries"), visits, setting.chat)
    bought = orders.make_orders(part("orders"), visits, inquiries, setting)
    chats = sessions.make_all_sessions(part("sessions"), inquiries, bought.table, setting.chat)
    said = messages.make_messages(part("messages"), chats, setting.people, setting.chat)
    planned = _plans(part, setting, bought.table, scale)
    facts = targets.Facts(bought, planned["traffic"], planned["campaigns"], planned["campaign_days"])
    counted = figures.make_figures(part("figures"), setting.people, bought)
    return World(
        setting=setting,
        sessions=chats,
        messages=said,
        orders=bought,
        **_after_chats(part, setting, chats, _ends(said, len(chats))),
        **_after_orders(part, setting, bought.table),
        **planned,
        figures=counted,
        judgements=_judged(part, setting),
        targets=_agreed(part, setting, facts, counted),
    )


def _judged(part: Stream, setting: Setting) -> pd.DataFrame:
    people = setting.people
    monthly = judgements.make_judgements(part("judgements"), people)
    return pd.concat([monthly, more_judgements.make_more_judgements(part("more judgements"), people)])


def _agreed(part: Stream, setting: Setting, facts: targets.Facts, counted: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(
        [
            targets.make_targets(part("targets"), setting, facts),
            sales_targets.make_sales_targets(part("sales targets"), setting, facts.orders),
            sales_targets.figure_targets(part("figure targets"), counted),
        ]
    )


def stream(seed: int, name: str) -> np.random.Generator:
    """The stream of chance of one part."""
    return np.random.default_rng([seed, *name.encode()])


def _after_chats(part: Stream, setting: Setting, chats: pd.DataFrame, ends: Ints) -> dict[str, pd.DataFrame]:
    people, chat = setting.people, setting.chat
    return {
        "chat_ratings": after_sales.chat_ratings(part("chat ratings"), chats, ends, people, chat),
        "complaints": after_sales.make_complaints(part("complaints"), chats, people, chat),
    }


def _after_orders(part: Stream, setting: Setting, bought: pd.DataFrame) -> dict[str, pd.DataFrame]:
    people, parcel = setting.people, setting.parcel
    refunds = after_sales.make_refunds(part("refunds"), bought, people, parcel)
    return {
        "refunds": refunds,
        "case_ratings": after_sales.case_ratings(part("case ratings"), refunds, people, parcel),
        "order_ratings": after_sales.order_ratings(part("order ratings"), bought),
        "tickets": after_sales.make_tickets(part("tickets"), bought, setting.chat),
        "follow_ups": after_sales.make_follow_ups(part("follow-ups"), bought, people, parcel),
    }


def _plans(part: Stream, setting: Setting, bought: pd.DataFrame, scale: float) -> dict[str, pd.DataFrame]:
    plans = campaigns.make_campaigns(part("campaigns"), setting.people)
    days = campaigns.make_campaign_days(part("campaign days"), plans, setting.people, scale)
    return {
        "traffic": traffic.with_visits(part("visits of the shops"), traffic.make_traffic(part("traffic"), bought)),
        "inventory": traffic.make_inventory(part("inventory"), bought, setting.people, setting.responsible),
        "totals": traffic.make_totals(bought),
        "campaigns": plans.assign(sales_target=campaigns.sales_targets(plans, days)),
        "campaign_days": days,
    }


def _ends(said: pd.DataFrame, count: int) -> Ints:
    """Last moment of each chat."""
    last = np.searchsorted(said["session"].to_numpy(), np.arange(count), side="right") - 1
    return said["at"].to_numpy()[last]
