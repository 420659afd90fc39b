"""How long each account was on duty, online, in chats and at work, day by day, and what it offered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from flows.demo.accounts import desk_turns
from flows.demo.calendar import FIRST_DAY, LAST_DAY, Floats, Ints, month_index, position
from flows.demo.people import DUTY_NICK
from flows.demo.setting import Setting

DUTY_HOURS = 7.0
_REST_DAYS_A_WEEK = 2
_PAGES_A_DAY, _VISITORS_A_DAY = 180.0, 60
_OFFERS_A_DAY = 4.0


@dataclass(frozen=True)
class Desks:
    """Accounts people sit at: shop, nick, employee_id, begin, end, weight; `website` is 1 where visitors browse."""

    table: pd.DataFrame
    website: Floats

    def trait(self, setting: Setting, name: str) -> Floats:
        """One trait of each desk's employee."""
        return setting.people.traits.loc[self.table["employee_id"], name].to_numpy(dtype=np.float64)


def make_presence(rng: np.random.Generator, setting: Setting) -> pd.DataFrame:
    """One row an account × day: account (text after the shop's prefix), shop, day, seconds, counts (-1: not counted).

    An account of two shops is two accounts, each with half the hours; the duty account has one row for both people.
    """
    desks = _desks(setting)
    of, day = _days_at_work(desks)
    seconds = _seconds(rng, setting, desks, of, day)
    place = desks.table.iloc[of]
    frame = pd.DataFrame({"shop": place["shop"].to_numpy(), "nick": place["nick"].to_numpy(), "day": day, **seconds})
    return frame.assign(**_counts(rng, setting, desks, of)).sort_values(["day", "shop", "nick"], kind="stable")


def _desks(setting: Setting) -> Desks:
    """The duty account's two people sit at one desk; people in the field have none."""
    chat = setting.chat.table.drop_duplicates(["shop", "nick", "begin"])
    chat = chat[~((chat["nick"] == DUTY_NICK) & chat.duplicated(["shop", "nick"]))]
    website = desk_turns(setting.people)
    website = website[website["nick"].str.startswith("网站")].assign(weight=1.0)
    return Desks(pd.concat([chat, website], ignore_index=True), np.repeat([0.0, 1.0], [len(chat), len(website)]))


def _days_at_work(desks: Desks) -> tuple[Ints, Ints]:
    """Desk and day of each row. Chats come every day; the website's people rest on two days a week, by turns."""
    rows = []
    for n, desk in enumerate(desks.table.itertuples()):
        days = np.arange(max(position(max(desk.begin, FIRST_DAY)), 0), position(desk.end or LAST_DAY) + 1)
        rests = desks.website[n] * ((days + 3 * n) % 7 < _REST_DAYS_A_WEEK)
        rows.append((np.full(len(days), n)[rests == 0], days[rests == 0]))
    return np.concatenate([of for of, _ in rows]), np.concatenate([day for _, day in rows])


def _seconds(rng: np.random.Generator, setting: Setting, desks: Desks, of: Ints, day: Ints) -> dict[str, Ints]:
    """Handling is most of the duty, chats most of the handling; plans miss by the month's error and the day's."""
    weight = desks.table["weight"].to_numpy()[of]
    steady, quick = (desks.trait(setting, name)[of] for name in ("judgement", "speed"))
    duty = 3600 * weight * np.clip(rng.normal(DUTY_HOURS, 0.3, len(of)), 5.5, 8.5)
    online = duty * np.clip(rng.normal(0.955 + 0.012 * steady, 0.02), 0.8, 0.995)
    handling = duty * np.clip(rng.normal(0.74 + 0.045 * quick, 0.05), 0.4, 0.93)
    month_error = rng.normal(0, 0.06, (len(desks.table), 14))[of, month_index()[day]]
    planned = handling / (1 + month_error + np.clip(rng.normal(0, 0.08, len(of)), -0.3, 0.3))
    chat = handling * rng.uniform(0.8, 0.92, len(of))
    amounts = {
        "duty": duty,
        "online": online,
        "chat": np.minimum(chat, online),
        "handling": handling,
        "planned": planned,
    }
    return {name: np.rint(value).astype(np.int64) for name, value in amounts.items()}


def _counts(rng: np.random.Generator, setting: Setting, desks: Desks, of: Ints) -> dict[str, Ints]:
    website = desks.website[of] == 1
    caring, selling = (desks.trait(setting, name)[of] for name in ("csat", "cross_sell"))
    pages = rng.poisson(_PAGES_A_DAY * np.exp(0.12 * caring))
    registered = rng.binomial(_VISITORS_A_DAY, np.clip(0.06 + 0.012 * selling, 0.01, 0.2))
    made = rng.poisson(_OFFERS_A_DAY * desks.table["weight"].to_numpy()[of])
    return {
        "pages": np.where(website, pages, -1),
        "registered": np.where(website, registered, -1),
        "made": made,
        "taken": rng.binomial(made, np.clip(0.14 + 0.03 * selling, 0.03, 0.4)),
    }
