"""Grades by quota: so many places for each class, and what happens to ties, small teams and the last class."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from transforms.schemes.grading import Distribution
from transforms.schemes.scheme import Version
from transforms.schemes.score_rules import percent, plain
from transforms.scoring.combine import capped, grade_title
from transforms.scoring.red_lines import caps
from transforms.scoring.results import Card
from transforms.titles import Title
from transforms.wording import joined, three, told

_PLACES = three("{n} 人按分布定级:{classes}", "{n} 人按分佈定級:{classes}", "{n} people graded by quota: {classes}")
_CLASS = three("{grade} {places} 人({share})", "{grade} {places} 人({share})", "{grade} {places} ({share})")
_SMALL = three(
    "不足 {n} 人,不设末档", "不足 {n} 人,不設末檔", "with fewer than {n} people nobody is put into the last class"
)
_TIE = {
    "better": three(
        "同分跨档,归入较高一档", "同分跨檔,歸入較高一檔", "equal scores across a border go to the better class"
    ),
    "worse": three(
        "同分跨档,归入较低一档", "同分跨檔,歸入較低一檔", "equal scores across a border go to the worse class"
    ),
    "undecided": three("同分跨档,待定", "同分跨檔,待定", "equal scores across a border are still to be decided"),
}
_LAST = {
    "and": three(
        "末档另需得分不高于 {n}", "末檔另需得分不高於 {n}", "the last class needs a score of at most {n} as well"
    ),
    "or": three(
        "得分不高于 {n} 者也归末档", "得分不高於 {n} 者也歸末檔", "a score of at most {n} is in the last class too"
    ),
}
_MORE = three("{one};{two}", "{one};{two}", "{one}; {two}")


def by_quota(cards: Sequence[Card], version: Version) -> tuple[Card, ...]:
    """The cards of a scheme with the grades of its distribution; each department by itself, or all together.

    Cards without a score stay without a grade. With few people and `small: thresholds` the grades stay as they are.
    Red lines cap what the quota gives.
    """
    rule = version.distribution
    if rule is None:
        return tuple(cards)
    teams = {card.department_id if rule.within == "department" else "" for card in cards}
    found: dict[tuple[str | None, str], Card] = {}
    for team in sorted(teams):
        mine = [card for card in cards if not team or card.department_id == team]
        found |= {(card.employee_id, card.department_id): card for card in _graded(mine, rule, version)}
    return tuple(found[card.employee_id, card.department_id] for card in cards)


def _graded(cards: Sequence[Card], rule: Distribution, version: Version) -> list[Card]:
    scores = {n: card.score for n, card in enumerate(cards) if card.score is not None}
    if not scores or (len(scores) < rule.least_people and rule.small == "thresholds"):
        return list(cards)
    grades, taken = distribute(scores, rule), places(len(scores), rule)
    return [
        _with_grade(card, grades[n], _in_words(n, scores, rule, taken, version), version) if n in grades else card
        for n, card in enumerate(cards)
    ]


def _with_grade(card: Card, key: str | None, says: Title, version: Version) -> Card:
    given = (key, grade_title(key, version)) if key is not None else (None, None)
    grade, title = capped(given, caps(card.trace), version)
    return card.model_copy(update={"grade": grade, "grade_title": title, "grade_says": says})


def places(people: int, rule: Distribution) -> tuple[int, ...]:
    """How many places each class has: whole people by largest remainder, ties to the better class.

    With fewer than `least_people` and `small: no_last`, the last class's places go to the class before.
    """
    exact = [quota.share * people for quota in rule.quotas]
    found = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda n: (found[n] - exact[n], n))
    for n in order[: people - sum(found)]:
        found[n] += 1
    if people < rule.least_people and rule.small == "no_last":
        found[-2:] = [found[-2] + found[-1], 0]
    return tuple(found)


def distribute(scores: Mapping[int, Decimal], rule: Distribution) -> dict[int, str | None]:
    """The class of each score, the largest score first; None where a tie across a border is undecided."""
    classes = _by_place(places(len(scores), rule), rule)
    ordered = sorted(scores.values(), reverse=True)
    first = {score: place for place, score in reversed(list(enumerate(ordered)))}
    level = Counter(ordered)
    found = {who: _of_tie(classes, first[score], level[score], rule) for who, score in scores.items()}
    return {who: _last_class(key, scores[who], rule, len(scores)) for who, key in found.items()}


def _by_place(taken: Sequence[int], rule: Distribution) -> list[str]:
    return [quota.grade for quota, count in zip(rule.quotas, taken, strict=True) for _ in range(count)]


def _of_tie(classes: Sequence[str], first: int, level: int, rule: Distribution) -> str | None:
    better, worse = classes[first], classes[first + level - 1]
    if better == worse:
        return better
    return {"better": better, "worse": worse, "undecided": None}[rule.ties]


def _last_class(key: str | None, score: Decimal, rule: Distribution, people: int) -> str | None:
    """The class after the limit of the last one; a small team without a last class has none by score either."""
    before, last = (quota.grade for quota in rule.quotas[-2:])
    if rule.last_needs is None or (people < rule.least_people and rule.small == "no_last"):
        return key
    if rule.last_joins == "or":
        return last if score <= rule.last_needs else key
    return before if key == last and score > rule.last_needs else key


def _in_words(
    who: int, scores: Mapping[int, Decimal], rule: Distribution, taken: Sequence[int], version: Version
) -> Title:
    people = len(scores)
    listed = [
        told(_CLASS, grade=grade_title(quota.grade, version), places=str(count), share=percent(quota.share))
        for quota, count in zip(rule.quotas, taken, strict=True)
    ]
    words = told(_PLACES, n=str(people), classes=joined(listed))
    if people < rule.least_people and rule.small == "no_last":
        words = told(_MORE, one=words, two=told(_SMALL, n=str(rule.least_people)))
    elif rule.last_needs is not None:
        words = told(_MORE, one=words, two=told(_LAST[rule.last_joins], n=plain(rule.last_needs)))
    return told(_MORE, one=words, two=_TIE[rule.ties]) if _across(who, scores, taken, rule) else words


def _across(who: int, scores: Mapping[int, Decimal], taken: Sequence[int], rule: Distribution) -> bool:
    """Whether somebody's score is shared across a border."""
    classes, own = _by_place(taken, rule), scores[who]
    first, level = sum(score > own for score in scores.values()), sum(score == own for score in scores.values())
    return classes[first] != classes[first + level - 1]
