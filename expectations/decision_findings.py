"""Decisions of people that nothing in the results stands on, as findings."""

from collections.abc import Iterator

from expectations.messages import say
from transforms.findings import Finding, Severity
from transforms.scoring.book import Book
from transforms.scoring.decided import unused
from transforms.scoring.results import PeriodResults
from transforms.titles import Locale


def decision_findings(book: Book, results: PeriodResults, locale: Locale = "zh-Hans") -> Iterator[Finding]:
    """A warning each, with the correction's id and whom it was meant for."""
    for each in unused(book, results):
        message, todo = say(locale, "decision_unused", rows=1, key=each.correction_id)
        people = (each.decision.subject_id,) if each.decision.level == "employee" else ()
        yield Finding(
            check="results.decision_unused", severity=Severity.WARNING, table="results", rows=1, message=message,
            todo=todo, sample_keys=(each.correction_id,), employee_ids=people,
        )  # fmt: skip
