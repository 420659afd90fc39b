"""Corrections of rows that the snapshot does not have, as findings."""

from collections.abc import Iterator, Sequence

from expectations.messages import say
from transforms.corrections.model import Correction
from transforms.findings import Finding, Severity
from transforms.titles import Locale


def correction_findings(unmatched: Sequence[Correction], locale: Locale = "zh-Hans") -> Iterator[Finding]:
    """A warning each: a fresh snapshot no longer has the row that a correction sets or removes."""
    for each in unmatched:
        message, todo = say(locale, "correction_row_missing", rows=1, key=each.id)
        yield Finding(
            check="results.correction_row_missing", severity=Severity.WARNING, table="results", rows=1,
            message=message, todo=todo, sample_keys=(each.id,), employee_ids=each.concerns,
        )  # fmt: skip
