"""Quality checks: contacts of every month judged on four aspects, by listening, reading, or going along."""

import numpy as np
import pandas as pd

from flows.demo.accounts import Holders
from flows.demo.calendar import DAY, END_SECOND, Floats, Ints
from flows.demo.people import People
from flows.demo.sessions import Sort

ASPECTS = ("attitude", "timeliness", "professionalism", "accuracy")
SOURCES = ("sampled", "recording", "visit")
_CHATS_A_MONTH = 4_200 // 14
_TICKET_RATE = 0.14
_RECORDED_RATE = 0.2
# Share that meets the standard, and the trait that makes the difference, with how much.
_PASSES = {
    "attitude": (0.965, "csat", 0.018),
    "timeliness": (0.91, "speed", 0.035),
    "professionalism": (0.925, "care", 0.028),
    "accuracy": (0.935, "accuracy", 0.025),
}


def make_checks(
    rng: np.random.Generator, people: People, chat: Holders, sessions: pd.DataFrame, tickets: pd.DataFrame
) -> pd.DataFrame:
    """One row a check and aspect, by check.

    `tickets` are those of the support centre, with their `account` and `employee_id`.

    Columns: check (number), shop, chat (row of the chat's holder, -1: none), nick (of a ticket's account, else empty),
    handled, judged, source, aspect (numbers), passed, session and ticket (rows, -1: none).
    """
    checked = pd.concat([_chats(rng, chat, sessions), _tickets(rng, tickets)], ignore_index=True)
    checked = checked.assign(judged=checked["handled"] + rng.integers(3600, 5 * DAY, len(checked)))
    checked = checked[checked["judged"] < END_SECOND].sort_values("handled", kind="stable").reset_index(drop=True)
    checked = checked.assign(check=np.arange(len(checked)) + 1)
    rows = checked.loc[checked.index.repeat(len(ASPECTS))].reset_index(drop=True)
    rows["aspect"] = np.tile(np.arange(len(ASPECTS)), len(checked))
    return rows.assign(passed=rng.random(len(rows)) < _chance(people, rows))


def _chats(rng: np.random.Generator, chat: Holders, sessions: pd.DataFrame) -> pd.DataFrame:
    """Ordinary chats, as many at any scale as long as there are enough."""
    normal = np.flatnonzero((sessions["sort"] == Sort.NORMAL).to_numpy())
    count = min(_CHATS_A_MONTH * 14, len(normal))
    picked = np.sort(rng.choice(normal, count, replace=False))
    own = sessions.iloc[picked]
    holder = own["holder"].to_numpy()
    return pd.DataFrame(
        {
            "shop": own["shop"].to_numpy(),
            "chat": holder,
            "nick": "",
            "employee_id": chat.table["employee_id"].to_numpy()[holder],
            "handled": own["start"].to_numpy(),
            "source": np.where(rng.random(count) < _RECORDED_RATE, 1, 0),
            "session": picked,
            "ticket": -1,
        }
    )


def _tickets(rng: np.random.Generator, tickets: pd.DataFrame) -> pd.DataFrame:
    """Answered tickets: people in the field are visited, the others' calls are heard."""
    own = tickets[(tickets["answered"] >= 0) & (rng.random(len(tickets)) < _TICKET_RATE)]
    return pd.DataFrame(
        {
            "shop": own["shop"].to_numpy(),
            "chat": -1,
            "nick": own["nick"].to_numpy(),
            "employee_id": own["employee_id"].to_numpy(),
            "handled": own["answered"].to_numpy(),
            "source": np.where(own["nick"].str.startswith("现场"), 2, 1),
            "session": -1,
            "ticket": own.index.to_numpy(),
        }
    )


def _chance(people: People, rows: pd.DataFrame) -> Floats:
    who, aspect = rows["employee_id"].to_numpy(), rows["aspect"].to_numpy()
    chance = np.empty(len(rows))
    for place, (base, trait, gain) in enumerate(_PASSES[name] for name in ASPECTS):
        here: Ints = np.flatnonzero(aspect == place)
        chance[here] = np.clip(base + gain * people.traits[trait].reindex(who[here]).to_numpy(), 0.7, 0.995)
    return chance
