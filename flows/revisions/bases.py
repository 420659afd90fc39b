"""The basis of a recorded revision, as the journal keeps it."""

import sqlalchemy as sa

from flows.warehouse.basis import BASIS, Basis
from flows.warehouse.journal import entries
from flows.warehouse.ledger import RecordedRevision


def basis_of(engine: sa.Engine, revision: RecordedRevision) -> Basis:
    """What a revision stood on; of one that was recorded before the journal began, what must have been so."""
    told = entries(engine, period=revision.period, kinds=(BASIS,))
    found = next((entry for entry in told if entry.key == str(revision.id)), None)
    if found is not None:
        return found.read(Basis)
    return Basis(as_of=revision.created_at.date(), journal_until=0, revisions_until=revision.id - 1)
