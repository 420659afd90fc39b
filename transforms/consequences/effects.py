"""Each effect of the language: whether it follows for somebody, and what it then says."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from transforms.consequences import words
from transforms.consequences.standing import Earned, Standing, group_scores
from transforms.schemes.consequences import Consequence
from transforms.scoring.results import ConsequenceResult
from transforms.titles import Title

_HR_ONLY = frozenset({"flag", "no_bonus"})


def concluded(rule: Consequence, standing: Standing, as_of: date) -> ConsequenceResult | None:
    """What the rule says of somebody; None: nothing follows.

    With fewer people ranked than the rule asks for, nothing follows for anybody. `as_of` is the day of the notice.
    """
    if (standing.ranked_of or 0) < rule.least_people and rule.least_people > 1:
        return None
    found = _EFFECTS[rule.effect](rule, standing, as_of)
    return None if found is None else _result(rule, standing, *found)


# what is said, the results it follows from (below period/scheme), and by when
Concluded = tuple[Title, tuple[str, ...], date | None]


def _result(
    rule: Consequence, standing: Standing, said: Title, follows_from: tuple[str, ...], due_on: date | None
) -> ConsequenceResult:
    hr_only, trial = rule.effect in _HR_ONLY, standing.scheme.counts == "trial"
    told = words.for_hr(said) if hr_only else said
    return ConsequenceResult(
        scheme=standing.scheme.scheme,
        key=rule.key,
        effect=rule.effect,
        title=rule.title,
        says=words.on_trial(told) if trial else told,
        follows_from=follows_from,
        due_on=due_on,
        hr_only=hr_only,
        trial=trial,
        source=rule.source or standing.scheme.source,
    )


def _by_grade(rule: Consequence, standing: Standing, _as_of: date) -> Concluded | None:
    word = rule.by_grade.get(standing.now.grade or "")
    return None if word is None else (words.by_grade(rule, standing, word), _named(standing, "grade"), None)


def _running(rule: Consequence, standing: Standing, _as_of: date) -> Concluded | None:
    """The grade in each of so many periods, this one the last; a period without a score breaks the run."""
    run = (standing.now, *standing.earlier[: rule.periods - 1])
    if len(run) < rule.periods or not all(_fits(rule, each) for each in run):
        return None
    oldest_first = run[::-1]
    follows = tuple(f"{each.period}/{each.scheme}/grade" for each in oldest_first)
    return words.running(rule, standing, oldest_first), follows, None


def _fits(rule: Consequence, earned: Earned) -> bool:
    return earned.grade == rule.grade and (rule.score_at_most is None or earned.score <= rule.score_at_most)


def _transfer(rule: Consequence, standing: Standing, _as_of: date) -> Concluded | None:
    groups = dict(group_scores(standing.lines))
    weak, below, least = groups.pop(rule.weak_group or "", None), rule.below, rule.others_at_least
    if weak is None or below is None or least is None or weak[1] >= below:
        return None
    if not groups or any(score < least for _, score in groups.values()):
        return None
    follows = _named(standing, rule.weak_group or "", *groups)
    return words.transfer(rule, standing, weak, list(groups.values())), follows, None


def _training(rule: Consequence, standing: Standing, _as_of: date) -> Concluded | None:
    below = rule.below or Decimal(0)
    weak = [line for line in standing.lines if line.score is not None and line.score < below]
    if not weak:
        return None
    scored = [(line.title, line.score or Decimal(0)) for line in weak]
    return words.training(rule, standing, scored), _named(standing, *(line.key for line in weak)), None


def _improvement(rule: Consequence, standing: Standing, as_of: date) -> Concluded | None:
    """Fewer than `last` people stand worse. Whoever shares a place shares its duty; the first place never is last."""
    if standing.rank in {None, 1} or standing.worse >= (rule.last or 0):
        return None
    due_on = as_of + timedelta(days=rule.due_days or 0)
    return words.improvement(rule, standing, due_on), _named(standing, "rank"), due_on


def _named(standing: Standing, *results: str) -> tuple[str, ...]:
    return tuple(f"{standing.now.period}/{standing.now.scheme}/{each}" for each in results)


_EFFECTS: dict[str, Callable[[Consequence, Standing, date], Concluded | None]] = {
    "bonus_class": _by_grade,
    "salary": _by_grade,
    "promotion": _running,
    "flag": _running,
    "no_bonus": _running,
    "transfer": _transfer,
    "training": _training,
    "improvement": _improvement,
}
