"""The demo's days: how much happens on each, and at which hour.

Times inside the generator are whole seconds since 1970 on the shop's own wall clock; `NEVER` stands for an event
that has not happened.
"""

from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FIRST_DAY = date(2025, 10, 1)
LAST_DAY = date(2026, 11, 20)
DAY_COUNT = (LAST_DAY - FIRST_DAY).days + 1
DAY = 86_400
NEVER = -1

_WEEKDAY = (1.0, 0.97, 0.98, 1.0, 1.06, 1.12, 1.08)
_CAMPAIGN_DAYS = {
    (11, 10): 1.9,
    (11, 11): 4.0,
    (11, 12): 1.7,
    (6, 17): 1.6,
    (6, 18): 3.0,
    (6, 19): 1.4,
    (12, 11): 1.4,
    (12, 12): 2.4,
}
_SPRING_FESTIVAL = (date(2026, 2, 15), date(2026, 2, 22))
# Share of a day by hour: a quiet night, a morning and an afternoon shoulder, the evening peak.
_HOURS = (
    0.7,
    0.3,
    0.1,
    0.1,
    0.1,
    0.2,
    0.5,
    1.2,
    2.4,
    4.0,
    5.4,
    5.2,
    4.6,
    4.6,
    5.2,
    5.4,
    5.2,
    4.8,
    5.0,
    7.4,
    9.6,
    10.2,
    7.6,
    3.6,
)


def seconds(day: date) -> int:
    """Midnight at the start of the day."""
    return (day - date(1970, 1, 1)).days * DAY


FIRST_SECOND = seconds(FIRST_DAY)
END_SECOND = seconds(LAST_DAY) + DAY


def day_of(index: int) -> date:
    """The day at a position, counted from `FIRST_DAY`."""
    return FIRST_DAY + timedelta(index)


def day_index(moments: Ints) -> Ints:
    """Position of each moment's day, counted from `FIRST_DAY`."""
    return (moments - FIRST_SECOND) // DAY


def hour_of(moments: Ints) -> Ints:
    """Hour of the day, 0–23."""
    return moments % DAY // 3600


def position(day: date) -> int:
    """Position of a day, counted from `FIRST_DAY`; negative before it."""
    return (day - FIRST_DAY).days


@cache
def months() -> tuple[str, ...]:
    """Keys of all months touched, oldest first, such as 2025-10."""
    return tuple(dict.fromkeys(f"{day_of(n):%Y-%m}" for n in range(DAY_COUNT)))


def closed_months() -> tuple[str, ...]:
    """Keys of the months that are complete."""
    return months()[:-1]


def month_bounds(month: str) -> tuple[date, date]:
    """First and last day of a month that the demo covers."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return max(first, FIRST_DAY), min(last, LAST_DAY)


def month_starts() -> list[int]:
    """First second of each month."""
    return [seconds(month_bounds(month)[0]) for month in months()]


def month_of_day() -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """For each day, the key of its month."""
    return np.array([f"{day_of(n):%Y-%m}" for n in range(DAY_COUNT)])


def month_index() -> Ints:
    """For each day, the position of its month in `months()`."""
    return np.unique(month_of_day(), return_inverse=True)[1].astype(np.int64)


def day_weights() -> Floats:
    """How busy each day is, as shares of the whole: weekly rhythm, growth, campaign days, Spring Festival."""
    weights = np.array([_weight(day_of(n)) for n in range(DAY_COUNT)])
    weights *= np.linspace(1.0, 1.15, DAY_COUNT)
    return weights / weights.sum()


def _weight(day: date) -> float:
    quiet = 0.4 if _SPRING_FESTIVAL[0] <= day <= _SPRING_FESTIVAL[1] else 1.0
    return _WEEKDAY[day.weekday()] * _CAMPAIGN_DAYS.get((day.month, day.day), 1.0) * quiet


def sample_moments(rng: np.random.Generator, count: int) -> Ints:
    """Moments at which buyers turn up, sorted."""
    days = rng.choice(DAY_COUNT, size=count, p=day_weights())
    hours = rng.choice(24, size=count, p=np.array(_HOURS) / sum(_HOURS))
    return np.sort(FIRST_SECOND + days * DAY + hours * 3600 + rng.integers(0, 3600, count))
