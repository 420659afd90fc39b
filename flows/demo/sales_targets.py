"""Targets of what customer service sells, of the company's revenue and profit, and of the field's projects."""

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY, NEVER, closed_months, day_index, month_bounds, month_of_day
from flows.demo.figures import OF_FIELD_MANAGER
from flows.demo.orders import Orders
from flows.demo.people import People, appraised_in, in_post
from flows.demo.setting import Setting

PAY_WITHIN = 4 * DAY
_POST = "客服专员"
_SPREAD, _LOWEST, _HIGHEST = 0.34, 0.44, 1.42
_TEAM_SPREAD, _TEAM_MOST = 0.02, 0.04
_PLANNED = ("revenue_fen", "gross_profit_fen", OF_FIELD_MANAGER)
_MONEY = 10_000  # targets are whole hundreds of yuan
_COLUMNS = ["level", "subject_id", "metric", "period", "value"]


def make_sales_targets(rng: np.random.Generator, setting: Setting, orders: Orders) -> pd.DataFrame:
    """Targets of paid_amount: of every regular agent, and of the department; columns as `targets.make_targets`.

    People miss or beat theirs by half; the department meets its own within a few per cent, as it is agreed for all who
    sell, after-sales and helpers included.
    """
    sold = _sold(setting, orders)
    regular = _regular(setting.people)
    rows = []
    for month in closed_months():
        own = sold[sold["period"] == month].set_index("employee_id")["amount"]
        own = own[[who for who in own.index if (who, month) in regular]]
        mood = np.clip(rng.lognormal(-0.02, _SPREAD, len(own)), _LOWEST, _HIGHEST)
        rows += [("employee", who, "paid_amount", month, _whole(value)) for who, value in (own / mood).items()]
        reached = 1 + np.clip(rng.normal(0, _TEAM_SPREAD), -_TEAM_MOST, _TEAM_MOST)
        team = sold.loc[sold["period"] == month, "amount"].sum() / reached
        rows.append(("department", "customer_service", "paid_amount", month, _whole(team)))
    return pd.DataFrame(rows, columns=_COLUMNS)


def figure_targets(rng: np.random.Generator, figures: pd.DataFrame) -> pd.DataFrame:
    """Targets of the figures for revenue and profit, each for whom it is a figure of."""
    own = figures[figures["figure"].isin(_PLANNED)]
    mood = np.clip(rng.normal(1, 0.07, len(own)), 0.85, 1.2)
    return pd.DataFrame(
        {
            "level": own["level"].to_numpy(),
            "subject_id": own["subject_id"].to_numpy(),
            "metric": own["figure"].to_numpy(),
            "period": [f"{day:%Y-%m}" for day in own["day"]],
            "value": [_whole(value) for value in own["value"].to_numpy() / mood],
        }
    )


def _sold(setting: Setting, orders: Orders) -> pd.DataFrame:
    """Paid amount in fen of the orders each agent brought about, by the month of the order: about what is measured."""
    own = orders.table
    own = own[(own["chat_holder"] >= 0) & (own["paid"] != NEVER) & (own["paid"] <= own["created"] + PAY_WITHIN)]
    frame = pd.DataFrame(
        {
            "employee_id": setting.chat.table["employee_id"].to_numpy()[own["chat_holder"]],
            "period": month_of_day()[day_index(own["created"].to_numpy())],
            "amount": own["paid_amount"].to_numpy(),
        }
    )
    return frame.groupby(["employee_id", "period"], as_index=False)["amount"].sum()


def _regular(people: People) -> set[tuple[str, str]]:
    """Regular agents by month: customer service, not after-sales, not on probation at the month's end."""
    since = people.roster.set_index("employee_id")["regularised_on"]
    posts = set(in_post(people, _POST))
    return {
        (who, month)
        for month in closed_months()
        for who, department in appraised_in(people, *month_bounds(month))
        if department == "customer_service" and who in posts and since[who] and since[who] <= month_bounds(month)[1]
    }


def _whole(value: float) -> int:
    return max(round(value / _MONEY), 1) * _MONEY
