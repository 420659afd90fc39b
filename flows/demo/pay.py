"""What everybody's pay is made of, by the post they hold, with the raise of April 2026."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.people import People

ITEMS = ("base", "post", "full_attendance", "overtime_hour", "bonus_base")
# Yuan a month (overtime: an hour) by post; `bonus_base` is what a full bonus is worth.
_MANAGER = (8_000, 3_000, 300, 60, 4_000)
_BY_POST = {
    "客服经理": _MANAGER,
    "运营经理": _MANAGER,
    "市场经理": _MANAGER,
    "物流经理": _MANAGER,
    "支持中心经理": _MANAGER,
    "现场服务经理": (7_000, 2_400, 300, 52, 3_200),
    "客服专员": (3_600, 800, 200, 26, 1_200),
    "售后客服": (3_600, 900, 200, 26, 1_200),
    "网站客服": (3_500, 800, 200, 26, 1_000),
    "运营专员": (5_200, 1_200, 200, 38, 2_000),
    "市场推广专员": (5_000, 1_200, 200, 36, 1_800),
    "仓储物流与售后专员": (4_000, 900, 200, 30, 1_200),
    "设计师": (5_600, 1_400, 200, 40, 1_800),
    "驻站助理": (4_200, 900, 200, 30, 1_200),
    "行政专员": (4_000, 800, 200, 30, 1_000),
    "后勤专员": (3_400, 600, 200, 25, 800),
    "数据专员": (5_400, 1_300, 200, 40, 1_600),
}
_RAISED_ON, _RAISE_RATE = date(2026, 4, 1), 0.4
_RAISES_YUAN = (100, 200, 300, 500)


def make_pay(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Rows by person and item: employee_id, item, valid_from, valid_until (day or None), amount (fen).

    A new post has new amounts from its first day; some base pay was raised.
    """
    extra = {who: 100 * int(rng.integers(0, 6)) for who in people.roster["employee_id"]}
    raises = {who: int(rng.choice(_RAISES_YUAN)) for who in people.roster["employee_id"] if rng.random() < _RAISE_RATE}
    rows = [
        row
        for turn in _posts(people)
        for number, item in enumerate(ITEMS)
        for row in _amounts(turn, item, _BY_POST[str(turn[1])][number], extra, raises)
    ]
    return pd.DataFrame(rows, columns=["employee_id", "item", "valid_from", "valid_until", "amount"])


def _posts(people: People) -> list[tuple[str, str, date, date | None]]:
    """Who held which post from when to when; a loan changes no post."""
    held: list[tuple[str, str, date, date | None]] = []
    for turn in people.assignments.itertuples():
        if held and held[-1][:2] == (turn.employee_id, turn.post):
            held[-1] = (*held[-1][:3], turn.valid_until)
        else:
            held.append((turn.employee_id, turn.post, turn.valid_from, turn.valid_until))
    return held


def _amounts(
    turn: tuple[str, str, date, date | None], item: str, yuan: int, extra: dict[str, int], raises: dict[str, int]
) -> list[tuple[object, ...]]:
    who, _, begin, end = turn
    amount = 100 * (yuan + (extra[who] if item == "base" else 0))
    raised = item == "base" and who in raises and begin < _RAISED_ON and (end is None or end >= _RAISED_ON)
    if not raised:
        later = item == "base" and who in raises and begin >= _RAISED_ON
        return [(who, item, begin, end, amount + (100 * raises[who] if later else 0))]
    return [
        (who, item, begin, _RAISED_ON - timedelta(1), amount),
        (who, item, _RAISED_ON, end, amount + 100 * raises[who]),
    ]
