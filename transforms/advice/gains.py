"""The points of a card that one usual step of each indicator would bring, by the scheme's own rules."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from transforms.advice.model import Gain, NextEdge
from transforms.advice.rescoring import after_step, rescored, rule_of
from transforms.advice.usual_steps import UsualStep, usual_step
from transforms.metrics.model import Better, MetricValue
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Version
from transforms.scoring.results import Card, IndicatorResult
from transforms.scoring.trace import HUNDRED, half_up

_OWN_RULES = frozenset({"linear", "steps", "target", "band", "passed"})


def gains(
    card: Card, version: Version, values: Sequence[MetricValue], team: Sequence[MetricValue], period: str
) -> tuple[Gain, ...]:
    """What one usual step of each indicator brings, most points first, on ties by key; only what brings some.

    Nothing is told of indicators judged by people, events, teams or months, of those without a score, exempt or
    decided, of a department's or the company's value, and of rules that hold a value against other people's. A card
    whose total people decided, or that a red line zeroed, has no gains.

    Args:
        card: of one person.
        version: of the scheme, the one that made the card.
        values: the person's metric values of this and earlier periods; other departments' are left out.
        team: the same of the department's people; used where the person's own changes are too few.
        period: the key of the card's period.
    """
    found = (
        gain
        for line in movable(card, version)
        if (step := usual_step(_own(values, card, line.key), _of(team, card, line.key), period)) is not None
        and (gain := _gain(line, step)) is not None
    )
    return tuple(sorted(found, key=lambda each: (-each.points_gained, each.key)))


def edges(card: Card, version: Version) -> tuple[NextEdge, ...]:
    """The next better step of each rule in steps, most points first, on ties by key; only what brings some."""
    found = (edge for line in movable(card, version) if (edge := _edge(line)) is not None)
    return tuple(sorted(found, key=lambda each: (-each.points_gained, each.key)))


def movable(card: Card, version: Version) -> Iterator[IndicatorResult]:
    """The lines whose score the person's own value alone decides. Red lines stand after the scheme's indicators."""
    if card.corrected is not None or card.score is None or _zeroed(card):
        return
    for (_, _, indicator), line in zip(version.placed(), card.indicators, strict=False):
        if line.key == indicator.key and _scored_alone(indicator, line):
            yield line


def _zeroed(card: Card) -> bool:
    trace = card.trace
    while trace.op == "veto":
        if trace.args["then"] == "zero":
            return True
        trace = trace.inputs[0]
    return False


def _scored_alone(indicator: Indicator, line: IndicatorResult) -> bool:
    known = line.score is not None and line.actual is not None and line.missing is None and line.corrected is None
    return known and indicator.metric is not None and indicator.of == "own" and _fixed(indicator)


def _fixed(indicator: Indicator) -> bool:
    """Whether nobody else's value of the same days enters: a ratio only to what is past."""
    rule = indicator.score
    if rule is None:
        return False
    return rule.kind in _OWN_RULES or (rule.ratio is not None and rule.ratio.to.when != "now")


def _of(values: Sequence[MetricValue], card: Card, metric: str) -> list[MetricValue]:
    here = (each for each in values if each.level == "employee" and each.department_id == card.department_id)
    return [each for each in here if each.metric == metric]


def _own(values: Sequence[MetricValue], card: Card, metric: str) -> list[MetricValue]:
    return [each for each in _of(values, card, metric) if each.subject_id == card.employee_id]


def _gain(line: IndicatorResult, step: UsualStep) -> Gain | None:
    actual, score = line.actual or Decimal(0), line.score or Decimal(0)
    reached = after_step(line, actual, step.size)
    then = rescored(line.trace, reached)
    gained = None if then is None else points_gained(line, then)
    if then is None or gained is None or gained <= 0:
        return None
    return Gain(
        key=line.key, title=line.title, unit=line.unit, better=line.better, actual=actual, step=step.size,
        reached=reached, score=score, score_then=then, points_gained=gained, basis=step.basis, months=step.changes,
    )  # fmt: skip


def points_gained(line: IndicatorResult, score_then: Decimal) -> Decimal:
    """Points of the card that another score brings: weight in use × difference ÷ 100, to 0.01 half-up."""
    return half_up(line.weight_used * (score_then - (line.score or Decimal(0))) / HUNDRED)


def _edge(line: IndicatorResult) -> NextEdge | None:
    rule = rule_of(line.trace)
    if rule.op != "steps":
        return None
    bounds = [each.value for each in rule.inputs[1:] if each.value is not None]
    gives = [Decimal(each) for each in rule.args["gives"].split(",")]
    actual, score = line.actual or Decimal(0), line.score or Decimal(0)
    found = _next_better(bounds, gives, actual, score, line.better)
    gained = points_gained(line, found[1]) if found else Decimal(0)
    if found is None or gained <= 0:
        return None
    return NextEdge(
        key=line.key, title=line.title, unit=line.unit, better=line.better, actual=actual, at=found[0], score=score,
        score_then=found[1], points_gained=gained,
    )  # fmt: skip


def _next_better(
    bounds: Sequence[Decimal], gives: Sequence[Decimal], actual: Decimal, score: Decimal, better: Better
) -> tuple[Decimal, Decimal] | None:
    """The nearest bound in the better direction behind which more is given, and what."""
    beyond = list(zip(bounds, gives[1:] if better is Better.HIGHER else gives[:-1], strict=True))
    ahead = [each for each in beyond if each[0] > actual]
    if better is Better.LOWER:
        ahead = [each for each in reversed(beyond) if each[0] <= actual]
    return next((each for each in ahead if each[1] > score), None)
