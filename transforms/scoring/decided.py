"""What people decided in place of what was computed: lines of cards, a card's total, lines of sheets of points.

The computed number stays in the trace, as the first input of `override` or of what an exemption gives, so that both
can be read. Ranks, departments, points and pay follow, because they are computed from the decided numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from transforms.corrections.model import Decided
from transforms.schemes.scheme import Scheme
from transforms.schemes.score_rules import plain
from transforms.scoring.book import Book
from transforms.scoring.facts import Subject
from transforms.scoring.indicators import Draft, absent
from transforms.scoring.line_sentences import exempt_in_words
from transforms.scoring.results import Card, Corrected, PeriodResults, PointLineResult, Trace
from transforms.scoring.trace import constant, half_up, step
from transforms.titles import Title
from transforms.wording import three, told

_FACTS = frozenset({"metric", "event"})  # lines whose `actual` is something counted, not the score itself
_SET = three("经决定记 {n} 分(计算值 {was})", "經決定記 {n} 分(計算值 {was})", "Decided: {n} (computed: {was})")
_SET_BESIDE = three("{told};{rule}", "{told};{rule}", "{told}; {rule}")
_EXEMPT_POINTS = three("经决定豁免,不计分", "經決定豁免,不計分", "Exempt by decision: no points")
_NONE = three("无", "無", "none")


@dataclass(frozen=True)
class Whose:
    """Whom a scheme judges in which window; `scheme` None in a decision means the scheme that gives the score."""

    scheme: Scheme
    level: str
    subject_id: str
    window: str

    def decided(self, book: Book, key: str) -> Decided | None:
        """The decision on a line: of several the one that names window and scheme, then by the correction's id."""
        found = [each for each in book.decided if self._fits(each, key)]
        return max(found, key=_told_exactly, default=None)

    def _fits(self, each: Decided, key: str) -> bool:
        told = each.decision
        same = (told.level, told.subject_id, told.key) == (self.level, self.subject_id, key)
        anywhere = told.scheme is None and ("." in key or self.scheme.counts == "score")
        return same and (anywhere or told.scheme == self.scheme.scheme) and told.window in {None, self.window}


def _told_exactly(each: Decided) -> tuple[bool, bool, str]:
    return each.decision.window is not None, each.decision.scheme is not None, each.correction_id


def whose(scheme: Scheme, subject: Subject, window: str) -> Whose:
    """The subject of a card as decisions name it."""
    return Whose(scheme, subject.level, subject.subject_id, window)


def decided_draft(draft: Draft, found: Decided | None) -> Draft:
    """A line of a card as it was decided; unchanged without a decision."""
    if found is None:
        return draft
    return _exempt(draft, found) if found.decision.act == "exempt" else _overridden(draft, found)


def _exempt(draft: Draft, found: Decided) -> Draft:
    """Not judged: the weight goes as the scheme says for missing data."""
    return replace(
        draft,
        score=absent(draft.indicator, draft.score),
        rule=exempt_in_words(draft.indicator),
        provisional=False,
        missing="exempt",
        corrected=_note(found),
    )


def _overridden(draft: Draft, found: Decided) -> Draft:
    score = _override(draft.score, half_up(_value(found)), found)
    words = _in_words(score.value, draft.score.value)
    return replace(
        draft,
        score=score,
        rule=words if draft.missing else told(_SET_BESIDE, told=words, rule=draft.rule),
        provisional=False,
        actual=draft.actual if draft.indicator.kind in _FACTS else score.value,
        missing=None,
        corrected=_note(found),
    )


def decided_total(score: Trace, found: Decided | None) -> Trace:
    """A card's score as it was decided; its lines stay as they are. Exempt: no score at all."""
    if found is None:
        return score
    if found.decision.act == "exempt":
        return step("missing", "exempt", score, policy="exempt")
    return _override(score, half_up(_value(found)), found)


def decided_line(line: PointLineResult, found: Decided | None) -> PointLineResult:
    """A line of a sheet of points as it was decided: other points, or none."""
    if found is None:
        return line
    if found.decision.act == "exempt":
        trace, words = step("not_judged", "no points", line.trace, reason="exempt"), _EXEMPT_POINTS
    else:
        trace = _override(line.trace, _value(found), found)
        words = _points_in_words(line, trace)
    update = {
        "points": trace.value,
        "missing": "exempt" if trace.value is None else None,
        "provisional": False,
        "rule": words,
        "trace": trace,
        "corrected": _note(found),
    }
    return line.model_copy(update=update)


def _points_in_words(line: PointLineResult, trace: Trace) -> Title:
    words = _in_words(trace.value, line.points)
    return words if line.missing else told(_SET_BESIDE, told=words, rule=line.rule)


def _override(computed: Trace, value: Decimal, found: Decided) -> Trace:
    return step("override", "decided by people", computed, constant("decided", value), correction=found.correction_id)


def _value(found: Decided) -> Decimal:
    if found.decision.value is None:
        raise ValueError(found.correction_id)
    return found.decision.value


def _in_words(value: Decimal | None, computed: Decimal | None) -> Title:
    was = _NONE if computed is None else plain(computed)
    return told(_SET, n=plain(value or Decimal(0)), was=was)


def _note(found: Decided) -> Corrected:
    return Corrected(correction_id=found.correction_id, says=found.says)


def corrected_by(found: Decided | None) -> Corrected | None:
    """The note of a decision, as results carry it."""
    return None if found is None else _note(found)


def unused(book: Book, results: PeriodResults) -> tuple[Decided, ...]:
    """Decisions that nothing in the results stands on: nobody of that id is judged, or there is no such line."""
    used = {each.correction_id for each in _notes(results)}
    return tuple(each for each in book.decided if each.correction_id not in used)


def _notes(results: PeriodResults) -> Iterator[Corrected]:
    for card in _cards(results):
        told = (card.corrected, *(line.corrected for line in card.indicators))
        yield from (each for each in told if each is not None)
    appraisals = (each for person in results.people for each in person.appraisals)
    lines = (line for each in appraisals for sheet in each.sheets for line in sheet.lines)
    yield from (line.corrected for line in lines if line.corrected is not None)


def _cards(results: PeriodResults) -> Iterator[Card]:
    for person in results.people:
        yield from person.cards
        yield from (each.card for each in person.appraisals if each.card)
    for department in results.departments:
        cards = (department.card, *(each.card for each in department.appraisals))
        yield from (card for card in cards if card)
