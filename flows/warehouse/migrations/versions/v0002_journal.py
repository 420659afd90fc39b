"""HR's journal; and letters that belong to no revision (reminders), so `outbox.revision_id` may be empty."""

import sqlalchemy as sa
from alembic import op

from flows.warehouse.migrations.append_only import protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOVED = ("outbox", "outbox_events")


def upgrade() -> None:
    """Create the journal, loosen the outbox, and forbid changing their rows."""
    _create_journal()
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "revision_id", existing_type=sa.BigInteger(), nullable=True)
        _protect("journal")
    else:
        _rebuild_outbox()
        for table in ("journal", *_MOVED):
            _protect(table)


def downgrade() -> None:
    """Refused: going back would throw recorded acts away."""
    raise NotImplementedError("a ledger is never migrated back; restore a backup")


def _protect(table: str) -> None:
    found = sa.inspect(op.get_bind())
    unique = sorted(constraint["column_names"] for constraint in found.get_unique_constraints(table))
    protect(op.get_bind(), table, [found.get_pk_constraint(table)["constrained_columns"], *unique])


def _rebuild_outbox() -> None:
    """SQLite cannot loosen a column: the two tables are made anew beside the old ones, and those dropped."""
    for table in _MOVED:
        op.rename_table(table, f"old_{table}")
    op.drop_index("ix_outbox_period", "old_outbox")
    _create_outbox()
    for table in _MOVED:
        op.execute(f"insert into {table} select * from old_{table}")
    for table in reversed(_MOVED):
        op.drop_table(f"old_{table}")


def _create_journal() -> None:
    names = ("period", "kind", "key", "body", "at", "by", "previous_hash", "hash")
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in names),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("hash", name="uq_journal_hash"),
        sa.UniqueConstraint("previous_hash", name="uq_journal_previous_hash"),
    )
    op.create_index("ix_journal_period", "journal", ["period"], unique=False)


def _create_outbox() -> None:
    same_message = ("revision_id", "recipient_id", "kind", "department_id", "part")
    op.create_table(
        "outbox",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.BigInteger(), autoincrement=False, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("recipient_id", "kind", "department_id")),
        sa.Column("part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_outbox_revision_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_outbox"),
        sa.UniqueConstraint(*same_message, name="uq_outbox_revision_id"),
    )
    op.create_index("ix_outbox_period", "outbox", ["period"], unique=False)
    op.create_table(
        "outbox_events",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "at", "by")),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("attempt", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["outbox.message_id"], name="fk_outbox_events_message_id"),
        sa.PrimaryKeyConstraint("message_id", "sequence", name="pk_outbox_events"),
    )
