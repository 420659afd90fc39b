"""A department's document has a workbook beside HTML and PDF."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the workbook's columns; documents made before have none."""
    op.add_column("documents", sa.Column("xlsx_sha256", sa.Text(), nullable=True))
    op.add_column("documents", sa.Column("xlsx_path", sa.Text(), nullable=True))
    op.add_column("documents", sa.Column("xlsx_bytes", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Refused: going back would throw recorded documents away."""
    raise NotImplementedError("a ledger is never migrated back; restore a backup")
