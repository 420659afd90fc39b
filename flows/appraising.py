"""From a snapshot to a period's book: measured, evaluated, indexed; shared by month end and simulations."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from flows import wiring
from flows.company import Company
from flows.facts import working_since
from flows.past import load_past
from flows.windows import evaluate_windows, extra, measured, trend
from transforms.corrections.model import CarriedLine, Decided
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import MetricValue
from transforms.period import Period
from transforms.schemes.scheme import Scheme

if TYPE_CHECKING:
    from transforms.scoring.book import Book


def measures_of(
    company: Company, con: duckdb.DuckDBPyConnection, schemes: Sequence[Scheme], period: Period
) -> pd.DataFrame:
    """The daily measures of every window that schemes and reports look at; `con` holds the period's facts."""
    from transforms.measures.runner import compute

    days = measured(schemes, period, trend(company, period), CATALOGUE)
    return pd.concat([compute(con, company.settings.measures, each) for each in days], ignore_index=True)


def book_of(  # noqa: PLR0913 - what a period is judged from, each of its own kind
    company: Company,
    con: duckdb.DuckDBPyConnection,
    schemes: Sequence[Scheme],
    measures: pd.DataFrame,
    period: Period,
    as_of: date,
    *,
    revisions_until: int | None = None,
    final_periods: Sequence[str] | None = None,
    decided: Sequence[Decided] = (),
    carried: Sequence[CarriedLine] = (),
) -> tuple["Book", tuple[MetricValue, ...]]:
    """The book that schemes are appraised from, and the values that reports show.

    `revisions_until`: earlier periods speak by their latest revision up to this id; None: by the latest there is.
    `final_periods`: those that were closed then; None: those that are now.
    """
    from transforms.scoring.book import make_book
    from transforms.scoring.inputs import read_inputs

    shown, besides = _values(company, schemes, measures, period)
    book = make_book(
        period, CATALOGUE, (*shown, *besides), read_inputs(con), as_of=as_of,
        working_days=working_since(company, period), parameters=company.settings.measures,
        past=load_past(wiring.ledger(company), schemes, period, revisions_until, final_periods),
        decided=decided, carried=carried,
    )  # fmt: skip
    return book, shown


def _values(
    company: Company, schemes: Sequence[Scheme], measures: pd.DataFrame, period: Period
) -> tuple[tuple[MetricValue, ...], tuple[MetricValue, ...]]:
    """The values reports show, of every metric; and those that schemes look at in other windows."""
    windows, every = trend(company, period), frozenset(CATALOGUE)
    days = measured(schemes, period, windows, CATALOGUE)
    shown = evaluate_windows(measures, dict.fromkeys(windows, every), CATALOGUE, days)
    return shown, evaluate_windows(measures, extra(schemes, period, windows), CATALOGUE, days)
