"""What page one says in a minute: against what, why, what changed, what one can do. Every number stands again below."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from transforms.advice import Gain, NextEdge, edges, gains, points_since
from transforms.metrics.model import Better, MetricValue, Unit
from transforms.reports.model import CardView, IndicatorView, ReportContext
from transforms.scoring.results import Card, PersonResult
from transforms.titles import Frozen, Title

MOVED, ADVISED = 3, 2  # how many movements and steps are named
SMALL = 30  # a quotient of fewer cases is told as a small sample: one case more or less moves it by three points and up


class Movement(Frozen):
    """An indicator that is otherwise than last month. `improved`: towards what the metric calls better.

    `points`: what the move brought or cost by this month's rule; None where the rule holds it against other people.
    """

    key: str
    title: Title
    unit: Unit
    before: Decimal
    after: Decimal
    change: Decimal
    improved: bool
    points: Decimal | None


class SmallSample(Frozen):
    """An indicator that stands on few cases."""

    title: Title
    cases: Decimal


class Minute(Frozen):
    """`targets`: indicators with a target and a value; `reached`: those that are at the target or beyond it.

    `movements`: the changes against last month that moved most points, then those largest relative to last month.
    `advice`: the steps that bring most points. `edge`: the nearest better step of a rule in steps, where no usual step
    reaches one. `small`: quotients of fewer than SMALL cases. `provisional`: indicators that may still change.
    """

    targets: int
    reached: int
    movements: tuple[Movement, ...]
    advice: tuple[Gain, ...]
    edge: NextEdge | None
    small: tuple[SmallSample, ...]
    provisional: tuple[Title, ...]


def minute(
    person: PersonResult, cards: Sequence[CardView], values: Sequence[MetricValue], period: str, context: ReportContext
) -> Minute:
    """The figures of page one that the cards do not hold as such. `values`: of everybody, all months."""
    indicators = [i for card in cards for i in card.indicators]
    held = [i.better.reaches(i.actual, i.target) for i in indicators if i.actual is not None and i.target is not None]
    advised, edge = _advice(person, values, period, context)
    return Minute(
        targets=len(held),
        reached=sum(held),
        movements=_movements(indicators, _points(person, indicators, context)),
        advice=advised,
        edge=edge,
        small=tuple(SmallSample(title=i.title, cases=i.denominator or Decimal(0)) for i in indicators if _few(i)),
        provisional=tuple(i.title for i in indicators if i.provisional),
    )


def _advice(
    person: PersonResult, values: Sequence[MetricValue], period: str, context: ReportContext
) -> tuple[tuple[Gain, ...], NextEdge | None]:
    """Of the card with most working days, the later one on ties: advice is for the work one does now."""
    card = _main(person)
    version = context.versions.get(card.scheme) if card else None
    if card is None or version is None:
        return (), None
    own = [value for value in values if value.subject_id == person.employee_id]
    team = [v for v in values if v.level == "employee" and v.department_id == card.department_id]
    found = gains(card, version, own, team, period)[:ADVISED]
    ahead = [edge for edge in edges(card, version) if edge.key not in {gain.key for gain in found}]
    return found, ahead[0] if ahead and len(found) < ADVISED else None


def _main(person: PersonResult) -> Card | None:
    return max(reversed(person.cards), key=lambda card: card.working_days, default=None)


def _points(person: PersonResult, indicators: Sequence[IndicatorView], context: ReportContext) -> dict[str, Decimal]:
    before = {i.key: i.actual - i.change for i in indicators if i.actual is not None and i.change is not None}
    card = _main(person)
    version = context.versions.get(card.scheme) if card else None
    return points_since(card, version, before) if card and version else {}


def _few(indicator: IndicatorView) -> bool:
    """Amounts are no cases: only counts are."""
    counted = indicator.denominator_unit is Unit.COUNT and indicator.unit in {Unit.RATE, Unit.SECONDS, Unit.HOURS}
    return counted and indicator.denominator is not None and 0 < indicator.denominator < SMALL


def _movements(indicators: Sequence[IndicatorView], points: Mapping[str, Decimal]) -> tuple[Movement, ...]:
    return tuple(sorted(_moved(indicators, points), key=_size)[:MOVED])


def _size(moved: Movement) -> tuple[Decimal, Decimal, str]:
    return -abs(moved.points or Decimal(0)), -abs(moved.change / moved.before), moved.key


def _moved(indicators: Sequence[IndicatorView], points: Mapping[str, Decimal]) -> Iterator[Movement]:
    """Those that count and have a value in both months that differ; against a zero nothing is relative: left out."""
    for i in indicators:
        if i.score is None or i.change is None or i.change == 0 or i.actual is None or i.actual == i.change:
            continue
        better = i.change < 0 if i.better is Better.LOWER else i.change > 0
        yield Movement(
            key=i.key, title=i.title, unit=i.unit, before=i.actual - i.change, after=i.actual, change=i.change,
            improved=better, points=points.get(i.key),
        )  # fmt: skip
