"""Who works at the demo company, where, with which account, and how well.

People are data (`roster.csv`). What changes in a career (transfer, loan) is listed here; everything else follows.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from io import StringIO

import numpy as np
import pandas as pd

from flows.demo.calendar import FIRST_DAY, LAST_DAY, Floats

SHOPS = ("tm", "jd")
# Departments that trade, and the one that serves them. Its people came later: their traits have a stream of their own.
TRADE = ("operations", "customer_service", "marketing", "logistics")
SUPPORT = "support"
MANAGERS = {
    "customer_service": "E1001",
    "operations": "E2001",
    "marketing": "E3001",
    "logistics": "E4001",
    "support": "E5001",
}
_MANAGER_OF_MANAGERS = {
    "operations": "E3001",
    "marketing": "E2001",
    "customer_service": "E2001",
    "logistics": "E2001",
    "support": "E2001",
}
TRANSFERS = {
    "E2007": (date(2026, 3, 16), "marketing", "市场推广专员"),
    "E1016": (date(2026, 10, 16), "marketing", "市场推广专员"),
}
# On loan: from, until (included), to which department, with which account there.
LOANS = {"E4013": (date(2026, 10, 12), date(2026, 10, 25), "customer_service", "支援")}
DUTY_NICK = "值班"
TRAITS = (
    "speed",
    "conversion",
    "csat",
    "complaint",
    "cross_sell",
    "shipping",
    "accuracy",
    "cost",
    "returns",
    "care",
    "follow_up",
    "margin",
    "judgement",
    "campaign",
)


@dataclass(frozen=True)
class People:
    """The staff. `assignments` covers each working day once; `traits` is standard scores, employee × trait."""

    roster: pd.DataFrame
    assignments: pd.DataFrame
    traits: pd.DataFrame

    def department(self, department_id: str) -> pd.DataFrame:
        """Assignments as member or manager of one department."""
        own = self.assignments
        return own[(own["department_id"] == department_id) & (own["role"] != "helper")]


def make_people(rng: np.random.Generator, support: np.random.Generator) -> People:
    """Read the roster, lay out the careers and draw how good everybody is, `support` from a stream of its own."""
    roster = _roster()
    ours = roster["department_id"] == SUPPORT
    drawn = [_traits(rng, roster.loc[~ours, "employee_id"].tolist())]
    drawn.append(_traits(support, roster.loc[ours, "employee_id"].tolist()))
    return People(roster, _assignments(roster), pd.concat(drawn))


def rater_of(employee_id: str, department_id: str) -> str:
    """Who judges this employee there as manager."""
    own = MANAGERS[department_id]
    return own if own != employee_id else _MANAGER_OF_MANAGERS[department_id]


def _roster() -> pd.DataFrame:
    text = files("flows.demo").joinpath("roster.csv").read_text(encoding="utf-8")
    roster = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    for column in ("hired_on", "regularised_on", "left_on"):
        roster[column] = [date.fromisoformat(day) if day else None for day in roster[column]]
    roster["email"] = roster["employee_id"].str.lower() + "@example.com"
    return roster


def _assignments(roster: pd.DataFrame) -> pd.DataFrame:
    rows = [row for person in roster.itertuples() for row in _career(person)]
    return pd.DataFrame(rows, columns=["employee_id", "department_id", "valid_from", "valid_until", "role", "post"])


def _career(person: object) -> list[tuple[object, ...]]:
    who, home, role, post = person.employee_id, person.department_id, person.role, person.post  # type: ignore[attr-defined]
    begin, end = person.hired_on, person.left_on  # type: ignore[attr-defined]
    if who in TRANSFERS:
        day, new_home, new_post = TRANSFERS[who]
        return [(who, home, begin, day - timedelta(1), role, post), (who, new_home, day, end, "member", new_post)]
    if who in LOANS:
        first, last, other, _ = LOANS[who]
        return [
            (who, home, begin, first - timedelta(1), role, post),
            (who, other, first, last, "helper", post),
            (who, home, last + timedelta(1), end, role, post),
        ]
    return [(who, home, begin, end, role, post)]


def _traits(rng: np.random.Generator, employees: list[str]) -> pd.DataFrame:
    general = rng.standard_normal((len(employees), 1))
    special: Floats = rng.standard_normal((len(employees), len(TRAITS)))
    scores = np.clip(0.55 * general + 0.83 * special, -1.8, 1.8)
    return pd.DataFrame(scores, index=pd.Index(employees, name="employee_id"), columns=list(TRAITS))


def in_post(people: People, *posts: str) -> tuple[str, ...]:
    """Employees whose post on the roster is one of these, in order."""
    roster = people.roster
    return tuple(roster.loc[roster["post"].isin(posts), "employee_id"])


def working(assignments: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Those assignments that touch the days, cut to them: columns `begin` and `end` are added."""
    begin = [max(day, first, FIRST_DAY) for day in assignments["valid_from"]]
    end = [min(day or LAST_DAY, last, LAST_DAY) for day in assignments["valid_until"]]
    cut = assignments.assign(begin=begin, end=end)
    return cut[cut["begin"] <= cut["end"]]


def appraised_in(people: People, first: date, last: date) -> list[tuple[str, str]]:
    """Employees and the departments in which they are appraised between these days; helpers are not."""
    turns = working(people.assignments[people.assignments["role"] != "helper"], first, last)
    return list(dict.fromkeys(zip(turns["employee_id"], turns["department_id"], strict=True)))
