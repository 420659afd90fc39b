"""Platform accounts of the demo, who holds each, and who takes the next chat or parcel.

A *holder* is one person's turn with one account. Most turns are ranges of days; the duty account changes hands twice
a day, and the two people swap shifts every week.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY, DAY_COUNT, FIRST_DAY, Floats, Ints, day_index, day_of, position, seconds
from flows.demo.people import DUTY_NICK, LOANS, SHOPS, SUPPORT, People

_SHIFT_HOUR = 16
_LAST_DAYS_WITHOUT_PARCELS = 4


@dataclass(frozen=True)
class Holders:
    """Turns of people with accounts of one trade (chat or parcels).

    `table` has shop (0, 1), nick, employee_id, begin and end (days, included), weight. Chats and orders refer to
    holders by their row number.
    """

    table: pd.DataFrame
    share: Floats  # shop × day × holder, cumulative, last is 1

    def pick(self, rng: np.random.Generator, shops: Ints, moments: Ints) -> Ints:
        """A holder for each moment, among those at work in that shop on that day."""
        limits = self.share[shops, day_index(moments)]
        return np.minimum((limits < rng.random(len(moments))[:, None]).sum(axis=1), len(self.table) - 1)

    def trait(self, people: People, name: str) -> Floats:
        """One trait of each holder's employee."""
        return people.traits.loc[self.table["employee_id"], name].to_numpy(dtype=np.float64)


def chat_holders(people: People) -> Holders:
    """Customer service, helpers on loan included; the duty account's two people are a holder each."""
    rows = [row for turn in people.department("customer_service").itertuples() for row in _chat_turns(people, turn)]
    for who, (first, last, _, nick) in LOANS.items():
        rows.append((0, nick, who, first, last, 0.6))
    return _holders(rows, idle_days=0)


def parcel_holders(people: People) -> Holders:
    """Logistics: each person packs for both shops and handles returns."""
    nicks = people.roster.set_index("employee_id")["nick"]
    rows = [
        (shop, nicks[turn.employee_id], turn.employee_id, turn.valid_from, turn.valid_until, _weight(turn.role))
        for turn in people.department("logistics").itertuples()
        for shop in range(len(SHOPS))
    ]
    return _holders(rows, idle_days=_LAST_DAYS_WITHOUT_PARCELS)


def desk_turns(people: People) -> pd.DataFrame:
    """Accounts of the support centre, which answer tickets and visitors of the website but never chat.

    Columns: shop, nick, employee_id, begin, end (days; end None while it lasts).
    """
    own = people.roster[(people.roster["department_id"] == SUPPORT) & (people.roster["nick"] != "")]
    rows = [(SHOPS.index(p.shops), p.nick, p.employee_id, p.hired_on, p.left_on) for p in own.itertuples()]
    return pd.DataFrame(rows, columns=["shop", "nick", "employee_id", "begin", "end"])


def duty_on(holders: Holders, picked: Ints, moments: Ints) -> Ints:
    """Whoever was picked for the duty account, the chat goes to the one whose shift it is."""
    duty = np.flatnonzero(holders.table["nick"] == DUTY_NICK)
    late = (moments % DAY) // 3600 >= _SHIFT_HOUR
    swapped = (day_index(moments) // 7) % 2 == 1
    return np.where(np.isin(picked, duty), duty[(late ^ swapped).astype(int)], picked)


def turns(holders: Holders) -> pd.DataFrame:
    """Registered turns for export: shop, nick, employee_id, begin, end (days; end None while it lasts)."""
    return holders.table[holders.table["nick"] != DUTY_NICK].drop(columns="weight")


def shifts(holders: Holders) -> pd.DataFrame:
    """The duty account's shifts: shop, nick, employee_id, begin and end as moments, end not included."""
    first, second = holders.table.loc[holders.table["nick"] == DUTY_NICK, "employee_id"]
    rows = []
    for n in range(DAY_COUNT):
        early, late = (second, first) if (n // 7) % 2 else (first, second)
        midnight = seconds(day_of(n))
        change = midnight + _SHIFT_HOUR * 3600
        rows += [(0, DUTY_NICK, early, midnight, change), (0, DUTY_NICK, late, change, midnight + DAY)]
    return pd.DataFrame(rows, columns=["shop", "nick", "employee_id", "begin", "end"])


def _chat_turns(people: People, turn: object) -> list[tuple[object, ...]]:
    who = turn.employee_id  # type: ignore[attr-defined]
    person = people.roster.set_index("employee_id").loc[who]
    span = (turn.valid_from, turn.valid_until)  # type: ignore[attr-defined]
    shops = [SHOPS.index(shop) for shop in person["shops"].split("+")]
    weight = _weight(turn.role) / len(shops)  # type: ignore[attr-defined]
    return [(shop, person["nick"], who, *span, weight) for shop in shops]


def _weight(role: str) -> float:
    return 0.5 if role == "manager" else 1.0


def _holders(rows: list[tuple[object, ...]], idle_days: int) -> Holders:
    table = pd.DataFrame(rows, columns=["shop", "nick", "employee_id", "begin", "end", "weight"])
    weights = np.zeros((len(SHOPS), DAY_COUNT, len(table)))
    for n, row in enumerate(table.itertuples()):
        weights[row.shop, _busy(row.begin, row.end, idle_days), n] = row.weight
    share = weights.cumsum(axis=2)
    return Holders(table, share / share[:, :, -1:])


def _busy(begin: date, end: date | None, idle_days: int) -> slice:
    """Positions of days on which new work is given; nothing new in the evening of somebody's last day."""
    stop = position(end - timedelta(idle_days)) if end else DAY_COUNT
    return slice(max(position(max(begin, FIRST_DAY)), 0), max(stop, 0))
