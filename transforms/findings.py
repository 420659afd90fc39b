"""Findings: what a check saw, as values. Checks return them; nobody logs them.

A finding says which check, how bad, on which table, how many rows, and what to do. `sample_keys` are business
keys (never names, amounts or texts), so that findings can be shown, counted and attached to a report.
"""

from collections.abc import Iterable
from enum import StrEnum

from transforms.titles import Frozen


class Severity(StrEnum):
    """What a finding does to the run."""

    CRITICAL = "critical"  # the run stops before scoring, exit code 3
    WARNING = "warning"  # the run goes on, the finding stands on the report
    INFO = "info"  # counted only


class Finding(Frozen):
    """One thing a check saw.

    `check` is a stable code such as `orders.paid_before_created`; `rows` counts rows, or days or shops where
    the check is about those; `day` and `shop_id` place it when it concerns one; `employee_ids` are those whose
    numbers it touches (empty: everybody's or nobody's in particular).
    """

    check: str
    severity: Severity
    table: str
    rows: int
    message: str
    todo: str
    day: str | None = None
    shop_id: str | None = None
    sample_keys: tuple[str, ...] = ()
    employee_ids: tuple[str, ...] = ()
    quarantined: bool = False


def critical(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop the run."""
    return tuple(f for f in findings if f.severity is Severity.CRITICAL)
