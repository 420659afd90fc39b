"""The canonical tables: what a fact is, whatever platform it came from.

Defined once. The reference page, the DDL, the staging casts, the basic expectations and the personal-data register
all follow from `TABLES`. A column that is not here never enters a snapshot; the text of a message has no column.

All timestamps are the shop's own wall time, without a zone: exports are written that way, a buyer's chat and order
belong to one shop, and the business day is the shop's. A source that exports UTC converts in its `select`.
All amounts are whole fen (1/100 of the shop's currency) in a 64-bit integer, so that sums are exact in any order.
"""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """DuckDB types of the contract."""

    TEXT = "VARCHAR"
    INTEGER = "BIGINT"
    DECIMAL = "DECIMAL(18,4)"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    TIMESTAMP = "TIMESTAMP"


class Personal(StrEnum):
    """What a column says about a person; decides where it may be shown."""

    NONE = "none"
    PSEUDONYM = "pseudonym"  # an id that stands for a person
    IDENTITY = "identity"  # a name
    CONTACT = "contact"  # an address
    JUDGEMENT = "judgement"  # what somebody thinks of somebody


class Group(StrEnum):
    """How a table's bad rows are treated: facts are quarantined, the rest must be right (pay hangs on every row)."""

    FACT = "fact"
    ORGANISATION = "organisation"
    INPUT = "input"


@dataclass(frozen=True)
class Column:
    """One column of the contract. `minimum` is inclusive; `references` is `table.column`."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    nullable: bool = False
    key: bool = False
    personal: Personal = Personal.NONE
    references: str = ""
    allowed: tuple[str, ...] = ()
    minimum: int | None = None


@dataclass(frozen=True)
class Table:
    """One canonical table.

    `time` is the column that places a row on a day (None: the table is kept whole, not by day); `order` is the order
    rows are stored in inside a partition; `version` is the column whose larger value wins among rows with the same
    key (None: the later file wins); `ascending` lists columns that must not run backwards (nulls skipped).
    """

    name: str
    title: str
    meaning: str
    group: Group
    columns: tuple[Column, ...]
    time: str | None = None
    order: tuple[str, ...] = ()
    version: str | None = None
    ascending: tuple[str, ...] = ()
    optional: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The business key: a row's identity across exports."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the contract has none."""
        return next(c for c in self.columns if c.name == name) if name in self.names else _missing(self.name, name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in the order of the contract."""
        return tuple(column.name for column in self.columns)


def _missing(table: str, name: str) -> Column:
    raise KeyError(f"{table}.{name}")


def _id(name: str, meaning: str, **more: object) -> Column:
    return Column(name, Type.TEXT, meaning, **more)  # type: ignore[arg-type]


def _shop(key: bool = True) -> Column:
    return _id("shop_id", "The shop", key=key, references="shops.shop_id")


def _at(name: str, meaning: str, *, nullable: bool = True, key: bool = False) -> Column:
    return Column(name, Type.TIMESTAMP, meaning, unit="shop wall time", nullable=nullable, key=key)


def _on(name: str, meaning: str, *, nullable: bool = False, key: bool = False) -> Column:
    return Column(name, Type.DATE, meaning, unit="day", nullable=nullable, key=key)


def _fen(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, Type.INTEGER, meaning, unit="fen", nullable=nullable, minimum=0)


def _count(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, Type.INTEGER, meaning, unit="count", nullable=nullable, minimum=0)


def _flag(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, Type.BOOLEAN, meaning, nullable=nullable)


def _employee(name: str, meaning: str, *, nullable: bool = False, key: bool = False) -> Column:
    return _id(
        name, meaning, nullable=nullable, key=key, personal=Personal.PSEUDONYM, references="employees.employee_id"
    )


def _buyer(*, nullable: bool = False) -> Column:
    return _id("buyer_id", "The buyer, as the platform numbers them", nullable=nullable, personal=Personal.PSEUDONYM)


def _account(name: str = "account_id", meaning: str = "The account it was done with", *, nullable: bool = True) -> Column:
    return _id(name, meaning, nullable=nullable, personal=Personal.PSEUDONYM, references="accounts.account_id")


ORGANISATION = (
    Table("shops", "Shops", "Shops and the platform each is on", Group.ORGANISATION, (
        _id("shop_id", "The shop's id", key=True),
        _id("title", "Name shown on reports"),
        _id("platform", "taobao, jd, pdd, …"),
        _id("currency", "ISO 4217 code of its amounts"),
    )),
    Table("departments", "Departments", "Departments as of the snapshot", Group.ORGANISATION, (
        _id("department_id", "The department's id, as schemes name it", key=True),
        _id("title_zh_hans", "Name in simplified Chinese"),
        _id("title_zh_hant", "Name in traditional Chinese", nullable=True),
        _id("title_en", "Name in English", nullable=True),
    )),
    Table("employees", "Employees", "Everybody who is or was employed", Group.ORGANISATION, (
        _id("employee_id", "Personnel number", key=True, personal=Personal.PSEUDONYM),
        _id("name", "Name as printed", personal=Personal.IDENTITY),
        _id("email", "Where reports go", nullable=True, personal=Personal.CONTACT),
        _on("hired_on", "First day"),
        _on("regularised_on", "First day as a regular employee (转正)", nullable=True),
        _on("left_on", "Last day", nullable=True),
    ), ascending=("hired_on", "left_on")),
    Table("assignments", "Assignments", "Who belongs to which department, by day", Group.ORGANISATION, (
        _employee("employee_id", "Who", key=True),
        _id("department_id", "Where", key=True, references="departments.department_id"),
        _on("valid_from", "First day", key=True),
        _on("valid_until", "Last day, included", nullable=True),
        Column("role", Type.TEXT, "member and manager are appraised by the scheme; helper is on loan",
               allowed=("member", "manager", "helper")),
        _id("post", "Post as printed", nullable=True),
    ), ascending=("valid_from", "valid_until")),
    Table("accounts", "Accounts", "Who works with which platform account, by moment", Group.ORGANISATION, (
        _id("account_id", "The platform's account", key=True, personal=Personal.PSEUDONYM),
        _shop(),
        _at("valid_from", "From when", nullable=False, key=True),
        _at("valid_until", "Until when, not included"),
        _employee("employee_id", "Who; empty for robots and system accounts", nullable=True),
        Column("kind", Type.TEXT, "human, robot or system", allowed=("human", "robot", "system")),
    ), ascending=("valid_from", "valid_until")),
    Table("responsibilities", "Responsibilities", "Whose product line of a shop it is, by day (one person a line)",
          Group.ORGANISATION, (
        _employee("employee_id", "Who"),
        _shop(),
        _id("category", "Product line, as in orders and traffic", key=True),
        _on("valid_from", "First day", key=True),
        _on("valid_until", "Last day, included", nullable=True),
    ), ascending=("valid_from", "valid_until"), optional=True),
)

FACTS = (
    Table("messages", "Chat messages", "One line of a chat; its text is not kept", Group.FACT, (
        _id("message_id", "The platform's number", key=True),
        _shop(),
        _id("session_id", "The chat it belongs to"),
        _buyer(),
        _account(nullable=False),
        _at("sent_at", "When it was sent", nullable=False),
        Column("direction", Type.TEXT, "Who wrote", allowed=("buyer", "agent")),
        Column("kind", Type.TEXT, "human, automatic reply, or mass message", allowed=("human", "auto", "mass")),
        _flag("is_filter_phrase", "The line is a configured advertising phrase"),
        _count("forbidden_phrases", "Forbidden phrases in the line"),
    ), time="sent_at", order=("buyer_id", "session_id", "sent_at", "message_id")),
    Table("recommendations", "Recommendations", "An item an agent recommended to a buyer", Group.FACT, (
        _id("recommendation_id", "The platform's number", key=True),
        _shop(),
        _buyer(),
        _account(nullable=False),
        _id("item_id", "The item"),
        _at("recommended_at", "When", nullable=False),
    ), time="recommended_at", order=("buyer_id", "recommended_at"), optional=True),
    Table("orders", "Orders", "One order of one buyer", Group.FACT, (
        _id("order_id", "The platform's number", key=True),
        _shop(),
        _buyer(),
        _id("category", "Product line", nullable=True),
        Column("status", Type.TEXT, "Where it stands",
               allowed=("created", "paid", "shipped", "delivered", "cancelled")),
        _at("created_at", "Placed", nullable=False),
        _at("paid_at", "Paid"),
        _at("ship_due_at", "To be shipped by"),
        _at("shipped_at", "Handed to the carrier"),
        _at("deliver_due_at", "Promised delivery"),
        _at("delivered_at", "Delivered"),
        _at("updated_at", "Version of this row"),
        _fen("order_amount_fen", "Amount of the order"),
        _fen("paid_amount_fen", "Amount paid", nullable=True),
        _fen("goods_cost_fen", "Cost of the goods", nullable=True),
        _fen("logistics_cost_fen", "Cost of packing and carriage", nullable=True),
        _flag("delivered_accurately", "No wrong or missing item", nullable=True),
        _account("handler_account_id", "Account that packed and shipped it"),
    ), time="created_at", order=("buyer_id", "created_at", "order_id"), version="updated_at",
       ascending=("created_at", "paid_at", "shipped_at", "delivered_at")),
    Table("order_items", "Order items", "One line of an order", Group.FACT, (
        _id("order_id", "The order", key=True, references="orders.order_id"),
        _shop(),
        Column("line_no", Type.INTEGER, "Line in the order", key=True, minimum=1),
        _id("item_id", "The item"),
        _at("created_at", "When the order was placed", nullable=False),
        Column("quantity", Type.INTEGER, "Pieces", unit="pieces", minimum=1),
        _fen("amount_fen", "Amount of the line"),
    ), time="created_at", order=("order_id", "line_no"), optional=True),
    Table("refunds", "Returns, exchanges, refunds", "One after-sales case on an order", Group.FACT, (
        _id("refund_id", "The platform's number", key=True),
        _shop(),
        _id("order_id", "The order", references="orders.order_id"),
        Column("kind", Type.TEXT, "What the buyer wants", allowed=("return", "exchange", "refund")),
        _id("reason", "Reason code", nullable=True),
        _at("requested_at", "Asked for", nullable=False),
        _at("due_at", "To be handled by"),
        _at("handled_at", "Handled"),
        _at("updated_at", "Version of this row"),
        _fen("amount_fen", "Amount given back"),
        _account("handler_account_id", "Account that handled it"),
    ), time="requested_at", order=("order_id", "refund_id"), version="updated_at",
       ascending=("requested_at", "handled_at"), optional=True),
    Table("ratings", "Ratings", "A buyer's rating of a chat, an order or an after-sales case", Group.FACT, (
        _id("rating_id", "The platform's number", key=True),
        _shop(),
        Column("channel", Type.TEXT, "What was rated", allowed=("chat", "order", "after_sales")),
        _id("order_id", "The order, when it has one", nullable=True),
        _account("account_id", "Account that handled it then"),
        _at("handled_at", "When it was handled (decides who is credited)"),
        _at("rated_at", "When it was rated", nullable=False),
        _at("improved_at", "When the buyer changed it for the better"),
        _at("updated_at", "Version of this row"),
        Column("score", Type.DECIMAL, "Score given", unit="points", minimum=0),
        Column("score_max", Type.DECIMAL, "Best possible score", unit="points", minimum=1),
        _flag("resolved", "The buyer says it was solved", nullable=True),
        _flag("praise", "Praises the agent"),
    ), time="rated_at", order=("rated_at", "rating_id"), version="updated_at", optional=True),
    Table("complaints", "Complaints", "A complaint about service", Group.FACT, (
        _id("complaint_id", "The platform's number", key=True),
        _shop(),
        _buyer(nullable=True),
        _account("account_id", "Account complained about"),
        _at("opened_at", "Received", nullable=False),
        _at("closed_at", "Settled"),
        _at("updated_at", "Version of this row"),
        _flag("justified", "Found justified; empty while open", nullable=True),
    ), time="opened_at", order=("opened_at", "complaint_id"), version="updated_at",
       ascending=("opened_at", "closed_at"), optional=True),
    Table("tickets", "Tickets", "A helpdesk ticket", Group.FACT, (
        _id("ticket_id", "The helpdesk's number", key=True),
        _shop(),
        _id("customer_id", "The customer", nullable=True, personal=Personal.PSEUDONYM),
        _id("subject", "Subject code", nullable=True),
        _account("account_id", "Account that resolved it"),
        _at("opened_at", "Opened", nullable=False),
        _at("first_answered_at", "First answer"),
        _at("resolved_at", "Resolved"),
        _at("closed_at", "Closed"),
        _at("updated_at", "Version of this row"),
        _count("reopen_count", "Times it was opened again"),
        _count("reassignment_count", "Times it was handed on"),
        _flag("sla_made", "Resolved within the agreed time", nullable=True),
        _flag("in_authority", "The desk was allowed to solve it", nullable=True),
    ), time="opened_at", order=("opened_at", "ticket_id"), version="updated_at",
       ascending=("opened_at", "resolved_at", "closed_at"), optional=True),
    Table("follow_ups", "Follow-up visits", "A buyer called back after delivery", Group.FACT, (
        _id("follow_up_id", "Its number", key=True),
        _shop(),
        _id("order_id", "The order", references="orders.order_id"),
        _account(nullable=False),
        _at("done_at", "When", nullable=False),
    ), time="done_at", order=("done_at", "follow_up_id"), optional=True),
    Table("traffic", "Traffic", "Visits of a shop by product line and channel", Group.FACT, (
        _shop(),
        _on("day", "Business day", key=True),
        _id("category", "Product line", key=True),
        _id("channel", "search, direct, ads, social, …", key=True),
        _count("page_views", "Pages viewed (PV)"),
        _count("unique_visitors", "Visitors (UV)"),
    ), time="day", order=("category", "channel"), optional=True),
    Table("inventory", "Inventory", "Stock at cost at the end of the day", Group.FACT, (
        _shop(),
        _on("day", "Business day", key=True),
        _id("category", "Product line", key=True),
        _fen("stock_cost_fen", "Stock at cost"),
    ), time="day", order=("category",), optional=True),
    Table("campaigns", "Campaigns", "A marketing campaign", Group.FACT, (
        _id("campaign_id", "Its number", key=True),
        _shop(key=False),
        _id("title", "Its name"),
        _employee("owner_employee_id", "Who is responsible"),
        _on("starts_on", "First day"),
        _on("ends_on", "Last day"),
        _fen("sales_target_fen", "Planned sales"),
    ), ascending=("starts_on", "ends_on"), optional=True),
    Table("campaign_days", "Campaign days", "What a campaign brought on a day", Group.FACT, (
        _id("campaign_id", "The campaign", key=True, references="campaigns.campaign_id"),
        _shop(key=False),
        _on("day", "Business day", key=True),
        _count("impressions", "Times it was shown"),
        _count("visitors", "Visitors it brought to the shop"),
        _count("participants", "Buyers who took part"),
        _count("conversions", "Of those, who did what was wanted"),
        _fen("sales_fen", "Sales it brought"),
        _fen("spend_fen", "What it cost"),
    ), time="day", order=("campaign_id",), optional=True),
    Table("platform_totals", "Platform totals", "The platform's own daily sums, to reconcile with", Group.FACT, (
        _shop(),
        _on("day", "Business day", key=True),
        _count("orders", "Orders placed"),
        _fen("order_amount_fen", "Their amount"),
    ), time="day", optional=True),
)

INPUTS = (
    Table("judgements", "Judgements", "A rater's score of an employee on one indicator", Group.INPUT, (
        _employee("employee_id", "Who is judged", key=True),
        _id("indicator", "Indicator, as the scheme names it", key=True),
        _id("period", "Period key such as 2026-10", key=True),
        _employee("rater_id", "Who judges", key=True),
        Column("role", Type.TEXT, "The rater's relation to the employee", key=True,
               allowed=("self", "manager", "peer", "subordinate", "customer")),
        Column("score", Type.DECIMAL, "0 to 100", unit="points", minimum=0, personal=Personal.JUDGEMENT),
        _id("comment", "Reason in words", nullable=True, personal=Personal.JUDGEMENT),
        _at("given_at", "When", nullable=False),
    ), optional=True),
    Table("targets", "Targets", "What was agreed for a metric", Group.INPUT, (
        Column("level", Type.TEXT, "Whose target", key=True, allowed=("employee", "department", "company")),
        _id("subject_id", "Employee, department, or `company`", key=True, personal=Personal.PSEUDONYM),
        _id("metric", "Metric key", key=True),
        _id("period", "Period key such as 2026-10", key=True),
        Column("value", Type.DECIMAL, "The target, in the metric's unit (amounts in fen)", minimum=0),
    ), optional=True),
)

TABLES: dict[str, Table] = {table.name: table for table in (*ORGANISATION, *FACTS, *INPUTS)}

# Columns every stored row carries besides the contract, so that a number can be followed to its line.
LINEAGE = ("_source", "_file", "_row")


def ddl(table: Table) -> str:
    """`CREATE TABLE` of the contract, lineage included, for DuckDB."""
    lines = [f"{c.name} {c.type.value}{'' if c.nullable else ' NOT NULL'}" for c in table.columns]
    lines += ["_source VARCHAR NOT NULL", "_file VARCHAR NOT NULL", "_row BIGINT NOT NULL"]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"
