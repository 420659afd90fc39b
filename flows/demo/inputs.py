"""What people enter by hand: judgements of every month, and targets agreed for it."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import FIRST_DAY, NEVER, closed_months, day_of, month_bounds
from flows.demo.people import People, rater_of, working
from flows.demo.shops import owner_by_day

MANUAL = {
    "operations": ("cross_department", "in_team", "industry_knowledge", "personal_skill", "campaign_planning"),
    "customer_service": ("cross_department", "in_team_sharing", "product_knowledge", "service_skill", "regulations"),
    "marketing": ("novelty", "plan_quality", "cross_department", "in_team", "market_trend", "new_channels", "data_analysis"),
    "logistics": ("cross_department", "in_team", "regulations", "process_improvement"),
}
# Nobody judged this person on this indicator in this month: the score has to do without it.
UNRATED = ("E2005", "personal_skill", "2026-10")
_NO_SELF_JUDGEMENT_RATE = 0.04
_COMMENTS = ("配合积极", "进步明显", "细节可再打磨", "完成扎实", "主动分享经验", "")
RATE_TARGETS = {"campaign_completion_rate": ("operations", 1.0), "logistics_cost_rate": ("logistics", 0.065)}
COMPANY_TARGETS = ("paid_sales", "new_customers", "page_views", "unique_visitors", "add_on_amount", "impressions", "campaign_visitors")
Facts = dict[str, pd.DataFrame]


def make_judgements(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Judgements of all closed months: employee_id, indicator, period, rater_id, role, score, comment, given (day)."""
    rows = [row for month in closed_months() for turn in _month_turns(people, month) for row in _judged(rng, people, month, turn)]
    columns = ["employee_id", "indicator", "period", "rater_id", "role", "score", "comment", "given"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(["employee_id", "indicator", "period", "rater_id", "role"])


def _month_turns(people: People, month: str) -> list[tuple[str, str]]:
    turns = working(people.assignments[people.assignments["role"] != "helper"], *month_bounds(month))
    return list(dict.fromkeys(zip(turns["employee_id"], turns["department_id"], strict=True)))


def _judged(rng: np.random.Generator, people: People, month: str, turn: tuple[str, str]) -> list[tuple[object, ...]]:
    who, department = turn
    raters = [("manager", rater_of(who, department), 0.0)]
    if rng.random() >= _NO_SELF_JUDGEMENT_RATE:
        raters.append(("self", who, 3.0))
    level = 83 + 5.5 * people.traits.at[who, "judgement"] + rng.normal(0, 2)
    given = month_bounds(month)[1] + timedelta(int(rng.integers(1, 6)))
    return [
        (who, indicator, month, rater, role, int(np.clip(round(level + bias + rng.normal(0, 4)), 55, 100)), _comment(rng), given)
        for indicator in MANUAL[department] if (who, indicator, month) != UNRATED
        for role, rater, bias in raters
    ]


def _comment(rng: np.random.Generator) -> str:
    return _COMMENTS[int(rng.integers(0, len(_COMMENTS)))]


def make_targets(rng: np.random.Generator, people: People, responsible: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Targets of all closed months: level, subject_id, metric, period, value.

    They are set from what came about, so that attainment lies around 75–125 %; as if agreed with foresight.
    `facts` holds orders, traffic, add_ons, campaign_days by employee and month (see `achieved`).
    """
    own = achieved(people, responsible, facts)
    own["value"] = [_rounded(value / mood) for value, mood in zip(own["value"], np.clip(rng.normal(1.0, 0.11, len(own)), 0.72, 1.3), strict=True)]
    own = own[own["value"] > 0]
    teams = own.groupby(["department_id", "metric", "period"], as_index=False)["value"].sum()
    whole = own[own["metric"].isin(COMPANY_TARGETS)].groupby(["metric", "period"], as_index=False)["value"].sum()
    parts = [
        own.assign(level="employee", subject_id=own["employee_id"]), _rates(people),
        teams.assign(level="department", subject_id=teams["department_id"]), whole.assign(level="company", subject_id="company"),
    ]
    return pd.concat(parts)[["level", "subject_id", "metric", "period", "value"]].reset_index(drop=True)


def achieved(people: People, responsible: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """What each person brought about: employee_id, department_id, metric, period, value."""
    lines = owner_by_day(responsible)
    by_line: Callable[[pd.DataFrame], pd.Series] = lambda f: pd.Series(lines[f["shop"], f["category"], f["day"]], index=f.index)  # noqa: E731
    orders, traffic = facts["orders"], facts["traffic"]
    paid = orders[orders["paid"] != NEVER]
    first = paid[~paid.duplicated(["shop", "buyer"])]
    days, add_ons = facts["campaign_days"], facts["add_ons"]
    parts = [
        _sum("paid_sales", by_line(paid), paid["day"], paid["paid_amount"]),
        _sum("new_customers", by_line(first), first["day"], first["paid"] * 0 + 1),
        _sum("page_views", by_line(traffic), traffic["day"], traffic["page_views"]),
        _sum("unique_visitors", by_line(traffic), traffic["day"], traffic["unique_visitors"]),
        _sum("add_on_amount", add_ons["employee_id"], add_ons["day"], add_ons["amount"]),
        _sum("impressions", days["employee_id"], days["day"], days["impressions"]),
        _sum("campaign_visitors", days["employee_id"], days["day"], days["visitors"]),
    ]
    return _in_their_department(pd.concat(parts), people)


_DEPARTMENT_OF = {
    "paid_sales": "operations", "new_customers": "operations", "page_views": "operations", "unique_visitors": "operations",
    "add_on_amount": "customer_service", "impressions": "marketing", "campaign_visitors": "marketing",
}


def _sum(metric: str, employee: pd.Series, day: pd.Series, value: pd.Series) -> pd.DataFrame:
    keys = np.array([f"{day_of(n):%Y-%m}" for n in range((date(2027, 1, 1) - FIRST_DAY).days)])
    frame = pd.DataFrame({"employee_id": employee, "period": keys[day.to_numpy()], "value": value})
    return frame.groupby(["employee_id", "period"], as_index=False)["value"].sum().assign(metric=metric)


def _in_their_department(sums: pd.DataFrame, people: People) -> pd.DataFrame:
    """Only people appraised in the metric's department, and closed months."""
    sums = sums.assign(department_id=sums["metric"].map(_DEPARTMENT_OF))
    members = {turn for month in closed_months() for who, where in _month_turns(people, month) for turn in [(who, where, month)]}
    keys = zip(sums["employee_id"], sums["department_id"], sums["period"], strict=True)
    return sums[[key in members for key in keys]].reset_index(drop=True)


def _rates(people: People) -> pd.DataFrame:
    rows = [
        (level, subject, metric, month, rate)
        for metric, (department, rate) in RATE_TARGETS.items()
        for month in closed_months()
        for level, subject in [("department", department)]
        + [("employee", who) for who, where in _month_turns(people, month) if where == department]
    ]
    return pd.DataFrame(rows, columns=["level", "subject_id", "metric", "period", "value"])


def _rounded(value: float) -> int:
    """Two significant digits, as targets are agreed."""
    digits = max(len(str(int(value))) - 2, 0)
    return int(round(value / 10**digits)) * 10**digits
