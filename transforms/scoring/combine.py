"""From indicators to a card, from cards to a person, from scores to grades and a department's summary.

What is printed is what is computed: an indicator's score is rounded once to 0.01 (half-up), its weight used has two
decimals (largest remainder), its points are weight × score ÷ 100 rounded to 0.01, and the card's score is the plain
sum of the points. Somebody with a pocket calculator gets the same number.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from transforms.schemes.scheme import Version
from transforms.scoring.results import Card, Trace
from transforms.scoring.trace import CENT, constant, half_up, leaf, shared_out, step
from transforms.titles import Title

GRADE_TITLES = {
    "excellent": Title(zh_hans="优秀", zh_hant="優秀", en="Excellent"),
    "good": Title(zh_hans="良好", zh_hant="良好", en="Good"),
    "qualified": Title(zh_hans="合格", zh_hant="合格", en="Qualified"),
    "unqualified": Title(zh_hans="不合格", zh_hant="不合格", en="Unqualified"),
}


def weights_used(weights: Sequence[Decimal], present: Sequence[bool]) -> tuple[Trace, ...]:
    """The weight of each indicator after those without a score have given theirs to the others, in proportion."""
    shared = shared_out(tuple(weights), tuple(present))
    if tuple(weights) == shared:
        return tuple(constant("weight", weight) for weight in shared)
    leaves = tuple(constant("weight", weight) for weight in weights)
    flags = ",".join(str(int(each)) for each in present)
    return tuple(step("share", "weight used", *leaves, present=flags, index=str(n)) for n in range(len(weights)))


def points(weight: Trace, score: Trace) -> Trace:
    """What an indicator adds to the card."""
    return step("points", "points", weight, score)


def person_score(cards: Sequence[Card]) -> Trace:
    """Mean of the cards' scores weighted by working days (equally where nobody worked a day), to 0.01."""
    scored = [card for card in cards if card.score is not None]
    worked = any(card.working_days for card in scored)
    weights = ",".join(str(card.working_days if worked else 1) for card in scored)
    leaves = (leaf("card", card.department_id, card.score, scheme=card.scheme) for card in scored)
    mean = step("weighted_mean", "cards by working days", *leaves, weights=weights)
    return step("round", "score", mean, to=str(CENT))


Graded = tuple[str | None, Title | None]


def grade_of(score: Decimal | None, version: Version) -> Graded:
    """The grade a score earns by thresholds, with its title; none where the version has only quotas."""
    if score is None or not version.grades:
        return None, None
    key = next((key for key, grade in version.graded().items() if score >= grade.at_least), version.below)
    return key, grade_title(key, version)


def ordered_grades(version: Version) -> tuple[str, ...]:
    """Every grade a version gives, best first."""
    quotas = [quota.grade for quota in version.distribution.quotas] if version.distribution else []
    thresholds = [*version.graded(), version.below] if version.grades else []
    return tuple(dict.fromkeys([*quotas, *thresholds]))


def grade_title(key: str, version: Version) -> Title:
    """What a grade is called."""
    quotas = version.distribution.quotas if version.distribution else ()
    quota = next((quota.title for quota in quotas if quota.grade == key), None)
    grade = version.graded().get(key)
    own = quota or (grade.title if grade else None) or (version.below_title if key == version.below else None)
    return own or GRADE_TITLES.get(key) or Title(zh_hans=key)


def capped(grade: Graded, caps: Iterable[str], version: Version) -> Graded:
    """The grade, or the worst of the caps where that is worse."""
    order = ordered_grades(version)
    told = [key for key in (grade[0], *caps) if key in order]
    if grade[0] is None or not told:
        return grade
    worst = max(told, key=order.index)
    return grade if worst == grade[0] else (worst, grade_title(worst, version))


def mean_and_median(scores: Sequence[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """Mean and median of scores, to 0.01; None of nothing."""
    if not scores:
        return None, None
    ordered = sorted(scores)
    middle = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return half_up(sum(ordered, Decimal(0)) / len(ordered)), half_up(middle / 2)


def count_grades(grades: Sequence[str | None], version: Version | None) -> dict[str, int]:
    """How many earned each grade, best first, grades nobody earned included."""
    counted = Counter(grade for grade in grades if grade is not None)
    order = ordered_grades(version) if version else ()
    return {key: counted.get(key, 0) for key in [*order, *sorted(counted.keys() - set(order))]}
