"""Who is employed, as the newest snapshot of a period says."""

from contextlib import closing
from datetime import date

from flows.company import Company
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.snapshots import open_snapshot
from flows.yaml_files import nearest
from transforms.errors import NotFoundError, RuleError


def require_employed(company: Company, revision: RecordedRevision, today: date, *people: str) -> None:
    """Refuse an act of somebody who is not, or no longer, employed.

    Raises:
        NotFoundError: nobody has that personnel number.
        RuleError: he left.
    """
    known = _left_on(company, revision)
    for who in people:
        if who not in known:
            close = nearest(who, list(known))
            todo = f"did you mean {close}?" if close else "give a personnel number of the employees table"
            raise NotFoundError(f"there is no employee {who}", todo=todo)
        left = known[who]
        if left is not None and left < today:
            raise RuleError(f"{who} left on {left}", todo="somebody who is employed must do this")


def _left_on(company: Company, revision: RecordedRevision) -> dict[str, date | None]:
    with closing(open_snapshot(company, revision.snapshot_id)) as con:
        return dict(con.execute("select employee_id, left_on from employees").fetchall())
