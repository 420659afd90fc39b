"""Targets agreed for every month, for people, departments and the company."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from flows.demo.calendar import NEVER, closed_months, day_index, month_bounds, month_of_day
from flows.demo.orders import Orders
from flows.demo.people import People, appraised_in
from flows.demo.setting import Setting
from flows.demo.shops import owner_by_day

# Metrics with a target that is a sum, and the department it is agreed with.
SUMS = {
    "paid_sales": "operations",
    "new_customers": "operations",
    "page_views": "operations",
    "unique_visitors": "operations",
    "add_on_amount": "customer_service",
    "impressions": "marketing",
    "campaign_visitors": "marketing",
}
# Metrics with the same target for everybody in the department.
RATES = {"campaign_completion_rate": ("operations", 1.0), "logistics_cost_rate": ("logistics", 0.065)}
_ATTAINMENT_SPREAD, _LOWEST, _HIGHEST = 0.11, 0.72, 1.3


@dataclass(frozen=True)
class Facts:
    """What targets of sums are set from."""

    orders: Orders
    traffic: pd.DataFrame
    campaigns: pd.DataFrame
    campaign_days: pd.DataFrame


def make_targets(rng: np.random.Generator, setting: Setting, facts: Facts) -> pd.DataFrame:
    """Targets of all closed months: level, subject_id, metric, period, value (amounts in fen).

    They are set from what came about, so that attainment lies around 75–125 %; as if agreed with foresight.
    """
    own = _in_their_department(_achieved(setting, facts), setting.people)
    mood = np.clip(rng.normal(1.0, _ATTAINMENT_SPREAD, len(own)), _LOWEST, _HIGHEST)
    own["value"] = [_rounded(value) for value in own["value"] / mood]
    own = own[own["value"] > 0]
    teams = own.groupby(["department_id", "metric", "period"], as_index=False)["value"].sum()
    whole = own.groupby(["metric", "period"], as_index=False)["value"].sum()
    parts = [
        own.assign(level="employee", subject_id=own["employee_id"]),
        _rates(setting.people),
        teams.assign(level="department", subject_id=teams["department_id"]),
        whole.assign(level="company", subject_id="company"),
    ]
    return pd.concat(parts)[["level", "subject_id", "metric", "period", "value"]].reset_index(drop=True)


def _achieved(setting: Setting, facts: Facts) -> pd.DataFrame:
    """What each person brought about: employee_id, period, value, metric."""
    orders = facts.orders.table.assign(day=day_index(facts.orders.table["created"].to_numpy()))
    paid, traffic = _with_owner(setting, orders[orders["paid"] != NEVER]), _with_owner(setting, facts.traffic)
    first = paid[~paid.duplicated(["shop", "buyer"])].assign(one=1)
    owners = facts.campaigns["employee_id"].to_numpy()
    days = facts.campaign_days.assign(employee_id=owners[facts.campaign_days["campaign"]])
    return pd.concat([
        _sum("paid_sales", paid, "paid_amount"),
        _sum("new_customers", first, "one"),
        _sum("page_views", traffic, "page_views"),
        _sum("unique_visitors", traffic, "unique_visitors"),
        _sum("add_on_amount", _added(setting, paid, facts.orders.lines), "amount"),
        _sum("impressions", days, "impressions"),
        _sum("campaign_visitors", days, "visitors"),
    ])  # fmt: skip


def _with_owner(setting: Setting, rows: pd.DataFrame) -> pd.DataFrame:
    """The person responsible for each row's line on its day."""
    return rows.assign(employee_id=owner_by_day(setting.responsible)[rows["shop"], rows["category"], rows["day"]])


def _added(setting: Setting, paid: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of paid orders that an agent had recommended, with that agent."""
    known = lines.join(paid[["added_item", "chat_holder", "day"]], on="order", how="inner")
    added = known[known["item"] == known["added_item"]]
    agents = setting.chat.table["employee_id"].to_numpy()
    return added.assign(employee_id=agents[added["chat_holder"]])


def _sum(metric: str, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    frame = pd.DataFrame({
        "employee_id": rows["employee_id"], "period": month_of_day()[rows["day"]], "value": rows[column],
    })  # fmt: skip
    return frame.groupby(["employee_id", "period"], as_index=False)["value"].sum().assign(metric=metric)


def _in_their_department(sums: pd.DataFrame, people: People) -> pd.DataFrame:
    """Only people appraised in the metric's department, and closed months."""
    sums = sums.assign(department_id=sums["metric"].map(SUMS))
    members = {(*turn, month) for month in closed_months() for turn in appraised_in(people, *month_bounds(month))}
    keys = zip(sums["employee_id"], sums["department_id"], sums["period"], strict=True)
    return sums[[key in members for key in keys]].reset_index(drop=True)


def _rates(people: People) -> pd.DataFrame:
    rows = [
        (level, subject, metric, month, rate)
        for metric, (department, rate) in RATES.items()
        for month in closed_months()
        for level, subject in _subjects(people, month, department)
    ]
    return pd.DataFrame(rows, columns=["level", "subject_id", "metric", "period", "value"])


def _subjects(people: People, month: str, department: str) -> list[tuple[str, str]]:
    staff = [who for who, where in appraised_in(people, *month_bounds(month)) if where == department]
    return [("department", department), *(("employee", who) for who in staff)]


def _rounded(value: float) -> float:
    """Two significant digits, as targets are agreed."""
    digits = max(len(str(int(value))) - 2, 0)
    return round(value, -digits)
