"""The relations measures count rows of: what identifies a row, and which export line it came from."""

from transforms.measures.model import Relation

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
