"""The first ledger: inputs, revisions, results, documents, periods, outbox; all append-only."""

import sqlalchemy as sa
from alembic import op

from flows.warehouse.migrations.append_only import protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and forbid changing their rows."""
    create()
    for table in sa.inspect(op.get_bind()).get_table_names():
        if table != "alembic_version":
            protect(op.get_bind(), table, keys_of(table))


def downgrade() -> None:
    """Refused: going back would throw recorded revisions away."""
    raise NotImplementedError("a ledger is never migrated back; restore a backup")


def keys_of(table: str) -> list[list[str]]:
    """Primary and unique keys of a table, as the database knows them."""
    found = sa.inspect(op.get_bind())
    unique = sorted(constraint["column_names"] for constraint in found.get_unique_constraints(table))
    return [found.get_pk_constraint(table)["constrained_columns"], *unique]


def create() -> None:
    """All tables and indexes."""
    op.create_table('scheme_versions',
        sa.Column('hash', sa.Text(), nullable=False),
        sa.Column('scheme', sa.Text(), nullable=False),
        sa.Column('effective_from', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('recorded_at', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('hash', name='pk_scheme_versions')
    )
    op.create_table('settings',
        sa.Column('hash', sa.Text(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('recorded_at', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('hash', name='pk_settings')
    )
    op.create_table('snapshots',
        sa.Column('id', sa.Text(), nullable=False),
        sa.Column('manifest', sa.Text(), nullable=False),
        sa.Column('recorded_at', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_snapshots')
    )
    op.create_table('revisions',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('period_start', sa.Text(), nullable=False),
        sa.Column('period_end', sa.Text(), nullable=False),
        sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('input_hash', sa.Text(), nullable=False),
        sa.Column('snapshot_id', sa.Text(), nullable=False),
        sa.Column('settings_hash', sa.Text(), nullable=False),
        sa.Column('scheme_hashes', sa.Text(), nullable=False),
        sa.Column('code_version', sa.Text(), nullable=False),
        sa.Column('provisional', sa.Boolean(), nullable=False),
        sa.Column('provisional_until', sa.Text(), nullable=True),
        sa.Column('results_digest', sa.Text(), nullable=False),
        sa.Column('created_at', sa.Text(), nullable=False),
        sa.Column('previous_hash', sa.Text(), nullable=False),
        sa.Column('hash', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['settings_hash'], ['settings.hash'], name='fk_revisions_settings_hash'),
        sa.ForeignKeyConstraint(['snapshot_id'], ['snapshots.id'], name='fk_revisions_snapshot_id'),
        sa.PrimaryKeyConstraint('id', name='pk_revisions'),
        sa.UniqueConstraint('hash', name='uq_revisions_hash'),
        sa.UniqueConstraint('period', 'number', name='uq_revisions_period'),
        sa.UniqueConstraint('previous_hash', name='uq_revisions_previous_hash')
    )
    op.create_table('delivery_findings',
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('check_code', sa.Text(), nullable=False),
        sa.Column('hash', sa.Text(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('recorded_at', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_delivery_findings_revision_id'),
        sa.PrimaryKeyConstraint('revision_id', 'check_code', 'hash', name='pk_delivery_findings')
    )
    op.create_table('department_results',
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('department_id', sa.Text(), nullable=False),
        sa.Column('ordinal', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_department_results_revision_id'),
        sa.PrimaryKeyConstraint('revision_id', 'department_id', name='pk_department_results')
    )
    op.create_table('documents',
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('subject_id', sa.Text(), nullable=False),
        sa.Column('locale', sa.Text(), nullable=False),
        sa.Column('content_sha256', sa.Text(), nullable=False),
        sa.Column('html_sha256', sa.Text(), nullable=False),
        sa.Column('pdf_sha256', sa.Text(), nullable=False),
        sa.Column('html_path', sa.Text(), nullable=False),
        sa.Column('pdf_path', sa.Text(), nullable=False),
        sa.Column('html_bytes', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('pdf_bytes', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('recorded_at', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_documents_revision_id'),
        sa.PrimaryKeyConstraint('revision_id', 'kind', 'subject_id', 'locale', name='pk_documents')
    )
    op.create_table('filtered',
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('employee_id', sa.Text(), nullable=False),
        sa.Column('contacts', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_filtered_revision_id'),
        sa.PrimaryKeyConstraint('revision_id', 'employee_id', name='pk_filtered')
    )
    op.create_table('findings',
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('ordinal', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('check_code', sa.Text(), nullable=False),
        sa.Column('severity', sa.Text(), nullable=False),
        sa.Column('row_count', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_findings_revision_id'),
        sa.PrimaryKeyConstraint('revision_id', 'ordinal', name='pk_findings')
    )
    op.create_table('metric_values',
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('ordinal', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('level', sa.Text(), nullable=False),
        sa.Column('subject_id', sa.Text(), nullable=False),
        sa.Column('department_id', sa.Text(), nullable=True),
        sa.Column('window_key', sa.Text(), nullable=False),
        sa.Column('metric', sa.Text(), nullable=False),
        sa.Column('numerator', sa.Text(), nullable=True),
        sa.Column('denominator', sa.Text(), nullable=True),
        sa.Column('value', sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_metric_values_revision_id'),
        sa.PrimaryKeyConstraint('revision_id', 'ordinal', name='pk_metric_values')
    )
    op.create_table('outbox',
        sa.Column('message_id', sa.Text(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('recipient_id', sa.Text(), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('department_id', sa.Text(), nullable=False),
        sa.Column('part', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('queued_at', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_outbox_revision_id'),
        sa.PrimaryKeyConstraint('message_id', name='pk_outbox'),
        sa.UniqueConstraint('revision_id', 'recipient_id', 'kind', 'department_id', 'part', name='uq_outbox_revision_id')
    )
    op.create_index('ix_outbox_period', 'outbox', ['period'], unique=False)
    op.create_table('period_events',
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('sequence', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('status', sa.Text(), nullable=False),
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('at', sa.Text(), nullable=False),
        sa.Column('by', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_period_events_revision_id'),
        sa.PrimaryKeyConstraint('period', 'sequence', name='pk_period_events')
    )
    op.create_table('person_results',
        sa.Column('revision_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('employee_id', sa.Text(), nullable=False),
        sa.Column('ordinal', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('department_id', sa.Text(), nullable=False),
        sa.Column('score', sa.Text(), nullable=True),
        sa.Column('grade', sa.Text(), nullable=True),
        sa.Column('body', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['revision_id'], ['revisions.id'], name='fk_person_results_revision_id'),
        sa.PrimaryKeyConstraint('revision_id', 'employee_id', name='pk_person_results')
    )
    op.create_index('ix_person_results_employee_id', 'person_results', ['employee_id'], unique=False)
    op.create_table('outbox_events',
        sa.Column('message_id', sa.Text(), nullable=False),
        sa.Column('sequence', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('state', sa.Text(), nullable=False),
        sa.Column('at', sa.Text(), nullable=False),
        sa.Column('by', sa.Text(), nullable=False),
        sa.Column('until', sa.Text(), nullable=True),
        sa.Column('attempt', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('detail', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['message_id'], ['outbox.message_id'], name='fk_outbox_events_message_id'),
        sa.PrimaryKeyConstraint('message_id', 'sequence', name='pk_outbox_events')
    )
