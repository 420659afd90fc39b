"""Each person's record: corrections and appeals of the period that the journal held when the revision was made."""

import sqlalchemy as sa

from flows.company import Company
from flows.warehouse.ledger import RecordedRevision
from transforms.reports.record_model import RecordLine


def record_of(engine: sa.Engine, company: Company, revision: RecordedRevision) -> dict[str, tuple[RecordLine, ...]]:  # noqa: ARG001
    """By employee id, oldest first."""
    return {}
