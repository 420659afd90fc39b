"""What pay and its pools must be like: nothing below zero unseen, no pool overdrawn, no line without its data."""

from collections.abc import Iterator

from expectations.messages import say
from expectations.run import SAMPLE_KEYS
from transforms.findings import Finding, Severity
from transforms.scoring.results import DepartmentAppraisal, PayLineResult, PeriodResults
from transforms.titles import Locale, Title


def pay_findings(results: PeriodResults, locale: Locale) -> Iterator[Finding]:
    """Warnings about departments' values and pools, then about pay lines; trials are not looked at."""
    for department in results.departments:
        for appraisal in department.appraisals:
            if appraisal.counts != "trial":
                yield from _of_department(department.department_id, appraisal, locale)
    yield from _without_data(results, locale)


def _of_department(department_id: str, appraisal: DepartmentAppraisal, locale: Locale) -> Iterator[Finding]:
    for value in appraisal.values:
        if value.never_negative and value.value is not None and value.value < 0:
            name = f"{department_id}/{appraisal.scheme}/{value.key}"
            yield _finding("negative_value", locale, (name,), title=value.title.in_locale(locale))
    for pool in appraisal.pools:
        name, title = f"{department_id}/{appraisal.scheme}/{pool.key}", pool.title.in_locale(locale)
        if pool.amount_fen < 0:
            yield _finding("negative_pool", locale, (name,), title=title)
        if pool.overdrawn:
            yield _finding("pool_overdrawn", locale, (name,), title=title)


def _without_data(results: PeriodResults, locale: Locale) -> Iterator[Finding]:
    """One finding a scheme and line, with the people it concerns."""
    found: dict[tuple[str, str], list[str]] = {}
    titles: dict[tuple[str, str], Title] = {}
    for who, scheme, line in _lines(results):
        if line.missing is not None:
            found.setdefault((scheme, line.key), []).append(who)
            titles[scheme, line.key] = line.title
    for key, people in sorted(found.items()):
        title = titles[key].in_locale(locale)
        yield _finding("pay_without_data", locale, ("/".join(key),), people=tuple(people), title=title)


def _lines(results: PeriodResults) -> Iterator[tuple[str, str, PayLineResult]]:
    for person in results.people:
        for appraisal in person.appraisals:
            lines = appraisal.pay.lines if appraisal.pay and appraisal.counts != "trial" else ()
            yield from ((person.employee_id, appraisal.scheme, line) for line in lines)


def _finding(code: str, locale: Locale, keys: tuple[str, ...], *, people: tuple[str, ...] = (), title: str) -> Finding:
    message, todo = say(locale, code, rows=len(people) or len(keys), key=", ".join(keys), title=title)
    return Finding(
        check=f"results.{code}", severity=Severity.WARNING, table="results", rows=len(people) or len(keys),
        message=message, todo=todo, sample_keys=keys[:SAMPLE_KEYS], employee_ids=people,
    )  # fmt: skip
