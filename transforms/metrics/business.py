"""Metrics of operations, marketing and logistics (metrics.md "Operations …"; the S01 scorecards)."""

from transforms.metrics.building import higher, lower, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Operations, marketing, logistics"
_OPERATIONS, _MARKETING, _LOGISTICS = (f"S01 {name}; {_LAW}" for name in ("电商运营", "市场推广", "物流售后"))
_PAY = ("pay_days",)

BUSINESS: tuple[Metric, ...] = (
    higher(
        "paid_sales",
        title("销售额", "銷售額", "Sales"),
        title(
            "您负责的产品线当期下单并在{pay_days}天内付款的金额。",
            "您負責的產品線當期下單並在{pay_days}天內付款的金額。",
            "Amount ordered in your product lines and paid within {pay_days} days.",
        ),
        of=("line_paid_amount_fen", None),
        unit=Unit.FEN,
        zero_if=("line_days",),
        settle_by=_PAY,
        source=_OPERATIONS,
    ),
    higher(
        "gross_margin_rate",
        title("毛利率", "毛利率", "Gross margin"),
        title(
            "付款金额减商品成本,除以付款金额(仅含成本已知的订单)。",
            "付款金額減商品成本,除以付款金額(僅含成本已知的訂單)。",
            "Paid amount less cost of goods, over paid amount, of the orders whose cost is known.",
        ),
        of=("line_gross_profit_fen", "line_costed_amount_fen"),
        settle_by=_PAY,
        source=_OPERATIONS,
    ),
    higher(
        "new_customers",
        title("新客户数", "新客戶數", "New customers"),
        title(
            "在该店铺首次付款购买的买家数。",
            "在該店舖首次付款購買的買家數。",
            "Buyers whose first paid order in the shop was in your product lines.",
        ),
        of=("new_customers", None),
        unit=Unit.COUNT,
        zero_if=("line_days",),
        settle_by=_PAY,
        source=_OPERATIONS,
    ),
    higher(
        "page_views",
        title("浏览量", "瀏覽量", "Page views"),
        title(
            "您负责的产品线的页面浏览次数。", "您負責的產品線的頁面瀏覽次數。", "Pages viewed in your product lines."
        ),
        of=("page_views", None),
        unit=Unit.COUNT,
        source=_OPERATIONS,
    ),
    higher(
        "unique_visitors",
        title("访客数", "訪客數", "Unique visitors"),
        title(
            "您负责的产品线每天的访客数之和。",
            "您負責的產品線每天的訪客數之和。",
            "Visitors of your product lines, summed over days.",
        ),
        of=("unique_visitors", None),
        unit=Unit.COUNT,
        source=_OPERATIONS,
    ),
    higher(
        "shop_conversion_rate",
        title("店铺转化率", "店舖轉化率", "Shop conversion"),
        title(
            "付款买家数除以访客数,均按产品线和天计。",
            "付款買家數除以訪客數,均按產品線和天計。",
            "Paying buyers per visitor, both counted a product line and day.",
        ),
        of=("line_buyers", "unique_visitors"),
        settle_by=_PAY,
        source=_OPERATIONS,
    ),
    higher(
        "inventory_turnover",
        title("库存周转率", "庫存週轉率", "Inventory turnover"),
        title(
            "售出商品成本除以平均每日库存成本。",
            "售出商品成本除以平均每日庫存成本。",
            "Cost of the goods sold over the mean of the daily stock at cost.",
        ),
        of=("line_goods_cost_fen", "stock_cost_fen_days"),
        denominator_of="daily_mean",
        unit=Unit.RATIO,
        settle_by=_PAY,
        source=_OPERATIONS,
    ),
    higher(
        "campaign_completion_rate",
        title("活动销售完成率", "活動銷售完成率", "Campaign completion"),
        title(
            "您负责的活动的销售额除以按天分摊的销售目标。",
            "您負責的活動的銷售額除以按天分攤的銷售目標。",
            "Sales of your campaigns over their sales target, spread over the campaign's days.",
        ),
        of=("campaign_sales_fen", "campaign_target_fen"),
        source=_OPERATIONS,
    ),
    higher(
        "campaign_return",
        title("活动投入产出比", "活動投入產出比", "Campaign return"),
        title(
            "您负责的活动的销售额除以费用。",
            "您負責的活動的銷售額除以費用。",
            "Sales of your campaigns over what they cost.",
        ),
        of=("campaign_sales_fen", "campaign_spend_fen"),
        unit=Unit.RATIO,
        source=f"S10; {_LAW}",
    ),
    higher(
        "impressions",
        title("品牌曝光量", "品牌曝光量", "Impressions"),
        title("您负责的活动的曝光次数。", "您負責的活動的曝光次數。", "Times your campaigns were shown."),
        of=("impressions", None),
        unit=Unit.COUNT,
        source=_MARKETING,
    ),
    higher(
        "campaign_visitors",
        title("流量引入量", "流量引入量", "Traffic brought in"),
        title(
            "您负责的活动为店铺引入的访客数。",
            "您負責的活動為店舖引入的訪客數。",
            "Visitors your campaigns brought to the shop.",
        ),
        of=("campaign_visitors", None),
        unit=Unit.COUNT,
        source=_MARKETING,
    ),
    higher(
        "campaign_conversion_rate",
        title("营销活动转化率", "營銷活動轉化率", "Campaign conversion"),
        title(
            "活动参与者中完成预期行为的比例。",
            "活動參與者中完成預期行為的比例。",
            "Of those who took part in your campaigns, the share who did what was wanted.",
        ),
        of=("campaign_conversions", "campaign_participants"),
        source=_MARKETING,
    ),
    higher(
        "on_time_shipping_rate",
        title("发货及时率", "發貨及時率", "On-time shipping"),
        title(
            "应发货订单中按时发货的比例。",
            "應發貨訂單中按時發貨的比例。",
            "Of the orders due, the share shipped by then.",
        ),
        of=("shipped_on_time", "due_orders"),
        source=_LOGISTICS,
    ),
    higher(
        "delivery_accuracy_rate",
        title("配送准确率", "配送準確率", "Delivery accuracy"),
        title(
            "送达并核对的订单中无错发漏发的比例。",
            "送達並核對的訂單中無錯發漏發的比例。",
            "Of the deliveries checked, the share without a wrong or missing item.",
        ),
        of=("deliveries_accurate", "deliveries_checked"),
        source=_LOGISTICS,
    ),
    lower(
        "logistics_cost_rate",
        title("物流成本率", "物流成本率", "Logistics cost rate"),
        title(
            "发货订单的物流费用除以订单金额。",
            "發貨訂單的物流費用除以訂單金額。",
            "Logistics cost of the orders shipped over their amount.",
        ),
        of=("logistics_cost_fen", "shipped_order_amount_fen"),
        source=_LOGISTICS,
    ),
    lower(
        "logistics_cost_per_order",
        title("单均物流费用", "單均物流費用", "Logistics cost per order"),
        title("发货订单的物流费用除以订单数。", "發貨訂單的物流費用除以訂單數。", "Logistics cost per order shipped."),
        of=("logistics_cost_fen", "shipped_orders"),
        unit=Unit.FEN,
        source=_LAW,
    ),
    higher(
        "returns_on_time_rate",
        title("退换货处理及时率", "退換貨處理及時率", "Returns handled on time"),
        title(
            "应处理的退换货中按时处理的比例。",
            "應處理的退換貨中按時處理的比例。",
            "Of the returns and exchanges due, the share handled by then.",
        ),
        of=("returns_on_time", "due_returns"),
        source=_LOGISTICS,
    ),
    higher(
        "follow_up_rate",
        title("客户回访率", "客戶回訪率", "Follow-up rate"),
        title(
            "您经手的送达订单中{follow_up_days}天内获回访的比例。",
            "您經手的送達訂單中{follow_up_days}天內獲回訪的比例。",
            "Of the orders you handled that were delivered, the share called back within {follow_up_days} days.",
        ),
        of=("delivered_followed_up", "delivered_orders"),
        settle_by=("follow_up_days",),
        source=_LOGISTICS,
    ),
    higher(
        "follow_ups_done",
        title("回访次数", "回訪次數", "Follow-up calls"),
        title("您完成的回访次数。", "您完成的回訪次數。", "Follow-up calls you made."),
        of=("follow_ups_done", None),
        unit=Unit.COUNT,
        zero_if=("delivered_orders",),
        source=_LAW,
    ),
    higher(
        "handled_orders",
        title("经手订单数", "經手訂單數", "Orders handled"),
        title("由您经手的订单数。", "由您經手的訂單數。", "Orders placed that you handled."),
        of=("handled_orders", None),
        unit=Unit.COUNT,
        source=_LAW,
    ),
    higher(
        "handled_paid_amount_fen",
        title("经手付款金额", "經手付款金額", "Amount handled"),
        title("由您经手的订单的付款金额。", "由您經手的訂單的付款金額。", "Amount paid for the orders you handled."),
        of=("handled_paid_amount_fen", None),
        unit=Unit.FEN,
        zero_if=("handled_orders",),
        settle_by=_PAY,
        source=_LAW,
    ),
    lower(
        "cancelled_order_rate",
        title("订单取消率", "訂單取消率", "Cancelled orders"),
        title(
            "由您经手的订单中被取消的比例。",
            "由您經手的訂單中被取消的比例。",
            "Of the orders you handled, the share that were cancelled.",
        ),
        of=("cancelled_orders", "handled_orders"),
        settle_by=_PAY,
        source="S17",
    ),
    higher(
        "on_time_delivery_rate",
        title("按时送达率", "按時送達率", "On-time delivery"),
        title(
            "有承诺送达时间的送达订单中按时送达的比例。",
            "有承諾送達時間的送達訂單中按時送達的比例。",
            "Of the orders delivered that had a promised time, the share delivered by then.",
        ),
        of=("delivered_in_time", "delivered_with_due"),
        source=_LAW,
    ),
)
