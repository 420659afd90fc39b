"""Every measure, by key. The definitions stand at the head of the .sql file that makes the relation."""

from typing import Literal

from transforms.measures.model import Measure, Relation
from transforms.titles import Title

_MESSAGE = {"shop_id": "shop_id", "buyer_id": "buyer_id", "sent_at": "began_at"}
_ORDER = {"order_id": "order_id"}

RELATIONS: dict[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation(name="contacts", ids=("buyer_id", "began_at", "filtered_by"), origin="messages", on=_MESSAGE),
        Relation(
            name="waits",
            ids=("buyer_id", "session_id", "began_at", "answered_at"),
            origin="messages",
            on={**_MESSAGE, "session_id": "session_id"},
        ),
        Relation(name="waiting_peaks", ids=("reached_at", "waiting")),
        Relation(name="owned_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(name="owned_buyers", ids=("buyer_id", "order_id"), origin="orders", on=_ORDER),
        Relation(name="shop_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(name="assisted_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(
            name="recommended",
            ids=("recommendation_id",),
            origin="recommendations",
            on={"recommendation_id": "recommendation_id"},
        ),
        Relation(
            name="add_on_items",
            ids=("order_id", "line_no"),
            origin="order_items",
            on={"order_id": "order_id", "line_no": "line_no"},
        ),
        Relation(name="rated", ids=("rating_id",), origin="ratings", on={"rating_id": "rating_id"}),
        Relation(name="complained", ids=("complaint_id",), origin="complaints", on={"complaint_id": "complaint_id"}),
        Relation(name="placed_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(name="due_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(name="shipped_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(name="delivered_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(name="due_returns", ids=("refund_id", "order_id"), origin="refunds", on={"refund_id": "refund_id"}),
        Relation(name="calls", ids=("follow_up_id",), origin="follow_ups", on={"follow_up_id": "follow_up_id"}),
        Relation(name="line_orders", ids=("order_id",), origin="orders", on=_ORDER),
        Relation(name="line_buyers", ids=("category", "buyer_id")),
        Relation(name="line_days", ids=("category",)),
        Relation(
            name="line_traffic",
            ids=("category", "channel"),
            origin="traffic",
            on={"shop_id": "shop_id", "day": "day", "category": "category", "channel": "channel"},
        ),
        Relation(
            name="line_stock",
            ids=("category",),
            origin="inventory",
            on={"shop_id": "shop_id", "day": "day", "category": "category"},
        ),
        Relation(
            name="campaign_results",
            ids=("campaign_id",),
            origin="campaign_days",
            on={"campaign_id": "campaign_id", "day": "day"},
        ),
        Relation(name="campaign_targets", ids=("campaign_id",), origin="campaigns", on={"campaign_id": "campaign_id"}),
        Relation(name="resolved_tickets", ids=("ticket_id",), origin="tickets", on={"ticket_id": "ticket_id"}),
    )
}


def _count(key: str, relation: str, where: str, hans: str, hant: str, en: str, *, split: str = "") -> Measure:
    meaning = Title(zh_hans=hans, zh_hant=hant, en=en)
    return Measure(key=key, relation=relation, where=where, unit="count", meaning=meaning, split=split)


def _sum(  # noqa: PLR0913, PLR0917 - one line of a table, read as columns
    key: str,
    relation: str,
    value: str,
    where: str,
    unit: Literal["count", "fen", "seconds"],
    hans: str,
    hant: str,
    en: str,
) -> Measure:
    meaning = Title(zh_hans=hans, zh_hant=hant, en=en)
    return Measure(key=key, relation=relation, value=value, where=where, unit=unit, meaning=meaning)


def _points(key: str, value: str, where: str, hans: str, hant: str, en: str) -> Measure:
    meaning = Title(zh_hans=hans, zh_hant=hant, en=en)
    return Measure(key=key, relation="rated", value=value, where=where, unit="points", meaning=meaning, decimals=4)


_RECEPTION = (
    _count("contacted", "contacts", "not is_own_account", "咨询人数", "諮詢人數", "Buyers in contact"),
    _count("received", "contacts", "is_received", "接待人数", "接待人數", "Buyers received"),
    _count(
        "wrote", "contacts", "not is_own_account and buyer_lines > 0", "发言买家数", "發言買家數", "Buyers who wrote"
    ),
    _count(
        "wrote_replied",
        "contacts",
        "not is_own_account and buyer_lines > 0 and is_replied",
        "发言且获回复的买家数",
        "發言且獲回覆的買家數",
        "Buyers who wrote and were answered",
    ),
    _count("replied", "contacts", "is_received and is_replied", "已回复人数", "已回覆人數", "Received buyers answered"),
    _count("inquirers", "contacts", "is_inquirer", "询单人数", "詢單人數", "Inquirers"),
    _count(
        "inquirers_ordered_same_day",
        "contacts",
        "is_inquirer and ordered_same_day",
        "当日下单的询单人数",
        "當日下單的詢單人數",
        "Inquirers who ordered the same day",
    ),
    _count(
        "inquirers_ordered",
        "contacts",
        "is_inquirer and ordered",
        "最终下单的询单人数",
        "最終下單的詢單人數",
        "Inquirers who ordered in time",
    ),
    _count(
        "inquirers_paid",
        "contacts",
        "is_inquirer and paid",
        "最终付款的询单人数",
        "最終付款的詢單人數",
        "Inquirers who ordered and paid in time",
    ),
    _count(
        "inquirers_lost",
        "contacts",
        "is_inquirer and not ordered",
        "流失的询单人数",
        "流失的詢單人數",
        "Inquirers who did not order in time",
    ),
    _sum(
        "agent_messages",
        "contacts",
        "agent_lines",
        "is_received",
        "count",
        "客服消息数",
        "客服訊息數",
        "Lines written to received buyers",
    ),
    _sum(
        "buyer_messages",
        "contacts",
        "buyer_lines",
        "is_received",
        "count",
        "买家消息数",
        "買家訊息數",
        "Lines written by received buyers",
    ),
    _sum(
        "forbidden_phrases", "contacts", "forbidden_phrases", "", "count", "禁语次数", "禁語次數", "Forbidden phrases"
    ),
)

_WAITS = (
    _count(
        "first_waits",
        "waits",
        "counted and is_first and seconds is not null",
        "首次响应次数",
        "首次回應次數",
        "First rounds answered",
    ),
    _sum(
        "first_wait_seconds",
        "waits",
        "seconds",
        "counted and is_first",
        "seconds",
        "首次响应等待秒数",
        "首次回應等待秒數",
        "Seconds waited in first rounds",
    ),
    _count("waits", "waits", "counted and seconds is not null", "已回复轮次", "已回覆輪次", "Rounds answered"),
    _sum("wait_seconds", "waits", "seconds", "counted", "seconds", "等待秒数", "等待秒數", "Seconds waited"),
    _count("rounds", "waits", "counted", "咨询轮次", "諮詢輪次", "Rounds"),
    _count(
        "rounds_within_30s",
        "waits",
        "counted and seconds <= 30",
        "30秒内回复轮次",
        "30秒內回覆輪次",
        "Rounds answered within 30 s",
    ),
    _count(
        "rounds_within_3min",
        "waits",
        "counted and seconds <= 180",
        "3分钟内回复轮次",
        "3分鐘內回覆輪次",
        "Rounds answered within 3 min",
    ),
    _count(
        "slow_rounds",
        "waits",
        "counted and seconds > getvariable('slow_seconds')",
        "慢响应轮次",
        "慢回應輪次",
        "Rounds answered too late",
    ),
    _count(
        "unanswered_rounds", "waits", "counted and seconds is null", "未回复轮次", "未回覆輪次", "Rounds never answered"
    ),
    _count("first_rounds", "waits", "counted and is_first", "首轮咨询数", "首輪諮詢數", "First rounds"),
    _count(
        "first_rounds_within_30s",
        "waits",
        "counted and is_first and seconds <= 30",
        "30秒内应答的首轮数",
        "30秒內應答的首輪數",
        "First rounds answered within 30 s",
    ),
    _count("rounds_08_23", "waits", "in_08_23", "8–23点咨询轮次", "8–23點諮詢輪次", "Rounds begun 08–23"),
    _count(
        "rounds_08_23_within_3min",
        "waits",
        "in_08_23 and seconds <= 180",
        "8–23点3分钟内回复轮次",
        "8–23點3分鐘內回覆輪次",
        "Rounds begun 08–23, answered within 3 min",
    ),
    Measure(
        key="waiting_peak",
        relation="waiting_peaks",
        value="waiting",
        combine="max",
        unit="count",
        meaning=Title(zh_hans="同时未回复人数峰值", zh_hant="同時未回覆人數峰值", en="Most buyers waiting at once"),
    ),
)

_ORDERS = (
    _count("owned_orders", "owned_orders", "", "落实订单数", "落實訂單數", "Orders brought about"),
    _count("owned_paid_orders", "owned_orders", "is_paid", "落实付款订单数", "落實付款訂單數", "Those paid in time"),
    _sum(
        "owned_order_amount_fen",
        "owned_orders",
        "order_amount_fen",
        "",
        "fen",
        "落实下单金额",
        "落實下單金額",
        "Amount of the orders brought about",
    ),
    _sum(
        "owned_unpaid_amount_fen",
        "owned_orders",
        "order_amount_fen",
        "not is_paid",
        "fen",
        "落实未付款金额",
        "落實未付款金額",
        "Amount of those not paid in time",
    ),
    _sum(
        "owned_paid_amount_fen",
        "owned_orders",
        "paid_amount_fen",
        "",
        "fen",
        "落实付款金额",
        "落實付款金額",
        "Amount paid for the orders brought about",
    ),
    _count(
        "returned_owned_orders",
        "owned_orders",
        "is_paid and is_returned",
        "退货的落实订单数",
        "退貨的落實訂單數",
        "Paid orders sent back",
        split="return_reason",
    ),
    _count("owned_orderers", "owned_buyers", "", "落实下单人数", "落實下單人數", "Buyers who ordered"),
    _count(
        "owned_orderers_paid", "owned_buyers", "is_paid", "落实付款人数", "落實付款人數", "Of them, who paid in time"
    ),
    _count(
        "owned_orderers_unpaid",
        "owned_buyers",
        "not is_paid",
        "下单未付款人数",
        "下單未付款人數",
        "Of them, who did not pay in time",
    ),
    _sum(
        "assisted_amount_fen",
        "assisted_orders",
        "paid_amount_fen",
        "",
        "fen",
        "协助付款金额",
        "協助付款金額",
        "Amount of others' orders followed up",
    ),
    _count("assisted_orders", "assisted_orders", "", "协助订单数", "協助訂單數", "Others' orders followed up"),
    _count("shop_orders", "shop_orders", "", "店铺订单数", "店舖訂單數", "Orders of the shop"),
    _sum(
        "shop_paid_amount_fen",
        "shop_orders",
        "paid_amount_fen",
        "",
        "fen",
        "店铺付款金额",
        "店舖付款金額",
        "Amount paid in the shop",
    ),
    _count("silent_orders", "shop_orders", "is_silent", "静默订单数", "靜默訂單數", "Orders without an agent"),
    _sum(
        "silent_amount_fen",
        "shop_orders",
        "paid_amount_fen",
        "is_silent",
        "fen",
        "静默付款金额",
        "靜默付款金額",
        "Amount paid without an agent",
    ),
    _count("recommended_items", "recommended", "", "推荐商品次数", "推薦商品次數", "Items recommended"),
    _count("recommended_bought", "recommended", "is_bought", "推荐后购买次数", "推薦後購買次數", "Of them, bought"),
    _sum(
        "add_on_amount_fen",
        "add_on_items",
        "amount_fen",
        "",
        "fen",
        "推荐商品付款金额",
        "推薦商品付款金額",
        "Amount paid for recommended items",
    ),
)

_SERVICE = (
    _points("chat_score", "score_e4", "channel = 'chat'", "客服评价得分", "客服評價得分", "Points given to chats"),
    _points(
        "chat_score_max",
        "score_max_e4",
        "channel = 'chat'",
        "客服评价满分",
        "客服評價滿分",
        "Points possible for chats",
    ),
    _points("order_score", "score_e4", "channel = 'order'", "订单评价得分", "訂單評價得分", "Points given to orders"),
    _points(
        "order_score_max",
        "score_max_e4",
        "channel = 'order'",
        "订单评价满分",
        "訂單評價滿分",
        "Points possible for orders",
    ),
    _points(
        "after_sales_score",
        "score_e4",
        "channel = 'after_sales'",
        "售后评价得分",
        "售後評價得分",
        "Points given to after-sales",
    ),
    _points(
        "after_sales_score_max",
        "score_max_e4",
        "channel = 'after_sales'",
        "售后评价满分",
        "售後評價滿分",
        "Points possible for after-sales",
    ),
    _count(
        "after_sales_answers",
        "rated",
        "channel = 'after_sales' and resolved is not null",
        "答复是否解决的人数",
        "答覆是否解決的人數",
        "Buyers who said whether it was solved",
    ),
    _count(
        "after_sales_resolved",
        "rated",
        "channel = 'after_sales' and resolved",
        "已解决人数",
        "已解決人數",
        "Buyers who said it was solved",
    ),
    _count("reviews", "rated", "", "评价数", "評價數", "Reviews"),
    _count("good_reviews", "rated", "is_good", "好评数", "好評數", "Good reviews"),
    _count("bad_reviews", "rated", "is_bad", "差评数", "差評數", "Bad reviews"),
    _count(
        "reviews_improved", "rated", "is_improved", "改善的评价数", "改善的評價數", "Reviews changed for the better"
    ),
    _count("praise", "rated", "praise", "表扬次数", "表揚次數", "Praise"),
    _count("complaints", "complained", "", "投诉数", "投訴數", "Complaints"),
    _count(
        "justified_complaints", "complained", "is_justified", "成立的投诉数", "成立的投訴數", "Justified complaints"
    ),
    _count("closed_complaints", "complained", "is_closed", "已结投诉数", "已結投訴數", "Complaints settled"),
    _sum(
        "complaint_seconds",
        "complained",
        "seconds",
        "is_closed",
        "seconds",
        "投诉处理秒数",
        "投訴處理秒數",
        "Seconds to settle complaints",
    ),
)

_FULFILMENT = (
    _count("handled_orders", "placed_orders", "", "经手订单数", "經手訂單數", "Orders handled"),
    _sum(
        "handled_order_amount_fen",
        "placed_orders",
        "order_amount_fen",
        "",
        "fen",
        "经手订单金额",
        "經手訂單金額",
        "Amount of the orders handled",
    ),
    _sum(
        "handled_paid_amount_fen",
        "placed_orders",
        "paid_amount_fen",
        "paid_at is not null",
        "fen",
        "经手付款金额",
        "經手付款金額",
        "Amount paid for the orders handled",
    ),
    _count("cancelled_orders", "placed_orders", "status = 'cancelled'", "取消订单数", "取消訂單數", "Orders cancelled"),
    _count("due_orders", "due_orders", "", "应发货订单数", "應發貨訂單數", "Orders due to be shipped"),
    _count(
        "shipped_on_time", "due_orders", "is_on_time", "按时发货订单数", "按時發貨訂單數", "Shipped by the due time"
    ),
    _sum(
        "logistics_cost_fen",
        "shipped_orders",
        "logistics_cost_fen",
        "",
        "fen",
        "物流费用",
        "物流費用",
        "Logistics cost",
    ),
    _sum(
        "shipped_order_amount_fen",
        "shipped_orders",
        "order_amount_fen",
        "",
        "fen",
        "发货订单金额",
        "發貨訂單金額",
        "Amount of the orders shipped",
    ),
    _count("shipped_orders", "shipped_orders", "", "发货订单数", "發貨訂單數", "Orders shipped"),
    _count("delivered_orders", "delivered_orders", "", "送达订单数", "送達訂單數", "Orders delivered"),
    _count(
        "delivered_with_due",
        "delivered_orders",
        "is_in_time is not null",
        "有承诺时间的送达订单数",
        "有承諾時間的送達訂單數",
        "Orders delivered that had a promised time",
    ),
    _count(
        "delivered_in_time",
        "delivered_orders",
        "is_in_time",
        "按时送达订单数",
        "按時送達訂單數",
        "Delivered by the promised time",
    ),
    _count(
        "deliveries_checked",
        "delivered_orders",
        "delivered_accurately is not null",
        "核对的送达订单数",
        "核對的送達訂單數",
        "Deliveries checked",
    ),
    _count(
        "deliveries_accurate",
        "delivered_orders",
        "delivered_accurately",
        "准确送达订单数",
        "準確送達訂單數",
        "Deliveries without a wrong or missing item",
    ),
    _count(
        "delivered_followed_up",
        "delivered_orders",
        "is_followed_up",
        "已回访订单数",
        "已回訪訂單數",
        "Delivered orders followed up",
    ),
    _count("due_returns", "due_returns", "", "应处理退换货数", "應處理退換貨數", "Returns and exchanges due"),
    _count(
        "returns_on_time",
        "due_returns",
        "is_on_time",
        "按时处理退换货数",
        "按時處理退換貨數",
        "Handled by the due time",
    ),
    _count("follow_ups_done", "calls", "", "回访次数", "回訪次數", "Follow-up calls made"),
)

_BUSINESS = (
    _sum(
        "line_paid_amount_fen",
        "line_orders",
        "paid_amount_fen",
        "",
        "fen",
        "产品线付款金额",
        "產品線付款金額",
        "Amount paid in the product lines",
    ),
    _sum(
        "line_costed_amount_fen",
        "line_orders",
        "paid_amount_fen",
        "goods_cost_fen is not null",
        "fen",
        "有成本的付款金额",
        "有成本的付款金額",
        "Amount paid for orders whose cost is known",
    ),
    _sum(
        "line_goods_cost_fen", "line_orders", "goods_cost_fen", "", "fen", "商品成本", "商品成本", "Cost of goods sold"
    ),
    _sum(
        "line_gross_profit_fen",
        "line_orders",
        "paid_amount_fen - goods_cost_fen",
        "",
        "fen",
        "毛利",
        "毛利",
        "Gross profit",
    ),
    _count("new_customers", "line_orders", "is_first", "新客户数", "新客戶數", "New customers"),
    _count("line_buyers", "line_buyers", "", "付款买家数", "付款買家數", "Paying buyers"),
    _count("line_days", "line_days", "", "负责天数", "負責天數", "Product line days of responsibility"),
    _sum("page_views", "line_traffic", "page_views", "", "count", "浏览量", "瀏覽量", "Page views"),
    _sum("unique_visitors", "line_traffic", "unique_visitors", "", "count", "访客数", "訪客數", "Visitors"),
    _sum(
        "stock_cost_fen_days",
        "line_stock",
        "stock_cost_fen",
        "",
        "fen",
        "每日库存成本合计",
        "每日庫存成本合計",
        "Stock at cost, summed over days",
    ),
    _sum("impressions", "campaign_results", "impressions", "", "count", "曝光次数", "曝光次數", "Impressions"),
    _sum(
        "campaign_visitors", "campaign_results", "visitors", "", "count", "引流访客数", "引流訪客數", "Visitors brought"
    ),
    _sum(
        "campaign_participants",
        "campaign_results",
        "participants",
        "",
        "count",
        "活动参与人数",
        "活動參與人數",
        "Campaign participants",
    ),
    _sum(
        "campaign_conversions",
        "campaign_results",
        "conversions",
        "",
        "count",
        "活动转化人数",
        "活動轉化人數",
        "Campaign conversions",
    ),
    _sum(
        "campaign_sales_fen", "campaign_results", "sales_fen", "", "fen", "活动销售额", "活動銷售額", "Campaign sales"
    ),
    _sum("campaign_spend_fen", "campaign_results", "spend_fen", "", "fen", "活动费用", "活動費用", "Campaign spend"),
    _sum(
        "campaign_target_fen",
        "campaign_targets",
        "target_fen",
        "",
        "fen",
        "活动销售目标",
        "活動銷售目標",
        "Campaign sales target",
    ),
    _count("tickets_resolved", "resolved_tickets", "", "解决工单数", "解決工單數", "Tickets resolved"),
    _sum(
        "resolution_seconds",
        "resolved_tickets",
        "seconds",
        "",
        "seconds",
        "解决耗时秒数",
        "解決耗時秒數",
        "Seconds from opening to resolving",
    ),
    _count("tickets_reopened", "resolved_tickets", "is_reopened", "重开工单数", "重開工單數", "Tickets opened again"),
    _count("tickets_reassigned", "resolved_tickets", "is_reassigned", "转派工单数", "轉派工單數", "Tickets handed on"),
    _count(
        "tickets_with_sla",
        "resolved_tickets",
        "sla_made is not null",
        "有时限工单数",
        "有時限工單數",
        "Tickets with an agreed time",
    ),
    _count(
        "tickets_sla_made",
        "resolved_tickets",
        "sla_made",
        "按时解决工单数",
        "按時解決工單數",
        "Tickets resolved within the agreed time",
    ),
    _count(
        "tickets_in_authority",
        "resolved_tickets",
        "is_in_authority",
        "权限内工单数",
        "權限內工單數",
        "Tickets within the desk's authority",
    ),
    _count(
        "tickets_solved_first",
        "resolved_tickets",
        "is_in_authority and not is_reopened and not is_reassigned",
        "一次解决工单数",
        "一次解決工單數",
        "Of them, solved at first contact",
    ),
)

MEASURES: dict[str, Measure] = {
    measure.key: measure for measure in (*_RECEPTION, *_WAITS, *_ORDERS, *_SERVICE, *_FULFILMENT, *_BUSINESS)
}


def measure_of(key: str) -> Measure:
    """The measure of that key; `key:value` names one value of a measure's split.

    Raises:
        KeyError: no measure has that key, or it has no split.
    """
    base, _, value = key.partition(":")
    if value and not MEASURES[base].split:
        raise KeyError(key)
    return MEASURES[base]
