"""From what people judged to 0–100 points: the mean of each role, weighted by role."""

from collections.abc import Mapping, Sequence

from transforms.schemes.score_rules import Judged, plain
from transforms.scoring.book import Judgement
from transforms.scoring.results import Trace
from transforms.scoring.rules import Ruled
from transforms.scoring.trace import constant, leaf, step

Sheets = Mapping[str, tuple[Judgement, ...]]


def sheets(rule: Judged, judgements: Sequence[Judgement]) -> Sheets:
    """The judgements of each role that counts as answered; an anonymous role needs enough raters to hide in."""
    by_role = {role: tuple(each for each in judgements if each.role == role) for role in rule.roles}
    return {role: told for role, told in by_role.items() if len(told) >= (rule.least if role in rule.anonymous else 1)}


def judge(rule: Judged, answered: Sheets) -> Ruled | None:
    """The score from the sheets of each role. None: nobody judged, or HR has to decide."""
    if not answered or (rule.missing_role == "hr_decides" and len(answered) < len(rule.roles)):
        return None
    counted = [role for role in rule.roles if role in answered or rule.missing_role == "zero"]
    means = tuple(_role_mean(role, answered.get(role, ()), rule) for role in counted)
    weights = ",".join(plain(rule.roles[role]) for role in counted)
    mean = step("weighted_mean", "mean by role", *means, weights=weights, roles=",".join(counted))
    score = step("clamp", "within 0 and 100", mean)
    if rule.full_from is not None:
        score = step("full_from", "counts in full", score, at=plain(rule.full_from))
    return Ruled(score, means)


def _role_mean(role: str, told: Sequence[Judgement], rule: Judged) -> Trace:
    if not told:
        return constant(role, 0)
    trimmed = rule.drop_extremes and len(told) >= rule.drop_from
    return step("trimmed_mean" if trimmed else "mean", role, *_leaves(role, told, rule))


def _leaves(role: str, told: Sequence[Judgement], rule: Judged) -> Sequence[Trace]:
    """One a rater; of an anonymous role sorted by score, so that their order tells nothing either."""
    if role in rule.anonymous:
        return [leaf("judgement", role, score) for score in sorted(each.score for each in told)]
    return [leaf("judgement", role, each.score, rater=each.rater_id) for each in told]
