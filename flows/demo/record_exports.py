"""Exports of what is written down beside the trade: CSV by month or year, and HR's workbooks of tests and pay."""

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from flows.demo import attendance, dsr, quality, work
from flows.demo import columns as c
from flows.demo.calendar import NEVER, closed_months, month_of_day, month_starts, months
from flows.demo.columns import Exports
from flows.demo.records import Records
from flows.demo.shops import SHOP_IDS
from flows.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

_ATTENDANCE_WORDS = {
    "present": "出勤", "leave": "请假", "sick": "病假", "excused": "公出", "absent": "旷工", "late": "迟到",
}  # fmt: skip
_SOURCE_WORDS = {"sampled": "抽检", "recording": "录音", "visit": "陪访"}
_ASPECT_WORDS = {"attitude": "态度", "timeliness": "及时", "professionalism": "专业", "accuracy": "准确"}
_SCORE_WORDS = {"attitude": "服务态度", "description": "描述相符", "logistics": "物流服务"}
_LEVEL_WORDS = {"employee": "个人", "department": "部门", "shop": "店铺", "company": "公司"}
_ENTERED_AT = "18:00:00"
_YEARS = ("2025", "2026")


def record_exports(world: World, records: Records) -> Exports:
    """Path below the inbox → table."""
    exports: Exports = {
        "hr/exams.xlsx": partial(_exams, records.exams),
        "hr/pay_items.xlsx": partial(_pay, records.pay),
    }
    for number, shop in enumerate(SHOP_IDS):
        exports[f"dsr/{shop}.csv"] = partial(_scores, records.shop_scores, number)
    for month in closed_months():
        own = world.figures[[f"{day:%Y-%m}" == month for day in world.figures["day"]]]
        exports[f"finance/figures/{month}.csv"] = partial(_figures, own)
    return exports | _by_month(world, records) | _by_year(records)


def _by_month(world: World, records: Records) -> Exports:
    """Presence by the day's month, checks by the month in which the contact was."""
    month = month_of_day()[records.presence["day"].to_numpy()]
    exports: Exports = {f"presence/{key}.csv": partial(_presence, records.presence[month == key]) for key in months()}
    slices = c.by_month(records.checks["handled"], month_starts())
    for key, rows in zip(months(), slices, strict=True):
        exports[f"quality/checks/{key}.csv"] = partial(_checks, world, records.checks.iloc[rows])
    return exports


def _by_year(records: Records) -> Exports:
    asked = pd.to_datetime(records.tasks["requested"], unit="s").dt.year
    made: tuple[tuple[str, Callable[[pd.DataFrame], pa.Table], pd.DataFrame, Any], ...] = (
        ("tasks", _tasks, records.tasks, asked),
        ("hr/events", _events, records.events, [day.year for day in records.events["occurred"]]),
        ("hr/attendance", _attendance, records.attendance, [day.year for day in records.attendance["day"]]),
    )
    return {
        f"{path}/{year}.csv": partial(make, frame[np.asarray(years) == int(year)])
        for path, make, frame, years in made
        for year in _YEARS
    }


def _accounts(shops: "pd.Series[int]", nicks: "pd.Series[str]") -> list[str]:
    return [c.ACCOUNT_PREFIX[shop] + nick for shop, nick in zip(shops, nicks, strict=True)]


def _presence(own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "账号": _accounts(own["shop"], own["nick"]),
            "日期": c.days(own["day"]),
            "在岗秒数": c.whole(own["duty"]),
            "在线秒数": c.whole(own["online"]),
            "聊天秒数": c.whole(own["chat"]),
            "处理秒数": c.whole(own["handling"]),
            "计划处理秒数": c.whole(own["planned"]),
            "顾客浏览页数": c.whole(own["pages"]),
            "注册数": c.whole(own["registered"]),
            "推介次数": c.whole(own["made"]),
            "推介成功": c.whole(own["taken"]),
        }
    )


def _checks(world: World, own: pd.DataFrame) -> pa.Table:
    of_chat = (own["session"] >= 0).to_numpy()
    accounts = np.array([*c.account_names(world.setting.chat), ""], dtype=object)[own["chat"]]
    desks = np.array(_accounts(own["shop"], own["nick"]), dtype=object)
    session = np.array([str(20_000_000 + row) for row in own["session"]], dtype=object)
    ticket = np.array([f"W{row + 1:06d}" for row in own["ticket"]], dtype=object)
    return pa.table(
        {
            "质检编号": [f"QC{number:06d}" for number in own["check"]],
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "账号": np.where(of_chat, accounts, desks).tolist(),
            "服务时间": c.moments(own["handled"]),
            "质检时间": c.moments(own["judged"]),
            "来源": c.words([_SOURCE_WORDS[name] for name in quality.SOURCES], own["source"]),
            "检查项": c.words([_ASPECT_WORDS[name] for name in quality.ASPECTS], own["aspect"]),
            "是否合格": c.flags(own["passed"]),
            "会话或工单": np.where(of_chat, session, ticket).tolist(),
        }
    )


def _scores(scores: pd.DataFrame, shop: int) -> pa.Table:
    own = scores[scores["shop"] == shop]
    return pa.table(
        {
            "日期": c.days(own["day"]),
            "评分项": c.words([_SCORE_WORDS[name] for name in dsr.ASPECTS], own["aspect"]),
            "店铺评分": _decimals(own["score"], 4),
            "行业平均": _decimals(own["mean"], 4),
            "行业最高": _decimals(own["best"], 4),
        }
    )


def _tasks(own: pd.DataFrame) -> pa.Table:
    done = own["done"] != NEVER
    return pa.table(
        {
            "任务编号": [f"RW{row + 1:06d}" for row in own.index],
            "工号": own["employee_id"].tolist(),
            "类别": c.words(work.KINDS, own["kind"]),
            "提出时间": c.moments(own["requested"]),
            "要求完成时间": c.moments(own["due"]),
            "完成时间": c.moments(own["done"]),
            "更新时间": c.moments(np.where(done, own["done"], own["requested"])),
            "计划量": _decimals(own["planned"], 1),
            "完成量": _decimals(own["quantity"], 1),
            "验收通过": c.flags(own["accepted"] == 1, own["accepted"] >= 0),
            "质量分": _decimals(own["quality"], 1),
        }
    )


def _events(own: pd.DataFrame) -> pa.Table:
    session = np.where(own["session"] >= 0, 20_000_000 + own["session"], NEVER)
    return pa.table(
        {
            "事件编号": [f"SJ{row + 1:06d}" for row in own.index],
            "类别": own["kind"].tolist(),
            "工号": pa.array([who or None for who in own["employee_id"]], pa.string()),
            "部门编码": pa.array([where or None for where in own["department_id"]], pa.string()),
            "发生日期": [c.iso(day) for day in own["occurred"]],
            "数量": c.whole(own["quantity"]),
            "依据": c.whole(session),
            "说明": own["comment"].tolist(),
            "录入人": own["entered_by"].tolist(),
            "录入时间": [f"{day} {_ENTERED_AT}" for day in own["entered"]],
        }
    )


def _attendance(own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "工号": own["employee_id"].tolist(),
            "日期": [c.iso(day) for day in own["day"]],
            "类别": c.words([_ATTENDANCE_WORDS[name] for name in attendance.KINDS], own["kind"]),
            "加班小时": _decimals(np.where(own["half_hours"] < 0, -1, own["half_hours"] * 5), 1),
        }
    )


def _exams(own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "工号": own["employee_id"].tolist(),
            "考试": own["exam"].tolist(),
            "考试日期": pa.array(own["taken"].tolist(), pa.date32()),
            "得分": own["score"].to_numpy(),
            "满分": own["best"].to_numpy(),
        }
    )


def _pay(own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "工号": own["employee_id"].tolist(),
            "项目": own["item"].tolist(),
            "生效日期": pa.array(own["valid_from"].tolist(), pa.date32()),
            "失效日期": pa.array(own["valid_until"].tolist(), pa.date32()),
            "金额": [f"{fen / 100:.2f}" for fen in own["amount"]],
        }
    )


def _figures(own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "层级": [_LEVEL_WORDS[level] for level in own["level"]],
            "对象": own["subject_id"].tolist(),
            "项目": own["figure"].tolist(),
            "日期": [c.iso(day) for day in own["day"]],
            "数值": [str(value) for value in own["value"]],
        }
    )


def _decimals(values: Any, places: int) -> pa.Array:
    """Whole numbers of the last place as decimals; negative is empty."""
    texts = [None if value < 0 else f"{value / 10**places:.{places}f}" for value in np.asarray(values).tolist()]
    return pa.array(texts, pa.string())
