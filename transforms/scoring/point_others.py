"""Lines of a sheet that count no metric: events, months of service, what raters gave."""

from dataclasses import dataclass
from decimal import Decimal

from transforms.metrics.model import Better, Unit
from transforms.period import Period
from transforms.schemes.points import PointLine
from transforms.scoring.facts import Facts
from transforms.scoring.membership import Member
from transforms.scoring.point_lines import Judged, not_judged
from transforms.scoring.point_rules_applied import event_points, judged_points, step_points
from transforms.scoring.point_sentences import (
    events_in_words,
    months_in_words,
    points_in_words,
    raters_in_words,
    sentence,
    step_in_words,
)
from transforms.scoring.trace import leaf
from transforms.titles import Title
from transforms.wording import three

_EVENTS = three("这段时间内记录的次数", "這段時間內記錄的次數", "How often it was recorded in these days")
_SENIORITY = three(
    "到这段时间末的在职整月数", "到這段時間末的在職整月數", "Whole months of service at the end of these days"
)
_RATERS = three("评分人给的分数", "評分人給的分數", "The points that the raters gave")


@dataclass(frozen=True)
class Other:
    """A judged line and what its value is."""

    judged: Judged
    actual: Decimal | None
    unit: Unit
    better: Better
    says: Title


def judge_other(line: PointLine, part: Period, facts: Facts, member: Member) -> Other:
    """What a line of events, of seniority or of raters gives a member in a part of the window.

    Of days on which the member was not in the department there is nothing to judge: no points, also none for having
    no event.
    """
    if line.not_in is not None and facts.in_special_campaign(part):
        return Other(not_judged("exempt"), None, Unit.COUNT, Better.HIGHER, _EVENTS)
    if not any(day in part for day, _ in member.stint.days):
        return Other(not_judged("no_data"), None, Unit.COUNT, Better.HIGHER, _EVENTS)
    if line.event is not None:
        return _events(line, line.event, part, facts, member)
    if line.manual is not None:
        return _raters(line, line.manual, facts, member)
    return _seniority(line, part, facts, member)


def _events(line: PointLine, kind: str, part: Period, facts: Facts, member: Member) -> Other:
    rule, where = line.give.events, member.subject.department_id
    if rule is None:
        raise ValueError(line.name)
    quantity = facts.event_quantity(kind, employee_id=member.employee_id, department_id=where, window=part)
    points = event_points(rule, leaf("event", kind, quantity, window=part.key))
    words = sentence(events_in_words(quantity, rule, points.value), points_in_words(points.value))
    better = Better.HIGHER if rule.each > 0 else Better.LOWER
    return Other(Judged(points, words), quantity, Unit.COUNT, better, _EVENTS)


def _seniority(line: PointLine, part: Period, facts: Facts, member: Member) -> Other:
    steps, last = line.give.steps or (), min(part.end, member.stint.employee.left_on)
    found = facts.seniority_months(member.employee_id, last)
    if found is None:
        return Other(not_judged("no_data"), None, Unit.COUNT, Better.HIGHER, _SENIORITY)
    months = Decimal(found)
    points = step_points(steps, leaf("fact", "seniority_months", months, day=str(last)))
    words = sentence(months_in_words(months), step_in_words(months, steps, Unit.COUNT), points_in_words(points.value))
    return Other(Judged(points, words), months, Unit.COUNT, Better.HIGHER, _SENIORITY)


def _raters(line: PointLine, indicator: str, facts: Facts, member: Member) -> Other:
    found, take = facts.judged(member.employee_id, indicator), line.give.judged
    if not found or take is None:
        return Other(not_judged("no_rater"), None, Unit.POINTS, Better.HIGHER, _RATERS)
    points = judged_points(take, indicator, found)
    words = sentence(raters_in_words(len(found), take), points_in_words(points.value))
    return Other(Judged(points, words), points.value, Unit.POINTS, Better.HIGHER, _RATERS)
