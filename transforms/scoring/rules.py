"""From a value to 0–100 points: each rule kind as a tree of steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.metrics.model import Metric
from transforms.scoring.book import Judgement
from transforms.scoring.facts import Subject
from transforms.scoring.indicator import Indicator
from transforms.scoring.results import Trace
from transforms.scoring.rule_kinds import Judged, plain
from transforms.scoring.targets import reference
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
        ends = [
            reference(constant(name, getattr(rule.linear, name)), indicator, metric, subject)
            for name in ("zero_at", "full_at")
        ]
        return Ruled(step("linear", "linear", actual, *ends), tuple(ends))
    if rule is not None and rule.steps is not None:
        given = [each.up_to for each in rule.steps if each.up_to is not None]
        bounds = [reference(constant("up_to", bound), indicator, metric, subject) for bound in given]
        gives = ",".join(plain(each.gives) for each in rule.steps)
        return Ruled(step("steps", "steps", actual, *bounds, gives=gives), tuple(bounds))
    if rule is None or rule.target is None or target is None:
        raise ValueError(indicator.key)
    told = rule.target
    limits = {"floor": plain(told.floor), "full_at": plain(told.full_at), "cap": plain(told.highest)}
    attained = step("attainment", "attainment", actual, target, better=metric.better.value, cap=limits["cap"])
    return Ruled(step("target", "target", attained, **limits), (target,), attained.value)


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
