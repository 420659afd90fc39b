"""What a value is held against: somebody's own past, the department pooled or on average, the company."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from transforms.metrics.model import Metric
from transforms.period import Period
from transforms.schemes.points import Every
from transforms.schemes.references import Reference
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.results import Trace
from transforms.scoring.trace import constant, leaf, step
from transforms.scoring.windows import looked_at


def refer(
    facts: Facts,
    subject: Subject,
    metric: Metric,
    reference: Reference,
    window: Period,
    ids: Collection[str],
    *,
    every: Every = "window",
) -> Trace | None:
    """The reference's value as a step; None where there is no data.

    Args:
        facts: of the scheme's whole window.
        subject: whose value is held against it.
        metric: of that value; the reference may name another one.
        reference: whose value, and when.
        window: the part of the scheme's window that is judged (a week of it, or all).
        ids: the department's people who count in its mean.
        every: which kind of part `window` is.

    Returns:
        A leaf, or the mean of those of several months that have data. The mean of the people stands on their sum and
        their number, so that nobody's value can be read from another's report.
    """
    key = reference.metric or metric.key
    asked = looked_at(reference.when, window, facts.period, every)
    known = [found for each in asked if (found := _value(facts, subject, key, reference, each, ids)) is not None]
    if len(asked) == 1 or not known:
        return known[0] if known else None
    return step("mean", f"{key}, {reference.of}, mean of {len(known)} months", *known)


def _value(
    facts: Facts, subject: Subject, key: str, reference: Reference, window: Period, ids: Collection[str]
) -> Trace | None:
    if reference.of == "department_mean":
        return _mean_of_people(facts, subject.department_id, key, window, ids)
    found = facts.value(_whose(subject, reference), key, window)
    if found is None or found.value is None:
        return None
    return leaf("metric", key, found.value, of=reference.of, window=window.key)


def _whose(subject: Subject, reference: Reference) -> Subject:
    if reference.of == "own":
        return subject
    if reference.of == "company":
        return replace(subject, level="company", subject_id="company")
    return replace(subject, level="department", subject_id=subject.department_id)


def _mean_of_people(facts: Facts, department_id: str, key: str, window: Period, ids: Collection[str]) -> Trace | None:
    values = facts.people_values(department_id, key, window, tuple(ids))
    known = [each.value for _, each in sorted(values.items()) if each.value is not None]
    if not known:
        return None
    total = leaf("metric", key, sum(known, Decimal(0)), of="people", window=window.key)
    return step("quotient", f"{key}, mean of people", total, constant("people", len(known)), constant("scale", 1))
