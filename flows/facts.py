"""The facts a period is scored from: a snapshot without the rows its gate put into quarantine."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from flows import gate_results
from flows.company import Company
from flows.warehouse.snapshots import open_snapshot
from flows.working_calendar import calendar_of
from transforms.period import Period

_MONTHS_BEFORE = 13  # a year back, and a month that begins before the year does


@dataclass(frozen=True)
class _Kept:
    """What `expectations.quarantine.apply` needs to know of a gate report."""

    quarantine: pd.DataFrame


def open_facts(company: Company, snapshot_id: str, period: Period) -> duckdb.DuckDBPyConnection:
    """The snapshot's tables as the period counts them."""
    from expectations import quarantine

    con = open_snapshot(company, snapshot_id)
    quarantine.apply(con, _Kept(gate_results.quarantined(company, period, snapshot_id)))
    return con


def addresses(con: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """E-mail address by employee."""
    return dict(con.execute("select employee_id, email from employees").fetchall())


def working_since(company: Company, period: Period) -> tuple[date, ...]:
    """The working days from thirteen months before the period to its end, by the company's calendar."""
    return calendar_of(company).days(period.shifted(-_MONTHS_BEFORE).start, period.end)


def unknown_years(company: Company, period: Period) -> tuple[int, ...]:
    """Years of those days, and of the month after in which sheets and appeals are due, without known holidays."""
    return calendar_of(company).unknown_years(period.shifted(-_MONTHS_BEFORE).start, period.shifted(1).end)
