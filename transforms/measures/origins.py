"""The relations measures count rows of: what identifies a row, and which export line it came from."""

from transforms.measures.model import Relation

_MESSAGE = {"shop_id": "shop_id", "buyer_id": "buyer_id", "sent_at": "began_at"}
_ORDER = {"order_id": "order_id"}
_TICKET = {"ticket_id": "ticket_id"}
_TASK = {"task_id": "task_id"}
_TRAFFIC = {"shop_id": "shop_id", "day": "day", "category": "category", "channel": "channel"}

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
            on=_TRAFFIC,
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
        Relation(name="resolved_tickets", ids=("ticket_id",), origin="tickets", on=_TICKET),
        Relation(name="requests", ids=("ticket_id",), origin="tickets", on=_TICKET),
        Relation(name="answered_tickets", ids=("ticket_id", "subject"), origin="tickets", on=_TICKET),
        Relation(name="due_answers", ids=("ticket_id",), origin="tickets", on=_TICKET),
        Relation(name="due_escalations", ids=("ticket_id",), origin="tickets", on=_TICKET),
        Relation(
            name="presence_days",
            ids=("account_id",),
            origin="presence",
            on={"account_id": "account_id", "shop_id": "shop_id", "day": "day"},
        ),
        Relation(name="outputs", ids=("kind", "reference")),
        Relation(
            name="checked_contacts",
            ids=("check_id", "aspect"),
            origin="qa_checks",
            on={"check_id": "check_id", "aspect": "aspect"},
        ),
        Relation(
            name="exam_results",
            ids=("exam",),
            origin="exams",
            on={"employee_id": "employee_id", "exam": "exam", "taken_on": "day"},
        ),
        Relation(name="due_tasks", ids=("task_id", "kind"), origin="tasks", on=_TASK),
        Relation(name="done_tasks", ids=("task_id", "kind"), origin="tasks", on=_TASK),
        Relation(
            name="scored_shops",
            ids=("aspect",),
            origin="shop_scores",
            on={"shop_id": "shop_id", "day": "day", "aspect": "aspect"},
        ),
        Relation(name="shop_traffic", ids=("category", "channel"), origin="traffic", on=_TRAFFIC),
        Relation(
            name="stated_figures",
            ids=("level", "subject_id", "figure"),
            origin="figures",
            on={"level": "level", "subject_id": "subject_id", "figure": "figure", "day": "day"},
            department="department_id",
        ),
    )
}
