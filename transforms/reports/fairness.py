"""How scores lie in groups of people, so that a difference between them can be seen, and is not taken for more.

Small groups are not shown. A group that is alone in not being shown would follow from the total, so the next smallest
goes with it, until what is not shown is at least two groups of five people together. What chance alone would bring
stands beside every difference: groups differ in tasks, targets and cases, and a difference says nothing of why.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random

from transforms.reports import parts
from transforms.reports.company_model import Chance, FairGroup, Fairness, Partition
from transforms.scoring.results import PeriodResults, PersonResult
from transforms.titles import Title

SMALLEST = 5  # of four, three who know their own scores know the fourth's
DRAWS = 499  # one in 500 is the smallest share that can be told
_ORDER: dict[str, tuple[str, ...]] = {
    "shop": (),
    "tenure": ("under_6_months", "6_to_12_months", "1_to_3_years", "from_3_years"),
    "shift": ("days_only", "with_nights"),
}
_CRITERIA = ("department", "shop", "shift", "tenure")
_LAST = ("several", "none", "unknown")  # shops: those that are no shop's own
_Groups = Mapping[str, Sequence[Decimal]]


def fairness(results: PeriodResults) -> Fairness:
    """Scores by department, shop, shift and tenure; what is one group only, or not known, is left out."""
    people = parts.scored(results.people)
    told = {criterion: _groups(people, criterion) for criterion in _CRITERIA}
    titles = {each.department_id: each.title for each in results.departments} | _shop_titles(people)
    wanted = [criterion for criterion in _CRITERIA if len(told[criterion]) > 1]
    return Fairness(
        smallest=SMALLEST,
        overall=parts.spread(parts.scores(people)),
        partitions=tuple(partition(criterion, told[criterion], titles) for criterion in wanted),
        left_out=tuple(criterion for criterion in _CRITERIA if criterion not in wanted),
    )


def partition(criterion: str, groups: _Groups, titles: Mapping[str, Title]) -> Partition:
    """One criterion: the groups large enough to show, and what chance alone would bring between them."""
    shown = large_enough({key: len(scores) for key, scores in groups.items()})
    overall = parts.mean([score for scores in groups.values() for score in scores]) or Decimal(0)
    ordered = sorted(shown, key=_place(criterion, titles))
    return Partition(
        key=criterion,
        groups=tuple(_group(key, groups[key], titles.get(key), overall) for key in ordered),
        hidden_groups=len(groups) - len(shown),
        hidden_people=sum(len(scores) for key, scores in groups.items() if key not in shown),
        chance=chance([groups[key] for key in ordered]),
    )


def large_enough(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups that may be shown, by their numbers of people, so that no mean of another follows from the total."""
    ascending = sorted((size, key) for key, size in sizes.items())
    hidden = [each for each in ascending if each[0] < SMALLEST]
    while hidden and len(hidden) < len(ascending) and not _safe(hidden):
        hidden = ascending[: len(hidden) + 1]
    return frozenset(sizes) - {key for _, key in hidden}


def _safe(hidden: Sequence[tuple[int, str]]) -> bool:
    return len(hidden) > 1 and sum(size for size, _ in hidden) >= SMALLEST


def chance(groups: Sequence[Sequence[Decimal]]) -> Chance | None:
    """How often people dealt out at random into groups of the same sizes differ at least as much; None of one group.

    Measured by the sum of squared deviations between groups. The deal is seeded by the scores, so that a report made
    again says the same.
    """
    if len(groups) < 2:  # noqa: PLR2004 - a difference needs two
        return None
    sizes = [len(group) for group in groups]
    scores = [_hundredths(score) for group in groups for score in group]
    real, deck = _between(scores, sizes), sorted(scores)
    dealer = Random(f"{sizes}{deck}")  # noqa: S311 - a fixed seed, not a secret
    return Chance(draws=DRAWS, as_wide=sum(_between(dealt, sizes) >= real for dealt in _deals(dealer, deck)))


def _hundredths(score: Decimal) -> int:
    return int((score * 100).to_integral_value())


def _deals(dealer: Random, deck: list[int]) -> Iterator[list[int]]:
    for _ in range(DRAWS):
        dealer.shuffle(deck)
        yield deck


def _between(scores: Sequence[int], sizes: Sequence[int]) -> float:
    """Σ sum² ÷ size: what the deviations between groups are, up to a constant; rounded, as sums of quotients are."""
    found, start = 0.0, 0
    for size in sizes:
        found += sum(scores[start : start + size]) ** 2 / size
        start += size
    return round(found, 3)


def _groups(people: Sequence[PersonResult], criterion: str) -> dict[str, list[Decimal]]:
    """Scores by code; nothing where nobody has the criterion."""
    found: dict[str, list[Decimal]] = {}
    for person in people:
        code = person.department_id if criterion == "department" else person.profile.get(criterion, "unknown")
        found.setdefault(code, []).append(person.score or Decimal(0))
    return {} if set(found) == {"unknown"} else found


def _shop_titles(people: Sequence[PersonResult]) -> dict[str, Title]:
    named = (person.profile for person in people if "shop_title" in person.profile)
    return {profile["shop"]: Title(zh_hans=profile["shop_title"]) for profile in named}


def _group(key: str, scores: Sequence[Decimal], title: Title | None, overall: Decimal) -> FairGroup:
    spread = parts.spread(scores)
    return FairGroup(
        key=key, title=title, people=len(scores), spread=spread, difference=(spread.mean or Decimal(0)) - overall
    )


def _place(criterion: str, titles: Mapping[str, Title]) -> Callable[[str], tuple[int, str]]:
    """Departments as the results have them, tenure and shifts in their own order, the rest by name."""
    order = [*_ORDER.get(criterion, titles), *_LAST]
    first = -1 if criterion == "shop" else len(order)
    return lambda key: (order.index(key) if key in order else first, key)
