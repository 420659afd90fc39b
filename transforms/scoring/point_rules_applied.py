"""Each kind of point rule as a step of a trace: from a value, and what it is held against, to points.

Nobody's trace holds another person's value: a rank stands on how many people are before and level.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from transforms.metrics.model import Better
from transforms.schemes.point_rules import Compare, EventPoints, PointStep, RankPoints, Required
from transforms.schemes.score_rules import plain
from transforms.scoring.book import Judgement
from transforms.scoring.point_operations import held_against
from transforms.scoring.ranks import rank_1224, rank_dense
from transforms.scoring.results import Trace
from transforms.scoring.trace import CENT, constant, leaf, step


@dataclass(frozen=True)
class Place:
    """Where somebody stands. `rank` None: takes no place. `before`: places ahead; `level`: people on it, included."""

    rank: int | None
    before: int
    level: int
    ranked: int


def places(values: Mapping[str, Decimal], better: Better, rule: RankPoints) -> dict[str, Place]:
    """The place of each person who takes one; a value of zero or less takes none where the rule says `positive`."""
    standing = {who: value for who, value in values.items() if value > 0 or not rule.positive}
    signed = {who: value if better is Better.HIGHER else -value for who, value in standing.items()}
    ranks = rank_dense(signed) if rule.ties == "dense" else rank_1224(signed)
    level = Counter(ranks.values())
    return {who: Place(rank, rank - 1, level[rank], len(ranks)) for who, rank in ranks.items()}


def nowhere(ranked: int) -> Place:
    """Of somebody who takes no place among `ranked` people."""
    return Place(None, 0, 0, ranked)


def rank_points(rule: RankPoints, better: Better, actual: Trace, place: Place, reference: Trace | None) -> Trace:
    """Points for a place; `reference` is what nobody with points may be worse than, None where the rule has none."""
    standing = [
        constant("people before" if rule.ties != "dense" else "places before", place.before),
        constant("people level", place.level),
        constant("people ranked", place.ranked),
    ]
    given = step(
        "rank_points",
        "points for the place",
        actual,
        *standing,
        *([reference] if reference else []),
        top=_listed(rule.top),
        ties=rule.ties,
        below=plain(rule.below),
        better=better.value,
        least_people=str(rule.least_people),
    )
    return _to_cent(given) if rule.ties == "shared" else given


def compare_points(rule: Compare, better: Better, actual: Trace, reference: Trace, events: Trace | None) -> Trace:
    """Points against a reference; `events` counts those without which being worse costs nothing."""
    return step(
        "compare_points",
        "points against the reference",
        actual,
        reference,
        *([events] if events else []),
        better=better.value,
        better_gives=plain(rule.better),
        equal_gives=plain(rule.equal),
        worse_gives=plain(rule.worse),
    )


def step_points(steps: Sequence[PointStep], actual: Trace) -> Trace:
    """Points of the step that the value lies in."""
    bounds = [
        constant("through" if each.through is not None else "up_to", each.bound)
        for each in steps
        if each.bound is not None
    ]
    through = ",".join(str(int(each.through is not None)) for each in steps if each.bound is not None)
    return step(
        "step_points", "points of the step", actual, *bounds, gives=_listed([s.gives for s in steps]), through=through
    )


def required_points(rule: Required, actual: Trace, excuses: Trace | None) -> Trace:
    """Points for keeping or missing what is required; `excuses` counts the events that excuse."""
    limit = rule.at_least if rule.at_least is not None else rule.at_most
    better = Better.HIGHER if rule.at_least is not None else Better.LOWER
    return step(
        "required_points",
        "points for what is required",
        actual,
        constant("required", limit or Decimal(0)),
        *([excuses] if excuses else []),
        better=better.value,
        met=plain(rule.met),
        missed=plain(rule.missed),
    )


def kept(rule: Required, actual: Decimal) -> bool:
    """Whether a value keeps what is required."""
    if rule.at_least is not None:
        return held_against(actual, rule.at_least, "higher") >= 0
    return held_against(actual, rule.at_most or Decimal(0), "lower") >= 0


def event_points(rule: EventPoints, quantity: Trace) -> Trace:
    """Points for the quantity of events."""
    limits = {name: plain(told) for name in ("floor", "cap") if (told := getattr(rule, name)) is not None}
    return step("event_points", "points for events", quantity, each=plain(rule.each), none=plain(rule.none), **limits)


def judged_points(take: Literal["mean", "sum"], indicator: str, judgements: Sequence[Judgement]) -> Trace:
    """The raters' points as they wrote them, joined; a mean to 0.01, half-up."""
    leaves = (leaf("judgement", indicator, each.score, rater=each.rater_id, role=each.role) for each in judgements)
    joined = step(take, "raters' points", *leaves)
    return _to_cent(joined) if take == "mean" else joined


def held_total(points: Sequence[Trace], floor: Decimal | None, cap: Decimal | None) -> Trace:
    """A sheet's total: the sum of its lines' points within floor and cap; nothing judged is 0."""
    total = step("sum", "points", *points) if points else constant("points", 0)
    limits = {name: plain(told) for name, told in (("floor", floor), ("cap", cap)) if told is not None}
    return step("held", "total", total, **limits) if limits else total


def _to_cent(points: Trace) -> Trace:
    return step("round", "points", points, to=str(CENT))


def _listed(numbers: Sequence[Decimal]) -> str:
    return ",".join(plain(number) for number in numbers)
