"""HR's workbooks and the lists of who works with what: roster, accounts, product lines, judgements, targets."""

from datetime import date, timedelta
from functools import partial

import pandas as pd
import pyarrow as pa

from flows.demo import columns as c
from flows.demo.accounts import desk_turns, shifts, turns
from flows.demo.calendar import closed_months
from flows.demo.columns import Exports
from flows.demo.more_judgements import QUARTERS
from flows.demo.shops import CATEGORIES, SHOP_IDS
from flows.demo.world import World

_ROLE_WORDS = {"member": "正式", "manager": "负责人", "helper": "借调"}
_RATER_WORDS = {"self": "自评", "manager": "上级", "peer": "同事", "subordinate": "下级"}
_LEVEL_WORDS = {"employee": "个人", "department": "部门", "company": "公司"}
_LONG_AGO = date(2021, 1, 1)


def people_exports(world: World) -> Exports:
    """Path below the inbox → table."""
    exports: Exports = {
        "org/accounts.csv": partial(_accounts, world),
        "org/duty_shifts.csv": partial(_shifts, world),
        "org/product_lines.csv": partial(_lines, world),
        "hr/roster.xlsx": partial(_roster, world),
        "hr/assignments.xlsx": partial(_assignments, world),
    }
    for quarter in QUARTERS:
        exports[f"judgements/{quarter}.xlsx"] = partial(_judgements, world, quarter)
    for month in closed_months():
        exports[f"judgements/{month}.xlsx"] = partial(_judgements, world, month)
        exports[f"targets/{month}.xlsx"] = partial(_targets, world, month)
    return exports


def _accounts(world: World) -> pa.Table:
    setting = world.setting
    people = pd.concat([turns(setting.chat), turns(setting.parcel), desk_turns(setting.people)])
    rows = [
        (
            SHOP_IDS[t.shop],
            c.ACCOUNT_PREFIX[t.shop] + t.nick,
            "人工",
            t.employee_id,
            t.begin,
            t.end and t.end + timedelta(1),
        )
        for t in people.itertuples()
    ]
    for number, shop in enumerate(SHOP_IDS):
        rows += [
            (shop, c.ACCOUNT_PREFIX[number] + nick, word, None, _LONG_AGO, None)
            for nick, word in ((c.ROBOT, "机器人"), (c.SYSTEM, "系统"))
        ]
    frame = pd.DataFrame(rows, columns=["店铺ID", "账号", "类型", "工号", "启用时间", "停用时间"])
    return _texts(frame.assign(**{name: [_midnight(day) for day in frame[name]] for name in ("启用时间", "停用时间")}))


def _midnight(day: date | None) -> str | None:
    return f"{day.isoformat()} 00:00:00" if day else None


def _shifts(world: World) -> pa.Table:
    own = shifts(world.setting.chat)
    account = [c.ACCOUNT_PREFIX[shop] + nick for shop, nick in zip(own["shop"], own["nick"], strict=True)]
    return pa.table(
        {
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "账号": account,
            "工号": own["employee_id"].tolist(),
            "上班时间": c.moments(own["begin"]),
            "下班时间": c.moments(own["end"]),
        }
    )


def _lines(world: World) -> pa.Table:
    own = world.setting.responsible
    return pa.table(
        {
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "类目": c.words(CATEGORIES, own["category"]),
            "负责人工号": own["employee_id"].tolist(),
            "开始日期": [c.iso(day) for day in own["begin"]],
            "结束日期": pa.array([c.iso(day) for day in own["end"]], pa.string()),
        }
    )


def _roster(world: World) -> pa.Table:
    own = world.setting.people.roster
    return pa.table(
        {
            "工号": own["employee_id"].tolist(),
            "姓名": own["name"].tolist(),
            "邮箱": own["email"].tolist(),
            "入职日期": pa.array(own["hired_on"].tolist(), pa.date32()),
            "转正日期": pa.array(own["regularised_on"].tolist(), pa.date32()),
            "离职日期": pa.array(own["left_on"].tolist(), pa.date32()),
        }
    )


def _assignments(world: World) -> pa.Table:
    own = world.setting.people.assignments
    return pa.table(
        {
            "工号": own["employee_id"].tolist(),
            "部门编码": own["department_id"].tolist(),
            "开始日期": pa.array(own["valid_from"].tolist(), pa.date32()),
            "结束日期": pa.array(own["valid_until"].tolist(), pa.date32()),
            "身份": [_ROLE_WORDS[role] for role in own["role"]],
            "岗位": own["post"].tolist(),
        }
    )


def _judgements(world: World, period: str) -> pa.Table:
    own = world.judgements[world.judgements["period"] == period]
    return pa.table(
        {
            "被考核人": own["employee_id"].tolist(),
            "指标": own["indicator"].tolist(),
            "考核月份": own["period"].tolist(),
            "评分人": own["rater_id"].tolist(),
            "评分关系": [_RATER_WORDS[role] for role in own["role"]],
            "得分": own["score"].to_numpy(),
            "评语": own["comment"].tolist(),
            "评分日期": pa.array(own["given"].tolist(), pa.date32()),
        }
    )


def _targets(world: World, month: str) -> pa.Table:
    own = world.targets[world.targets["period"] == month]
    return pa.table(
        {
            "层级": [_LEVEL_WORDS[level] for level in own["level"]],
            "对象": own["subject_id"].tolist(),
            "指标": own["metric"].tolist(),
            "考核月份": own["period"].tolist(),
            "目标值": own["value"].to_numpy(),
        }
    )


def _texts(frame: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            name: pa.array(frame[name].astype(object).where(frame[name].notna(), None).tolist(), pa.string())
            for name in frame
        }
    )
