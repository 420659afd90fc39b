"""What a value is held against: targets, ends and steps, and how they follow the days somebody was there.

A quotient (a rate, a mean) is judged as it is. An amount grows with days and people: what it is held against is meant
for one full-time person and is multiplied by working days ÷ the period's working days, for a department by the sum
over its people. A pace (turnover: a sum over a mean) grows with days only: a department's is judged as it is.
"""

from decimal import Decimal
from typing import Literal

from transforms.metrics.model import Better, Metric
from transforms.schemes.indicator import Indicator
from transforms.schemes.targets import FromTargets
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.results import Trace
from transforms.scoring.trace import constant, leaf, step


def nature(metric: Metric) -> Literal["amount", "pace", "quotient"]:
    """How a metric grows with days and people; a share of the shops' total is an amount too, a growth is not."""
    if metric.growth_of is not None:
        return "quotient"
    if metric.denominator is None or metric.denominator_of == "shops":
        return "amount"
    return "quotient" if metric.denominator_of == "own" else "pace"


def comparable(value: Decimal, metric: Metric, days: int) -> Decimal:
    """A value as it is ranked: the larger the better, an amount per working day, so that joiners compare fairly."""
    fair = value if nature(metric) == "quotient" else value / (days or 1)
    return fair if metric.better is Better.HIGHER else -fair


def reference(value: Trace, indicator: Indicator, metric: Metric, subject: Subject) -> Trace:
    """A number of the scheme as it is meant for this subject."""
    as_it_is = nature(metric) == "pace" and subject.level != "employee"
    days = subject.period_days if as_it_is else subject.days
    return _prorated(value, indicator, metric, days, subject.period_days)


def find_target(indicator: Indicator, metric: Metric, subject: Subject, facts: Facts) -> Trace | None:
    """The target of the subject: constant, or agreed for the employee, else the department, else the company.

    What is agreed with a person by name holds for the days that person was there: it is not shrunk for a joiner, only
    split by working days between departments that judge the same amount. An amount agreed for a department is the
    whole department's: without a target of one's own, one's part of it is by working days. A company's amount is
    nobody's target, but where the line is about the company as a whole. None: there is none, or it cannot be divided
    by.
    """
    if indicator.target is None:
        return None
    if isinstance(indicator.target, FromTargets):
        found = _agreed(indicator, metric, subject, facts)
    else:
        found = reference(constant("target", indicator.target), indicator, metric, subject)
    unusable = found is None or (metric.better is Better.HIGHER and (found.value or 0) <= 0)
    return None if unusable else found


def _agreed(indicator: Indicator, metric: Metric, subject: Subject, facts: Facts) -> Trace | None:
    own = _target_leaf(facts, subject.level, subject.subject_id, metric.key)
    if own is not None:
        of = facts.target_days.get((subject.subject_id, metric.key), subject.days)
        return _prorated(own, indicator, metric, subject.days, of)
    if subject.level == "company":
        return None
    of_all = _target_leaf(facts, "department", subject.department_id, metric.key)
    if of_all is not None:
        of = subject.department_days if nature(metric) == "amount" else subject.period_days
        return _prorated(of_all, indicator, metric, subject.days, of)
    return None if nature(metric) == "amount" else _target_leaf(facts, "company", "company", metric.key)


def _prorated(value: Trace, indicator: Indicator, metric: Metric, days: int, of: int) -> Trace:
    if indicator.prorate == "none" or nature(metric) == "quotient" or days == of:
        return value
    return step("prorate", f"{value.label} for {days} of {of} days", value, constant("days", days), constant("of", of))


def _target_leaf(facts: Facts, level: str, subject_id: str, metric: str) -> Trace | None:
    value = facts.target(level, subject_id, metric)
    return None if value is None else leaf("target", f"target of {metric}", value, level=level, subject=subject_id)
