"""What a closed period owes or is owed: its pay computed anew, held against what was paid and carried over already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.corrections.model import CarriedLine
from transforms.metrics.model import Unit
from transforms.scoring.results import PeriodResults
from transforms.scoring.sentences import shown
from transforms.titles import Title
from transforms.wording import three, told

Line = tuple[str, str, str]  # employee, scheme, pay line
_SAYS = three(
    "{period} 结清后重算:应为 {new},已结 {settled}",
    "{period} 結清後重算:應為 {new},已結 {settled}",
    "{period}, computed again after closing: {new}; settled so far: {settled}",
)


@dataclass(frozen=True)
class Owed:
    """What one pay line gives one person, in fen, over all departments; with the titles of scheme and line."""

    scheme_title: Title
    title: Title
    amount_fen: int


def owed(results: PeriodResults) -> dict[Line, Owed]:
    """Every pay line that is paid; a trial pays nothing."""
    found: dict[Line, Owed] = {}
    for line, each in _lines(results):
        known = found.get(line)
        amount = each.amount_fen + (known.amount_fen if known else 0)
        found[line] = Owed(each.scheme_title, each.title, amount)
    return found


def _lines(results: PeriodResults) -> Iterator[tuple[Line, Owed]]:
    for person in results.people:
        for each in person.appraisals:
            for line in each.pay.lines if each.pay and each.counts != "trial" else ():
                told_of = Owed(each.scheme_title, line.title, line.amount_fen)
                yield (person.employee_id, each.scheme, line.key), told_of


def differences(
    closed: PeriodResults, settled: Iterable[CarriedLine], new: PeriodResults, because: Sequence[str]
) -> tuple[CarriedLine, ...]:
    """What is still to be paid or taken back: new pay − (pay of the closed revision + what was carried over already).

    Args:
        closed: the revision that was paid.
        settled: lines of earlier carry-overs from this period.
        new: the same period computed again.
        because: what is new since then, as `CarriedLine.because`.

    Returns:
        A line per person, scheme and pay line that differs, in that order; amounts in fen, below zero: taken back.
    """
    before, after = owed(closed), owed(new)
    known = {**{_key(each): Owed(each.scheme_title, each.title, 0) for each in settled}, **before, **after}
    paid = _paid(before, settled)
    found = ((line, after[line].amount_fen if line in after else 0) for line in sorted(known))
    return tuple(
        _carried(new.period, line, known[line], paid.get(line, 0), amount, because)
        for line, amount in found
        if amount != paid.get(line, 0)
    )


def _paid(before: dict[Line, Owed], settled: Iterable[CarriedLine]) -> dict[Line, int]:
    paid = {line: each.amount_fen for line, each in before.items()}
    for each in settled:
        paid[_key(each)] = paid.get(_key(each), 0) + each.amount_fen
    return paid


def _key(line: CarriedLine) -> Line:
    return line.employee_id, line.scheme, line.key


def _carried(period: str, line: Line, what: Owed, paid_fen: int, new_fen: int, because: Sequence[str]) -> CarriedLine:
    amounts = (shown(Decimal(fen), Unit.FEN) for fen in (new_fen, paid_fen))
    return CarriedLine(
        from_period=period,
        employee_id=line[0],
        scheme=line[1],
        scheme_title=what.scheme_title,
        key=line[2],
        title=what.title,
        amount_fen=new_fen - paid_fen,
        because=tuple(because),
        says=told(_SAYS, period=period, **dict(zip(("new", "settled"), amounts, strict=True))),
    )
