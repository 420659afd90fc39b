"""The facts a period is scored from: a snapshot without the rows its gate put into quarantine."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from flows import gate_results
from flows.company import Company
from flows.warehouse.snapshots import open_snapshot
from transforms.period import Period, working_days


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


def worked_days(company: Company, period: Period) -> tuple[date, ...]:
    """The period's working days by the company's calendar."""
    calendar = company.settings.calendar
    return working_days(period.days, calendar.holidays, calendar.make_up_days)


def windows(company: Company, period: Period) -> tuple[Period, ...]:
    """The months reports show a trend of, oldest first, the period itself last."""
    months = period.months_back(company.settings.documents.trend_months)
    earlier = tuple(month for month in months if month.end < period.start)
    return (*earlier, period)
