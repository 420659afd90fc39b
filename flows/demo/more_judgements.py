"""Judgements of the support centre every month, and those that are asked for once a quarter."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import closed_months, month_bounds
from flows.demo.judgements import COLUMNS, comment, score
from flows.demo.people import MANAGERS, SUPPORT, TRADE, People, appraised_in, in_post, rater_of

Raters = tuple[tuple[str, str, float], ...]  # role, who, how much kinder than the manager
OF_ALL = ("cooperation", "drive", "quality_of_work")
# Further monthly indicators by post, judged by the manager alone; the rest comes from `_raters`.
OF_POST = {
    "后勤专员": ("workload", "duties"),
    "行政专员": ("month_performance",),
    "驻站助理": ("back_office_satisfaction", "document_security", "deputy_satisfaction"),
    "现场服务经理": ("staffing", "managing_staff", "sales_support"),
    "设计师": ("design_quality",),
    "运营经理": ("staff_growth", "communication", "innovation"),
    "物流经理": ("staff_growth", "communication", "innovation"),
    "客服经理": ("cooperation", "manager_cooperation"),
}
EXECUTIVES = (MANAGERS["support"], MANAGERS["operations"], MANAGERS["marketing"])
BACK_OFFICE = ("E5006", "E5007", "E5008")
# The sheet that never came back: the run's report names it.
MISSING_SHEET = ("E5007", "month_performance", "2026-10", "E3001")
# Quarterly, all round: the marketing manager.
ALL_ROUND = ("strategy", "team_management", "brand")
_PEERS, _SUBORDINATES = ("E1001", "E4001", "E5001"), ("E3002", "E3003", "E3004", "E3005")
# Quarterly, in the departments that trade, by the manager; and in logistics by oneself too, when regular.
OF_TRADE = ("quarter_teamwork", "projects")
ASPECTS = ("virtue", "diligence", "ability", "results")
QUARTERS = {
    "2025-Q4": ("2025-10-01", "2025-12-31"),
    "2026-Q1": ("2026-01-01", "2026-03-31"),
    "2026-Q2": ("2026-04-01", "2026-06-30"),
    "2026-Q3": ("2026-07-01", "2026-09-30"),
}
_SELF_BIAS, _NO_SELF_RATE = 3.0, 0.04
_SHEETS_BACK_ON = 24


def make_more_judgements(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Judgements as `judgements.make_judgements` gives them, of closed months and quarters."""
    posts = people.roster.set_index("employee_id")["post"]
    rows = [
        row
        for month in closed_months()
        for who, department in appraised_in(people, *month_bounds(month))
        for row in _of_month(rng, people, month, who, department, posts[who])
    ]
    for quarter, (first, last) in QUARTERS.items():
        rows += _of_quarter(rng, people, quarter, date.fromisoformat(first), date.fromisoformat(last))
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_month(
    rng: np.random.Generator, people: People, month: str, who: str, department: str, post: str
) -> Iterator[tuple[object, ...]]:
    own = (*(OF_ALL if department == SUPPORT else ()), *OF_POST.get(post, ()))
    judged = _judge(rng, people, who, month)
    for indicator in own:
        for role, rater, bias in _raters(rng, who, department, indicator):
            if (who, indicator, month, rater) != MISSING_SHEET:
                yield judged(indicator, role, rater, bias, _given(rng, month, indicator))


def _raters(rng: np.random.Generator, who: str, department: str, indicator: str) -> Raters:
    """Who judges this: the manager, mostly the person too; three executives; colleagues of the back office."""
    if indicator == "month_performance":
        return tuple(("manager", rater, bias) for rater, bias in zip(EXECUTIVES, (9.0, 10.0, 12.0), strict=True))
    manager = ("manager", rater_of(who, department), 0.0)
    if indicator == "manager_cooperation":
        return (manager, *(("peer", MANAGERS[other], 1.0) for other in ("marketing", "logistics", "support")))
    if indicator == "back_office_satisfaction":
        return (manager, *(("peer", peer, 2.0) for peer in BACK_OFFICE))
    if indicator in {"workload", "duties", "design_quality", "document_security", "deputy_satisfaction"}:
        return (manager,)
    return (manager,) if rng.random() < _NO_SELF_RATE else (manager, ("self", who, _SELF_BIAS))


def _of_quarter(
    rng: np.random.Generator, people: People, quarter: str, first: date, last: date
) -> Iterator[tuple[object, ...]]:
    since = people.roster.set_index("employee_id")["regularised_on"]
    for who, department in appraised_in(people, first, last):
        judged = _judge(rng, people, who, quarter)
        given = last + timedelta(int(rng.integers(2, 8)))
        manager = ("manager", rater_of(who, department), 0.0)
        sheets: list[tuple[str, Raters]] = []
        if department in TRADE:
            sheets += [(indicator, (manager,)) for indicator in OF_TRADE]
        if department == "logistics" and since[who] and since[who] <= last:
            sheets += [(aspect, (manager, ("self", who, _SELF_BIAS))) for aspect in ASPECTS]
        if who in in_post(people, "市场经理"):
            sheets += [(indicator, _all_round(who)) for indicator in ALL_ROUND]
        for indicator, raters in sheets:
            for role, rater, bias in raters:
                yield judged(indicator, role, rater, bias, given)


def _all_round(who: str) -> Raters:
    """Superior, peers, subordinates and oneself."""
    superior = ("manager", rater_of(who, "marketing"), 0.0)
    peers = (("peer", peer, 1.0) for peer in _PEERS)
    below = (("subordinate", subordinate, 2.0) for subordinate in _SUBORDINATES)
    return (superior, *peers, *below, ("self", who, _SELF_BIAS))


def _judge(
    rng: np.random.Generator, people: People, who: str, period: str
) -> Callable[[str, str, str, float, date], tuple[object, ...]]:
    """A function that fills in a sheet about this person in this period."""
    level = 84 + 5.0 * float(people.traits.loc[who, "judgement"]) + rng.normal(0, 2)

    def judged(indicator: str, role: str, rater: str, bias: float, given: date) -> tuple[object, ...]:
        return who, indicator, period, rater, role, score(rng, level + bias), comment(rng), given

    return judged


def _given(rng: np.random.Generator, month: str, indicator: str) -> date:
    """Sheets of the month that ends on the 20th come back by the 24th, others early in the next month."""
    if indicator == "month_performance":
        return date.fromisoformat(f"{month}-{_SHEETS_BACK_ON - int(rng.integers(0, 3)):02d}")
    return month_bounds(month)[1] + timedelta(int(rng.integers(1, 6)))
