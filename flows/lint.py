"""Checks of a company's schemes: with file and line for the command line, as findings for month end."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flows.company import Company
from flows.schemes import load_schemes
from flows.sources import load_sources
from flows.yaml_files import load_yaml
from transforms.findings import Finding
from transforms.lint import LintContext, LintFinding, lint, told
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book
from transforms.scoring.results import PeriodResults
from transforms.titles import Locale

Row = dict[str, object]


def as_written(company: Company) -> tuple[LintFinding, ...]:
    """What the checks see in the newest version of every scheme, without data."""
    return lint(load_schemes(company), CATALOGUE, LintContext(tables=delivered(company)))


def of_period(
    company: Company, schemes: Sequence[Scheme], book: Book, results: PeriodResults, snapshot_id: str,
    revisions_until: int | None = None,
) -> tuple[LintFinding, ...]:  # fmt: skip
    """What the checks see in the versions in force, in a period's data included; of revisions up to an id."""
    from flows.target_history import earlier_targets

    then = earlier_targets(company, book.period, snapshot_id, revisions_until)
    known = LintContext(tables=delivered(company), book=book, results=results, then=then)
    return lint(schemes, CATALOGUE, known)


def in_period(company: Company, period: Period, as_of: date) -> tuple[LintFinding, ...]:
    """The same, computed from the snapshot of the period's latest revision; nothing is recorded.

    Raises:
        NotFoundError: nothing was ever run, so there is no snapshot.
    """
    from flows.simulation import appraised_again

    schemes = load_schemes(company)
    again = appraised_again(company, period, schemes, as_of)
    return of_period(company, schemes, again.book, again.results, again.snapshot_id)


def findings(found: Sequence[LintFinding], locale: Locale) -> tuple[Finding, ...]:
    """What month end keeps: what no scheme suppresses; what is seen without data only as a note."""
    return tuple(
        Finding(
            check=f"scheme.{each.code}",
            severity=each.severity,
            table="results",
            rows=1,
            message=_said(each, locale),
            todo=each.todo.in_locale(locale),
            sample_keys=tuple(key for key in (each.scheme, each.subject) if key),
            employee_ids=each.employee_ids,
        )
        for each in told(found)
    )


def delivered(company: Company) -> frozenset[str]:
    """The canonical tables that sources deliver."""
    return frozenset(table for source in load_sources(company) for table in source.definition.tables)


def rows(company: Company, found: Sequence[LintFinding]) -> list[Row]:
    """A row a finding for people: worst first, then by scheme; what is suppressed last, with its reason."""
    places, locale = _places(company), company.settings.documents.locale
    ordered = sorted(found, key=lambda each: (each.suppressed is not None, each.severity.value != "warning"))
    return [
        {
            "severity": each.severity.value, "check": each.code, "scheme": each.scheme or "",
            "where": _where(each, places), "what": each.what.in_locale(locale), "why": each.why.in_locale(locale),
            "to do": each.todo.in_locale(locale), "suppressed": each.suppressed,
        }
        for each in ordered
    ]  # fmt: skip


def _said(found: LintFinding, locale: Locale) -> str:
    scheme = f"{found.scheme}: " if found.scheme else ""
    return f"{scheme}{found.what.in_locale(locale)}{' ' if locale == 'en' else ''}{found.why.in_locale(locale)}"


def _places(company: Company) -> dict[str, Path]:
    """The file of each scheme, by the scheme's name."""
    named = ((load_yaml(path)[0], path) for path in sorted(company.schemes.glob("*.yaml")))
    return {str(data.get("scheme")): path for data, path in named if isinstance(data, dict)}


def _where(found: LintFinding, places: dict[str, Path]) -> str:
    path = places.get(found.scheme or "")
    if path is None:
        return ""
    return f"{path.name}:{load_yaml(path)[1](found.at)}"
