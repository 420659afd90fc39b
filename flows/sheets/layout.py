"""What a workbook of ours is made of: the contract between making it and reading it back. No title is needed to read.

Tabs are found by their place in the hidden tab `_jixiao`, columns by their order here, rows by the code in column A.

The hidden tab has a row a fact; column A says of what kind it is:

| A        | B                       | C                    | D         | E               |
|----------|-------------------------|----------------------|-----------|-----------------|
| `head`   | a name of `HEAD`        | its value            |           |                 |
| `tab`    | a key of `TABS`         | title in this file   | first row | last row        |
| `row`    | tab                     | code (column A there)| Excel row | keys, as JSON   |
| `choice` | list (`Column.choices`) | label in the list    |           | value, as JSON  |

Keys and values of choices are columns of the canonical table, so that a reader fills a row by putting keys, choices
and cells together. A tab's row with keys `{}` is a blank one: everything it says stands in its own cells. Cells of
`targets` are written as people read them (yuan, per cent): `factor` (a decimal in the keys) times what a person sees
is the table's value.

Every input column has a defined name over its rows: `TAB_COLUMN`, such as `judgements_score`. Input cells are
unlocked, all others locked; tabs are protected without a password.
"""

import json
from collections.abc import Mapping
from typing import Literal

from transforms.titles import Frozen, Title
from transforms.wording import three

LAYOUT = "1"
HIDDEN = "_jixiao"
# sheet: id such as 2026-10/E1001; company: name of the company; kind: rater | department; for: personnel number of
# whom it was made for ("" when nobody is named); department: its id, of kind department; made_at: UTC, ISO 8601.
HEAD = ("sheet", "period", "company", "kind", "for", "department", "made_at", "layout")
FIRST_ROW = 3  # row 1: what the tab is, row 2: the head of the columns
LONGEST_COMMENT = 500
WITHDRAWN = "-"  # in a score cell: what was given before no longer counts
SCORE_LIMITS = (0, 100)
OVERTIME_LIMITS = (0, 24)

Holds = Literal["text", "number", "day", "choice"]
TabKey = Literal["judgements", "targets", "events", "exams", "attendance"]


class Column(Frozen):
    """A column of a tab. `name`: as in the canonical table, where it is an input. `width` in characters.

    `choices`: name of the list that an input of kind `choice` is picked from; the value of a choice holds columns of
    the canonical table (a subject is `{"employee_id": …}` or `{"department_id": …}`, a kind `{"kind": …}`).
    """

    name: str
    title: Title
    width: float
    is_input: bool = False
    holds: Holds = "text"
    choices: Literal["", "subjects", "people", "event_kinds", "attendance_kinds"] = ""


def _shown(name: str, width: float, hans: str, hant: str, en: str, holds: Holds = "text") -> Column:
    return Column(name=name, title=three(hans, hant, en), width=width, holds=holds)


def _asked(name: str, width: float, hans: str, hant: str, en: str, holds: Holds = "text") -> Column:
    return Column(name=name, title=three(hans, hant, en), width=width, holds=holds, is_input=True)


def _picked(name: str, width: float, choices: str, hans: str, hant: str, en: str) -> Column:
    told = {"name": name, "title": three(hans, hant, en), "width": width, "is_input": True, "holds": "choice"}
    return Column.model_validate({**told, "choices": choices})


_CODE = _shown("code", 0, "行码", "行碼", "code")  # hidden, the first column of every tab
_EMPLOYEE = _shown("employee_id", 10, "工号", "工號", "Number")
_NAME = _shown("name", 12, "姓名", "姓名", "Name")
_COMMENT = _asked("comment", 36, "说明", "說明", "Comment")
_PERSON = _picked("person", 20, "people", "人员", "人員", "Person")

TABS: Mapping[TabKey, tuple[Column, ...]] = {
    "judgements": (
        _CODE, _EMPLOYEE, _NAME,
        _shown("post", 13, "岗位", "崗位", "Post"),
        _shown("indicator", 20, "考核项", "考核項", "Indicator"),
        _shown("says", 22, "评什么", "評什麼", "What is judged"),
        _shown("role", 8, "身份", "身份", "You as"),
        _shown("facts", 32, "本期数据", "本期數據", "Facts of the period"),
        _shown("last_score", 9, "上期得分", "上期得分", "Last score", "number"),
        _shown("events", 26, "本期记录", "本期記錄", "Events"),
        _asked("score", 9, "评分", "評分", "Score", "number"),
        _COMMENT,
    ),
    "targets": (
        _CODE,
        _shown("subject_id", 18, "编号", "編號", "Number"),
        _NAME,
        _shown("metric", 26, "指标", "指標", "Metric"),
        _shown("unit", 8, "单位", "單位", "Unit"),
        _shown("actual_3", 13, "前两月实际", "前兩月實際", "Two months ago", "number"),
        _shown("actual_2", 13, "上月实际", "上月實際", "Month before", "number"),
        _shown("actual_1", 13, "本月实际", "本月實際", "This month", "number"),
        _shown("target", 13, "本月目标", "本月目標", "Its target", "number"),
        _asked("value", 13, "下月目标", "下月目標", "Next target", "number"),
    ),
    "events": (
        _CODE,
        _picked("subject", 20, "subjects", "人员或部门", "人員或部門", "Person or department"),
        _picked("kind", 20, "event_kinds", "类型", "類型", "Kind"),
        _asked("occurred_on", 12, "日期", "日期", "Day", "day"),
        _asked("quantity", 8, "数量", "數量", "Quantity", "number"),
        _asked("reference", 24, "单号或会话", "單號或會話", "Order, chat or file"),
        _COMMENT,
    ),
    "exams": (
        _CODE, _PERSON,
        _asked("exam", 22, "考试", "考試", "Exam"),
        _asked("taken_on", 12, "日期", "日期", "Day", "day"),
        _asked("score", 9, "得分", "得分", "Points", "number"),
        _asked("score_max", 9, "满分", "滿分", "Best possible", "number"),
    ),
    "attendance": (
        _CODE, _PERSON,
        _asked("day", 12, "日期", "日期", "Day", "day"),
        _picked("kind", 12, "attendance_kinds", "类型", "類型", "Kind"),
        _asked("overtime_hours", 10, "加班小时", "加班小時", "Overtime hours", "number"),
    ),
}  # fmt: skip


def place(tab: TabKey, name: str) -> int:
    """The number of a column, 1 for A."""
    return [column.name for column in TABS[tab]].index(name) + 1


def as_json(keys: Mapping[str, str]) -> str:
    """Keys of a row, or the value of a choice, as they stand in the hidden tab."""
    return json.dumps(dict(keys), ensure_ascii=False, sort_keys=True)


def row_code(*parts: str) -> str:
    """The code of a row: its keys, told apart."""
    return "|".join(parts)
