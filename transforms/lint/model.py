"""What a check of schemes is, what it finds, and what it may look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from transforms.findings import Severity
from transforms.metrics.model import Metric
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.book import Book
from transforms.scoring.results import PeriodResults
from transforms.titles import Frozen, Title

Where = tuple[str | int, ...]
TargetKey = tuple[str, str, str, str]  # level, subject, metric, period


class Check(Frozen):
    """One check: its stable code, how bad, why it matters, how to mend it, and whether it needs a period's data."""

    code: str
    severity: Severity
    looks_at: Literal["scheme", "data"]
    title: Title
    why: Title
    todo: Title
    source: str


class LintFinding(Frozen):
    """What a check saw in one version of a scheme (or, without a scheme, in the targets).

    `at` is the place below the scheme. `suppressed`: the reason the scheme gives why the check does not hold there.
    `employee_ids`: whose numbers it is about; empty: everybody's.
    """

    code: str
    severity: Severity
    scheme: str | None
    effective_from: date | None
    at: Where = ()
    subject: str = ""  # metric, indicator or department
    what: Title
    why: Title
    todo: Title
    suppressed: str | None = None
    employee_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetsThen:
    """The targets as an earlier snapshot held them; `known_on` is the day on which that was."""

    known_on: date
    targets: Mapping[TargetKey, Decimal]


@dataclass(frozen=True)
class LintContext:
    """What is known besides the schemes; None: checks that need it are left out.

    `tables`: canonical tables that the company's sources deliver. `book` and `results` are a period's. `then`: earlier
    snapshots of the same targets, oldest first (empty: there is none to compare with).
    """

    tables: frozenset[str] | None = None
    book: Book | None = None
    results: PeriodResults | None = None
    then: tuple[TargetsThen, ...] | None = None


@dataclass(frozen=True)
class Judged:
    """A version that is looked at, with its place among the scheme's."""

    scheme: Scheme
    number: int
    version: Version

    def at(self, *below: str | int) -> Where:
        """A place below the version."""
        return ("versions", self.number, *below)


@dataclass(frozen=True)
class Looked:
    """All that a check reads: one version, the others in force, the metrics there are, the context."""

    judged: Judged
    others: tuple[Judged, ...]
    catalogue: Mapping[str, Metric]
    context: LintContext
