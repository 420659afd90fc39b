"""Targets as earlier snapshots held them: what tells whether one changed within the period (S21)."""

from contextlib import closing
from decimal import Decimal
from zoneinfo import ZoneInfo

from flows import wiring
from flows.company import Company
from flows.warehouse.ledger_queries import history
from flows.warehouse.snapshots import open_snapshot
from transforms.errors import JixiaoError
from transforms.lint import TargetsThen
from transforms.period import Period

_ROWS = "select level, subject_id, metric, period, value from targets where period = ? order by all"


def earlier_targets(
    company: Company, period: Period, snapshot_id: str, until: int | None = None
) -> tuple[TargetsThen, ...]:
    """The period's targets in the other snapshots that revisions of it and of the period before it stand on.

    Oldest first, of revisions up to the id `until`; `snapshot_id` is the one that is scored now. Snapshots that are no
    longer stored are left out: the check then says less, and a run goes on.
    """
    engine, zone = wiring.ledger(company), ZoneInfo(company.settings.time_zone)
    known = {}
    for key in (period.shifted(-1).key, period.key):
        for revision in (each for each in history(engine, key) if until is None or each.id <= until):
            known.setdefault(revision.snapshot_id, revision.created_at.astimezone(zone).date())
    others = sorted((day, snapshot) for snapshot, day in known.items() if snapshot != snapshot_id)
    found = ((day, _targets(company, snapshot, period)) for day, snapshot in others)
    return tuple(TargetsThen(day, targets) for day, targets in found if targets is not None)


def _targets(company: Company, snapshot_id: str, period: Period) -> dict[tuple[str, str, str, str], Decimal] | None:
    try:
        with closing(open_snapshot(company, snapshot_id)) as con:
            rows = con.execute(_ROWS, [period.key]).fetchall()
    except JixiaoError:
        return None
    return {(level, subject, metric, key): Decimal(str(value)) for level, subject, metric, key, value in rows}
