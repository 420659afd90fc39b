"""What the company's own offices keep: shops, departments, campaigns, visits, stock, tickets, sums to reconcile."""

from functools import partial

import pandas as pd
import pyarrow as pa

from flows.demo import columns as c
from flows.demo.calendar import DAY, FIRST_SECOND, month_starts, months
from flows.demo.campaigns import SPECIAL_FIRST_NUMBER, special_campaigns
from flows.demo.columns import Exports
from flows.demo.order_tables import order_numbers
from flows.demo.shops import CATEGORIES, SHOP_IDS, SHOP_TITLES
from flows.demo.traffic import CHANNELS
from flows.demo.world import World

_DEPARTMENTS = (
    ("operations", "电商运营部", "電商營運部", "E-commerce operations"),
    ("customer_service", "客服部", "客服部", "Customer service"),
    ("marketing", "市场推广部", "市場推廣部", "Marketing"),
    ("logistics", "物流售后部", "物流售後部", "Logistics and after-sales"),
    ("support", "支持中心", "支援中心", "Support centre"),
)
_CHANNEL_WORDS = {
    "search": "搜索",
    "direct": "直接访问",
    "ads": "付费推广",
    "social": "社交内容",
    "brand_search": "品牌搜索",
}
_PLATFORMS = ("taobao", "jd")


def office_exports(world: World) -> Exports:
    """Path below the inbox → table; JSON lines and Parquet keep their own types."""
    exports: Exports = {
        "org/shops.csv": _shops,
        "org/departments.csv": _departments,
        "campaigns/plan.csv": partial(_campaigns, world),
    }
    for number, shop in enumerate(SHOP_IDS):
        exports[f"totals/{shop}.csv"] = partial(_totals, world, number)
    for month in months():
        exports |= _of_month(world, month)
    return exports


def _of_month(world: World, month: str) -> Exports:
    bounds = month_starts()
    place = months().index(month)
    first, last = bounds[place], [*bounds, 1 << 60][place + 1]
    span = tuple((edge - FIRST_SECOND) // DAY for edge in (first, last))
    return {
        f"traffic/{month}.parquet": partial(_traffic, _within(world.traffic, "day", *span)),
        f"inventory/{month}.parquet": partial(_inventory, _within(world.inventory, "day", *span)),
        f"campaigns/daily/{month}.csv": partial(_campaign_days, world, _within(world.campaign_days, "day", *span)),
        f"follow_ups/{month}.csv": partial(_follow_ups, world, _within(world.follow_ups, "done", first, last)),
    }


def _within(frame: pd.DataFrame, column: str, first: int, last: int) -> pd.DataFrame:
    return frame[(frame[column] >= first) & (frame[column] < last)]


def _shops() -> pa.Table:
    return pa.table({"店铺ID": SHOP_IDS, "店铺名称": SHOP_TITLES, "平台": _PLATFORMS, "币种": ["CNY", "CNY"]})


def _departments() -> pa.Table:
    codes, simplified, traditional, english = zip(*_DEPARTMENTS, strict=True)
    return pa.table({"部门编码": codes, "部门名称": simplified, "部門名稱": traditional, "Department": english})


def _campaigns(world: World) -> pa.Table:
    own = pd.concat([world.campaigns, special_campaigns()], ignore_index=True)
    return pa.table(
        {
            "活动编号": _campaign_codes(own["number"]),
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "活动名称": own["title"].tolist(),
            "负责人工号": own["employee_id"].tolist(),
            "开始日期": [c.iso(day) for day in own["begin"]],
            "结束日期": [c.iso(day) for day in own["end"]],
            "销售目标": c.yuan(own["sales_target"]),
            "特殊活动": c.flags(own["number"] >= SPECIAL_FIRST_NUMBER),
        }
    )


def _campaign_days(world: World, own: pd.DataFrame) -> pa.Table:
    shop = world.campaigns["shop"].to_numpy()[own["campaign"]]
    return pa.table(
        {
            "活动编号": _campaign_codes(own["campaign"]),
            "店铺ID": c.words(SHOP_IDS, shop),
            "日期": c.days(own["day"]),
            "曝光量": c.whole(own["impressions"]),
            "访客数": c.whole(own["visitors"]),
            "参与人数": c.whole(own["participants"]),
            "转化人数": c.whole(own["conversions"]),
            "活动销售额": c.yuan(own["sales"]),
            "花费": c.yuan(own["spend"]),
        }
    )


def _campaign_codes(numbers: "pd.Series[int]") -> list[str]:
    return [f"HD{number + 1:04d}" for number in numbers]


def _totals(world: World, shop: int) -> pa.Table:
    own = world.totals[world.totals["shop"] == shop]
    return pa.table({"日期": c.days(own["day"]), "订单数": c.whole(own["orders"]), "下单金额": c.yuan(own["amount"])})


def _traffic(own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "日期": c.days(own["day"]).cast(pa.date32()),
            "类目": c.words(CATEGORIES, own["category"]),
            "流量来源": c.words([_CHANNEL_WORDS[name] for name in CHANNELS], own["channel"]),
            "浏览量": own["page_views"].to_numpy(),
            "访客数": own["unique_visitors"].to_numpy(),
            "访问次数": own["visits"].to_numpy(),
            "停留秒数": own["dwell_seconds"].to_numpy(),
        }
    )


def _inventory(own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "日期": c.days(own["day"]).cast(pa.date32()),
            "类目": c.words(CATEGORIES, own["category"]),
            "库存成本": c.yuan(own["stock_cost"]),
        }
    )


def _follow_ups(world: World, own: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "回访编号": [f"HF{row + 1:07d}" for row in own.index],
            "店铺ID": c.words(SHOP_IDS, own["shop"]),
            "订单编号": order_numbers(world, own["order"]),
            "回访账号": c.words(c.account_names(world.setting.parcel), own["handler"]),
            "回访时间": c.moments(own["done"]),
        }
    )
