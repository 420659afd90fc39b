"""What the ledger says of earlier periods, as scoring reads it: the latest revision of each."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading
from flows.warehouse.ledger_periods import final_periods
from flows.warehouse.ledger_rows import exact
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import PastResult

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
Body = Mapping[str, Any]


def load_past(
    engine: sa.Engine, schemes: Sequence[Scheme], period: Period, until: int | None = None,
    final: Collection[str] | None = None,
) -> tuple[PastResult, ...]:  # fmt: skip
    """Results of the periods that schemes look back to: those within `period`, and as many before as they count.

    A period speaks by its latest revision (up to the id `until`); one that never ran has nothing to say. Its results
    are final when it is closed (`final`: the periods that were; None: those that are now) and nothing in it can change.
    """
    closed = frozenset(final_periods(engine) if final is None else final)
    since = reach(schemes, period)
    with reading(engine) as con:
        revisions = con.execute(_revisions(since, period, until)).mappings().all()
        return tuple(each for row in revisions for each in _of_revision(con, row, closed))


def reach(schemes: Iterable[Scheme], period: Period) -> Period:
    """From the first day of the oldest period that is looked at, to the period's last."""
    counted = [
        consequence.periods
        for scheme in schemes
        if scheme.window(period) is not None and (version := scheme.in_force(period.start)) is not None
        for consequence in version.consequences
    ]
    back = (max(counted, default=1) - 1) * _MONTHS[period.cycle]
    return Period(period.shifted(-back).start, period.end)


def _revisions(since: Period, period: Period, until: int | None) -> sa.Select[Any]:
    """The latest revision of each period that lies in the days and is not the period itself."""
    c = t.revisions.c
    last = sa.select(sa.func.max(c.id)).where(sa.true() if until is None else c.id <= until).group_by(c.period)
    within = (c.period_start >= since.start.isoformat(), c.period_end <= since.end.isoformat())
    return sa.select(t.revisions).where(c.id.in_(last), c.period != period.key, *within).order_by(c.period_end, c.id)


def _of_revision(con: sa.Connection, revision: sa.RowMapping, closed: Collection[str]) -> Iterator[PastResult]:
    key = str(revision["period"])
    said = {"period": key, "final": key in closed and not revision["provisional"]}
    for body in _bodies(con, t.person_results, revision["id"]):
        yield from _of_person(body, said)
    for body in _bodies(con, t.department_results, revision["id"]):
        yield from _of_department(body, said)


def _bodies(con: sa.Connection, table: sa.Table, revision_id: int) -> Iterator[Body]:
    chosen = sa.select(table.c.body).where(table.c.revision_id == revision_id).order_by(table.c.ordinal)
    return (json.loads(body) for body in con.scalars(chosen))


def _of_person(body: Body, said: Body) -> Iterator[PastResult]:
    """The overall score under the scheme of most days, and each appraisal beside it."""
    who, cards = str(body["employee_id"]), body["cards"]
    main = max(cards, key=lambda card: card["working_days"], default=None)
    if main is not None:
        yield _past("employee", who, str(main["scheme"]), body, said, "score", days=body["working_days"])
    for each in body.get("appraisals", ()):
        if (card := each["card"]) is not None and each["counts"] != "score":
            told = {**card, "rank": each["rank"], "ranked_of": each["ranked_of"]}
            yield _past("employee", who, str(each["scheme"]), told, said, each["counts"], days=card["working_days"])


def _of_department(body: Body, said: Body) -> Iterator[PastResult]:
    who = str(body["department_id"])
    if (card := body["card"]) is not None:
        yield _past("department", who, str(card["scheme"]), card, said, "score", days=card["working_days"])


def _past(
    level: Literal["employee", "department"],
    subject: str,
    scheme: str,
    told: Body,
    said: Body,
    counts: Literal["score", "beside", "trial"],
    *,
    days: int,
) -> PastResult:
    return PastResult(
        period=said["period"],
        subject=subject,
        level=level,
        scheme=scheme,
        score=exact(told["score"]),
        grade=told["grade"],
        rank=told.get("rank"),
        ranked_of=told.get("ranked_of"),
        working_days=days,
        final=said["final"],
        counts=counts,
    )
