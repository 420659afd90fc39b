"""The lines of the chats: rounds of buyer lines and answers, with waits as people make them."""

import numpy as np
import pandas as pd

from flows.demo.accounts import Holders
from flows.demo.calendar import Floats, Ints, hour_of
from flows.demo.people import People
from flows.demo.phrases import ADVERTISING, AGENT, AUTOMATIC, BUYER, FORBIDDEN, MASS, span
from flows.demo.sessions import Sort, holder_trait

_BUYER, _AGENT, _AUTO, _MASS = 0, 1, 2, 3
_AUTO_RATE = 0.5
# How often a buyer, and an agent, writes two or three lines in a row.
_SECOND_LINE_RATE, _THIRD_LINE_RATE = (0.36, 0.48), (0.06, 0.1)
_ROBOT_RATE = 0.3
_FORBIDDEN_RATE = 0.0006
_MEAN_WAIT_SECONDS = 26.0
_WAIT_SIGMA = 0.75


def make_messages(rng: np.random.Generator, sessions: pd.DataFrame, people: People, holders: Holders) -> pd.DataFrame:
    """One row a line, in the order of `sessions` and of time within each.

    Columns: session (row of `sessions`), at (moment), who (0 buyer, 1 agent, 2 automatic, 3 mass message), robot
    (written by the shop's robot account), text (place in `phrases.BANK`).
    """
    rounds = _rounds(rng, sessions)
    lines = _lines_of(rounds)
    wait = _waits(sessions, people, holders)
    gap = _gaps(rng, lines, wait[lines["session"].to_numpy()])
    session = lines["session"].to_numpy()
    at = sessions["start"].to_numpy()[session] + _running_time(session, gap)
    who = np.where((lines["who"] == _AGENT) & (sessions["sort"].to_numpy()[session] == Sort.MASS), _MASS, lines["who"])
    robot = (rng.random(len(sessions)) < _ROBOT_RATE)[session] & (who == _AUTO)
    return pd.DataFrame(
        {"session": session, "at": at, "who": who, "robot": robot, "text": _texts(rng, sessions, session, who)}
    )


def _rounds(rng: np.random.Generator, sessions: pd.DataFrame) -> pd.DataFrame:
    """Rounds of each chat: how many buyer lines, whether an automatic reply, how many answers."""
    sort = sessions["sort"].to_numpy()
    talks = (sort == Sort.NORMAL) | (sort == Sort.OWN_ACCOUNT)
    count = np.where(talks, 1 + rng.poisson(2.85, len(sort)), np.where(sort == Sort.PHRASE, 2, 1))
    session = np.repeat(np.arange(len(sort)), count)
    kind, dice = sort[session], rng.random((3, len(session)))
    buyer = 1 + (dice[0] < _SECOND_LINE_RATE[_BUYER]) + (dice[0] < _THIRD_LINE_RATE[_BUYER])
    agent = 1 + (dice[1] < _SECOND_LINE_RATE[_AGENT]) + (dice[1] < _THIRD_LINE_RATE[_AGENT])
    silent = np.isin(kind, (Sort.MONOLOGUE, Sort.MASS))
    one_line = np.isin(kind, (Sort.SINGLE_LINE, Sort.PHRASE))
    first = np.diff(session, prepend=-1) > 0
    auto = first & ~silent & ~np.isin(kind, (Sort.SINGLE_LINE, Sort.PHRASE)) & (dice[2] < _AUTO_RATE)
    return pd.DataFrame(
        {
            "session": session,
            "auto": auto,
            "buyer": np.where(silent, 0, np.where(one_line, 1, buyer)),
            "agent": np.select(
                [kind == Sort.UNANSWERED, kind == Sort.SINGLE_LINE, np.isin(kind, (Sort.PHRASE, Sort.MASS))],
                [0, 2 + agent, 1],
                agent,
            ),
        }
    )


def _lines_of(rounds: pd.DataFrame) -> pd.DataFrame:
    """Rounds unfolded: the first buyer line, the automatic reply, further buyer lines, the answers."""
    auto = rounds["auto"].to_numpy().astype(np.int64)
    size = (rounds["buyer"] + rounds["agent"]).to_numpy() + auto
    of = np.repeat(np.arange(len(rounds)), size)
    place = np.arange(len(of)) - np.repeat(np.cumsum(size) - size, size)
    is_auto = (auto[of] == 1) & (place == 1)
    answer = place - auto[of] - rounds["buyer"].to_numpy()[of]
    who = np.where(
        is_auto, _AUTO, np.where((answer >= 0) & (place > 0) | (rounds["buyer"].to_numpy()[of] == 0), _AGENT, _BUYER)
    )
    return pd.DataFrame(
        {
            "session": rounds["session"].to_numpy()[of],
            "who": who,
            "place": place,
            "first_answer": (who == _AGENT) & (answer == 0),
        }
    )


def _waits(sessions: pd.DataFrame, people: People, holders: Holders) -> Floats:
    """Mean seconds each chat's agent lets a buyer wait: longer for slow people and in the evening peak."""
    skill = holder_trait(people, holders, sessions, "speed")
    busy = 1 + 0.35 * np.isin(hour_of(sessions["start"].to_numpy()), (20, 21, 22))
    return _MEAN_WAIT_SECONDS * np.exp(-0.33 * skill) * busy


def _gaps(rng: np.random.Generator, lines: pd.DataFrame, wait: Floats) -> Ints:
    """Whole seconds between a line and the one before it."""
    count = len(lines)
    typing = 3 + rng.exponential(8, count)
    thinking = 8 + rng.exponential(32, count)
    answering = 2 + wait * rng.lognormal(-(_WAIT_SIGMA**2) / 2, _WAIT_SIGMA, count)
    who = lines["who"].to_numpy()
    opens = (who == _BUYER) & (lines["place"].to_numpy() == 0)
    return np.select(
        [who == _AUTO, lines["first_answer"].to_numpy(), opens], [1.0, answering, thinking], typing
    ).astype(np.int64)


def _running_time(session: Ints, gap: Ints) -> Ints:
    """Seconds since the start of the chat; the first line is at 0."""
    first = np.diff(session, prepend=-1) > 0
    total = np.cumsum(gap)
    return total - np.repeat(total[first], np.diff(np.append(np.flatnonzero(first), len(session))))


def _texts(rng: np.random.Generator, sessions: pd.DataFrame, session: Ints, who: Ints) -> Ints:
    chance = rng.random(len(who))
    text = np.empty(len(who), dtype=np.int64)
    for code, phrases in ((_BUYER, BUYER), (_AGENT, AGENT), (_AUTO, AUTOMATIC), (_MASS, MASS)):
        first, last = span(phrases)
        text = np.where(who == code, first + (chance * (last - first)).astype(np.int64), text)
    human = who == _AGENT
    advertises = human & (sessions["sort"].to_numpy()[session] == Sort.PHRASE)
    text = np.where(advertises, span(ADVERTISING)[0], text)
    rude = human & (chance < _FORBIDDEN_RATE)
    return np.where(rude, span(FORBIDDEN)[0] + session % len(FORBIDDEN), text)
