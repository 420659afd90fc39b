"""What a scheme says against the metrics there are: mistakes as values, each with its place below the scheme."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from transforms.metrics.model import Better, Level, Metric, Unit
from transforms.schemes.indicator import Indicator
from transforms.schemes.points import PointLine
from transforms.schemes.scheme import Scheme, Version
from transforms.schemes.score_rules import Score, plain
from transforms.scoring.combine import ordered_grades
from transforms.scoring.windows import references

Where = tuple[str | int, ...]
_HIGHEST_RATE = Decimal(10)
_LEVEL: dict[str, Level] = {"own": "employee", "department": "department", "company": "company"}


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
        where: Where = ("versions", n)
        for at, key in _named(version):
            if key not in catalogue:
                yield Mistake((*where, *at), f"there is no metric '{key}'", "", key)
        for at, _, indicator in version.placed():
            if indicator.metric is not None and indicator.metric in catalogue:
                yield from _metric_mistakes((*where, *at), indicator, catalogue[indicator.metric])
            if indicator.months is not None and scheme.cycle == "month":
                told = "a month has no months to roll up"
                yield Mistake((*where, *at, "months"), told, "write cycle: quarter or cycle: year")
        yield from _grade_mistakes(where, version)


def _named(version: Version) -> Iterator[tuple[Where, str]]:
    """Every metric that a version names, with its place."""
    for at, _, indicator in version.placed():
        if indicator.metric is not None:
            yield (*at, "metric"), indicator.metric
        ratio = indicator.score.ratio if indicator.score else None
        if ratio is not None and ratio.to.metric is not None:
            yield (*at, "score", "ratio", "to", "metric"), ratio.to.metric
    for n, veto in enumerate(version.vetoes):
        if veto.metric is not None:
            yield ("vetoes", n, "metric"), veto.metric
    for key, sheet in version.points.items():
        for n, line in enumerate(sheet.lines):
            yield from _named_in_points(("points", key, "lines", n), line)
    for name, fact in version.pay.facts.items() if version.pay else ():
        if fact.metric is not None:
            yield ("pay", "facts", name, "metric"), fact.metric


def _named_in_points(at: Where, line: PointLine) -> Iterator[tuple[Where, str]]:
    if line.metric is not None:
        yield (*at, "metric"), line.metric
    for reference in references(line):
        if reference.metric is not None:
            yield (*at, "give"), reference.metric


def _grade_mistakes(where: Where, version: Version) -> Iterator[Mistake]:
    known = ordered_grades(version)
    for n, veto in enumerate(version.vetoes):
        if veto.cap_grade is not None and veto.cap_grade not in known:
            told = f"there is no grade '{veto.cap_grade}'"
            yield Mistake((*where, "vetoes", n, "cap_grade"), told, f"write one of: {', '.join(known)}")
    rule = version.distribution
    if rule is not None and rule.small == "thresholds" and not version.grades:
        told = "small teams are graded by thresholds, and there are none"
        yield Mistake((*where, "distribution", "small"), told, "add grades:, or small: no_last")


def _metric_mistakes(where: Where, indicator: Indicator, metric: Metric) -> Iterator[Mistake]:
    if _LEVEL[indicator.of] not in metric.levels:
        levels = ", ".join(metric.levels)
        told = f"{metric.key} cannot be told apart by {_LEVEL[indicator.of]}"
        todo = f"it exists for: {levels}; choose another metric, or say whose it is (of: company)"
        yield Mistake((*where, "metric"), told, todo)
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
    if rule.band is not None and (rule.band.better > rule.band.worse) != higher:
        told = f"the band rewards the wrong end: of {metric.key} {metric.better} is better"
        yield Mistake((*where, "score", "band"), told, "exchange better and worse")
    if rule.passed is not None and (rule.passed.at_least is not None) != higher:
        told = f"the limit rewards the wrong end: of {metric.key} {metric.better} is better"
        yield Mistake((*where, "score", "passed"), told, f"write {'at_least' if higher else 'at_most'}:")
    gives = [step.gives for step in rule.steps or ()]
    if any((b < a) if higher else (b > a) for a, b in pairwise(gives)):
        told = f"the steps reward the wrong end: of {metric.key} {metric.better} is better"
        yield Mistake((*where, "score", "steps"), told, "let gives only rise (or only fall) towards the better end")


_ENDS = {"linear": ("zero_at", "full_at"), "band": ("better", "worse"), "passed": ("at_least", "at_most")}


def _written(indicator: Indicator) -> Iterator[tuple[Where, Decimal]]:
    """The amounts in the metric's own unit, with their places."""
    rule = indicator.score
    for kind, names in _ENDS.items():
        told = getattr(rule, kind) if rule is not None else None
        yield from ((("score", kind, name), getattr(told, name)) for name in names if getattr(told, name, None))
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
