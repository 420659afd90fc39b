"""The canonical tables: what a fact is, whatever platform it came from.

Defined once. The reference page, the DDL, the staging casts, the basic expectations and the personal-data register
all follow from `TABLES`. A column that is not here never enters a snapshot; the text of a message has no column.

All timestamps are the shop's own wall time, without a zone: exports are written that way, a buyer's chat and order
belong to one shop, and the business day is the shop's. A source that exports UTC converts in its `select`.
All amounts are whole fen (1/100 of the shop's currency) in a 64-bit integer, so that sums are exact in any order.
"""

from transforms.table_model import (
    Column,
    Group,
    Personal,
    Table,
    Type,
    account,
    buyer,
    count,
    day,
    employee,
    fen,
    flag,
    identifier,
    moment,
    seconds,
    shop,
)
from transforms.tables_inputs import INPUTS
from transforms.tables_work import WORK

__all__ = [
    "FACTS",
    "INPUTS",
    "LINEAGE",
    "ORGANISATION",
    "TABLES",
    "Column",
    "Group",
    "Personal",
    "Table",
    "Type",
    "ddl",
]

# A table of tables reads better by hand.
# fmt: off
ORGANISATION = (
    Table("shops", "Shops", "Shops and the platform each is on", Group.ORGANISATION, (
        identifier("shop_id", "The shop's id", key=True),
        identifier("title", "Name shown on reports"),
        identifier("platform", "taobao, jd, pdd, …"),
        identifier("currency", "ISO 4217 code of its amounts"),
    )),
    Table("departments", "Departments", "Departments as of the snapshot", Group.ORGANISATION, (
        identifier("department_id", "The department's id, as schemes name it", key=True),
        identifier("title_zh_hans", "Name in simplified Chinese"),
        identifier("title_zh_hant", "Name in traditional Chinese", nullable=True),
        identifier("title_en", "Name in English", nullable=True),
    )),
    Table("employees", "Employees", "Everybody who is or was employed", Group.ORGANISATION, (
        identifier("employee_id", "Personnel number", key=True, personal=Personal.PSEUDONYM),
        identifier("name", "Name as printed", personal=Personal.IDENTITY),
        identifier("email", "Where reports go", nullable=True, personal=Personal.CONTACT),
        day("hired_on", "First day"),
        day("regularised_on", "First day as a regular employee (转正)", nullable=True),
        day("left_on", "Last day", nullable=True),
    ), ascending=("hired_on", "left_on")),
    Table("assignments", "Assignments", "Who belongs to which department, by day", Group.ORGANISATION, (
        employee("employee_id", "Who", key=True),
        identifier("department_id", "Where", key=True, references="departments.department_id"),
        day("valid_from", "First day", key=True),
        day("valid_until", "Last day, included", nullable=True),
        Column("role", Type.TEXT, "member and manager are appraised by the scheme; helper is on loan",
               allowed=("member", "manager", "helper")),
        identifier("post", "Post as printed", nullable=True),
    ), ascending=("valid_from", "valid_until")),
    Table("accounts", "Accounts", "Who works with which platform account, by moment", Group.ORGANISATION, (
        identifier("account_id", "The platform's account", key=True, personal=Personal.PSEUDONYM),
        shop(),
        moment("valid_from", "From when", nullable=False, key=True),
        moment("valid_until", "Until when, not included"),
        employee("employee_id", "Who; empty for robots and system accounts", nullable=True),
        Column("kind", Type.TEXT, "human, robot or system", allowed=("human", "robot", "system")),
    ), ascending=("valid_from", "valid_until")),
    Table("responsibilities", "Responsibilities", "Whose product line of a shop it is, by day (one person a line)",
          Group.ORGANISATION, (
        employee("employee_id", "Who"),
        shop(),
        identifier("category", "Product line, as in orders and traffic", key=True),
        day("valid_from", "First day", key=True),
        day("valid_until", "Last day, included", nullable=True),
    ), ascending=("valid_from", "valid_until"), optional=True),
)

_TRADE = (
    Table("messages", "Chat messages", "One line of a chat; its text is not kept", Group.FACT, (
        identifier("message_id", "The platform's number", key=True),
        shop(),
        identifier("session_id", "The chat it belongs to"),
        buyer(),
        account(nullable=False),
        moment("sent_at", "When it was sent", nullable=False),
        Column("direction", Type.TEXT, "Who wrote", allowed=("buyer", "agent")),
        Column("kind", Type.TEXT, "human, automatic reply, or mass message", allowed=("human", "auto", "mass")),
        flag("is_filter_phrase", "The line is a configured advertising phrase"),
        count("forbidden_phrases", "Forbidden phrases in the line"),
    ), time="sent_at", order=("buyer_id", "session_id", "sent_at", "message_id")),
    Table("recommendations", "Recommendations", "An item an agent recommended to a buyer", Group.FACT, (
        identifier("recommendation_id", "The platform's number", key=True),
        shop(),
        buyer(),
        account(nullable=False),
        identifier("item_id", "The item"),
        moment("recommended_at", "When", nullable=False),
    ), time="recommended_at", order=("buyer_id", "recommended_at"), optional=True),
    Table("orders", "Orders", "One order of one buyer", Group.FACT, (
        identifier("order_id", "The platform's number", key=True),
        shop(),
        buyer(),
        identifier("category", "Product line", nullable=True),
        Column("status", Type.TEXT, "Where it stands",
               allowed=("created", "paid", "shipped", "delivered", "cancelled")),
        moment("created_at", "Placed", nullable=False),
        moment("paid_at", "Paid"),
        moment("ship_due_at", "To be shipped by"),
        moment("shipped_at", "Handed to the carrier"),
        moment("deliver_due_at", "Promised delivery"),
        moment("delivered_at", "Delivered"),
        moment("updated_at", "Version of this row"),
        fen("order_amount_fen", "Amount of the order"),
        fen("paid_amount_fen", "Amount paid", nullable=True),
        fen("goods_cost_fen", "Cost of the goods", nullable=True),
        fen("logistics_cost_fen", "Cost of packing and carriage", nullable=True),
        flag("delivered_accurately", "No wrong or missing item", nullable=True),
        account("handler_account_id", "Account that packed and shipped it"),
    ), time="created_at", order=("buyer_id", "created_at", "order_id"), version="updated_at",
       ascending=("created_at", "paid_at", "shipped_at", "delivered_at")),
    Table("order_items", "Order items", "One line of an order", Group.FACT, (
        identifier("order_id", "The order", key=True, references="orders.order_id"),
        shop(),
        Column("line_no", Type.INTEGER, "Line in the order", key=True, minimum=1),
        identifier("item_id", "The item"),
        moment("created_at", "When the order was placed", nullable=False),
        Column("quantity", Type.INTEGER, "Pieces", unit="pieces", minimum=1),
        fen("amount_fen", "Amount of the line"),
    ), time="created_at", order=("order_id", "line_no"), optional=True),
    Table("refunds", "Returns, exchanges, refunds", "One after-sales case on an order", Group.FACT, (
        identifier("refund_id", "The platform's number", key=True),
        shop(),
        identifier("order_id", "The order", references="orders.order_id"),
        Column("kind", Type.TEXT, "What the buyer wants", allowed=("return", "exchange", "refund")),
        identifier("reason", "Reason code", nullable=True),
        moment("requested_at", "Asked for", nullable=False),
        moment("due_at", "To be handled by"),
        moment("handled_at", "Handled"),
        moment("updated_at", "Version of this row"),
        fen("amount_fen", "Amount given back"),
        account("handler_account_id", "Account that handled it"),
    ), time="requested_at", order=("order_id", "refund_id"), version="updated_at",
       ascending=("requested_at", "handled_at"), optional=True),
    Table("ratings", "Ratings", "A buyer's rating of a chat, an order or an after-sales case", Group.FACT, (
        identifier("rating_id", "The platform's number", key=True),
        shop(),
        Column("channel", Type.TEXT, "What was rated", allowed=("chat", "order", "after_sales")),
        identifier("order_id", "The order, when it has one", nullable=True),
        account("account_id", "Account that handled it then"),
        moment("handled_at", "When it was handled (decides who is credited)"),
        moment("rated_at", "When it was rated", nullable=False),
        moment("improved_at", "When the buyer changed it for the better"),
        moment("updated_at", "Version of this row"),
        Column("score", Type.DECIMAL, "Score given", unit="points", minimum=0),
        Column("score_max", Type.DECIMAL, "Best possible score", unit="points", minimum=1),
        flag("resolved", "The buyer says it was solved", nullable=True),
        flag("praise", "Praises the agent"),
    ), time="rated_at", order=("rated_at", "rating_id"), version="updated_at", optional=True),
    Table("complaints", "Complaints", "A complaint about service", Group.FACT, (
        identifier("complaint_id", "The platform's number", key=True),
        shop(),
        buyer(nullable=True),
        account("account_id", "Account complained about"),
        moment("opened_at", "Received", nullable=False),
        moment("closed_at", "Settled"),
        moment("updated_at", "Version of this row"),
        flag("justified", "Found justified; empty while open", nullable=True),
    ), time="opened_at", order=("opened_at", "complaint_id"), version="updated_at",
       ascending=("opened_at", "closed_at"), optional=True),
    Table("tickets", "Tickets", "A helpdesk ticket", Group.FACT, (
        identifier("ticket_id", "The helpdesk's number", key=True),
        shop(),
        identifier("customer_id", "The customer", nullable=True, personal=Personal.PSEUDONYM),
        identifier("subject", "Subject code", nullable=True),
        account("account_id", "Account that resolved it"),
        moment("opened_at", "Opened", nullable=False),
        moment("first_answered_at", "First answer"),
        moment("resolved_at", "Resolved"),
        moment("closed_at", "Closed"),
        moment("updated_at", "Version of this row"),
        count("reopen_count", "Times it was opened again"),
        count("reassignment_count", "Times it was handed on"),
        flag("sla_made", "Resolved within the agreed time", nullable=True),
        flag("in_authority", "The desk was allowed to solve it", nullable=True),
        moment("escalated_at", "Escalated"),
        moment("escalation_due_at", "Escalation to be handled by"),
        moment("escalation_handled_at", "Escalation handled"),
        moment("answer_due_at", "First answer to be given by"),
        flag("resolved_online", "Solved online, without a visit", nullable=True),
    ), time="opened_at", order=("opened_at", "ticket_id"), version="updated_at",
       ascending=("opened_at", "resolved_at", "closed_at"), optional=True),
    Table("follow_ups", "Follow-up visits", "A buyer called back after delivery", Group.FACT, (
        identifier("follow_up_id", "Its number", key=True),
        shop(),
        identifier("order_id", "The order", references="orders.order_id"),
        account(nullable=False),
        moment("done_at", "When", nullable=False),
    ), time="done_at", order=("done_at", "follow_up_id"), optional=True),
    Table("traffic", "Traffic", "Visits of a shop by product line and channel", Group.FACT, (
        shop(),
        day("day", "Business day", key=True),
        identifier("category", "Product line", key=True),
        identifier("channel", "search, direct, ads, social, …", key=True),
        count("page_views", "Pages viewed (PV)"),
        count("unique_visitors", "Visitors (UV)"),
        count("visits", "Visits", nullable=True),
        seconds("dwell_seconds", "Time the visits lasted", nullable=True),
    ), time="day", order=("category", "channel"), optional=True),
    Table("inventory", "Inventory", "Stock at cost at the end of the day", Group.FACT, (
        shop(),
        day("day", "Business day", key=True),
        identifier("category", "Product line", key=True),
        fen("stock_cost_fen", "Stock at cost"),
    ), time="day", order=("category",), optional=True),
    Table("campaigns", "Campaigns", "A marketing campaign", Group.FACT, (
        identifier("campaign_id", "Its number", key=True),
        shop(key=False),
        identifier("title", "Its name"),
        employee("owner_employee_id", "Who is responsible"),
        day("starts_on", "First day"),
        day("ends_on", "Last day"),
        fen("sales_target_fen", "Planned sales"),
        flag("is_special", "A scheme may exempt lines during it", nullable=True),
    ), ascending=("starts_on", "ends_on"), optional=True),
    Table("campaign_days", "Campaign days", "What a campaign brought on a day", Group.FACT, (
        identifier("campaign_id", "The campaign", key=True, references="campaigns.campaign_id"),
        shop(key=False),
        day("day", "Business day", key=True),
        count("impressions", "Times it was shown"),
        count("visitors", "Visitors it brought to the shop"),
        count("participants", "Buyers who took part"),
        count("conversions", "Of those, who did what was wanted"),
        fen("sales_fen", "Sales it brought"),
        fen("spend_fen", "What it cost"),
    ), time="day", order=("campaign_id",), optional=True),
    Table("platform_totals", "Platform totals", "The platform's own daily sums, to reconcile with", Group.FACT, (
        shop(),
        day("day", "Business day", key=True),
        count("orders", "Orders placed"),
        fen("order_amount_fen", "Their amount"),
    ), time="day", optional=True),
)
# fmt: on

FACTS = (*_TRADE, *WORK)

TABLES: dict[str, Table] = {table.name: table for table in (*ORGANISATION, *FACTS, *INPUTS)}

# Columns every stored row carries besides the contract, so that a number can be followed to its line.
LINEAGE = ("_source", "_file", "_row")


def ddl(table: Table) -> str:
    """`CREATE TABLE` of the contract, lineage included, for DuckDB."""
    lines = [f"{c.name} {c.type.value}{'' if c.nullable else ' NOT NULL'}" for c in table.columns]
    lines += ["_source VARCHAR NOT NULL", "_file VARCHAR NOT NULL", "_row BIGINT NOT NULL"]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"
