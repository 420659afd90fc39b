"""What follows a chat or a parcel: returns, ratings, complaints, tickets, follow-up visits."""

import numpy as np
import pandas as pd

from flows.demo.accounts import Holders
from flows.demo.calendar import DAY, END_SECOND, NEVER, Floats, Ints
from flows.demo.people import People
from flows.demo.sessions import Sort, holder_trait

REFUND_KINDS = ("return", "exchange", "refund")
REFUND_REASONS = ("no_longer_wanted", "damaged", "wrong_item", "not_as_described", "late")
TICKET_SUBJECTS = ("invoice", "parcel_lost", "price_protection", "warranty", "address_change")
_REFUND_RATE = 0.09
HANDLE_WITHIN = 2 * DAY
_CHAT_RATED_RATE = 0.38
_CASE_RATED_RATE = 0.7
_ORDER_RATED_RATE = 0.18
_IMPROVED_RATE = 0.25
_BAD_SCORE, _GOOD_SCORE = 2, 4
_PRAISE_RATE = 0.05
_JUSTIFIED_RATE = 0.6
_IN_AUTHORITY_RATE = 0.9
_TICKET_RATE = 0.035
_SLA_HOURS = 24
# Mean of a score below 5, as a share of 5: where it is not the best it is mostly a 3 or 4.
_LOWER_SCORES, _LOWER_SHARE = (4, 3, 2, 1), (0.4, 0.3, 0.12, 0.18)
_LOWER_MEAN = sum(score * share for score, share in zip(_LOWER_SCORES, _LOWER_SHARE, strict=True)) / 5


def make_refunds(rng: np.random.Generator, orders: pd.DataFrame, people: People, parcel: Holders) -> pd.DataFrame:
    """Cases by time: order (row), shop, kind, reason (numbers), requested, due, handled, amount, handler."""
    delivered = orders[(orders["delivered"] != NEVER) & (rng.random(len(orders)) < _REFUND_RATE)]
    requested = delivered["delivered"].to_numpy() + rng.integers(7200, 9 * DAY, len(delivered))
    delivered, requested = delivered[requested < END_SECOND], requested[requested < END_SECOND]
    count, kind = len(delivered), rng.choice(3, len(delivered), p=[0.55, 0.2, 0.25])
    handler = parcel.pick(rng, delivered["shop"].to_numpy(), requested)
    chance = np.clip(0.93 + 0.032 * parcel.trait(people, "returns")[handler], 0.75, 0.995)
    late = rng.random(count) >= chance
    lag = np.where(
        late, HANDLE_WITHIN + rng.integers(3600, 2 * DAY, count), rng.integers(3600, HANDLE_WITHIN - 60, count)
    )
    handled = requested + lag
    frame = pd.DataFrame(
        {
            "order": delivered.index.to_numpy(),
            "shop": delivered["shop"].to_numpy(),
            "kind": kind,
            "reason": rng.choice(len(REFUND_REASONS), count),
            "requested": requested,
            "due": requested + HANDLE_WITHIN,
            "handled": np.where(handled < END_SECOND, handled, NEVER),
            "handler": handler,
            "amount": np.where(kind == 1, 0, delivered["paid_amount"].to_numpy()),
        }
    )
    return frame.sort_values(["requested", "order"], kind="stable").reset_index(drop=True)


def chat_ratings(
    rng: np.random.Generator, sessions: pd.DataFrame, ends: Ints, people: People, holders: Holders
) -> pd.DataFrame:
    """Ratings of chats; `ends` is each chat's last moment. For columns see `_rated`."""
    rated = (sessions["sort"] == Sort.NORMAL).to_numpy() & (rng.random(len(sessions)) < _CHAT_RATED_RATE)
    own = sessions[rated]
    mean = np.clip(0.913 + 0.021 * holder_trait(people, holders, own, "csat"), 0.8, 0.985)
    return _rated(rng, own["shop"].to_numpy(), own["holder"].to_numpy(), np.full(len(own), -1), ends[rated], mean)


def case_ratings(rng: np.random.Generator, refunds: pd.DataFrame, people: People, parcel: Holders) -> pd.DataFrame:
    """Ratings of after-sales cases that were handled."""
    own = refunds[(refunds["handled"] != NEVER) & (rng.random(len(refunds)) < _CASE_RATED_RATE)]
    mean = np.clip(0.868 + 0.032 * parcel.trait(people, "care")[own["handler"]], 0.7, 0.98)
    return _rated(
        rng, own["shop"].to_numpy(), own["handler"].to_numpy(), own["order"].to_numpy(), own["handled"].to_numpy(), mean
    )


def order_ratings(rng: np.random.Generator, orders: pd.DataFrame) -> pd.DataFrame:
    """Ratings of the goods; nobody's in particular."""
    own = orders[(orders["delivered"] != NEVER) & (rng.random(len(orders)) < _ORDER_RATED_RATE)]
    nobody = np.full(len(own), -1)
    return _rated(
        rng, own["shop"].to_numpy(), nobody, own.index.to_numpy(), own["delivered"].to_numpy(), np.full(len(own), 0.9)
    )


def make_complaints(rng: np.random.Generator, sessions: pd.DataFrame, people: People, holders: Holders) -> pd.DataFrame:
    """Complaints by time: shop, buyer, holder, opened, closed, justified (-1 while open)."""
    chance = 0.0085 * np.exp(-0.45 * holder_trait(people, holders, sessions, "complaint"))
    own = sessions[(sessions["sort"] == Sort.NORMAL).to_numpy() & (rng.random(len(sessions)) < chance)]
    opened = own["start"].to_numpy() + rng.integers(1800, 2 * DAY, len(own))
    closed = opened + rng.integers(3600, 5 * DAY, len(own))
    frame = pd.DataFrame(
        {
            "shop": own["shop"].to_numpy(),
            "buyer": own["buyer"].to_numpy(),
            "holder": own["holder"].to_numpy(),
            "opened": opened,
            "closed": np.where(closed < END_SECOND, closed, NEVER),
            "justified": np.where(closed < END_SECOND, rng.random(len(own)) < _JUSTIFIED_RATE, -1),
        }
    )
    return frame[opened < END_SECOND].sort_values("opened", kind="stable").reset_index(drop=True)


def make_tickets(rng: np.random.Generator, orders: pd.DataFrame, chat: Holders) -> pd.DataFrame:
    """Helpdesk tickets by time.

    Columns: shop, buyer, holder, subject, opened, answered, resolved, closed, reopened, handed_on, sla, authority.
    """
    own = orders[(orders["paid"] != NEVER) & (rng.random(len(orders)) < _TICKET_RATE)]
    opened = own["created"].to_numpy() + rng.integers(3600, 6 * DAY, len(own))
    own, opened = own[opened < END_SECOND], opened[opened < END_SECOND]
    answered = opened + (rng.lognormal(7.3, 0.9, len(own))).astype(np.int64)
    resolved = answered + (rng.lognormal(10.3, 0.9, len(own))).astype(np.int64)
    moments = {"answered": answered, "resolved": resolved, "closed": resolved + rng.integers(3600, 3 * DAY, len(own))}
    frame = pd.DataFrame(
        {
            "shop": own["shop"].to_numpy(),
            "buyer": own["buyer"].to_numpy(),
            "opened": opened,
            "holder": chat.pick(rng, own["shop"].to_numpy(), opened),
            "subject": rng.choice(len(TICKET_SUBJECTS), len(own)),
            **{name: np.where(at < END_SECOND, at, NEVER) for name, at in moments.items()},
            "reopened": rng.poisson(0.06, len(own)),
            "handed_on": rng.poisson(0.25, len(own)),
            "sla": resolved - opened <= _SLA_HOURS * 3600,
            "authority": rng.random(len(own)) < _IN_AUTHORITY_RATE,
        }
    )
    return frame.sort_values("opened", kind="stable").reset_index(drop=True)


def make_follow_ups(rng: np.random.Generator, orders: pd.DataFrame, people: People, parcel: Holders) -> pd.DataFrame:
    """Follow-up visits by time: order (row), shop, handler, done."""
    delivered = orders[(orders["delivered"] != NEVER)]
    chance = np.clip(0.42 + 0.08 * parcel.trait(people, "follow_up")[delivered["handler"]], 0.1, 0.8)
    own = delivered[rng.random(len(delivered)) < chance]
    done = own["delivered"].to_numpy() + rng.integers(DAY // 2, 3 * DAY, len(own))
    frame = pd.DataFrame({"order": own.index, "shop": own["shop"], "handler": own["handler"], "done": done})
    return frame[done < END_SECOND].sort_values(["done", "order"], kind="stable").reset_index(drop=True)


def _rated(
    rng: np.random.Generator, shop: Ints, holder: Ints, order: Ints, handled: Ints, mean: Floats
) -> pd.DataFrame:
    """Scores of 5 around each mean.

    Columns: shop, holder, order (-1: none), handled, rated, improved, score, resolved, praise.
    """
    count = len(shop)
    best = rng.random(count) < (mean - _LOWER_MEAN) / (1 - _LOWER_MEAN)
    score = np.where(best, 5, rng.choice(_LOWER_SCORES, count, p=_LOWER_SHARE))
    rated = handled + (rng.lognormal(6.5, 1.5, count)).astype(np.int64) + 30
    improves = (score <= _BAD_SCORE) & (rng.random(count) < _IMPROVED_RATE)
    improved = np.where(improves, rated + rng.integers(3600, 3 * DAY, count), NEVER)
    done = improves & (improved < END_SECOND)
    frame = pd.DataFrame(
        {
            "shop": shop,
            "holder": holder,
            "order": order,
            "handled": handled,
            "rated": rated,
            "improved": np.where(done, improved, NEVER),
            "score": np.where(done, 5, score),
            "resolved": rng.random(count) < np.where(score >= _GOOD_SCORE, 0.97, 0.55),
            "praise": best & (rng.random(count) < _PRAISE_RATE),
        }
    )
    return frame[rated < END_SECOND].sort_values(["rated", "handled"], kind="stable").reset_index(drop=True)
