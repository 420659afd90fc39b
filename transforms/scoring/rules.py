"""From a value to 0–100 points: each rule kind as a tree of steps.

Amounts (metrics without a denominator) are judged per full-time person: targets, ends and steps are multiplied by
working days ÷ the period's working days, for a department by the sum over its people. Rates are not touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.metrics.model import Better, Metric
from transforms.scoring.facts import Facts, Judgement, Subject
from transforms.scoring.results import Trace
from transforms.scoring.rule_kinds import Judged, plain
from transforms.scoring.scheme import FromTargets, Indicator
from transforms.scoring.trace import CENT, constant, leaf, step


@dataclass(frozen=True)
class Ruled:
    """A rule applied: the exact score before rounding, and the reference values it was held against, as steps."""

    score: Trace
    references: tuple[Trace, ...] = ()
    attainment: Decimal | None = None


def rounded(score: Trace) -> Trace:
    """The score of an indicator: 0.01, half-up, once."""
    return step("round", "score", score, to=str(CENT))


def apply_rule(actual: Trace, indicator: Indicator, metric: Metric, target: Trace | None, subject: Subject) -> Ruled:
    """The indicator's rule on a metric's value; the caller has made sure that a `target` rule has its target."""
    rule = indicator.score
    if rule is not None and rule.linear is not None:
        ends = [_end(name, getattr(rule.linear, name), indicator, metric, subject) for name in ("zero_at", "full_at")]
        return Ruled(step("linear", "linear", actual, *ends), tuple(ends))
    if rule is not None and rule.steps is not None:
        given = [each.up_to for each in rule.steps if each.up_to is not None]
        bounds = [_end("up_to", bound, indicator, metric, subject) for bound in given]
        gives = ",".join(plain(each.gives) for each in rule.steps)
        return Ruled(step("steps", "steps", actual, *bounds, gives=gives), tuple(bounds))
    if rule is None or rule.target is None or target is None:
        raise ValueError(indicator.key)
    told = rule.target
    limits = {"floor": plain(told.floor), "full_at": plain(told.full_at), "cap": plain(told.highest)}
    attained = step("attainment", "attainment", actual, target, better=metric.better.value, cap=limits["cap"])
    return Ruled(step("target", "target", attained, **limits), (target,), attained.value)


def _end(label: str, value: Decimal, indicator: Indicator, metric: Metric, subject: Subject) -> Trace:
    return _prorated(constant(label, value), indicator, metric, subject.days, subject.period_days)


def _prorated(value: Trace, indicator: Indicator, metric: Metric, days: int, of: int) -> Trace:
    if not is_prorated(indicator, metric) or days == of:
        return value
    return step("prorate", f"{value.label} for {days} of {of} days", value, constant("days", days), constant("of", of))


def is_prorated(indicator: Indicator, metric: Metric) -> bool:
    """Whether the indicator's reference values follow the working days: amounts do, quotients do not."""
    return indicator.prorate == "working_days" and metric.denominator is None


def find_target(indicator: Indicator, metric: Metric, subject: Subject, facts: Facts) -> Trace | None:
    """The target of the subject: constant, or agreed for the employee, else the department, else the company.

    What is agreed with a person by name holds for the days that person was there: it is not shrunk for a joiner, only
    split by working days between departments that judge the same amount. An amount agreed for a department is the
    whole department's: without a target of one's own, one's part of it is by working days. A company's amount is
    nobody's target. None: there is none, or it cannot be divided by.
    """
    if indicator.target is None:
        return None
    if isinstance(indicator.target, FromTargets):
        found = _agreed(indicator, metric, subject, facts)
    else:
        found = _end("target", indicator.target, indicator, metric, subject)
    unusable = found is None or (metric.better is Better.HIGHER and (found.value or 0) <= 0)
    return None if unusable else found


def _agreed(indicator: Indicator, metric: Metric, subject: Subject, facts: Facts) -> Trace | None:
    own = _target_leaf(facts, subject.level, subject.subject_id, metric.key)
    if own is not None:
        of = facts.target_days.get((subject.subject_id, metric.key), subject.days)
        return _prorated(own, indicator, metric, subject.days, of)
    if subject.level == "employee":
        of_all = _target_leaf(facts, "department", subject.department_id, metric.key)
        if of_all is not None:
            return _prorated(of_all, indicator, metric, subject.days, subject.department_days)
    return None if is_prorated(indicator, metric) else _target_leaf(facts, "company", "company", metric.key)


def _target_leaf(facts: Facts, level: str, subject_id: str, metric: str) -> Trace | None:
    value = facts.targets.get((level, subject_id, metric))
    return None if value is None else leaf("target", f"target of {metric}", value, level=level, subject=subject_id)


def judge(rule: Judged, judgements: Sequence[Judgement]) -> Ruled | None:
    """Mean of the raters of each role, weighted by role. None: nobody judged, or HR has to decide."""
    present = {role: [each for each in judgements if each.role == role] for role in rule.roles}
    answered = {role: each for role, each in present.items() if each}
    if not answered or (rule.missing_role == "hr_decides" and len(answered) < len(rule.roles)):
        return None
    counted = list(rule.roles) if rule.missing_role == "zero" else list(answered)
    means = tuple(_role_mean(role, present[role]) for role in counted)
    weights = ",".join(plain(rule.roles[role]) for role in counted)
    mean = step("weighted_mean", "mean by role", *means, weights=weights, roles=",".join(counted))
    return Ruled(step("clamp", "within 0 and 100", mean), means)


def _role_mean(role: str, judged: Sequence[Judgement]) -> Trace:
    if not judged:
        return constant(role, 0)
    return step("mean", role, *(leaf("judgement", role, each.score, rater=each.rater_id) for each in judged))
