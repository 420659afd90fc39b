"""Correction slips of earlier periods, as the next report shows them: what each settled, person by person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from flows.company import Company
from flows.report_changes import bases
from flows.warehouse.basis import Basis
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import history, load_results, periods
from transforms.period import parse
from transforms.reports import SlipView
from transforms.reports.changes import pay_fen
from transforms.scoring.results import PeriodResults

Revisions = Sequence[RecordedRevision]


def slips(engine: sa.Engine, company: Company, revision: RecordedRevision) -> dict[str, tuple[SlipView, ...]]:
    """By person, the slips of earlier periods that were made since the report of the period before, oldest first.

    A period's slip is the difference of its pay between the revision before its first slip and the last of them.
    """
    known, earlier = bases(engine), _earlier(engine, revision.period)
    since = _last_report(history(engine, earlier[-1]), known, revision) if earlier else None
    found: dict[str, tuple[SlipView, ...]] = {}
    for period in earlier:
        for who, slip in _of_period(engine, company, history(engine, period), known, (since, revision.created_at)):
            found[who] = (*found.get(who, ()), slip)
    return found


def _earlier(engine: sa.Engine, key: str) -> list[str]:
    """Periods of the same length that ended before, oldest first."""
    period = parse(key)
    known = (each for each in periods(engine) if parse(each).cycle == period.cycle)
    return sorted((each for each in known if parse(each).end < period.start), key=lambda each: parse(each).end)


def _last_report(revisions: Revisions, known: Mapping[int, Basis], before: RecordedRevision) -> datetime | None:
    """When the last report of a period was made that is no slip."""
    made = [each for each in revisions if not _is_slip(each, known) and each.created_at < before.created_at]
    return made[-1].created_at if made else None


def _of_period(
    engine: sa.Engine, company: Company, revisions: Revisions, known: Mapping[int, Basis],
    between: tuple[datetime | None, datetime],
) -> Iterator[tuple[str, SlipView]]:  # fmt: skip
    first, last = between
    made = [
        number
        for number, each in enumerate(revisions)
        if number and _is_slip(each, known) and (first is None or first < each.created_at) and each.created_at < last
    ]
    if not made:
        return
    before, after = (load_results(engine, revisions[number].id) for number in (made[0] - 1, made[-1]))
    slip = revisions[made[-1]]
    for who, fen in _differences(before, after).items():
        yield who, SlipView(period=slip.period, dated=company.day_of(slip.created_at), amount_fen=fen)


def _is_slip(revision: RecordedRevision, known: Mapping[int, Basis]) -> bool:
    return revision.id in known and known[revision.id].after_closing


def _differences(before: PeriodResults, after: PeriodResults) -> dict[str, int]:
    """Pay that differs, in fen, by person."""
    old = {person.employee_id: pay_fen(person) for person in before.people}
    new = {person.employee_id: pay_fen(person) for person in after.people}
    moved = {who: new.get(who, 0) - old.get(who, 0) for who in sorted({*old, *new})}
    return {who: fen for who, fen in moved.items() if fen}
