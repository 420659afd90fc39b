"""What a version judges by, whatever part of it says so: cards, sheets of points, facts of its pay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from transforms.lint.model import Judged, Where
from transforms.measures.catalogue import MEASURES, RELATIONS
from transforms.metrics.model import Metric
from transforms.schemes.indicator import Indicator
from transforms.schemes.points import PointLine
from transforms.schemes.targets import FromTargets

_LEADING = ("经理", "經理", "主管", "总监", "總監", "店长", "店長", "manager", "head", "director", "lead")


@dataclass(frozen=True)
class Line:
    """One line that judges people. `weight` None: a line of points."""

    at: Where
    key: str
    kind: str  # metric, manual, event, team, months, fact
    metric: str | None
    weight: Decimal | None
    from_targets: bool


def lines(judged: Judged) -> Iterator[Line]:
    """Every line of the version's card and sheets."""
    for (at, _, indicator), (_, weight) in zip(judged.version.placed(), judged.version.weighed(), strict=True):
        yield _of_card(judged.at(*at), indicator, weight)
    for sheet, points in judged.version.points.items():
        for n, line in enumerate(points.lines):
            yield _of_sheet(judged.at("points", sheet, "lines", n), line)


def _of_card(at: Where, indicator: Indicator, weight: Decimal) -> Line:
    agreed = isinstance(indicator.target, FromTargets)
    return Line(at, indicator.key, indicator.kind, indicator.metric, weight, agreed)


def _of_sheet(at: Where, line: PointLine) -> Line:
    kinds = {"metric": line.metric, "event": line.event, "fact": line.fact, "manual": line.manual}
    kind = next(name for name, told in kinds.items() if told is not None)
    return Line(at, line.name, kind, line.metric, None, isinstance(line.target, FromTargets))


def keys_of(judged: Judged) -> frozenset[str]:
    """Everything the version looks at, facts of its pay included: metrics, indicators, events."""
    pay = judged.version.pay
    paid = [each.metric or each.target for each in pay.facts.values()] if pay else []
    own = [name for line in lines(judged) for name in (line.key, line.metric)]
    return frozenset(name for name in (*own, *paid) if name)


def leads(judged: Judged) -> bool:
    """Whether the scheme judges people who lead others: by its posts' names, or because it leaves members out."""
    posts = judged.scheme.applies_to.posts
    by_post = bool(posts) and all(any(word in post.lower() for word in _LEADING) for post in posts)
    return by_post or "member" in judged.scheme.applies_to.exclude


def tables_of(metric: Metric) -> frozenset[str]:
    """The tables a metric's measures count rows of, where a measure has one such table."""
    measures = (each.partition(":")[0] for each in (metric.numerator, metric.denominator) if each)
    origins = (RELATIONS[MEASURES[each].relation].origin for each in measures if each in MEASURES)
    return frozenset(each for each in origins if each is not None)


def metrics_of(found: Mapping[str, Metric], judged: Judged) -> Iterator[tuple[Line, Metric]]:
    """The version's lines that count a metric."""
    for line in lines(judged):
        if line.metric is not None and line.metric in found:
            yield line, found[line.metric]
