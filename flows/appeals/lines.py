"""What of a person's results can be disputed: the score, indicators, lines of points, lines of pay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from flows.explained import leaves, shown
from flows.yaml_files import nearest
from transforms.corrections.model import TOTAL
from transforms.errors import NotFoundError
from transforms.metrics.model import Unit
from transforms.scoring.results import (
    Appraisal,
    Card,
    IndicatorResult,
    PayLineResult,
    PeriodResults,
    PersonResult,
    PointLineResult,
    PointSheetResult,
    Trace,
)
from transforms.titles import Title
from transforms.wording import three

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PERCENT = Decimal(100)


@dataclass(frozen=True)
class Line:
    """One number, or two, of a report. `numbers`: as a reader sees them (yuan, not fen), each with what it is.

    `raters`: who judged it, where the results name them. `windows`: the periods it was judged in.
    """

    kind: Literal["score", "indicator", "points", "pay"]
    key: str
    scheme: str | None
    title: Title
    numbers: tuple[tuple[str, Decimal | None], ...]
    raters: frozenset[str] = frozenset()
    windows: tuple[str, ...] = ()

    @property
    def found(self) -> str:
        """What the ledger says of it, in words."""
        return ", ".join(f"{name} {shown(number)}" for name, number in self.numbers)


def line_of(results: PeriodResults, employee_id: str, key: str, scheme: str | None = None) -> Line:
    """The line of a person's report that a key names: an indicator, `line` or `sheet.line`, a line of pay, `score`.

    A line of points that is judged by weeks is one line with a number a week.

    Raises:
        NotFoundError: no such person in the period, or no such line on the person's report.
    """
    person = person_of(results, employee_id)
    known = [line for line in lines_of(person) if scheme in {None, line.scheme}]
    named = [line for line in known if key == line.key]
    named = named or [line for line in known if key == line.key.rpartition(".")[2]]
    if not named:
        names = sorted({line.key for line in known})
        guess = f"did you mean {close}? " if (close := nearest(key, names)) else ""
        what = f"the report of {employee_id} for {results.period} has no line {key}"
        raise NotFoundError(what, todo=f"{guess}there are: {', '.join(names)}")
    first = named[0]
    same = [line for line in named if (line.kind, line.key, line.scheme) == (first.kind, first.key, first.scheme)]
    return _together(same)


def person_of(results: PeriodResults, employee_id: str) -> PersonResult:
    """Somebody's results.

    Raises:
        NotFoundError: the period does not know him.
    """
    found = next((person for person in results.people if person.employee_id == employee_id), None)
    if found is None:
        close = nearest(employee_id, [person.employee_id for person in results.people])
        guess = f"did you mean {close}? " if close else ""
        todo = f"{guess}jixiao show scores {results.period} lists everybody"
        raise NotFoundError(f"no employee {employee_id} in {results.period}", todo=todo)
    return found


def lines_of(person: PersonResult) -> Iterator[Line]:
    """Everything on the report that can be disputed: the score, what it is made of, what stands beside it."""
    yield _score(person)
    for card in person.cards:
        yield from _of_card(card)
    for one in person.appraisals:
        yield from _of_appraisal(one)


def agrees(line: Line, said: str) -> bool:
    """Whether the number somebody reads is one of the ledger's, to as many places as he wrote; words always agree."""
    match = _NUMBER.search(said.replace(",", "").replace("，", ""))
    if match is None:
        return True
    number = Decimal(match[0])
    numbers = [known for _, known in line.numbers if known is not None]
    if "%" in said or "％" in said:
        return any(_rounds_to(known * _PERCENT, number) for known in numbers)
    return any(_rounds_to(known, number) for known in numbers)


def _rounds_to(known: Decimal, said: Decimal) -> bool:
    exponent = said.as_tuple().exponent
    place = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return known.quantize(place, ROUND_HALF_UP) == said


def _together(lines: list[Line]) -> Line:
    first = lines[0]
    if len(lines) == 1:
        return first
    numbers = tuple(
        (f"{each.windows[0]} {name}" if each.windows else name, n) for each in lines for name, n in each.numbers
    )
    windows = tuple(dict.fromkeys(window for each in lines for window in each.windows))
    raters = frozenset(rater for each in lines for rater in each.raters)
    return Line(first.kind, first.key, first.scheme, first.title, numbers, raters, windows)


def _score(person: PersonResult) -> Line:
    raters = frozenset(who for card in person.cards for line in card.indicators for who in _raters(line.trace))
    title = three("总分", "總分", "Score")
    return Line("score", TOTAL, None, title, (("score", person.score),), raters)


def _of_appraisal(one: Appraisal) -> Iterator[Line]:
    if one.card:
        yield from _of_card(one.card, one.window)
    for sheet in one.sheets:
        yield from (_points(one.scheme, sheet, line) for line in sheet.lines)
    if one.pay:
        yield from (_pay(one.scheme, line) for line in one.pay.lines)


def _of_card(card: Card, window: str = "") -> Iterator[Line]:
    return (_indicator(card.scheme, line, window) for line in card.indicators)


def _indicator(scheme: str, line: IndicatorResult, window: str) -> Line:
    numbers = (("score", line.score), ("value", _read(line.actual, line.unit)))
    return Line("indicator", line.key, scheme, line.title, numbers, _raters(line.trace), (window,) if window else ())


def _points(scheme: str, sheet: PointSheetResult, line: PointLineResult) -> Line:
    numbers = (("points", line.points), ("value", _read(line.actual, line.unit)))
    return Line("points", f"{sheet.key}.{line.key}", scheme, line.title, numbers, _raters(line.trace), (line.window,))


def _pay(scheme: str, line: PayLineResult) -> Line:
    return Line("pay", line.key, scheme, line.title, (("amount", _read(Decimal(line.amount_fen), Unit.FEN)),))


def _read(value: Decimal | None, unit: Unit) -> Decimal | None:
    return value.scaleb(-2) if value is not None and unit is Unit.FEN else value


def _raters(trace: Trace) -> frozenset[str]:
    return frozenset(leaf.args["rater"] for leaf in leaves(trace) if "rater" in leaf.args)
