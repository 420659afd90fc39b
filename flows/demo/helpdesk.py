"""Tickets of the website and the field, and what was promised, escalated and solved online for every ticket."""

import numpy as np
import pandas as pd

from flows.demo.accounts import desk_turns
from flows.demo.calendar import DAY, DAY_COUNT, END_SECOND, FIRST_SECOND, NEVER, Ints
from flows.demo.people import People

WEBSITE_SUBJECTS = ("registration", "order_query", "payment", "delivery", "membership")
FIELD_SUBJECTS = ("technical", "conflict", "installation")
SUBJECTS = WEBSITE_SUBJECTS + FIELD_SUBJECTS
_A_DAY = {"网站": 3.0, "现场": 1.3}
# Hours to the first answer that are promised, and the middle of those it takes.
_PROMISED_HOURS = {"technical": 8.0, "conflict": 3.0, "installation": 8.0}
_USUAL_HOURS = {"technical": 4.6, "conflict": 1.8, "installation": 4.0}
_WEBSITE_PROMISED_HOURS, _WEBSITE_USUAL_HOURS = 1.0, 0.35
_ANSWER_WITHIN = 4500
_IN_AUTHORITY_RATE, _ESCALATED_RATE, _ONLINE_RATE = 0.93, 0.09, 0.86
_ESCALATION_WITHIN = DAY
_REPEAT_RATE, _REPEAT_WITHIN_ROWS = 0.04, 8
_CUSTOMERS = 40_000


def make_desk_tickets(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Tickets of the support centre by time.

    Columns: shop, nick, employee_id, customer (number), subject (place in `SUBJECTS`), opened, answered, resolved,
    closed, reopened, handed_on, sla, authority, answer_due.
    """
    drawn = [_of_desk(rng, desk) for desk in desk_turns(people).itertuples()]
    own = pd.concat(drawn).sort_values(["opened", "nick"], kind="stable").reset_index(drop=True)
    count = len(own)
    subjects = np.array(SUBJECTS)[own["subject"]]
    usual = np.array([_USUAL_HOURS.get(name, _WEBSITE_USUAL_HOURS) for name in subjects])
    promised = np.array([_PROMISED_HOURS.get(name, _WEBSITE_PROMISED_HOURS) for name in subjects])
    skill = people.traits["speed"].reindex(own["employee_id"]).to_numpy()
    lag = 3600 * usual * rng.lognormal(-0.12 * skill, 0.5, count)
    answered = own["opened"].to_numpy() + lag.astype(np.int64) + 30
    resolved = answered + rng.lognormal(9.6, 0.8, count).astype(np.int64)
    closed = resolved + rng.integers(3600, 2 * DAY, count)
    moments = {"answered": answered, "resolved": resolved, "closed": closed}
    return own.assign(
        **{name: np.where(at < END_SECOND, at, NEVER) for name, at in moments.items()},
        answer_due=own["opened"].to_numpy() + (3600 * promised).astype(np.int64),
        reopened=rng.poisson(0.05, count),
        handed_on=rng.poisson(0.1, count),
        sla=resolved - own["opened"].to_numpy() <= DAY,
        authority=rng.random(count) < _IN_AUTHORITY_RATE,
    )


def make_terms(rng: np.random.Generator, tickets: pd.DataFrame) -> pd.DataFrame:
    """For each ticket: answer_due, escalated, escalation_due, escalation_handled (moments) and online (1, 0, -1).

    A ticket that has `answer_due` keeps it. Solved online or not is known once it is resolved.
    """
    count, opened = len(tickets), tickets["opened"].to_numpy()
    answered, resolved = tickets["answered"].to_numpy(), tickets["resolved"].to_numpy()
    escalates = (answered != NEVER) & (rng.random(count) < _ESCALATED_RATE)
    escalated = answered + rng.integers(600, 4 * 3600, count)
    escalates &= escalated < END_SECOND
    handled = escalated + np.rint(DAY * rng.lognormal(-0.9, 0.75, count)).astype(np.int64)
    return pd.DataFrame(
        {
            "answer_due": tickets["answer_due"] if "answer_due" in tickets else opened + _ANSWER_WITHIN,
            "escalated": np.where(escalates, escalated, NEVER),
            "escalation_due": np.where(escalates, escalated + _ESCALATION_WITHIN, NEVER),
            "escalation_handled": np.where(escalates & (handled < END_SECOND), handled, NEVER),
            "online": np.where(resolved == NEVER, -1, rng.random(count) < _ONLINE_RATE),
        }
    )


def _of_desk(rng: np.random.Generator, desk: object) -> pd.DataFrame:
    nick = str(desk.nick)  # type: ignore[attr-defined]
    count = rng.poisson(_A_DAY[nick[:2]] * DAY_COUNT)
    field = nick.startswith("现场")
    subject = rng.integers(0, len(FIELD_SUBJECTS if field else WEBSITE_SUBJECTS), count)
    opened = np.sort(FIRST_SECOND + rng.integers(0, DAY_COUNT, count) * DAY + rng.integers(9 * 3600, 20 * 3600, count))
    own = pd.DataFrame({"opened": opened, "subject": subject + (len(WEBSITE_SUBJECTS) if field else 0)})
    own = own.assign(customer=rng.integers(1, _CUSTOMERS, count), nick=nick)
    return _some_again(rng, own).assign(
        shop=desk.shop,  # type: ignore[attr-defined]
        employee_id=desk.employee_id,  # type: ignore[attr-defined]
    )


def _some_again(rng: np.random.Generator, own: pd.DataFrame) -> pd.DataFrame:
    """A few customers come back with the same subject a few tickets later."""
    count = len(own)
    back: Ints = rng.integers(1, _REPEAT_WITHIN_ROWS + 1, count)
    source = np.arange(count) - np.where(rng.random(count) < _REPEAT_RATE, np.minimum(back, np.arange(count)), 0)
    return own.assign(customer=own["customer"].to_numpy()[source], subject=own["subject"].to_numpy()[source])
