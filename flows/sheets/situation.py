"""What sheets are made from and held against: the organisation, what people wrote down, and results there are."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import sqlalchemy as sa

from flows import wiring
from flows.company import Company
from flows.corrections import rows
from flows.corrections.entries import standing_of
from flows.facts import open_facts, working_since
from flows.sources import load_sources, stage
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import latest, load_results, periods
from flows.warehouse.snapshot_connection import connect
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import Period, parse
from transforms.scoring.results import PeriodResults
from transforms.titles import Title

if TYPE_CHECKING:
    from transforms.scoring.book import Book

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Exam:
    """A result of a knowledge test."""

    employee_id: str
    exam: str


@dataclass(frozen=True)
class Situation:
    """A period as sheets see it. `given`: judgements there are: employee, indicator, role, rater.

    `results`: of the period's latest revision, else of the one before it (`told_of`: which); `before`: of the period
    before that one.
    """

    book: "Book"
    departments: Mapping[str, Title]
    given: frozenset[tuple[str, str, str, str]]
    exams: tuple[Exam, ...]
    results: PeriodResults | None
    before: PeriodResults | None

    @property
    def told_of(self) -> str:
        """The period of the results, "" without any."""
        return self.results.period if self.results else ""

    def name(self, employee_id: str) -> str:
        """What somebody is called; the number of somebody unknown."""
        known = self.book.employees.get(employee_id)
        return known.name if known else employee_id

    def department(self, department_id: str) -> Title:
        """What a department is called."""
        return self.departments.get(department_id, Title(zh_hans=department_id))


def situation(company: Company, period: Period) -> Situation:
    """Read it from the period's latest revision, else a later one's snapshot, else the sources as they lie there."""
    from transforms.scoring.book import make_book
    from transforms.scoring.inputs import read_inputs

    results = _results(company, period) or _results(company, earlier(period))
    with _facts(company, period) as con:
        inputs = read_inputs(con)
        book = make_book(
            period, CATALOGUE, results.values if results else (), inputs, as_of=period.end,
            working_days=working_since(company, period), parameters=company.settings.measures,
        )  # fmt: skip
        exams = tuple(Exam(*row) for row in con.execute(_EXAMS, [period.shifted(-2).start]).fetchall())
    return Situation(
        book=book, departments=_titles(inputs.departments), given=_given(book), exams=exams, results=results,
        before=_results(company, earlier(period)),
    )  # fmt: skip


def earlier(period: Period, count: int = 1) -> Period:
    """The period of the same length that lies so many before."""
    return period.shifted(-_MONTHS[period.cycle] * count)


def following(period: Period) -> Period:
    """The period of the same length after it."""
    return earlier(period, -1)


_EXAMS = "select distinct employee_id, exam from exams where taken_on >= ? order by 1, 2"


@contextmanager
def _facts(company: Company, period: Period) -> Iterator[duckdb.DuckDBPyConnection]:
    engine = wiring.ledger(company)
    if (revision := _snapshot_of(engine, period)) is None:
        with closing(connect(company)) as con:
            stage(company, load_sources(company), con)
            yield con
        return
    with closing(open_facts(company, revision.snapshot_id, parse(revision.period))) as con:
        rows.apply(con, standing_of(engine, period.key))
        yield con


def _snapshot_of(engine: sa.Engine, period: Period) -> RecordedRevision | None:
    """The revision whose snapshot knows the period: its own latest, else the first later one that was run."""
    if own := latest(engine, period.key):
        return own
    later = (key for key in periods(engine) if parse(key).end >= period.end)
    return latest(engine, found) if (found := next(later, None)) else None


def _results(company: Company, period: Period) -> PeriodResults | None:
    engine = wiring.ledger(company)
    revision = latest(engine, period.key)
    return load_results(engine, revision.id) if revision else None


def _given(book: "Book") -> frozenset[tuple[str, str, str, str]]:
    told = book.judgements.get(book.period.key, {}).items()
    return frozenset((who, indicator, each.role, each.rater_id) for (who, indicator), found in told for each in found)


def _titles(frame: object) -> dict[str, Title]:
    from transforms.scoring.people import rows as rows_of
    from transforms.scoring.people import text

    return {
        str(row["department_id"]): Title(
            zh_hans=str(row["title_zh_hans"]), zh_hant=text(row["title_zh_hant"]), en=text(row["title_en"])
        )
        for row in rows_of(frame)  # type: ignore[arg-type]
    }
