"""Past periods replayed from their snapshots, under a changed scheme or as they are; nothing is recorded."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from flows import wiring
from flows.appraising import book_of, measures_of, values_of
from flows.company import Company
from flows.facts import open_facts
from flows.schemes import load_scheme, load_schemes
from flows.simulation_changes import Change, changes
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import latest, periods
from transforms.errors import NotFoundError, PeriodError
from transforms.period import Period, parse
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book
from transforms.scoring.checks import overlaps
from transforms.scoring.results import PeriodResults

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST = 60


@dataclass(frozen=True)
class Replayed:
    """One period under the schemes as they are, and with the changed one in its place."""

    period: Period
    snapshot_id: str
    before: PeriodResults
    after: PeriodResults
    changes: tuple[Change, ...]


def simulate(company: Company, path: Path, told: str, as_of: date) -> tuple[Scheme, Iterator[Replayed]]:
    """Replay the periods `told` (2026-10, or 2026-05:2026-10) with the scheme of a file; one period at a time.

    The scheme's newest version judges every period, whatever its first day, in the place of the company's scheme of
    that name. A trial is taken as if it counted, in the place of the scheme that gives these people's score, or beside.
    Both sides are computed now, from the snapshot of the period's latest revision (else the newest there is), so that
    they differ by the scheme alone.

    Raises:
        ConfigError: the file is no scheme.
        PeriodError: no such periods, or the scheme's cycle is another.
        NotFoundError: nothing was ever run, so there is no snapshot.
    """
    wanted = periods_of(told)
    changed, before = _in_force_always(load_scheme(path), wanted[0]), load_schemes(company)
    if changed.window(wanted[0]) is None:
        raise PeriodError(f"{changed.scheme} judges by {changed.cycle}, not {wanted[0].key}", todo="choose its periods")
    scheme = _as_if_it_counted(changed, before)
    after = _instead(scheme, before)
    return scheme, (_replay(company, each, scheme, before, after, as_of) for each in wanted)


def periods_of(told: str) -> tuple[Period, ...]:
    """One period, or all from the first to the last of the same length.

    Raises:
        PeriodError: not periods, of two lengths, in the wrong order, or too many.
    """
    first, last = (parse(each) for each in (told.split(":", 1) if ":" in told else (told, told)))
    step = _MONTHS[first.cycle]
    found = [first]
    while found[-1] < last and len(found) <= _MOST:
        found.append(found[-1].shifted(step))
    if found[-1] != last or len(found) > _MOST:
        raise PeriodError(f"'{told}' is not a range of periods", todo="write the first and the last: 2026-05:2026-10")
    return tuple(found)


@dataclass(frozen=True)
class Again:
    """A period appraised once more, from a stored snapshot."""

    book: Book
    results: PeriodResults
    snapshot_id: str


def appraised_again(company: Company, period: Period, schemes: Sequence[Scheme], as_of: date) -> Again:
    """A period as its latest revision's snapshot holds it (else the newest snapshot), under these schemes.

    Raises:
        NotFoundError: nothing was ever run, so there is no snapshot.
    """
    revision = _revision(company, period)
    with closing(_facts(company, revision)) as con:
        book = _book(company, con, schemes, period, as_of)
    return Again(book, _appraised(book, schemes), revision.snapshot_id)


def _in_force_always(scheme: Scheme, first: Period) -> Scheme:
    newest = scheme.versions[-1].model_copy(update={"effective_from": first.shifted(-2).start})
    return scheme.model_copy(update={"versions": (newest,)})


def _as_if_it_counted(scheme: Scheme, others: Sequence[Scheme]) -> Scheme:
    if scheme.counts != "trial":
        return scheme
    scored = scheme.model_copy(update={"counts": "score"})
    fits = scheme.versions[-1].has_card and any(scored in pair for pair in overlaps((*others, scored)))
    return scored if fits else scheme.model_copy(update={"counts": "beside"})


def _instead(scheme: Scheme, others: Sequence[Scheme]) -> tuple[Scheme, ...]:
    """The schemes with this one instead of its namesake, and of what would judge the same people."""
    kept = [each for each in others if each.scheme != scheme.scheme and not list(overlaps((each, scheme)))]
    return (*kept, scheme)


def _replay(
    company: Company, period: Period, scheme: Scheme, before: Sequence[Scheme], after: Sequence[Scheme], as_of: date
) -> Replayed:
    every = (*before, *(each for each in after if each not in before))
    revision = _revision(company, period)
    with closing(_facts(company, revision)) as con:
        book = _book(company, con, every, period, as_of)
    was, would_be = _appraised(book, before), _appraised(book, after)
    return Replayed(period, revision.snapshot_id, was, would_be, changes(was, would_be, scheme))


def _book(
    company: Company, con: duckdb.DuckDBPyConnection, schemes: Sequence[Scheme], period: Period, as_of: date
) -> Book:
    values = values_of(company, schemes, measures_of(company, con, schemes, period), period)
    return book_of(company, con, schemes, values, period, as_of)


def _appraised(book: Book, schemes: Sequence[Scheme]) -> PeriodResults:
    from transforms.appraise import appraise

    return appraise(book, schemes)


def _revision(company: Company, period: Period) -> RecordedRevision:
    """The period's latest revision, else the latest of the newest period."""
    engine = wiring.ledger(company)
    own = latest(engine, period.key)
    found = own or next((latest(engine, key) for key in reversed(periods(engine))), None)
    if found is None:
        raise NotFoundError("there is no snapshot: nothing was ever run", todo=f"jixiao run {period.key}")
    return found


def _facts(company: Company, revision: RecordedRevision) -> duckdb.DuckDBPyConnection:
    """The snapshot without the rows that its gate kept out: a gate looks at all rows, whatever its period."""
    return open_facts(company, revision.snapshot_id, parse(revision.period))
