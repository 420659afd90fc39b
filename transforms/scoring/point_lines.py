"""One line of a sheet in one part of the window: each member's value, and what the rule gives for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.metrics.model import Metric, MetricValue, Unit
from transforms.period import Period
from transforms.schemes.points import PointLine
from transforms.schemes.references import Reference
from transforms.scoring.comparing import refer
from transforms.scoring.facts import Facts
from transforms.scoring.membership import Member
from transforms.scoring.point_rules_applied import (
    Place,
    compare_points,
    kept,
    nowhere,
    places,
    rank_points,
    required_points,
    step_points,
)
from transforms.scoring.point_sentences import (
    Outcome,
    compared_in_words,
    completion_in_words,
    missing_points_in_words,
    no_event_in_words,
    points_in_words,
    rank_in_words,
    required_in_words,
    sentence,
    step_in_words,
)
from transforms.scoring.point_targets import target_of
from transforms.scoring.results import Missing, Trace
from transforms.scoring.sentences import shown
from transforms.scoring.trace import constant, leaf, step
from transforms.scoring.windows import references
from transforms.titles import Title


@dataclass(frozen=True)
class Asked:
    """A metric's line in a part of the window: its members' values, places and references, by employee."""

    line: PointLine
    part: Period
    facts: Facts
    metric: Metric
    values: Mapping[str, MetricValue]
    places: Mapping[str, Place]
    held_against: Mapping[str, Trace]


@dataclass(frozen=True)
class Judged:
    """What a rule did: points, the words for it, and what it stood on."""

    points: Trace
    rule: Title
    missing: Missing | None = None
    place: Place | None = None
    reference: Decimal | None = None
    target: Decimal | None = None


def ask(line: PointLine, part: Period, facts: Facts, members: Sequence[Member]) -> Asked:
    """Look up what a metric's line needs of a department's members, those who are ranked only included."""
    metric = facts.catalogue[line.metric or ""]
    found = {each.employee_id: facts.value(each.subject, metric.key, part) for each in members}
    values = {who: value for who, value in found.items() if value is not None}
    sound = {
        who: value.value for who, value in values.items() if _unfit(line, value) is None and value.value is not None
    }
    standing = places(sound, metric.better, line.give.rank) if line.give.rank else {}
    return Asked(line, part, facts, metric, values, standing, _held_against(line, part, facts, members))


def _held_against(line: PointLine, part: Period, facts: Facts, members: Sequence[Member]) -> dict[str, Trace]:
    """The reference by employee; one that is everybody's is looked up once."""
    metric, ids = facts.catalogue[line.metric or ""], [each.employee_id for each in members]
    for reference in references(line):
        asked = members if reference.of == "own" else members[:1]
        found = [refer(facts, each.subject, metric, reference, part, ids, every=line.every) for each in asked]
        told = found if reference.of == "own" else found * len(members)
        return {who: trace for who, trace in zip(ids, told, strict=True) if trace is not None}
    return {}


def judge(asked: Asked, member: Member, actual: Trace) -> Judged:
    """What the line's rule gives a member for a value."""
    if asked.line.not_in is not None and asked.facts.in_special_campaign(asked.part):
        return not_judged("exempt", actual)
    if (reason := _unfit(asked.line, asked.values.get(member.employee_id))) is not None:
        return not_judged(reason, actual)
    return _KINDS[asked.line.give.kind](asked, member, actual)


def _unfit(line: PointLine, value: MetricValue | None) -> Missing | None:
    if value is None or value.value is None:
        return "no_data"
    few = line.needs_at_least is not None and (value.denominator or 0) < line.needs_at_least
    return "too_few" if few else None


def not_judged(reason: Missing, *known: Trace) -> Judged:
    """No points, and why."""
    return Judged(step("not_judged", "no points", *known, reason=reason), missing_points_in_words(reason), reason)


def _rank(asked: Asked, member: Member, actual: Trace) -> Judged:
    rule = asked.line.give.rank
    if rule is None:
        raise ValueError(asked.line.name)
    reference = asked.held_against.get(member.employee_id)
    if rule.none_below is not None and reference is None:
        return not_judged("no_data", actual)
    place = asked.places.get(member.employee_id) or nowhere(len(asked.places))
    points = rank_points(rule, asked.metric.better, actual, place, reference)
    compared = _compared(asked, actual, reference, rule.none_below) if rule.none_below and reference else None
    words = sentence(rank_in_words(rule, place, compared), points_in_words(points.value))
    return Judged(points, words, place=place, reference=reference.value if reference else None)


def _compare(asked: Asked, member: Member, actual: Trace) -> Judged:
    rule, reference = asked.line.give.compare, asked.held_against.get(member.employee_id)
    if rule is None:
        raise ValueError(asked.line.name)
    if reference is None:
        return not_judged("no_data", actual)
    events = _events(asked, member, rule.only_if)
    points = compare_points(rule, asked.metric.better, actual, reference, events)
    bare = compare_points(rule, asked.metric.better, actual, reference, None)
    spared = no_event_in_words(rule.only_if) if rule.only_if and points.value != bare.value else None
    words = sentence(_compared(asked, actual, reference, rule.to), spared, points_in_words(points.value))
    return Judged(points, sentence(shown(actual.value, asked.metric.unit), words), reference=reference.value)


def _compared(asked: Asked, actual: Trace, reference: Trace, told: Reference) -> Title:
    other = asked.facts.catalogue[told.metric].title if told.metric else None
    one, held = actual.value or Decimal(0), reference.value or Decimal(0)
    return compared_in_words(one, held, told, other, asked.metric.unit, asked.metric.better)


def _events(asked: Asked, member: Member, kind: str | None) -> Trace | None:
    """Whether there was an event of the person or of the department, as 1 or 0."""
    if kind is None:
        return None
    who, where = member.employee_id, member.subject.department_id
    found = asked.facts.has_event(kind, who, where, asked.part)
    return leaf("event", kind, Decimal(int(found)), window=asked.part.key)


def _steps(asked: Asked, _: Member, actual: Trace) -> Judged:
    steps = asked.line.give.steps or ()
    points = step_points(steps, actual)
    told = step_in_words(actual.value or Decimal(0), steps, asked.metric.unit)
    words = sentence(shown(actual.value, asked.metric.unit), told, points_in_words(points.value))
    return Judged(points, words)


def _target_steps(asked: Asked, member: Member, actual: Trace) -> Judged:
    steps = asked.line.give.target_steps or ()
    target = target_of(asked.line, asked.metric, member, asked.part, asked.facts)
    if target is None or not target.value:
        return not_judged("no_target", actual)
    completion = step("quotient", "completion", actual, target, constant("scale", 1))
    points, unit = step_points(steps, completion), asked.metric.unit
    told = completion_in_words(shown(actual.value, unit), shown(target.value, unit), completion.value)
    lies = step_in_words(completion.value or Decimal(0), steps, Unit.RATE)
    return Judged(points, sentence(told, lies, points_in_words(points.value)), target=target.value)


def _required(asked: Asked, member: Member, actual: Trace) -> Judged:
    rule = asked.line.give.required
    if rule is None:
        raise ValueError(asked.line.name)
    excuses = _events(asked, member, rule.unless)
    points = required_points(rule, actual, excuses)
    outcome: Outcome = (
        "kept" if kept(rule, actual.value or Decimal(0)) else "excused" if excuses and excuses.value else "missed"
    )
    told = required_in_words(rule, outcome, asked.metric.unit)
    return Judged(points, sentence(shown(actual.value, asked.metric.unit), told, points_in_words(points.value)))


_KINDS: Mapping[str, Callable[[Asked, Member, Trace], Judged]] = {
    "rank": _rank,
    "compare": _compare,
    "steps": _steps,
    "target_steps": _target_steps,
    "required": _required,
}
