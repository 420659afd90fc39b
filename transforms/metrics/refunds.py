"""Metrics of money given back (metrics.md "Edges": refunds after closing take the way of corrections)."""

from transforms.metrics.building import higher, lower, title
from transforms.metrics.model import Metric, Unit

_EDGES = "metrics.md, Edges that decide trust"
_SERVED = ("received",)
_RETURN = ("return_days",)

REFUNDS: tuple[Metric, ...] = (
    higher(
        "net_paid_amount",
        title("净销售额", "淨銷售額", "Net paid amount"),
        title(
            "由您落实且{pay_days}天内付款的订单金额,减去其中已退款的金额。",
            "由您落實且{pay_days}天內付款的訂單金額,減去其中已退款的金額。",
            "Amount of the orders you brought about that were paid within {pay_days} days, less what was given back.",
        ),
        of=("owned_net_paid_amount_fen", None),
        unit=Unit.FEN,
        zero_if=_SERVED,
        settle_by=_RETURN,
        source=_EDGES,
    ),
    lower(
        "refunded_amount",
        title("退款金额", "退款金額", "Refunded amount"),
        title(
            "由您落实的订单中已退款的金额。",
            "由您落實的訂單中已退款的金額。",
            "Amount given back of the orders you brought about.",
        ),
        of=("owned_refunded_fen", None),
        unit=Unit.FEN,
        zero_if=_SERVED,
        settle_by=_RETURN,
        source=_EDGES,
    ),
)
