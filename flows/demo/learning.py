"""Knowledge tests: every month for those who serve buyers, every quarter for the rest."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from flows.demo.calendar import closed_months
from flows.demo.people import SUPPORT, People, working

# Test → departments, every how many months, best possible points.
EXAMS = {
    "product_knowledge": (("customer_service", SUPPORT), 1, 100),
    "regulations": (("customer_service", "logistics", SUPPORT), 3, 50),
    "platform_rules": (("operations", "marketing"), 3, 120),
}
_DAY_OF_MONTH = 16
_POSTS_THAT_SERVE = ("客服经理", "客服专员", "售后客服", "网站客服", "现场服务经理")
_MEAN_RATE, _ABSENT_RATE = 0.85, 0.04


def make_exams(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Results by day: employee_id, exam, taken (day), score, best."""
    steady = people.traits["judgement"].to_dict()
    rows = [row for month in closed_months() for row in _of_month(rng, people, month, steady)]
    return pd.DataFrame(rows, columns=["employee_id", "exam", "taken", "score", "best"])


def _of_month(
    rng: np.random.Generator, people: People, month: str, steady: dict[str, float]
) -> Iterator[tuple[object, ...]]:
    day = date.fromisoformat(f"{month}-{_DAY_OF_MONTH}")
    turns = list(working(people.assignments[people.assignments["role"] != "helper"], day, day).itertuples())
    for exam, (departments, every, best) in EXAMS.items():
        asked = [t for t in turns if t.department_id in departments and (every > 1 or t.post in _POSTS_THAT_SERVE)]
        for turn in asked if day.month % every == 0 else ():
            if rng.random() > _ABSENT_RATE:
                yield turn.employee_id, exam, day, _score(rng, steady[turn.employee_id], best), best


def _score(rng: np.random.Generator, steady: float, best: int) -> int:
    rate = _MEAN_RATE + 0.055 * steady + rng.normal(0, 0.045)
    return round(best * float(np.clip(rate, 0.45, 1.0)))
