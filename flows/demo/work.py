"""Tasks people were asked for: designs, translations, reports, documents, project milestones, and the rest."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY, END_SECOND, LAST_DAY, NEVER, Ints, month_bounds, months, seconds
from flows.demo.people import SUPPORT, People, in_post, working

KINDS = ("design", "translation", "report", "document", "project", "task")
# Long enough before somebody's last day that the work can be done.
_LAST_DAYS_WITHOUT_TASKS, _END_OF_MONTH = 5, 28
_SATURDAY = 5
_NEVER_DONE_RATE = 0.02
_ONE = 10  # quantities are counted in tenths


@dataclass(frozen=True)
class Order:
    """How often a kind of work is asked of a person: pieces a month, days to do it, and how much one piece is."""

    kind: str
    a_month: float
    days: tuple[int, int]
    size: tuple[int, int] = (1, 1)


_BY_POST = {
    "设计师": (Order("design", 16, (2, 6), (2, 9)),),
    "驻站助理": (Order("translation", 6, (2, 6), (4, 20)), Order("document", 10, (1, 4))),
    "行政专员": (Order("document", 6, (1, 4)), Order("report", 3, (2, 6))),
    "数据专员": (Order("report", 20, (1, 4)),),
}
_EVERYBODY, _SUPPORT = Order("task", 2, (2, 8)), Order("task", 6, (1, 6))
_MILESTONES_OF = ("E3002", "E3005")
_MILESTONE_SIZE = (12, 30)


def make_tasks(rng: np.random.Generator, people: People) -> pd.DataFrame:
    """Tasks by the moment they were asked for.

    Columns: employee_id, kind (place in `KINDS`), requested, due, done (moments), planned, quantity (tenths, -1 not
    known), accepted (1, 0, -1 not judged), quality (tenths of 0 to 100, -1 not judged).
    """
    rows = [row for month in months() for row in _of_month(rng, people, month)]
    asked = pd.DataFrame(rows, columns=["employee_id", "kind", "requested", "due", "planned"])
    asked = asked.sort_values(["requested", "employee_id", "kind"], kind="stable").reset_index(drop=True)
    return asked.assign(**_done(rng, people, asked))


def project_owners(people: People) -> tuple[str, ...]:
    """Those who have a milestone every month: managers, the field's included, operations, and two of marketing."""
    managers = in_post(people, "客服经理", "运营经理", "市场经理", "物流经理", "支持中心经理", "现场服务经理")
    return (*managers, *in_post(people, "运营专员"), *_MILESTONES_OF)


def _of_month(rng: np.random.Generator, people: People, month: str) -> list[tuple[object, ...]]:
    """What was asked in a month, of everybody who is there."""
    first, last = month_bounds(month)
    owners, rows = set(project_owners(people)), []
    for turn in working(people.assignments, first, last).itertuples():
        who = str(turn.employee_id)
        orders = [*_BY_POST.get(str(turn.post), ()), _SUPPORT if turn.department_id == SUPPORT else _EVERYBODY]
        rows += [row for order in orders for row in _asked(rng, who, order, (turn.begin, turn.end))]
        if who in owners and turn.begin == first:
            rows.append(_milestone(rng, who, first))
    return rows


def _asked(rng: np.random.Generator, who: str, order: Order, span: tuple[date, date]) -> list[tuple[object, ...]]:
    """Pieces of work on weekdays of the span, between nine and five."""
    stop = (
        span[1] - timedelta(_LAST_DAYS_WITHOUT_TASKS) if span[1].day < _END_OF_MONTH and span[1] < LAST_DAY else span[1]
    )
    weekdays = [day for n in range((stop - span[0]).days + 1) if (day := span[0] + timedelta(n)).weekday() < _SATURDAY]
    if not weekdays:
        return []
    count = rng.poisson(order.a_month * len(weekdays) / 22)
    moments = [
        seconds(weekdays[place]) + int(second)
        for place, second in zip(
            rng.integers(0, len(weekdays), count), rng.integers(9 * 3600, 17 * 3600, count), strict=True
        )
    ]
    days = rng.integers(order.days[0], order.days[1] + 1, count)
    size = rng.integers(order.size[0], order.size[1] + 1, count)
    number = KINDS.index(order.kind)
    return [(who, number, at, at + int(d) * DAY, int(s) * _ONE) for at, d, s in zip(moments, days, size, strict=True)]


def _milestone(rng: np.random.Generator, who: str, first: date) -> tuple[object, ...]:
    """What a project should bring about in a month, in person-days."""
    requested = seconds(first) + 9 * 3600
    due = requested + 27 * DAY
    return who, KINDS.index("project"), requested, due, int(rng.integers(*_MILESTONE_SIZE)) * _ONE


def _done(rng: np.random.Generator, people: People, asked: pd.DataFrame) -> dict[str, Ints]:
    """When and how well: steady people are in time, careful ones accepted at once."""
    count = len(asked)
    steady, careful, good = (
        people.traits[name].reindex(asked["employee_id"]).to_numpy() for name in ("shipping", "accuracy", "judgement")
    )
    in_time = rng.random(count) < np.clip(0.9 + 0.035 * steady, 0.7, 0.99)
    share = np.where(in_time, rng.uniform(0.3, 0.98, count), rng.uniform(1.05, 1.8, count))
    at = asked["requested"].to_numpy() + (share * (asked["due"] - asked["requested"]).to_numpy()).astype(np.int64)
    known = (at < END_SECOND) & (rng.random(count) >= _NEVER_DONE_RATE)
    part = np.where(asked["planned"] > _ONE, np.clip(rng.normal(0.92, 0.09, count), 0.6, 1.1), 1.0)
    quantity = np.rint(asked["planned"].to_numpy() / _ONE * part) * _ONE
    quality = np.rint(10 * np.clip(rng.normal(85 + 4.5 * good, 5), 50, 100))
    accepted = rng.random(count) < np.clip(0.93 + 0.025 * careful, 0.75, 0.995)
    return {
        "done": np.where(known, at, NEVER),
        "quantity": np.where(known, quantity, -1).astype(np.int64),
        "accepted": np.where(known, accepted, -1).astype(np.int64),
        "quality": np.where(known, quality, -1).astype(np.int64),
    }
