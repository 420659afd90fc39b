"""Judgements that managers and the employees themselves enter for every month, in the departments that trade."""

from datetime import timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import closed_months, month_bounds
from flows.demo.people import People, appraised_in, rater_of

MANUAL = {
    "operations": ("cross_department", "in_team", "industry_knowledge", "personal_skill", "campaign_planning"),
    "customer_service": ("cross_department", "in_team_sharing", "product_knowledge", "service_skill", "regulations"),
    "marketing": (
        "novelty", "plan_quality", "cross_department", "in_team", "market_trend", "new_channels", "data_analysis",
    ),
    "logistics": ("cross_department", "in_team", "regulations", "process_improvement"),
}  # fmt: skip
# Nobody judged this person on this indicator in this month: the score has to do without it.
UNRATED = ("E2005", "personal_skill", "2026-10")
_NO_SELF_JUDGEMENT_RATE = 0.04
_SELF_BIAS = 3.0
_COMMENTS = ("配合积极", "进步明显", "细节可再打磨", "完成扎实", "主动分享经验", "")
COLUMNS = ("employee_id", "indicator", "period", "rater_id", "role", "score", "comment", "given")


def make_judgements(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Judgements of all closed months.

    Columns: employee_id, indicator, period, rater_id, role, score, comment, given (a day of the next month).
    """
    rows = [
        row
        for month in closed_months()
        for who, department in appraised_in(people, *month_bounds(month))
        if department in MANUAL
        for row in _judged(rng, people, month, who, department)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(list(COLUMNS[:5]))


def _judged(
    rng: np.random.Generator, people: People, month: str, who: str, department: str
) -> list[tuple[object, ...]]:
    raters = [("manager", rater_of(who, department), 0.0)]
    if rng.random() >= _NO_SELF_JUDGEMENT_RATE:
        raters.append(("self", who, _SELF_BIAS))
    level = 83 + 5.5 * float(people.traits.loc[who, "judgement"]) + rng.normal(0, 2)
    given = month_bounds(month)[1] + timedelta(int(rng.integers(1, 6)))
    return [
        (who, indicator, month, rater, role, score(rng, level + bias), comment(rng), given)
        for indicator in MANUAL[department]
        if (who, indicator, month) != UNRATED
        for role, rater, bias in raters
    ]


def score(rng: np.random.Generator, level: float) -> int:
    """Points around a level, 55 to 100."""
    return min(max(round(level + rng.normal(0, 4)), 55), 100)


def comment(rng: np.random.Generator) -> str:
    """A few words, or none."""
    return _COMMENTS[int(rng.integers(0, len(_COMMENTS)))]
