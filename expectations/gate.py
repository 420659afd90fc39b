"""The gate: rows in, findings out. Says whether a period can be scored, and which rows must stay out of it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from expectations import day_findings, organisation_findings, quarantine, row_findings
from expectations.result_findings import check_results
from expectations.run import GateSettings, Run
from transforms.findings import Finding, Severity
from transforms.period import Period
from transforms.tables import TABLES
from transforms.titles import Locale

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["GateReport", "check_results", "run"]

_TABLE_ORDER = {name: place for place, name in enumerate(TABLES)}
_SEVERITY_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True)
class GateReport:
    """Findings, worst first, and the rows to keep out: columns table_name, key, file, row, check, reason."""

    findings: tuple[Finding, ...]
    quarantine: "pd.DataFrame"


def run(
    con: duckdb.DuckDBPyConnection, period: Period, settings: GateSettings, as_of: date, *, locale: Locale = "zh-Hans"
) -> GateReport:
    """Check a snapshot for one period.

    Args:
        con: a connection with every table of the contract (lineage included), and `rejected` and `conflicts` if
            staging left them. Temporary tables `bad_rows` and `day_counts` are left on it.
        period: the days to be scored.
        settings: limits and ratios.
        as_of: the last day a fact can be about, normally the day of the run.
        locale: language of the messages.
    """
    it = Run(con, period, settings, as_of, locale)
    if broken := organisation_findings.structure(it):
        return GateReport(ordered(broken), _nothing())
    rows = row_findings.find(it)
    findings = (
        *rows, *quarantine.rejected(it), *quarantine.too_many(it),
        *organisation_findings.find(it), *day_findings.find(it),
    )  # fmt: skip
    return GateReport(ordered(findings), quarantine.listing(it))


def ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Worst first, then in the order of the contract; the same findings always in the same order."""
    return tuple(sorted(findings, key=_place))


def _place(finding: Finding) -> tuple[object, ...]:
    table = _TABLE_ORDER.get(finding.table, len(_TABLE_ORDER))
    where = (finding.shop_id or "", finding.day or "", finding.sample_keys, finding.message)
    return (_SEVERITY_ORDER[finding.severity], table, finding.check, *where)


def _nothing() -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(columns=list(quarantine.COLUMNS)).astype({"row": "int64"})
