"""Which numbers of a person's report stand on counted rows: of indicators, lines of points and lines of pay."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import Metric, Unit
from transforms.scoring.results import (
    Appraisal,
    Card,
    IndicatorResult,
    PayLineResult,
    PersonResult,
    PointLineResult,
    PointSheetResult,
    Trace,
)
from transforms.titles import Title

Kind = Literal["indicator", "points", "pay"]


@dataclass(frozen=True)
class Counted:
    """One printed number: a measure in some days (a period key) while in a department, in the measure's own unit."""

    measure: str
    window: str
    department_id: str
    printed: Decimal


@dataclass(frozen=True)
class Line:
    """A line of the report and the two numbers it is made of; without them nothing is counted.

    Of pay: an own amount or count that a line of pay is computed from. `within`: the account of points, or the line of
    pay. `counts`: score, beside or trial.
    """

    kind: Kind
    key: str
    title: Title
    scheme: Title
    within: Title | None
    counts: str
    window: str
    unit: Unit
    actual: Decimal | None
    numerator: Counted | None
    denominator: Counted | None


def lines_of(person: PersonResult, period: str) -> tuple[Line, ...]:
    """Every line of a person's cards and sheets, in the order of the report, those that count nothing included."""
    scored = (each for card in person.cards for each in _of_card(card, period, "score"))
    return (*scored, *(line for one in person.appraisals for line in _of_appraisal(one)))


def _of_appraisal(one: Appraisal) -> Iterator[Line]:
    if one.card:
        yield from _of_card(one.card, one.window, one.counts)
    for sheet in one.sheets:
        yield from (_points(one, sheet, line) for line in sheet.lines)
    for paid in one.pay.lines if one.pay else ():
        yield from _pay(one, paid)


def _of_card(card: Card, window: str, counts: str) -> Iterator[Line]:
    yield from (_indicator(card, line, window, counts) for line in card.indicators)


def _indicator(card: Card, line: IndicatorResult, window: str, counts: str) -> Line:
    above, below = _counted(line.trace, window, card.department_id)
    return Line(
        kind="indicator", key=line.key, title=line.title, scheme=card.scheme_title, within=None, counts=counts,
        window=window, unit=line.unit, actual=line.actual, numerator=above, denominator=below,
    )  # fmt: skip


def _points(one: Appraisal, sheet: PointSheetResult, line: PointLineResult) -> Line:
    above, below = _counted(line.trace, line.window, one.department_id)
    return Line(
        kind="points", key=f"{sheet.key}.{line.key}", title=line.title, scheme=one.scheme_title, within=sheet.title,
        counts=one.counts, window=line.window, unit=line.unit, actual=line.actual, numerator=above, denominator=below,
    )  # fmt: skip


def _pay(one: Appraisal, paid: PayLineResult) -> Iterator[Line]:
    """Own metrics of the scheme's days that are plain sums: of others the trace keeps the quotient alone."""
    leaves = {each.args.get("metric", each.label): each for each in _steps(paid.trace) if each.args.get("of") == "own"}
    for key, leaf in leaves.items():
        metric = CATALOGUE.get(key)
        if metric and _plain(metric) and leaf.args.get("window") == one.window and leaf.value is not None:
            number = Counted(metric.numerator, one.window, one.department_id, leaf.value)
            yield Line(
                kind="pay", key=f"{paid.key}.{key}", title=metric.title, scheme=one.scheme_title, within=paid.title,
                counts=one.counts, window=one.window, unit=metric.unit, actual=leaf.value, numerator=number,
                denominator=None,
            )  # fmt: skip


def _plain(metric: Metric) -> bool:
    summed = metric.numerator_of == "own" and metric.denominator is None and metric.growth_of is None
    return summed and metric.scale == metric.per == 1


def _counted(trace: Trace, window: str, department_id: str) -> tuple[Counted | None, Counted | None]:
    """Numerator and denominator: the measures of the first quotient in the trace that stands on any."""
    for step in _steps(trace):
        found = [each for each in step.inputs if each.op == "measure"]
        if step.op in {"times", "quotient"} and found:
            made = [Counted(each.label, window, department_id, each.value or Decimal(0)) for each in found]
            return made[0], made[1] if len(made) > 1 else None
    return None, None


def _steps(trace: Trace) -> Iterator[Trace]:
    yield trace
    for each in trace.inputs:
        yield from _steps(each)
