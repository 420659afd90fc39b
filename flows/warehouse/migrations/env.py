"""What Alembic runs: the migrations on the connection handed over, inside the caller's transaction."""

from alembic import context

from flows.warehouse.ledger_tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
