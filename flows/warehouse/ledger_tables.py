"""Tables of the ledger. Rows are only ever added; what changes is said by a later row.

Exact numbers are kept as text (`Decimal` → str → `Decimal` loses nothing on any database), moments as ISO text in
UTC, whole results as the JSON of their pydantic models beside the few columns that are searched by.
"""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _text(name: str, *, key: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=nullable)


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=key, autoincrement=False, nullable=False)


def _revision(*, key: bool = True) -> sa.Column[int]:
    return sa.Column(
        "revision_id", sa.BigInteger, sa.ForeignKey("revisions.id"), primary_key=key, autoincrement=False,
        nullable=False,
    )  # fmt: skip


snapshots = sa.Table(
    "snapshots", metadata, _text("id", key=True), _text("manifest"), _text("recorded_at")
)  # fmt: skip

scheme_versions = sa.Table(
    "scheme_versions", metadata,
    _text("hash", key=True), _text("scheme"), _text("effective_from"), _text("text"), _text("recorded_at"),
)  # fmt: skip

settings = sa.Table("settings", metadata, _text("hash", key=True), _text("body"), _text("recorded_at"))

revisions = sa.Table(
    "revisions", metadata,
    _number("id", key=True),
    _text("period"), _text("period_start"), _text("period_end"), _number("number"),
    _text("input_hash"),
    sa.Column("snapshot_id", sa.Text, sa.ForeignKey("snapshots.id"), nullable=False),
    sa.Column("settings_hash", sa.Text, sa.ForeignKey("settings.hash"), nullable=False),
    _text("scheme_hashes"), _text("code_version"),
    sa.Column("provisional", sa.Boolean, nullable=False),
    _text("provisional_until", nullable=True),
    _text("results_digest"), _text("created_at"), _text("previous_hash"), _text("hash"),
    sa.UniqueConstraint("period", "number"),
    sa.UniqueConstraint("previous_hash"),
    sa.UniqueConstraint("hash"),
)  # fmt: skip

person_results = sa.Table(
    "person_results", metadata,
    _revision(), _text("employee_id", key=True), _number("ordinal"), _text("department_id"),
    _text("score", nullable=True), _text("grade", nullable=True), _text("body"),
    sa.Index(None, "employee_id"),
)  # fmt: skip

department_results = sa.Table(
    "department_results", metadata,
    _revision(), _text("department_id", key=True), _number("ordinal"), _text("body"),
)  # fmt: skip

metric_values = sa.Table(
    "metric_values", metadata,
    _revision(), _number("ordinal", key=True),
    _text("level"), _text("subject_id"), _text("department_id", nullable=True), _text("window_key"), _text("metric"),
    _text("numerator", nullable=True), _text("denominator", nullable=True), _text("value", nullable=True),
)  # fmt: skip

findings = sa.Table(
    "findings", metadata,
    _revision(), _number("ordinal", key=True), _text("check_code"), _text("severity"), _number("row_count"),
    _text("body"),
)  # fmt: skip

filtered = sa.Table("filtered", metadata, _revision(), _text("employee_id", key=True), _text("contacts"))

documents = sa.Table(
    "documents", metadata,
    _revision(), _text("kind", key=True), _text("subject_id", key=True), _text("locale", key=True),
    _text("content_sha256"), _text("html_sha256"), _text("pdf_sha256"), _text("html_path"), _text("pdf_path"),
    _number("html_bytes"), _number("pdf_bytes"), _text("recorded_at"),
    sa.Column("xlsx_sha256", sa.Text), sa.Column("xlsx_path", sa.Text), sa.Column("xlsx_bytes", sa.BigInteger),
)  # fmt: skip

period_events = sa.Table(
    "period_events", metadata,
    _text("period", key=True), _number("sequence", key=True), _text("status"), _revision(key=False),
    _text("at"), _text("by"), _text("reason"),
)  # fmt: skip

journal = sa.Table(
    "journal", metadata,
    _number("id", key=True), _text("period"), _text("kind"), _text("key"), _text("body"), _text("at"), _text("by"),
    _text("previous_hash"), _text("hash"),
    sa.UniqueConstraint("previous_hash"),
    sa.UniqueConstraint("hash"),
    sa.Index(None, "period"),
)  # fmt: skip

# A letter about a revision names it; a reminder comes before there is one.
outbox = sa.Table(
    "outbox", metadata,
    _text("message_id", key=True), _text("period"),
    sa.Column("revision_id", sa.BigInteger, sa.ForeignKey("revisions.id"), autoincrement=False, nullable=True),
    _text("recipient_id"), _text("kind"),
    _text("department_id"), _number("part"), _text("body"), _text("queued_at"),
    sa.UniqueConstraint("revision_id", "recipient_id", "kind", "department_id", "part"),
    sa.Index(None, "period"),
)  # fmt: skip

outbox_events = sa.Table(
    "outbox_events", metadata,
    sa.Column("message_id", sa.Text, sa.ForeignKey("outbox.message_id"), primary_key=True),
    _number("sequence", key=True), _text("state"), _text("at"), _text("by"), _text("until", nullable=True),
    _number("attempt"), _text("detail"),
)  # fmt: skip

delivery_findings = sa.Table(
    "delivery_findings", metadata,
    _revision(), _text("check_code", key=True), _text("hash", key=True), _text("body"), _text("recorded_at"),
)  # fmt: skip

ALL = tuple(metadata.tables.values())
