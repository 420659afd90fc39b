"""Which scheme judges a stint, and its card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from transforms.period import Period
from transforms.scoring.cards import Applied, employee_card
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.people import Stint
from transforms.scoring.results import Card
from transforms.scoring.scheme import Scheme


@dataclass(frozen=True)
class Stay:
    """A stint with its card, or the reason why there is none."""

    stint: Stint
    working_days: int
    applied: Applied | None
    card: Card | None
    reason: str | None


def stay_of(stint: Stint, schemes: Sequence[Scheme], period: Period, working: frozenset[date]) -> Stay:
    """Whether and by which scheme a stint is judged; the card is still to come."""
    applied, reason = _applicable(stint, schemes, period)
    excluded = applied.scheme.applies_to.exclude if applied else ()
    return Stay(stint, stint.worked(working, excluded), applied, None, reason)


def target_days(stays: Sequence[Stay]) -> dict[tuple[str, str], int]:
    """Working days of each employee under schemes that use a metric: what a personal target covers."""
    days: dict[tuple[str, str], int] = {}
    for each in stays:
        for _, _, indicator in each.applied.version.placed() if each.applied else ():
            key = (each.stint.employee.employee_id, indicator.key)
            days[key] = days.get(key, 0) + each.working_days
    return days


def judge_all(stays: Sequence[Stay], facts: Facts, working: frozenset[date]) -> list[Stay]:
    """The stays with their cards; what a department's amounts are measured by is the sum of its people's days."""
    of_department: dict[str, int] = {}
    for each in stays:
        where = each.stint.department_id
        of_department[where] = of_department.get(where, 0) + each.stint.worked(working)
    return [_judge(each, facts, len(working), of_department[each.stint.department_id]) for each in stays]


def _judge(each: Stay, facts: Facts, period_days: int, department_days: int) -> Stay:
    if each.applied is None:
        return each
    who, where = each.stint.employee.employee_id, each.stint.department_id
    subject = Subject("employee", who, where, each.working_days, period_days, department_days)
    return replace(each, card=employee_card(each.applied, subject, each.stint.post, facts))


def _applicable(stint: Stint, schemes: Sequence[Scheme], period: Period) -> tuple[Applied | None, str | None]:
    """The scheme that judges a stint, or why none does."""
    roles = {role for _, role in stint.days}
    candidates = [each for each in schemes if _covers(each, stint)]
    in_force = [(each, version) for each in candidates if (version := each.in_force(period.start)) is not None]
    if not in_force:
        return None, "helper" if roles == {"helper"} else "no_scheme"
    scheme, version = in_force[0]
    if roles <= set(scheme.applies_to.exclude):
        return None, "helper" if roles == {"helper"} else "no_scheme"
    if scheme.applies_to.status == "regularised" and not _regularised(stint, period):
        return None, "not_regularised"
    return Applied(scheme, version), None


def _covers(scheme: Scheme, stint: Stint) -> bool:
    where = scheme.applies_to
    return stint.department_id in where.where and (not where.posts or stint.post in where.posts)


def _regularised(stint: Stint, period: Period) -> bool:
    """Whether the employee had become regular by the last day of the period (or of employment)."""
    since = stint.employee.regularised_on
    return since is not None and since <= min(period.end, stint.employee.left_on)
