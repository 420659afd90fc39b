"""Campaigns: each month everybody in operations and marketing runs one or two, and they bring something every day."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import Ints, month_bounds, months, position
from flows.demo.people import SHOPS, People, working

_NAMES = (
    "新品尝鲜",
    "会员日",
    "满减专场",
    "直播带货",
    "达人种草",
    "站外引流",
    "清仓特惠",
    "拼团有礼",
    "节令礼盒",
    "搜索推广",
)
_OWNERS = ("operations", "marketing")
_SECOND_RATE = 0.4
_IMPRESSIONS_A_DAY = 24_000
_MIN_DAYS = 4
# Special campaigns of the whole shop: title, begin, end. They have no target and no daily results of their own: they
# only say which days are not like others. Their numbers begin where those of the others never come.
SPECIAL_FIRST_NUMBER, SPECIAL_OWNER = 9000, "E2001"
SPECIALS = (
    ("双11狂欢", date(2025, 11, 9), date(2025, 11, 12)),
    ("双12年终", date(2025, 12, 11), date(2025, 12, 12)),
    ("618大促", date(2026, 6, 16), date(2026, 6, 19)),
    ("双11预热", date(2026, 10, 20), date(2026, 10, 24)),
    ("双11狂欢", date(2026, 11, 9), date(2026, 11, 12)),
)


def make_campaigns(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """One row a campaign: number, shop, title, employee_id, begin, end (days), attainment (sales over target)."""
    rows = []
    for month in months():
        for turn in _turns(people, month):
            rows += [_campaign(rng, len(rows) + n, turn) for n in range(1 + int(rng.random() < _SECOND_RATE))]
    return pd.DataFrame(rows, columns=["number", "shop", "title", "employee_id", "begin", "end", "attainment"])


def special_campaigns() -> pd.DataFrame:
    """The special campaigns, each in both shops: columns as `make_campaigns`, with `sales_target` 0."""
    rows = [
        (SPECIAL_FIRST_NUMBER + n, n % len(SHOPS), title, SPECIAL_OWNER, begin, end)
        for n, (title, begin, end) in enumerate(each for each in SPECIALS for _ in SHOPS)
    ]
    frame = pd.DataFrame(rows, columns=["number", "shop", "title", "employee_id", "begin", "end"])
    return frame.assign(attainment=1.0, sales_target=0)


def make_campaign_days(rng: np.random.Generator, campaigns: pd.DataFrame, people: People, scale: float) -> pd.DataFrame:
    """One row a campaign and day.

    Columns: campaign (row), day, impressions, visitors, participants, conversions, sales, spend.
    """
    length = [(end - begin).days + 1 for begin, end in zip(campaigns["begin"], campaigns["end"], strict=True)]
    of = np.repeat(np.arange(len(campaigns)), length)
    begin = np.array([position(day) for day in campaigns["begin"]])
    place = np.arange(len(of)) - np.repeat(np.cumsum(length) - length, length)
    skill = people.traits["campaign"].reindex(campaigns["employee_id"]).to_numpy()[of]
    size = np.exp(rng.normal(0, 0.3, len(campaigns)))[of] * np.exp(0.1 * skill)
    impressions = rng.poisson(_IMPRESSIONS_A_DAY * scale * size)
    visitors = rng.binomial(impressions, np.clip(0.045 + 0.005 * skill, 0.01, 0.2))
    participants = rng.binomial(visitors, 0.16)
    conversions = rng.binomial(participants, np.clip(0.28 + 0.045 * skill, 0.05, 0.6))
    return pd.DataFrame(
        {
            "campaign": of,
            "day": begin[of] + place,
            "impressions": impressions,
            "visitors": visitors,
            "participants": participants,
            "conversions": conversions,
            "sales": conversions * rng.integers(9_000, 15_000, len(of)),
            "spend": impressions * 3,
        }
    )


def sales_targets(campaigns: pd.DataFrame, days: pd.DataFrame) -> Ints:
    """Planned sales of each campaign in fen, whole hundreds of yuan, from what it brought and how well it went."""
    sold = np.bincount(days["campaign"], weights=days["sales"], minlength=len(campaigns))
    return np.maximum(np.rint(sold / campaigns["attainment"].to_numpy() / 10_000), 1).astype(np.int64) * 10_000


def _turns(people: People, month: str) -> list[tuple[str, date, date]]:
    """Who owns campaigns in the month, and between which days; nobody starts one for less than four days."""
    first, last = month_bounds(month)
    staff = people.assignments[people.assignments["department_id"].isin(_OWNERS)]
    turns = working(staff, first, last)
    return [(t.employee_id, t.begin, t.end) for t in turns.itertuples() if (t.end - t.begin).days >= _MIN_DAYS]


def _campaign(rng: np.random.Generator, number: int, turn: tuple[str, date, date]) -> tuple[object, ...]:
    who, first, last = turn
    room = (last - first).days
    length = int(rng.integers(_MIN_DAYS - 1, min(room, 11) + 1))
    begin = first + timedelta(int(rng.integers(0, room - length + 1)))
    title = f"{begin:%m}月{_NAMES[number % len(_NAMES)]}"
    return (
        number,
        number % len(SHOPS),
        title,
        who,
        begin,
        begin + timedelta(length),
        float(np.clip(rng.normal(1.0, 0.13), 0.7, 1.35)),
    )
