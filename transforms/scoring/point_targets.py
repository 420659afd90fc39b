"""The target of a line of points in a part of the window."""

from datetime import date
from decimal import Decimal

from transforms.metrics.model import Metric
from transforms.period import Period
from transforms.schemes.indicator import Indicator
from transforms.schemes.points import PointLine
from transforms.schemes.score_rules import Attainment, Score
from transforms.schemes.targets import FromTargets
from transforms.scoring.facts import Facts
from transforms.scoring.membership import Member
from transforms.scoring.results import Trace
from transforms.scoring.targets import find_target, nature
from transforms.scoring.trace import constant, leaf, step


def target_of(line: PointLine, metric: Metric, member: Member, part: Period, facts: Facts) -> Trace | None:
    """What the value in the part is held against; None where nothing usable was agreed.

    Of the whole window as for a card's indicator. Of a week: what was agreed under the week's own key, else the
    window's, an amount in proportion to the working days that the member was there.
    """
    if part == facts.period:
        return _of_window(line, metric, member, facts)
    if isinstance(line.target, FromTargets):
        own = facts.target("employee", member.employee_id, metric.key, part.key)
        if own is not None:
            return leaf("target", f"target of {metric.key}", own, level="employee", subject=member.employee_id)
    whole = _of_window(line, metric, member, facts)
    if whole is None or nature(metric) == "quotient":
        return whole
    working = frozenset(facts.book.working(part))
    return _share(whole, member, working)


def _of_window(line: PointLine, metric: Metric, member: Member, facts: Facts) -> Trace | None:
    indicator = Indicator(
        metric=metric.key, weight=Decimal(0), target=line.target, score=Score(target=Attainment())
    )  # find_target reads a card's line; a sheet's has the same target
    return find_target(indicator, metric, member.subject, facts)


def _share(whole: Trace, member: Member, working: frozenset[date]) -> Trace | None:
    days, of = member.stint.worked(working), member.subject.days
    if not days or not of:
        return None
    label = f"{whole.label} for {days} of {of} days"
    return step("prorate", label, whole, constant("days", days), constant("of", of))
