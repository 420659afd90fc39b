"""Metrics of reception, attribution and timeliness (metrics.md "Reception and attribution")."""

from transforms.metrics.building import COMPANY, PEOPLE, higher, lower, title
from transforms.metrics.model import Metric, Unit

_LAW = "metrics.md, Reception and attribution"
_ORDER = ("order_days",)
_PAY = ("pay_days",)
_BOTH = ("order_days", "pay_days")
_SERVED = ("received",)

RECEPTION: tuple[Metric, ...] = (
    higher(
        "received",
        title("接待人数", "接待人數", "Buyers received"),
        title(
            "每天接待的买家数之和,不含被过滤的咨询。",
            "每天接待的買家數之和,不含被過濾的諮詢。",
            "Buyers received, counted once a day, without filtered contacts.",
        ),
        of=("received", None),
        unit=Unit.COUNT,
        zero_if=("contacted",),
        source=f"S04; {_LAW}",
    ),
    higher(
        "inquiry_ratio",
        title("询单人数比", "詢單人數比", "Inquiry ratio"),
        title(
            "接待的买家中不属于售后的比例(购买后{after_sales_days}天内回来咨询而未再下单为售后)。",
            "接待的買家中不屬於售後的比例(購買後{after_sales_days}天內回來諮詢而未再下單為售後)。",
            "Of the buyers received, the share not here about a purchase of the last {after_sales_days} days.",
        ),
        of=("inquirers", "received"),
        settle_by=_ORDER,
        source=f"S02.1; {_LAW}",
    ),
    higher(
        "same_day_order_rate",
        title("顾客下单率", "顧客下單率", "Same-day order rate"),
        title(
            "询单买家中当天下单的比例。",
            "詢單買家中當天下單的比例。",
            "Of the inquirers, the share who ordered the same day.",
        ),
        of=("inquirers_ordered_same_day", "inquirers"),
        source=f"S02.2; {_LAW}",
    ),
    higher(
        "final_order_rate",
        title("询单→最终下单率", "詢單→最終下單率", "Final order rate"),
        title(
            "询单买家中{order_days}天内下单的比例。",
            "詢單買家中{order_days}天內下單的比例。",
            "Of the inquirers, the share who ordered within {order_days} days.",
        ),
        of=("inquirers_ordered", "inquirers"),
        settle_by=_ORDER,
        source=_LAW,
    ),
    higher(
        "order_payment_rate",
        title("订单付款率", "訂單付款率", "Order payment rate"),
        title(
            "由您落实下单的买家中{pay_days}天内付款的比例。",
            "由您落實下單的買家中{pay_days}天內付款的比例。",
            "Of the buyers whose order you brought about, the share who paid within {pay_days} days.",
        ),
        of=("owned_orderers_paid", "owned_orderers"),
        settle_by=_PAY,
        source=f"S02.3; {_LAW}",
    ),
    higher(
        "conversion",
        title("询单转化率", "詢單轉化率", "Conversion"),
        title(
            "询单买家中{order_days}天内下单且下单后{pay_days}天内付款的比例。",
            "詢單買家中{order_days}天內下單且下單後{pay_days}天內付款的比例。",
            "Of the inquirers, the share who ordered within {order_days} days and paid within {pay_days} days.",
        ),
        of=("inquirers_paid", "inquirers"),
        settle_by=_BOTH,
        source=f"S02.5, S08; {_LAW}",
    ),
    higher(
        "reception_conversion",
        title("接待→付款转化率", "接待→付款轉化率", "Reception to payment"),
        title(
            "接待买家中{order_days}天内下单且{pay_days}天内付款的比例。",
            "接待買家中{order_days}天內下單且{pay_days}天內付款的比例。",
            "Of all buyers received, the share who ordered within {order_days} and paid within {pay_days} days.",
        ),
        of=("inquirers_paid", "received"),
        settle_by=_BOTH,
        source="S08",
    ),
    lower(
        "inquiry_loss",
        title("询单流失率", "詢單流失率", "Inquiry loss"),
        title(
            "询单买家中{order_days}天内未下单的比例。",
            "詢單買家中{order_days}天內未下單的比例。",
            "Of the inquirers, the share who placed no order within {order_days} days.",
        ),
        of=("inquirers_lost", "inquirers"),
        settle_by=_ORDER,
        source=_LAW,
    ),
    lower(
        "order_loss",
        title("付款流失率", "付款流失率", "Order loss"),
        title(
            "由您落实下单的买家中{pay_days}天后仍未付款的比例。",
            "由您落實下單的買家中{pay_days}天後仍未付款的比例。",
            "Of the buyers whose order you brought about, the share who had not paid after {pay_days} days.",
        ),
        of=("owned_orderers_unpaid", "owned_orderers"),
        settle_by=_PAY,
        source=f"S02.9; {_LAW}",
    ),
    lower(
        "order_loss_amount_rate",
        title("付款流失金额比", "付款流失金額比", "Order loss by amount"),
        title(
            "落实的下单金额中{pay_days}天后仍未付款的比例。",
            "落實的下單金額中{pay_days}天後仍未付款的比例。",
            "Of the amount of the orders you brought about, the share not paid after {pay_days} days.",
        ),
        of=("owned_unpaid_amount_fen", "owned_order_amount_fen"),
        settle_by=_PAY,
        source=f"S02.9; {_LAW}",
    ),
    higher(
        "paid_order_value",
        title("付款客单价", "付款客單價", "Paid order value"),
        title(
            "由您落实的付款金额除以付款买家数。",
            "由您落實的付款金額除以付款買家數。",
            "Amount paid for the orders you brought about, per paying buyer.",
        ),
        of=("owned_paid_amount_fen", "owned_orderers_paid"),
        unit=Unit.FEN,
        settle_by=_PAY,
        source=f"S02.4; {_LAW}",
    ),
    higher(
        "paid_amount",
        title("销售额", "銷售額", "Paid amount"),
        title(
            "由您落实且{pay_days}天内付款的订单金额。",
            "由您落實且{pay_days}天內付款的訂單金額。",
            "Amount of the orders you brought about that were paid within {pay_days} days.",
        ),
        of=("owned_paid_amount_fen", None),
        unit=Unit.FEN,
        zero_if=_SERVED,
        settle_by=_PAY,
        source=f"S02.10; {_LAW}",
    ),
    higher(
        "assisted_amount",
        title("协助金额", "協助金額", "Assisted amount"),
        title(
            "他人订单在下单到付款之间由您跟进的付款金额。",
            "他人訂單在下單到付款之間由您跟進的付款金額。",
            "Amount paid for others' orders that you followed up between placing and payment.",
        ),
        of=("assisted_amount_fen", None),
        unit=Unit.FEN,
        zero_if=_SERVED,
        settle_by=_PAY,
        source=f"S02.11; {_LAW}",
    ),
    higher(
        "silent_amount",
        title("静默销售额", "靜默銷售額", "Silent amount"),
        title(
            "没有客服落实的付款金额。",
            "沒有客服落實的付款金額。",
            "Amount paid for orders that no agent brought about.",
        ),
        of=("silent_amount_fen", None),
        unit=Unit.FEN,
        zero_if=("shop_orders",),
        levels=COMPANY,
        settle_by=_PAY,
        source=_LAW,
    ),
    higher(
        "cs_sales_share",
        title("客服销售占比", "客服銷售佔比", "Customer service's share of sales"),
        title(
            "落实的付款金额占所在店铺付款金额的比例。",
            "落實的付款金額佔所在店舖付款金額的比例。",
            "Amount brought about, as a share of all that the shops were paid.",
        ),
        of=("owned_paid_amount_fen", "shop_paid_amount_fen"),
        denominator_of="shops",
        settle_by=_PAY,
        source=f"S02 department target; {_LAW}",
    ),
    higher(
        "message_ratio",
        title("答问比", "答問比", "Message ratio"),
        title(
            "客服消息数除以买家消息数,自动回复不计。",
            "客服訊息數除以買家訊息數,自動回覆不計。",
            "Lines you wrote per line the buyer wrote; automatic replies do not count.",
        ),
        of=("agent_messages", "buyer_messages"),
        unit=Unit.RATIO,
        source=f"S02.6; {_LAW}",
    ),
    higher(
        "reply_rate",
        title("回复率", "回覆率", "Reply rate"),
        title(
            "接待的买家中获得人工回复的比例。",
            "接待的買家中獲得人工回覆的比例。",
            "Of the buyers received, the share whom a person answered.",
        ),
        of=("replied", "received"),
        source=f"S02.7; {_LAW}",
    ),
    higher(
        "reply_rate_unfiltered",
        title("回复率(过滤前)", "回覆率(過濾前)", "Reply rate before filters"),
        title(
            "过滤前,所有发言买家中获得人工回复的比例。",
            "過濾前,所有發言買家中獲得人工回覆的比例。",
            "Of all buyers who wrote, before any filter, the share whom a person answered.",
        ),
        of=("wrote_replied", "wrote"),
        source=_LAW,
    ),
    higher(
        "add_on_amount",
        title("追加销售金额", "追加銷售金額", "Add-on sales"),
        title(
            "您推荐后{order_days}天内下单并在{pay_days}天内付款的商品金额。",
            "您推薦後{order_days}天內下單並在{pay_days}天內付款的商品金額。",
            "Amount of the items you recommended that were ordered within {order_days} days and paid within "
            "{pay_days} days.",
        ),
        of=("add_on_amount_fen", None),
        unit=Unit.FEN,
        zero_if=("received", "recommended_items"),
        settle_by=_PAY,
        source=f"S01 客服; {_LAW}",
    ),
    higher(
        "guided_purchase_rate",
        title("引导购买成功率", "引導購買成功率", "Guided purchase rate"),
        title(
            "您推荐的商品中,{order_days}天内下单并在推荐后{pay_days}天内付款的比例。",
            "您推薦的商品中,{order_days}天內下單並在推薦後{pay_days}天內付款的比例。",
            "Of the items you recommended, the share ordered within {order_days} days and paid within "
            "{pay_days} days of recommending.",
        ),
        of=("recommended_bought", "recommended_items"),
        settle_by=_PAY,
        source=f"S01 客服; {_LAW}",
    ),
    higher(
        "amount_index",
        title("成交额转换率", "成交額轉換率", "Amount index"),
        title(
            "您的销售额除以部门人均销售额,可超过1。",
            "您的銷售額除以部門人均銷售額,可超過1。",
            "Your paid amount over the mean of your department's people; it may exceed 1.",
        ),
        of=("owned_paid_amount_fen", "owned_paid_amount_fen"),
        denominator_of="department_mean",
        unit=Unit.RATIO,
        zero_if=_SERVED,
        levels=PEOPLE,
        settle_by=_PAY,
        source=f"S08; {_LAW}",
    ),
    lower(
        "return_rate",
        title("退货率", "退貨率", "Return rate"),
        title(
            "由您落实的付款订单中{return_days}天内申请退货的比例。",
            "由您落實的付款訂單中{return_days}天內申請退貨的比例。",
            "Of the paid orders you brought about, the share to be sent back within {return_days} days.",
        ),
        of=("returned_owned_orders", "owned_paid_orders"),
        settle_by=("return_days",),
        source=f"S08, S25; {_LAW}",
    ),
)
