"""Exports of the two shops' platforms: Chinese headings, each platform its own words, a file a month.

An export is a path and a function that makes its table, all text, so that nothing large is held for longer than it
takes to write it.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa

from flows.demo import columns as c
from flows.demo.after_sales import REFUND_KINDS, REFUND_REASONS
from flows.demo.calendar import END_SECOND, NEVER, months, seconds, month_bounds
from flows.demo.people import SHOPS
from flows.demo.phrases import BANK
from flows.demo.shops import CATEGORIES, SHOP_TITLES, item_codes
from flows.demo.world import World

Exports = dict[str, Callable[[], pa.Table]]
_ORDER_NUMBER = ((3_810_000_000_000_000_000, 1009), (290_000_000_000, 37))
_ORDER_STATUS = {
    "tm": ("等待买家付款", "买家已付款", "卖家已发货", "交易成功", "交易关闭"),
    "jd": ("等待付款", "等待出库", "等待收货", "完成", "已取消"),
}
_DIRECTION = {"tm": ("买家", "客服"), "jd": ("1", "2")}
_KIND = {"tm": ("人工", "人工", "自动回复", "群发"), "jd": ("人工", "人工", "机器人", "营销")}
_REFUND_KIND = {"tm": ("退货退款", "换货", "仅退款"), "jd": ("退货", "换货", "退款")}
_REFUND_REASON = {"no_longer_wanted": "不想要了", "damaged": "商品破损", "wrong_item": "发错货", "not_as_described": "与描述不符", "late": "物流太慢"}
_CHANNEL = ("客服服务", "商品", "售后服务")
HEADS = {
    "orders": {
        "tm": ("订单编号", "买家会员名", "宝贝类目", "订单状态", "订单创建时间", "订单付款时间", "最晚发货时间", "发货时间", "确认收货时间",
               "最后更新时间", "总金额", "买家实际支付金额", "商品成本", "运费成本", "收货完好", "发货操作员", "店铺名称"),
        "jd": ("订单号", "客户账号", "商品类别", "订单状态", "下单时间", "付款时间", "要求出库时间", "出库时间", "妥投时间",
               "更新时间", "订单金额", "实付金额", "采购成本", "物流费用", "配送准确", "打包员", "店铺名称"),
    },
    "order_items": {
        "tm": ("订单编号", "子订单序号", "商品编码", "购买数量", "商品金额", "订单创建时间"),
        "jd": ("订单号", "行号", "商品编号", "数量", "金额", "下单时间"),
    },
    "refunds": {
        "tm": ("退款编号", "订单编号", "售后类型", "退款原因", "申请时间", "处理截止时间", "处理时间", "退款金额", "处理人"),
        "jd": ("服务单号", "订单号", "服务类型", "申请原因", "申请时间", "处理时限", "处理时间", "退款金额", "处理人"),
    },
    "chats": {
        "tm": ("消息ID", "会话ID", "买家昵称", "客服账号", "发送时间", "发送方", "消息类型", "消息内容"),
        "jd": ("消息编号", "咨询编号", "顾客账号", "客服工号", "时间", "方向", "类型", "内容"),
    },
    "recommendations": {
        "tm": ("推荐ID", "买家昵称", "客服账号", "商品编码", "推荐时间"),
        "jd": ("推荐编号", "顾客账号", "客服工号", "商品编号", "推荐时间"),
    },
    "ratings": {
        "tm": ("评价ID", "评价对象", "订单编号", "服务账号", "服务时间", "评价时间", "改评时间", "得分", "满分", "是否解决", "是否点名表扬"),
        "jd": ("评价编号", "评价对象", "订单号", "服务账号", "服务时间", "评价时间", "改评时间", "得分", "满分", "问题已解决", "表扬"),
    },
    "complaints": {
        "tm": ("投诉编号", "买家昵称", "被投诉账号", "投诉时间", "结案时间", "是否成立"),
        "jd": ("投诉单号", "顾客账号", "被投诉账号", "投诉时间", "结案时间", "投诉成立"),
    },
}


def month_starts() -> list[int]:
    """First second of each month."""
    return [seconds(month_bounds(month)[0]) for month in months()]


def shop_exports(world: World) -> Exports:
    """All exports of both platforms but orders, which `order_exports` makes: path below the inbox → table."""
    exports: Exports = {}
    for shop in SHOPS:
        exports |= _chat_exports(world, shop)
        exports |= _monthly("recommendations", shop, _recommended(world, shop), "recommended_at", world, _recommendations)
        exports |= _monthly("refunds", shop, world.refunds[world.refunds["shop"] == SHOPS.index(shop)], "requested", world, _refunds)
        exports |= _monthly("ratings", shop, _all_ratings(world, shop), "rated", world, _ratings)
        complaints = world.complaints[world.complaints["shop"] == SHOPS.index(shop)]
        exports |= {f"complaints/{shop}.csv": lambda shop=shop, own=complaints: _complaints(world, shop, own)}  # type: ignore[misc]
    return exports


def order_numbers(world: World, rows: "pd.Series[int] | np.ndarray[tuple[int], np.dtype[np.int64]]") -> pa.Array:
    """Order numbers as the platforms print them; -1 is empty."""
    places = np.asarray(rows, dtype=np.int64)
    shop = world.orders.table["shop"].to_numpy()[places]
    first, step = np.array([n for n, _ in _ORDER_NUMBER])[shop], np.array([n for _, n in _ORDER_NUMBER])[shop]
    return c.whole(np.where(places < 0, -1, first + step * places))


def order_table(world: World, shop: str, orders: pd.DataFrame) -> pa.Table:
    """Rows of the order export, from orders as of some moment (see `orders.as_of`)."""
    stage = np.select(
        [orders["cancelled"] != NEVER, orders["delivered"] != NEVER, orders["shipped"] != NEVER, orders["paid"] != NEVER], [4, 3, 2, 1], 0
    )
    paid = orders["paid"] != NEVER
    handler = np.where(paid, orders["handler"], -1)
    clock = {name: c.moments(orders[name], shop) for name in ("created", "paid", "shipped", "delivered", "updated")}
    return _table("orders", shop, [
        order_numbers(world, orders.index.to_numpy()), c.buyers(shop, orders["buyer"]), c.words(CATEGORIES, orders["category"]),
        c.words(_ORDER_STATUS[shop], stage), clock["created"], clock["paid"], c.moments(np.where(paid, orders["due"], NEVER), shop),
        clock["shipped"], clock["delivered"], clock["updated"], c.yuan(orders["amount"]),
        c.yuan(np.where(paid, orders["paid_amount"], -1)), c.yuan(orders["cost"]),
        c.yuan(np.where(orders["shipped"] != NEVER, orders["logistics"], -1)),
        c.flags(orders["accurate"], orders["delivered"] != NEVER), c.words(c.account_names(world.parcel), handler),
        c.words([SHOP_TITLES[SHOPS.index(shop)]], np.zeros(len(orders))),
    ])


def item_table(world: World, shop: str, orders: pd.DataFrame) -> pa.Table:
    """Lines of these orders."""
    lines = world.orders.lines
    own = lines[np.isin(lines["order"], orders.index)]
    return _table("order_items", shop, [
        order_numbers(world, own["order"]), c.whole(own["line_no"]), c.words(item_codes(), own["item"]), c.whole(own["quantity"]),
        c.yuan(own["amount"]), c.moments(world.orders.table["created"].to_numpy()[own["order"]], shop),
    ])


def chat_rows(world: World, shop: str, rows: slice) -> pa.Table:
    """Chat lines of the sessions in a range that belong to the shop."""
    first, last = np.searchsorted(world.messages["session"].to_numpy(), [rows.start, rows.stop])
    said = world.messages.iloc[first:last]
    sessions = world.sessions.iloc[said["session"].to_numpy()]
    own = (sessions["shop"].to_numpy() == SHOPS.index(shop)) & (said["at"].to_numpy() < END_SECOND)
    said, sessions = said[own], sessions[own]
    accounts = c.account_names(world.chat)
    robot = f"{c.ACCOUNT_PREFIX[SHOPS.index(shop)]}{c.ROBOT}"
    who = said["who"].to_numpy()
    return _table("chats", shop, [
        c.whole(700_000_000 + said.index.to_numpy()), c.whole(20_000_000 + said["session"].to_numpy()),
        c.buyers(shop, sessions["buyer"]),
        c.words((*accounts, robot), np.where(said["robot"], len(accounts), sessions["holder"].to_numpy())),
        c.moments(said["at"]), c.words(_DIRECTION[shop], (who > 0).astype(np.int64)), c.words(_KIND[shop], who), c.words(BANK, said["text"]),
    ])


def _chat_exports(world: World, shop: str) -> Exports:
    slices = c.by_month(world.sessions["start"], month_starts())
    return {
        f"chats/{shop}/{month}.csv.gz": lambda rows=rows: chat_rows(world, shop, rows)  # type: ignore[misc]
        for month, rows in zip(months(), slices, strict=True)
    }


def _monthly(
    kind: str, shop: str, frame: pd.DataFrame, moment: str, world: World, make: Callable[[World, str, pd.DataFrame], pa.Table]
) -> Exports:
    slices = c.by_month(frame[moment], month_starts())
    return {
        f"{kind}/{shop}/{month}.csv": lambda rows=rows: make(world, shop, frame.iloc[rows])  # type: ignore[misc]
        for month, rows in zip(months(), slices, strict=True)
    }


def _recommended(world: World, shop: str) -> pd.DataFrame:
    own = world.sessions[(world.sessions["recommended"] >= 0) & (world.sessions["shop"] == SHOPS.index(shop))]
    return own[own["recommended_at"] < END_SECOND].sort_values("recommended_at", kind="stable")


def _recommendations(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    return _table("recommendations", shop, [
        c.whole(50_000_000 + own.index.to_numpy()), c.buyers(shop, own["buyer"]), c.words(c.account_names(world.chat), own["holder"]),
        c.words(item_codes(), own["recommended"]), c.moments(own["recommended_at"], shop),
    ])


def _refunds(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    return _table("refunds", shop, [
        c.whole(60_000_000 + own.index.to_numpy()), order_numbers(world, own["order"]), c.words(_REFUND_KIND[shop], own["kind"]),
        c.words([_REFUND_REASON[name] for name in REFUND_REASONS], own["reason"]), c.moments(own["requested"], shop),
        c.moments(own["due"], shop), c.moments(own["handled"], shop), c.yuan(own["amount"]),
        c.words(c.account_names(world.parcel), own["handler"]),
    ])


def _all_ratings(world: World, shop: str) -> pd.DataFrame:
    parts = [world.chat_ratings, world.order_ratings, world.case_ratings]
    ratings = pd.concat([part.assign(channel=channel) for channel, part in enumerate(parts)], ignore_index=True)
    return ratings[ratings["shop"] == SHOPS.index(shop)].sort_values("rated", kind="stable")


def _ratings(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    chats = c.account_names(world.chat)
    account = np.where(own["channel"] == 2, own["holder"] + len(chats), own["holder"])
    return _table("ratings", shop, [
        c.whole(80_000_000 + own.index.to_numpy()), c.words(_CHANNEL, own["channel"]), order_numbers(world, own["order"]),
        c.words((*chats, *c.account_names(world.parcel)), account), c.moments(own["handled"], shop), c.moments(own["rated"], shop),
        c.moments(own["improved"], shop), c.whole(own["score"]), c.whole(np.full(len(own), 5)), c.flags(own["resolved"]), c.flags(own["praise"]),
    ])


def _complaints(world: World, shop: str, own: pd.DataFrame) -> pa.Table:
    return _table("complaints", shop, [
        c.whole(90_000_000 + own.index.to_numpy()), c.buyers(shop, own["buyer"]), c.words(c.account_names(world.chat), own["holder"]),
        c.moments(own["opened"], shop), c.moments(own["closed"], shop), c.flags(own["justified"] == 1, own["justified"] >= 0),
    ])


def _table(kind: str, shop: str, values: list[pa.Array]) -> pa.Table:
    return pa.table(dict(zip(HEADS[kind][shop], values, strict=True)))
