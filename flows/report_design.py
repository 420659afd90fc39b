"""How the schemes and agreed targets that judged a period differ from those that judged the period before."""

import sqlalchemy as sa

from flows.scheme_records import of_revision
from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import history
from transforms.period import parse
from transforms.reports.record_model import DesignChange
from transforms.reports.redesign import Judging, scheme_changes, target_changes
from transforms.scoring.results import DepartmentResult

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def redesigned(engine: sa.Engine, revision: RecordedRevision) -> tuple[DesignChange, ...] | None:
    """By scheme and indicator, agreed targets last; None where the period before was not run before this revision."""
    before = _before(engine, revision)
    if before is None:
        return None
    schemes = scheme_changes(_judging(engine, before), _judging(engine, revision))
    return (*schemes, *target_changes(_departments(engine, before), _departments(engine, revision)))


def _before(engine: sa.Engine, revision: RecordedRevision) -> RecordedRevision | None:
    """The last revision of the period before, as it was when this one was made."""
    period = parse(revision.period)
    known = history(engine, period.shifted(-_MONTHS[period.cycle]).key)
    return next((each for each in reversed(known) if each.id < revision.id), None)


def _judging(engine: sa.Engine, revision: RecordedRevision) -> Judging:
    return {scheme.scheme: (scheme, version) for scheme, version in of_revision(engine, revision.id)}


def _departments(engine: sa.Engine, revision: RecordedRevision) -> tuple[DepartmentResult, ...]:
    c = t.department_results.c
    chosen = sa.select(c.body).where(c.revision_id == revision.id).order_by(c.ordinal)
    with reading(engine) as con:
        return tuple(DepartmentResult.model_validate_json(body) for body in con.scalars(chosen))
