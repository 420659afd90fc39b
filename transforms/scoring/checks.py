"""What a scheme says against the metrics there are: mistakes as values, each with its place below the scheme."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from transforms.metrics.model import Better, Metric, Unit
from transforms.scoring.indicator import Indicator
from transforms.scoring.rule_kinds import Score, plain
from transforms.scoring.scheme import Scheme

Where = tuple[str | int, ...]
_HIGHEST_RATE = Decimal(10)


@dataclass(frozen=True)
class Mistake:
    """What is wrong, where below the scheme, and what to do. `word`: an unknown name, for the nearest one."""

    at: Where
    what: str
    todo: str
    word: str | None = None


def mistakes(scheme: Scheme, catalogue: Mapping[str, Metric]) -> Iterator[Mistake]:
    """Everything in a scheme that does not fit the catalogue, in the order of the file."""
    for n, version in enumerate(scheme.versions):
        for at, _, indicator in version.placed():
            where: Where = ("versions", n, *at)
            if indicator.metric is not None and indicator.metric not in catalogue:
                yield Mistake((*where, "metric"), f"there is no metric '{indicator.metric}'", "", indicator.metric)
            elif indicator.metric is not None:
                yield from _metric_mistakes(where, indicator, catalogue[indicator.metric])


def _metric_mistakes(where: Where, indicator: Indicator, metric: Metric) -> Iterator[Mistake]:
    if "employee" not in metric.levels:
        levels = ", ".join(metric.levels)
        told = f"{metric.key} cannot be told apart by employee"
        yield Mistake((*where, "metric"), told, f"it exists for: {levels}; choose another metric")
    if indicator.needs_at_least is not None and metric.denominator is None:
        told = f"{metric.key} has no denominator to count"
        yield Mistake((*where, "needs_at_least"), told, "remove needs_at_least")
    if indicator.score is not None:
        yield from _rule_mistakes(where, indicator.score, metric)
    for field, value in _written(indicator):
        if metric.unit is Unit.RATE and abs(value) > _HIGHEST_RATE:
            told = f"{plain(value)} is {plain(value * 100)}%, too much for {metric.key}"
            yield Mistake((*where, *field), told, f"write {plain(value)}% or {plain(value / 100)}")


def _rule_mistakes(where: Where, rule: Score, metric: Metric) -> Iterator[Mistake]:
    higher = metric.better is Better.HIGHER
    if rule.linear is not None and (rule.linear.full_at > rule.linear.zero_at) != higher:
        told = f"the rule rewards the wrong end: of {metric.key} {metric.better} is better"
        yield Mistake((*where, "score", "linear"), told, "exchange zero_at and full_at")
    gives = [step.gives for step in rule.steps or ()]
    if any((b < a) if higher else (b > a) for a, b in pairwise(gives)):
        told = f"the steps reward the wrong end: of {metric.key} {metric.better} is better"
        yield Mistake((*where, "score", "steps"), told, "let gives only rise (or only fall) towards the better end")


def _written(indicator: Indicator) -> Iterator[tuple[Where, Decimal]]:
    rule = indicator.score
    if rule is not None and rule.linear is not None:
        yield ("score", "linear", "zero_at"), rule.linear.zero_at
        yield ("score", "linear", "full_at"), rule.linear.full_at
    for n, step in enumerate(rule.steps or () if rule else ()):
        if step.up_to is not None:
            yield ("score", "steps", n, "up_to"), step.up_to
    if isinstance(indicator.target, Decimal):
        yield ("target",), indicator.target


def overlaps(schemes: Sequence[Scheme]) -> Iterable[tuple[Scheme, Scheme]]:
    """Pairs of schemes that would judge the same person."""
    return (pair for pair in combinations(schemes, 2) if _overlap(*pair))


def _overlap(one: Scheme, other: Scheme) -> bool:
    if one.counts != "score" or other.counts != "score" or one.cycle != other.cycle:
        return False
    a, b = one.applies_to, other.applies_to
    shared = not a.posts or not b.posts or set(a.posts) & set(b.posts)
    return bool(set(a.where) & set(b.where)) and bool(shared)
