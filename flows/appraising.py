"""From a snapshot to a period's book: measured, evaluated, indexed; shared by month end and simulations."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Values:
    """Metric values of a period: those that reports show, and those of windows that only schemes look at."""

    shown: tuple[MetricValue, ...]
    besides: tuple[MetricValue, ...]


def book_of(  # noqa: PLR0913 - what a period is judged from, each of its own kind
    company: Company,
    con: duckdb.DuckDBPyConnection,
    schemes: Sequence[Scheme],
    values: Values,
    period: Period,
    as_of: date,
    *,
    revisions_until: int | None = None,
    final_periods: Sequence[str] | None = None,
    decided: Sequence[Decided] = (),
    carried: Sequence[CarriedLine] = (),
) -> "Book":
    """The book that schemes are appraised from.

    `revisions_until`: earlier periods speak by their latest revision up to this id; None: by the latest there is.
    `final_periods`: those that were closed then; None: those that are now.
    """
    from transforms.scoring.book import make_book
    from transforms.scoring.inputs import read_inputs

    return make_book(
        period, CATALOGUE, (*values.shown, *values.besides), read_inputs(con), as_of=as_of,
        working_days=working_since(company, period), parameters=company.settings.measures,
        past=load_past(wiring.ledger(company), schemes, period, revisions_until, final_periods),
        decided=decided, carried=carried,
    )  # fmt: skip


def values_of(company: Company, schemes: Sequence[Scheme], measures: pd.DataFrame, period: Period) -> Values:
    """The values reports show, of every metric; and those that schemes look at in other windows."""
    windows, every = trend(company, period), frozenset(CATALOGUE)
    days = measured(schemes, period, windows, CATALOGUE)
    shown = evaluate_windows(measures, dict.fromkeys(windows, every), CATALOGUE, days)
    return Values(shown, besides_of(company, schemes, measures, period))


def besides_of(
    company: Company, schemes: Sequence[Scheme], measures: pd.DataFrame, period: Period
) -> tuple[MetricValue, ...]:
    """The values of windows that only schemes look at."""
    windows = trend(company, period)
    days = measured(schemes, period, windows, CATALOGUE)
    return evaluate_windows(measures, extra(schemes, period, windows), CATALOGUE, days)
