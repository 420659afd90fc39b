"""What is kept: snapshots of facts, the ledger of revisions, the outbox."""
