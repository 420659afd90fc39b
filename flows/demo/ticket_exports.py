"""The helpdesk's export: one JSON line a ticket, of the chats and of the support centre, a file a month."""

from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa

from flows.demo import columns as c
from flows.demo import helpdesk
from flows.demo.after_sales import TICKET_SUBJECTS
from flows.demo.calendar import NEVER, month_starts, months
from flows.demo.columns import Exports
from flows.demo.people import SHOPS
from flows.demo.records import Records
from flows.demo.shops import SHOP_IDS
from flows.demo.world import World

_MOMENTS = {
    "created_at": "opened",
    "first_reply_at": "answered",
    "first_reply_due_at": "answer_due",
    "escalated_at": "escalated",
    "escalation_due_at": "escalation_due",
    "escalation_handled_at": "escalation_handled",
    "solved_at": "resolved",
    "closed_at": "closed",
}


def ticket_exports(world: World, records: Records) -> Exports:
    """Path below the inbox → table."""
    own = pd.concat([_of_chats(world, records), _of_desks(records)], ignore_index=True)
    own = own.sort_values(["opened", "id"], kind="stable")
    slices = c.by_month(own["opened"], month_starts())
    return {
        f"tickets/{month}.jsonl": partial(_tickets, own.iloc[rows])
        for month, rows in zip(months(), slices, strict=True)
    }


def _of_chats(world: World, records: Records) -> pd.DataFrame:
    own = world.tickets.join(records.terms)
    agents = np.array(c.account_names(world.setting.chat), dtype=object)
    return own.assign(
        id=[f"T{row + 1:06d}" for row in own.index],
        requester=_buyers(own),
        topic=np.array(TICKET_SUBJECTS, dtype=object)[own["subject"]],
        agent=agents[own["holder"]],
    )


def _of_desks(records: Records) -> pd.DataFrame:
    own = records.desk_tickets.drop(columns="answer_due").join(records.desk_terms)
    return own.assign(
        id=[f"W{row + 1:06d}" for row in own.index],
        requester=[f"web{number:06d}" for number in own["customer"]],
        topic=np.array(helpdesk.SUBJECTS, dtype=object)[own["subject"]],
        agent=[c.ACCOUNT_PREFIX[shop] + nick for shop, nick in zip(own["shop"], own["nick"], strict=True)],
    )


def _buyers(own: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    names = np.empty(len(own), dtype=object)
    for number, shop in enumerate(SHOPS):
        here = np.flatnonzero(own["shop"] == number)
        names[here] = c.buyers(shop, own["buyer"].to_numpy()[here]).to_pylist()
    return names


def _tickets(own: pd.DataFrame) -> pa.Table:
    happened = own[["opened", "answered", "resolved", "closed", "escalated", "escalation_handled"]]
    known = (own["resolved"] != NEVER).to_numpy()
    online = own["online"].to_numpy()
    return pa.table(
        {
            "id": own["id"].tolist(),
            "shop": c.words(SHOP_IDS, own["shop"]),
            "requester": own["requester"].tolist(),
            "topic": own["topic"].tolist(),
            "agent": own["agent"].tolist(),
            **{name: c.moments(own[column]) for name, column in _MOMENTS.items()},
            "updated_at": c.moments(happened.max(axis=1)),
            "reopens": own["reopened"].to_numpy(),
            "handoffs": own["handed_on"].to_numpy(),
            "within_sla": pa.array(own["sla"].to_numpy(dtype=bool), mask=~known),
            "in_scope": own["authority"].to_numpy(dtype=bool),
            "solved_online": pa.array(online == 1, mask=online < 0),
        }
    )
