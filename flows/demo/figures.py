"""Numbers that come from elsewhere: accounts, budgets, surveys, headcount, projects. Monthly, on the last day.

Each figure is kept at one level only, so that no sum over people, departments and company counts anything twice.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from flows.demo.calendar import NEVER, closed_months, day_index, month_bounds, month_index
from flows.demo.orders import Orders
from flows.demo.people import MANAGERS, People, in_post, working

OF_COMPANY = (
    "revenue_fen",
    "gross_profit_fen",
    "labour_cost_fen",
    "purchase_saving_fen",
    "purchase_plan_fen",
    "incidents",
    "market_size_fen",
    "launches_planned",
    "launches_done",
)
OF_DEPARTMENT = (
    "budget_fen",
    "spent_fen",
    "survey_points",
    "survey_answers",
    "headcount",
    "left",
    "training_hours",
)
OF_FIELD_MANAGER = "project_profit_fen"
# Mean answer of five, and yuan a month, by department.
_SURVEY = {"customer_service": 4.45, "operations": 4.3, "marketing": 4.35, "logistics": 4.3, "support": 4.36}
_BUDGET_YUAN = {
    "customer_service": 18_000,
    "operations": 42_000,
    "marketing": 120_000,
    "logistics": 30_000,
    "support": 16_000,
}
_FIELD_PROFIT_FEN = 1_900_000
Figure = tuple[str, str, str, float]


def make_figures(rng: np.random.Generator, people: People, orders: Orders) -> pd.DataFrame:
    """Figures of all closed months by day: level, subject_id, figure, day, value (whole; amounts in fen)."""
    sums, (field,) = _sums(orders), in_post(people, "现场服务经理")
    rows = [
        (level, subject, figure, month_bounds(month)[1], round(value))
        for place, month in enumerate(closed_months())
        for level, subject, figure, value in (
            *_company(rng, sums.loc[place]),
            *_departments(rng, people, month),
            ("employee", field, OF_FIELD_MANAGER, _FIELD_PROFIT_FEN * rng.lognormal(0, 0.15)),
        )
    ]
    return pd.DataFrame(rows, columns=["level", "subject_id", "figure", "day", "value"])


def _sums(orders: Orders) -> pd.DataFrame:
    """Amount paid and cost of the goods of each month by its place, in fen."""
    paid = orders.table[orders.table["paid"] != NEVER]
    month = month_index()[day_index(paid["created"].to_numpy())]
    frame = pd.DataFrame({"month": month, "paid": paid["paid_amount"].to_numpy(), "cost": paid["cost"].to_numpy()})
    return frame.groupby("month")[["paid", "cost"]].sum()


def _company(rng: np.random.Generator, sums: "pd.Series[int]") -> Iterator[Figure]:
    """Refunds take a little of what was paid; people cost an eighth of it; the market is forty times as large."""
    paid, cost = float(sums["paid"]), float(sums["cost"])
    revenue, planned = paid * rng.uniform(0.955, 0.975), int(rng.integers(3, 7))
    values = {
        "revenue_fen": revenue,
        "gross_profit_fen": (paid - cost) * rng.uniform(0.93, 0.96),
        "labour_cost_fen": revenue * np.clip(rng.normal(0.125, 0.01), 0.1, 0.16),
        "purchase_saving_fen": 0.04 * cost * np.clip(rng.normal(0.95, 0.15), 0.5, 1.4),
        "purchase_plan_fen": 0.04 * cost,
        "incidents": rng.poisson(0.5),
        "market_size_fen": paid / np.clip(rng.normal(0.024, 0.0012), 0.02, 0.028),
        "launches_planned": planned,
        "launches_done": rng.binomial(planned, 0.88),
    }
    return (("company", "company", name, values[name]) for name in OF_COMPANY)


def _departments(rng: np.random.Generator, people: People, month: str) -> Iterator[Figure]:
    turns = working(people.assignments[people.assignments["role"] != "helper"], *month_bounds(month))
    left_on = people.roster.set_index("employee_id")["left_on"].to_dict()
    for department in MANAGERS:
        staff = set(turns.loc[turns["department_id"] == department, "employee_id"])
        left = sum(left_on[who] is not None and f"{left_on[who]:%Y-%m}" == month for who in staff)
        values = _of_department(rng, department, len(staff), left)
        yield from (("department", department, name, values[name]) for name in OF_DEPARTMENT)


def _of_department(rng: np.random.Generator, department: str, headcount: int, left: int) -> dict[str, float]:
    budget, answers = 100.0 * _BUDGET_YUAN[department], int(rng.poisson(55)) + 5
    return {
        "budget_fen": budget,
        "spent_fen": budget * np.clip(rng.normal(0.99, 0.07), 0.75, 1.2),
        "survey_points": answers * np.clip(rng.normal(_SURVEY[department], 0.08), 1, 5),
        "survey_answers": answers,
        "headcount": headcount,
        "left": left,
        "training_hours": int(rng.integers(1, 4)) * headcount,
    }
