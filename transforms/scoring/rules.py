"""From a metric's value to 0–100 points: each rule kind as a tree of steps."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from transforms.metrics.model import Metric, MetricValue
from transforms.schemes.indicator import Indicator
from transforms.schemes.score_rules import Score, plain
from transforms.scoring.comparing import refer
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.results import Trace
from transforms.scoring.targets import comparable, reference
from transforms.scoring.trace import CENT, constant, leaf, step


@dataclass(frozen=True)
class Line:
    """A line of a card about a metric. `subject`: whose value it is; `scheme`: whose people are compared."""

    indicator: Indicator
    metric: Metric
    subject: Subject
    facts: Facts
    scheme: str
    target: Trace | None = None


@dataclass(frozen=True)
class Ruled:
    """A rule applied: the exact score before rounding, and the reference values it was held against, as steps."""

    score: Trace
    references: tuple[Trace, ...] = ()
    attainment: Decimal | None = None


def rounded(score: Trace) -> Trace:
    """The score of an indicator: 0.01, half-up, once."""
    return step("round", "score", score, to=str(CENT))


def apply_rule(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    """The rule on a metric's value; None where there is nothing it could be held against (no target, no past)."""
    return _KINDS[rule.kind](rule, actual, line)


def _bound(name: str, value: Decimal, line: Line) -> Trace:
    return reference(constant(name, value), line.indicator, line.metric, line.subject)


def _linear(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    if (told := rule.linear) is None:
        return None
    ends = _bound("zero_at", told.zero_at, line), _bound("full_at", told.full_at, line)
    return Ruled(step("linear", "linear", actual, *ends), ends)


def _steps(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    told = rule.steps or ()
    bounds = tuple(_bound("up_to", each.up_to, line) for each in told if each.up_to is not None)
    gives = ",".join(plain(each.gives) for each in told)
    return Ruled(step("steps", "steps", actual, *bounds, gives=gives), bounds)


def _target(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    if (told := rule.target) is None or line.target is None:
        return None
    limits = {"floor": plain(told.floor), "full_at": plain(told.full_at), "cap": plain(told.highest)}
    better = line.metric.better.value
    attained = step("attainment", "attainment", actual, line.target, better=better, cap=limits["cap"])
    return Ruled(step("target", "target", attained, **limits), (line.target,), attained.value)


def _band(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    if (told := rule.band) is None:
        return None
    ends = _bound("better", told.better, line), _bound("worse", told.worse, line)
    return Ruled(step("band", "band", actual, *ends, at_worse=plain(told.at_worse)), ends)


def _ratio(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    """An employee's amount is held against the reference for the days that person was there."""
    if (told := rule.ratio) is None:
        return None
    beside = tuple(each.subject_id for each in peers(line))
    ids = line.facts.counted.get((line.scheme, line.subject.department_id), beside)
    found = refer(line.facts, line.subject, line.metric, told.to, line.facts.period, ids)
    if found is None:
        return None
    if line.subject.level == "employee":
        found = reference(found, line.indicator, line.metric, line.subject)
    full = plain(told.full_at)
    ratio = step("attainment", "ratio to the reference", actual, found, better=line.metric.better.value, cap=full)
    ends = constant("zero_at", told.zero_at), constant("full_at", told.full_at)
    return None if ratio.value is None else Ruled(step("linear", "linear", ratio, *ends), (found,), ratio.value)


def _passed(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    told = rule.passed
    if told is None:
        return None
    at_least = told.at_least is not None
    limit = _bound("limit", (told.at_least if told.at_least is not None else told.at_most) or Decimal(0), line)
    excuses = () if told.unless is None else (happened(told.unless, line.subject, line.facts),)
    better = "higher" if at_least else "lower"
    score = step("passed", "passed", actual, limit, *excuses, better=better, missed=plain(told.missed))
    return Ruled(score, (limit, *excuses))


def happened(kind: str, subject: Subject, facts: Facts) -> Trace:
    """How often something happened to a person while in the department, or to a department as a whole."""
    who = subject.subject_id if subject.level == "employee" else None
    quantity = facts.event_quantity(kind, employee_id=who, department_id=subject.department_id)
    return leaf("event", kind, quantity)


def _place(rule: Score, actual: Trace, line: Line) -> Ruled | None:
    """By the place only: nobody's trace holds another person's value."""
    told = rule.place
    standing = {each.subject_id: value for each in peers(line) if (value := _standing(each, line)) is not None}
    own = standing.get(line.subject.subject_id)
    if told is None or own is None:
        return None
    place = constant("place", 1 + sum(value > own for value in standing.values()))
    of = constant("compared", len(standing))
    score = step("place", "place", actual, place, of, last=plain(told.last), alone=plain(told.alone))
    return Ruled(score, (place, of))


def peers(line: Line) -> tuple[Subject, ...]:
    """Whom the scheme scores beside the subject, the subject included."""
    subject = line.subject
    where = subject.department_id if subject.level == "employee" else None
    known = line.facts.peers.get((line.scheme, where), ())
    return known if any(each.subject_id == subject.subject_id for each in known) else (*known, subject)


def _standing(peer: Subject, line: Line) -> Decimal | None:
    value = line.facts.value(peer, line.metric.key)
    if value is None or value.value is None or too_few(line.indicator, value):
        return None
    return comparable(value.value, line.metric, peer.days)


def too_few(indicator: Indicator, value: MetricValue) -> bool:
    """Whether the value stands on fewer cases than the scheme asks for."""
    return indicator.needs_at_least is not None and (value.denominator or 0) < indicator.needs_at_least


_KINDS: dict[str, Callable[[Score, Trace, Line], Ruled | None]] = {
    "linear": _linear, "steps": _steps, "target": _target, "band": _band, "ratio": _ratio, "passed": _passed,
    "place": _place,
}  # fmt: skip
