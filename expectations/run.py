"""What one run of the gate knows, and the one place where its findings are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

import duckdb

from expectations.labels import column_label, table_label
from expectations.messages import say
from expectations.rules import Rule
from transforms.findings import Finding, Severity
from transforms.period import Period
from transforms.titles import Locale

# Days around the period whose facts touch its numbers: after-sales visits look 14 days back, returns 15 ahead.
MARGIN = timedelta(15)
SAMPLE_KEYS = 5


class GateSettings(Protocol):
    """The gate's share of the company's settings; ratios are shares of 1."""

    @property
    def quarantine_limit_rate(self) -> float: ...  # noqa: D102 - named by itself
    @property
    def volume_low_ratio(self) -> float: ...  # noqa: D102
    @property
    def volume_high_ratio(self) -> float: ...  # noqa: D102
    @property
    def reconcile_tolerance_rate(self) -> float: ...  # noqa: D102
    @property
    def freshness_days(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Run:
    """One run: where the rows are, which days, by which settings, and in which language it speaks."""

    con: duckdb.DuckDBPyConnection
    period: Period
    settings: GateSettings
    as_of: date
    locale: Locale

    @property
    def window(self) -> Period:
        """The period and the days around it that touch its numbers."""
        return Period(self.period.start - MARGIN, self.period.end + MARGIN)

    def table(self, name: str) -> str:
        """A table as a clerk calls it."""
        return table_label(name, self.locale)

    def column(self, name: str) -> str:
        """A column as a clerk calls it."""
        return column_label(name, self.locale)

    def finding(
        self,
        check: str,
        severity: Severity,
        rows: int,
        *,
        text: str = "",
        table: str = "",
        words: Mapping[str, object] | None = None,
        quarantined: bool = False,
        **place: Any,
    ) -> Finding:
        """A finding with its sentence in the run's language. `text` defaults to the last part of `check`."""
        table = table or check.split(".", maxsplit=1)[0]
        filled = {"table": self.table(table), "rows": rows, **(words or {})}
        message, todo = say(self.locale, text or check.rsplit(".", maxsplit=1)[-1], **filled)
        if quarantined:
            message += _gap(self.locale) + say(self.locale, "quarantined_suffix")[0]
        return Finding(
            check=check, severity=severity, table=table, rows=rows, message=message, todo=todo, quarantined=quarantined,
            **place,
        )  # fmt: skip

    def words(self, rule: Rule) -> dict[str, object]:
        """What the sentences of a row rule are filled with."""
        return {
            "table": self.table(rule.table),
            "column": self.column(rule.columns[0]),
            "other": self.column(rule.columns[-1]),
            "limit": f"{rule.limit:g}",
            "values": ", ".join(rule.options),
        }


def _gap(locale: Locale) -> str:
    return " " if locale == "en" else ""


def percent(rate: float) -> str:
    """A share of 1 as people read it."""
    return f"{rate * 100:.4g}%"


def number(con: duckdb.DuckDBPyConnection, query: str, limits: object = None) -> float:
    """The first value of a query that yields one number; 0 when it yields none."""
    found = con.execute(query, limits).fetchall()  # to the end: an unread result blocks the connection
    return (found[0][0] or 0) if found else 0


def exists(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether the connection has a table or view of that name."""
    return number(con, "select count(*) from information_schema.tables where table_name = ?", [name]) > 0
