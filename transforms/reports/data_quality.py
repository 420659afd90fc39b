"""What stood in the way of the numbers: findings by check, rows set aside, scores that stand on few cases."""

from collections.abc import Iterable
from itertools import groupby

from transforms.findings import Finding, Severity
from transforms.lint.codes import CHECKS
from transforms.reports.company_model import DataQuality, FindingCount
from transforms.reports.model import Filtered
from transforms.scoring.results import Missing, PeriodResults, PersonResult
from transforms.titles import Title

_OF_SCHEMES = "scheme."
_DAYS_MISSING = ".days_missing"


def data_quality(results: PeriodResults) -> DataQuality:
    """Findings of the data and of the schemes apart, and what they leave of the scores."""
    counts, people = finding_counts(results.findings), results.people
    schemes = tuple(count for count in counts if count.check.startswith(_OF_SCHEMES))
    return DataQuality(
        by_severity=_by_severity(counts),
        of_data=tuple(count for count in counts if count not in schemes),
        of_schemes=schemes,
        quarantined_rows=sum(count.rows for count in counts if count.quarantined),
        missing_days=sum(count.rows for count in counts if count.check.endswith(_DAYS_MISSING)),
        provisional_people=sum(person.provisional for person in people),
        small_samples=_with_missing(people, "too_few"),
        no_data=_with_missing(people, "no_data"),
        filtered=_filtered(results),
        filtered_people=sum(bool(sum(counts.values())) for counts in results.filtered.values()),
    )


def finding_counts(findings: Iterable[Finding]) -> tuple[FindingCount, ...]:
    """Findings summed by check, worst first."""
    ordered = sorted(findings, key=_key)
    return tuple(_count(tuple(members)) for _, members in groupby(ordered, key=_key))


def _key(finding: Finding) -> tuple[int, str, str, bool]:
    return list(Severity).index(finding.severity), finding.table, finding.check, finding.quarantined


def _count(findings: tuple[Finding, ...]) -> FindingCount:
    first = findings[0]
    return FindingCount(
        check=first.check,
        title=_title(first.check),
        severity=first.severity,
        table=first.table,
        message=first.message,
        rows=sum(finding.rows for finding in findings),
        findings=len(findings),
        quarantined=first.quarantined,
        days=tuple(sorted({finding.day for finding in findings if finding.day})),
    )


def _title(check: str) -> Title | None:
    known = CHECKS.get(check.removeprefix(_OF_SCHEMES)) if check.startswith(_OF_SCHEMES) else None
    return known.title if known else None


def _by_severity(counts: Iterable[FindingCount]) -> tuple[tuple[str, int, int], ...]:
    """Each severity with how many checks saw something and how many findings they are, the worst first."""
    told = list(counts)
    return tuple(
        (severity.value, len(ours), sum(count.findings for count in ours))
        for severity in Severity
        if (ours := [count for count in told if count.severity == severity.value])
    )


def _with_missing(people: Iterable[PersonResult], why: Missing) -> int:
    """People with a line of a card that could not be judged for that reason."""
    return sum(any(line.missing == why for card in person.cards for line in card.indicators) for person in people)


def _filtered(results: PeriodResults) -> tuple[Filtered, ...]:
    totals: dict[str, int] = {}
    for counts in results.filtered.values():
        for name, contacts in counts.items():
            totals[name] = totals.get(name, 0) + contacts
    return tuple(Filtered(filter=name, contacts=count) for name, count in sorted(totals.items()) if count)
