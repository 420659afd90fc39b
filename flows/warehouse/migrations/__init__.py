"""Alembic migrations of the ledger, run in this process by `flows.warehouse.ledger_upgrade`.

A new one: a file in `versions/` named after its revision, `HEAD` below set to it. A released one is never edited.
"""

# Kept here so that an up-to-date ledger is recognised without importing Alembic (0.3 s).
HEAD = "0003"
