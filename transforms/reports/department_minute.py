"""The sentences of a department's first page: what did best, what cost most, what moved, whose grade changed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from transforms.reports import parts
from transforms.reports.department_model import Mark, Minute, Move, Regraded
from transforms.reports.model import CardView, GradeBound, IndicatorView, Point, ReportContext, ScorePoint
from transforms.scoring.results import IndicatorResult, PersonResult

Line = IndicatorResult | IndicatorView


def minute(
    card: CardView | None, people: Iterable[PersonResult], before: dict[str, Decimal], context: ReportContext
) -> Minute:
    """What page one says. `before`: scores of the period before, by employee id."""
    lines = card.indicators if card else ()
    first, last = best(lines), costliest(lines)
    told_once = first if first and not (last and first.title == last.title) else None
    return Minute(
        best=told_once,
        costliest=last,
        moved=furthest(moved(line, line.trend) for line in lines),
        regraded=regraded(people, before, context),
    )


def best(lines: Iterable[Line]) -> Mark | None:
    """Of those held against a target, the highest score; on ties what weighs more, then by key."""
    held = [line for line in lines if line.target is not None and line.score]
    held.sort(key=lambda line: (-(line.score or Decimal(0)), -line.weight_used, line.key))
    return mark(held[0]) if held else None


def costliest(lines: Iterable[Line]) -> Mark | None:
    """What lost most points; None where nothing lost any."""
    lossy = [line for line in lines if line.score is not None and _lost(line) > 0]
    return mark(min(lossy, key=lambda line: (-_lost(line), line.key))) if lossy else None


def mark(line: Line) -> Mark:
    """A scored indicator against its target."""
    return Mark(
        title=line.title, unit=line.unit, better=line.better, actual=line.actual, target=line.target,
        score=line.score or Decimal(0), weight_used=line.weight_used, lost=_lost(line),
    )  # fmt: skip


def moved(line: Line, trend: Sequence[Point]) -> Move | None:
    """From the month before to this one; None where either is not known, or both are the same."""
    before, after = (trend[-2].value, trend[-1].value) if len(trend) > 1 else (None, None)
    if before is None or after is None or before == after:
        return None
    return Move(title=line.title, unit=line.unit, better=line.better, before=before, after=after)


def furthest(found: Iterable[Move | None]) -> Move | None:
    """The largest move in proportion to the larger of both values, so that no unit and no zero rules the others out."""
    known = [move for move in found if move]
    return max(known, key=lambda move: (_proportion(move), move.title.zh_hans), default=None)


def _proportion(move: Move) -> Decimal:
    return abs(move.after - move.before) / max(abs(move.after), abs(move.before))


def regraded(people: Iterable[PersonResult], before: dict[str, Decimal], context: ReportContext) -> Regraded | None:
    """By the limits of this period's schemes; people graded by quota are left out. None: nobody had a score before."""
    pairs = [
        (_place(person.score, bounds), _place(before[person.employee_id], bounds))
        for person in people
        if person.score is not None and person.employee_id in before and (bounds := fixed_bounds(person, context))
    ]
    if not pairs:
        return None
    return Regraded(higher=sum(n > b for n, b in pairs), lower=sum(n < b for n, b in pairs), of=len(pairs))


def fixed_bounds(person: PersonResult, context: ReportContext) -> tuple[GradeBound, ...]:
    """The grades the person's score is held against; none where grades are given by quota."""
    card = person.cards[-1] if person.cards else None
    return parts.bounds(card.scheme, context) if card and card.grade_says is None else ()


def _place(score: Decimal, bounds: Sequence[GradeBound]) -> int:
    return sum(score >= bound.at_least for bound in bounds)


def scores_before(history: Iterable[tuple[str, Sequence[ScorePoint]]], since: str | None) -> dict[str, Decimal]:
    """Each person's score of an earlier period; those without one are left out."""
    return {
        who: point.score
        for who, points in history
        for point in points
        if point.period == since and point.score is not None
    }


def _lost(line: Line) -> Decimal:
    return Decimal(0) if line.points is None else line.weight_used - line.points
