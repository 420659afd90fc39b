"""What the company's own offices keep: organisation, accounts, plans, stock, tickets, and sheets filled in by hand."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa

from flows.demo import columns as c
from flows.demo.accounts import shifts, turns
from flows.demo.after_sales import TICKET_SUBJECTS
from flows.demo.calendar import DAY, FIRST_SECOND, NEVER, closed_months, months
from flows.demo.people import SHOPS
from flows.demo.shop_exports import Exports, month_starts, order_numbers
from flows.demo.shops import CATEGORIES, SHOP_IDS, SHOP_TITLES
from flows.demo.traffic import CHANNELS
from flows.demo.world import World

_DEPARTMENTS = (
    ("operations", "电商运营部", "電商營運部", "E-commerce operations"),
    ("customer_service", "客服部", "客服部", "Customer service"),
    ("marketing", "市场推广部", "市場推廣部", "Marketing"),
    ("logistics", "物流售后部", "物流售後部", "Logistics and after-sales"),
)
_CHANNEL_WORDS = {"search": "搜索", "direct": "直接访问", "ads": "付费推广", "social": "社交内容"}
_ROLE_WORDS = {"member": "正式", "manager": "负责人", "helper": "借调"}
_RATER_WORDS = {"self": "自评", "manager": "上级"}
_LEVEL_WORDS = {"employee": "个人", "department": "部门", "company": "公司"}
_PLATFORMS = ("taobao", "jd")
_LONG_AGO = date(2021, 1, 1)


def office_exports(world: World) -> Exports:
    """Path below the inbox → table; workbooks, JSON lines and Parquet keep their own types."""
    exports: Exports = {
        "org/shops.csv": _shops, "org/departments.csv": _departments,
        "org/accounts.csv": lambda: _accounts(world), "org/duty_shifts.csv": lambda: _shifts(world),
        "org/product_lines.csv": lambda: _lines(world),
        "hr/roster.xlsx": lambda: _roster(world), "hr/assignments.xlsx": lambda: _assignments(world),
        "campaigns/plan.csv": lambda: _campaigns(world),
    }
    for number, shop in enumerate(SHOP_IDS):
        exports[f"totals/{shop}.csv"] = lambda number=number: _totals(world, number)  # type: ignore[misc]
    for month in months():
        exports |= _of_month(world, month)
    for month in closed_months():
        exports[f"judgements/{month}.xlsx"] = lambda month=month: _judgements(world, month)  # type: ignore[misc]
        exports[f"targets/{month}.xlsx"] = lambda month=month: _targets(world, month)  # type: ignore[misc]
    return exports


def _of_month(world: World, month: str) -> Exports:
    bounds = month_starts()
    place = months().index(month)
    first, last = bounds[place], (bounds + [1 << 60])[place + 1]
    span = tuple((edge - FIRST_SECOND) // DAY for edge in (first, last))
    return {
        f"traffic/{month}.parquet": lambda: _traffic(_within(world.traffic, "day", *span)),
        f"inventory/{month}.parquet": lambda: _inventory(_within(world.inventory, "day", *span)),
        f"campaigns/daily/{month}.csv": lambda: _campaign_days(world, _within(world.campaign_days, "day", *span)),
        f"follow_ups/{month}.csv": lambda: _follow_ups(world, _within(world.follow_ups, "done", first, last)),
        f"tickets/{month}.jsonl": lambda: _tickets(world, _within(world.tickets, "opened", first, last)),
    }


def _within(frame: pd.DataFrame, column: str, first: int, last: int) -> pd.DataFrame:
    return frame[(frame[column] >= first) & (frame[column] < last)]


def _shops() -> pa.Table:
    return pa.table({"店铺ID": SHOP_IDS, "店铺名称": SHOP_TITLES, "平台": _PLATFORMS, "币种": ["CNY", "CNY"]})


def _departments() -> pa.Table:
    codes, simplified, traditional, english = zip(*_DEPARTMENTS, strict=True)
    return pa.table({"部门编码": codes, "部门名称": simplified, "部門名稱": traditional, "Department": english})


def _accounts(world: World) -> pa.Table:
    people = pd.concat([turns(world.chat), turns(world.parcel)])
    rows = [
        (SHOP_IDS[t.shop], c.ACCOUNT_PREFIX[t.shop] + t.nick, "人工", t.employee_id, t.begin, t.end and t.end + timedelta(1))
        for t in people.itertuples()
    ]
    for number, shop in enumerate(SHOP_IDS):
        rows += [(shop, c.ACCOUNT_PREFIX[number] + nick, word, None, _LONG_AGO, None) for nick, word in ((c.ROBOT, "机器人"), (c.SYSTEM, "系统"))]
    frame = pd.DataFrame(rows, columns=["店铺ID", "账号", "类型", "工号", "启用时间", "停用时间"])
    return _texts(frame.assign(**{name: [_midnight(day) for day in frame[name]] for name in ("启用时间", "停用时间")}))


def _midnight(day: date | None) -> str | None:
    return f"{day.isoformat()} 00:00:00" if day else None


def _shifts(world: World) -> pa.Table:
    own = shifts(world.chat)
    account = [c.ACCOUNT_PREFIX[shop] + nick for shop, nick in zip(own["shop"], own["nick"], strict=True)]
    return pa.table({
        "店铺ID": c.words(SHOP_IDS, own["shop"]), "账号": account, "工号": own["employee_id"].tolist(),
        "上班时间": c.moments(own["begin"]), "下班时间": c.moments(own["end"]),
    })


def _lines(world: World) -> pa.Table:
    own = world.responsible
    return pa.table({
        "店铺ID": c.words(SHOP_IDS, own["shop"]), "类目": c.words(CATEGORIES, own["category"]), "负责人工号": own["employee_id"].tolist(),
        "开始日期": [c.iso(day) for day in own["begin"]], "结束日期": pa.array([c.iso(day) for day in own["end"]], pa.string()),
    })


def _roster(world: World) -> pa.Table:
    own = world.people.roster
    return pa.table({
        "工号": own["employee_id"].tolist(), "姓名": own["name"].tolist(), "邮箱": own["email"].tolist(),
        "入职日期": pa.array(own["hired_on"].tolist(), pa.date32()), "转正日期": pa.array(own["regularised_on"].tolist(), pa.date32()),
        "离职日期": pa.array(own["left_on"].tolist(), pa.date32()),
    })


def _assignments(world: World) -> pa.Table:
    own = world.people.assignments
    return pa.table({
        "工号": own["employee_id"].tolist(), "部门编码": own["department_id"].tolist(),
        "开始日期": pa.array(own["valid_from"].tolist(), pa.date32()), "结束日期": pa.array(own["valid_until"].tolist(), pa.date32()),
        "身份": [_ROLE_WORDS[role] for role in own["role"]], "岗位": own["post"].tolist(),
    })


def _campaigns(world: World) -> pa.Table:
    own = world.campaigns
    return pa.table({
        "活动编号": _campaign_codes(own["number"]), "店铺ID": c.words(SHOP_IDS, own["shop"]), "活动名称": own["title"].tolist(),
        "负责人工号": own["employee_id"].tolist(), "开始日期": [c.iso(day) for day in own["begin"]],
        "结束日期": [c.iso(day) for day in own["end"]], "销售目标": c.yuan(own["sales_target"]),
    })


def _campaign_days(world: World, own: pd.DataFrame) -> pa.Table:
    shop = world.campaigns["shop"].to_numpy()[own["campaign"]]
    return pa.table({
        "活动编号": _campaign_codes(own["campaign"]), "店铺ID": c.words(SHOP_IDS, shop), "日期": c.days(own["day"]),
        "曝光量": c.whole(own["impressions"]), "访客数": c.whole(own["visitors"]), "参与人数": c.whole(own["participants"]),
        "转化人数": c.whole(own["conversions"]), "活动销售额": c.yuan(own["sales"]), "花费": c.yuan(own["spend"]),
    })


def _campaign_codes(numbers: "pd.Series[int]") -> list[str]:
    return [f"HD{number + 1:04d}" for number in numbers]


def _totals(world: World, shop: int) -> pa.Table:
    own = world.totals[world.totals["shop"] == shop]
    return pa.table({"日期": c.days(own["day"]), "订单数": c.whole(own["orders"]), "下单金额": c.yuan(own["amount"])})


def _traffic(own: pd.DataFrame) -> pa.Table:
    return pa.table({
        "店铺ID": c.words(SHOP_IDS, own["shop"]), "日期": c.days(own["day"]).cast(pa.date32()), "类目": c.words(CATEGORIES, own["category"]),
        "流量来源": c.words([_CHANNEL_WORDS[name] for name in CHANNELS], own["channel"]),
        "浏览量": own["page_views"].to_numpy(), "访客数": own["unique_visitors"].to_numpy(),
    })


def _inventory(own: pd.DataFrame) -> pa.Table:
    return pa.table({
        "店铺ID": c.words(SHOP_IDS, own["shop"]), "日期": c.days(own["day"]).cast(pa.date32()),
        "类目": c.words(CATEGORIES, own["category"]), "库存成本": c.yuan(own["stock_cost"]),
    })


def _follow_ups(world: World, own: pd.DataFrame) -> pa.Table:
    return pa.table({
        "回访编号": [f"HF{row + 1:07d}" for row in own.index], "店铺ID": c.words(SHOP_IDS, own["shop"]),
        "订单编号": order_numbers(world, own["order"]), "回访账号": c.words(c.account_names(world.parcel), own["handler"]),
        "回访时间": c.moments(own["done"]),
    })


def _tickets(world: World, own: pd.DataFrame) -> pa.Table:
    moments = {name: pa.array(np.where(own[name] == NEVER, None, own[name]), pa.int64()).cast(pa.timestamp("s"))  for name in ("opened", "answered", "resolved", "closed")}
    latest = own[["opened", "answered", "resolved", "closed"]].max(axis=1)
    is_resolved = (own["resolved"] != NEVER).to_numpy()
    buyers = [c.buyers(SHOPS[shop], [buyer])[0].as_py() for shop, buyer in zip(own["shop"], own["buyer"], strict=True)]
    return pa.table({
        "id": [f"T{row + 1:06d}" for row in own.index], "shop": c.words(SHOP_IDS, own["shop"]), "requester": buyers,
        "topic": c.words(TICKET_SUBJECTS, own["subject"]), "agent": c.words(c.account_names(world.chat), own["holder"]),
        "created_at": moments["opened"].cast(pa.string()), "first_reply_at": moments["answered"].cast(pa.string()),
        "solved_at": moments["resolved"].cast(pa.string()), "closed_at": moments["closed"].cast(pa.string()),
        "updated_at": c.moments(latest), "reopens": own["reopened"].to_numpy(), "handoffs": own["handed_on"].to_numpy(),
        "within_sla": pa.array(own["sla"].to_numpy(), mask=~is_resolved), "in_scope": own["authority"].to_numpy(),
    })


def _judgements(world: World, month: str) -> pa.Table:
    own = world.judgements[world.judgements["period"] == month]
    return pa.table({
        "被考核人": own["employee_id"].tolist(), "指标": own["indicator"].tolist(), "考核月份": own["period"].tolist(),
        "评分人": own["rater_id"].tolist(), "评分关系": [_RATER_WORDS[role] for role in own["role"]],
        "得分": own["score"].to_numpy(), "评语": own["comment"].tolist(), "评分日期": pa.array(own["given"].tolist(), pa.date32()),
    })


def _targets(world: World, month: str) -> pa.Table:
    own = world.targets[world.targets["period"] == month]
    return pa.table({
        "层级": [_LEVEL_WORDS[level] for level in own["level"]], "对象": own["subject_id"].tolist(), "指标": own["metric"].tolist(),
        "考核月份": own["period"].tolist(), "目标值": own["value"].to_numpy(),
    })


def _texts(frame: pd.DataFrame) -> pa.Table:
    return pa.table({name: pa.array(frame[name].astype(object).where(frame[name].notna(), None).tolist(), pa.string()) for name in frame})
