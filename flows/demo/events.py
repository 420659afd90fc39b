"""What managers write down about people: praise, mistakes, help, refusals; a red line once a year."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.accounts import Holders
from flows.demo.calendar import (
    DAY_COUNT,
    FIRST_DAY,
    LAST_DAY,
    Floats,
    closed_months,
    day_index,
    day_of,
    month_bounds,
    months,
)
from flows.demo.people import MANAGERS, People, rater_of, working
from flows.demo.sessions import Sort

_CS, _MOVERS = ("customer_service",), ("customer_service", "logistics")
_ALL = (*MANAGERS,)
# Kind → departments, times a month and person, and the trait that makes it rarer (-) or commoner (+).
_RATES: dict[str, tuple[tuple[str, ...], float, str, int]] = {
    "praise": (_ALL, 0.35, "csat", 1),
    "bad_review": (_CS, 0.12, "csat", -1),
    "bad_review_attitude": (_CS, 0.06, "csat", -1),
    "order_error": (_MOVERS, 0.12, "accuracy", -1),
    "irregular_handling": (_MOVERS, 0.07, "care", -1),
    "process_improvement": (_ALL, 0.06, "judgement", 1),
    "other_work": (_ALL, 0.22, "judgement", 1),
    "overdue_task": (_ALL, 0.06, "shipping", -1),
    "refusal": (_ALL, 0.012, "judgement", -1),
    "night_shift": (_MOVERS, 0.4, "judgement", 1),
    "loss_avoided": (_MOVERS, 0.03, "accuracy", 1),
}
KINDS = (*_RATES, "execution", "excused_reply", "ad_phrase_abuse", "red_line")
_TRAIT_PULL = 0.5
# Points of 5 for obedience, initiative and execution, once a month for nearly everybody in customer service.
_EXECUTION_RATE, _EXECUTION_MEAN = 0.9, 3.4
_EXCUSED_RATE = 0.35
AD_PHRASE_ABUSE = (date(2025, 12, 16), date(2026, 3, 9), date(2026, 7, 21), date(2026, 10, 19))
RED_LINE = ("E2009", date(2026, 8, 13))
_WORDS = {
    "praise": ("顾客来信表扬", "大促期间主动顶班", "处理纠纷得当"),
    "bad_review": ("差评已核实",),
    "bad_review_attitude": ("差评指出态度生硬",),
    "order_error": ("地址录错", "漏发赠品", "备注未转达"),
    "irregular_handling": ("未按流程登记",),
    "process_improvement": ("优化快捷短语", "改进打包清单", "整理常见问题"),
    "other_work": ("协助盘点", "带新人", "支援活动布置"),
    "overdue_task": ("任务逾期三天以上",),
    "refusal": ("拒绝临时调班",),
    "night_shift": ("夜班值守",),
    "loss_avoided": ("发现标价错误并及时更正", "拦截可疑退款"),
    "execution": ("月度执行力评定",),
    "excused_reply": ("平台故障，消息未送达", "买家发送后立即撤回"),
    "ad_phrase_abuse": ("抽查发现以广告语代替接待",),
    "red_line": ("违规修改活动价格",),
}
_COLUMNS = [
    "kind",
    "employee_id",
    "department_id",
    "occurred",
    "quantity",
    "session",
    "comment",
    "entered_by",
    "entered",
]


def make_events(rng: np.random.Generator, people: People, chat: Holders, sessions: pd.DataFrame) -> pd.DataFrame:
    """Events by day.

    Columns: kind, employee_id or department_id (the other is empty), occurred (day), quantity, session (row of the chat
    it is about, -1: none), comment, entered_by, entered (day). What would be entered after the last day is left out.
    """
    rows = [
        *(row for month in months() for row in _of_month(rng, people, month)),
        *_executions(rng, people),
        *_excused(rng, chat, sessions),
        *(_row(rng, "ad_phrase_abuse", ("", "customer_service"), day) for day in AD_PHRASE_ABUSE),
        _row(rng, "red_line", (RED_LINE[0], "operations"), RED_LINE[1]),
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame = frame[[day <= LAST_DAY for day in frame["entered"]]]
    return frame.sort_values(["occurred", "kind", "employee_id"], kind="stable").reset_index(drop=True)


def _of_month(rng: np.random.Generator, people: People, month: str) -> list[tuple[object, ...]]:
    first, last = month_bounds(month)
    rows = []
    for turn in working(people.assignments, first, last).itertuples():
        days = (turn.end - turn.begin).days + 1
        counts = rng.poisson(_expected(people, turn.employee_id, turn.department_id) * days / ((last - first).days + 1))
        for kind in np.repeat(list(_RATES), counts).tolist():
            day = turn.begin + timedelta(int(rng.integers(0, days)))
            quantity = int(rng.integers(1, 6)) if kind == "loss_avoided" else 1
            rows.append(_row(rng, kind, (turn.employee_id, turn.department_id), day, quantity=quantity))
    return rows


def _expected(people: People, who: str, department: str) -> Floats:
    """How often each kind happens to somebody in a month, in the order of `_RATES`."""
    traits = people.traits.loc[who]
    return np.array(
        [
            rate * np.exp(_TRAIT_PULL * sign * traits[trait]) * (department in departments)
            for departments, rate, trait, sign in _RATES.values()
        ]
    )


def _executions(rng: np.random.Generator, people: People) -> list[tuple[object, ...]]:
    """On a month's last day, for those who are there."""
    rows = []
    for month in closed_months():
        last = month_bounds(month)[1]
        own = working(people.department("customer_service"), last, last)
        for who in own["employee_id"]:
            points = _EXECUTION_MEAN + 0.6 * people.traits.loc[who, "judgement"] + rng.normal(0, 0.5)
            if rng.random() < _EXECUTION_RATE:
                given = (who, "customer_service")
                rows.append(_row(rng, "execution", given, last, quantity=int(np.clip(round(points), 1, 5))))
    return rows


def _excused(rng: np.random.Generator, chat: Holders, sessions: pd.DataFrame) -> list[tuple[object, ...]]:
    """Chats without an answer for which nobody is to blame, each with its chat."""
    silent = np.flatnonzero((sessions["sort"] == Sort.UNANSWERED).to_numpy())
    silent = silent[rng.random(len(silent)) < _EXCUSED_RATE]
    own = sessions.iloc[silent]
    agents = chat.table["employee_id"].to_numpy()[own["holder"].to_numpy()]
    days = day_index(own["start"].to_numpy())
    return [
        _row(rng, "excused_reply", (who, "customer_service"), day_of(int(day)), session=int(row))
        for who, day, row in zip(agents, days, silent, strict=True)
        if day < DAY_COUNT
    ]


def _row(
    rng: np.random.Generator,
    kind: str,
    subject: tuple[str, str],
    day: date,
    *,
    quantity: int = 1,
    session: int = -1,
) -> tuple[object, ...]:
    """An event, entered by the manager one to three days later."""
    who, department = subject
    words = _WORDS[kind]
    judge = rater_of(who, department) if who else MANAGERS[department]
    entered = day + timedelta(int(rng.integers(1, 4)))
    comment = words[int(rng.integers(0, len(words)))]
    return kind, who, "" if who else department, max(day, FIRST_DAY), quantity, session, comment, judge, entered
