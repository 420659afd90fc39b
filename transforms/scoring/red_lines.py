"""Red lines: what was seen beyond them, what that does to the score, and the line that says so on the card."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.metrics.model import Better, Unit
from transforms.schemes.grading import Veto
from transforms.schemes.scheme import Version
from transforms.scoring.combine import grade_title
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.line_sentences import red_line_in_words
from transforms.scoring.results import IndicatorResult, Trace
from transforms.scoring.rules import happened
from transforms.scoring.trace import constant, leaf, step
from transforms.wording import three

GROUP = "red_lines"
_GROUP_TITLE = three("红线", "紅線", "Red lines")
_SAYS = three(
    "触犯后按方案清零或限制等级", "觸犯後按方案清零或限制等級", "Crossing it zeroes the score or limits the grade"
)
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Crossed:
    """A red line that was crossed: what was seen, and the limit, as steps."""

    veto: Veto
    seen: Trace
    limit: Trace
    unit: Unit
    provisional: bool


def crossed(version: Version, subject: Subject, facts: Facts) -> tuple[Crossed, ...]:
    """The red lines that the subject crossed; of a department, those of its own events and values."""
    return tuple(found for veto in version.vetoes if (found := _look(veto, subject, facts)) is not None)


def _look(veto: Veto, subject: Subject, facts: Facts) -> Crossed | None:
    if veto.event is not None:
        seen = happened(veto.event, subject, facts)
        return Crossed(veto, seen, constant("limit", 0), Unit.COUNT, provisional=False) if seen.value else None
    metric = facts.catalogue[veto.metric or ""]
    value, limit = facts.value(subject, metric.key), veto.above if veto.above is not None else veto.below
    if value is None or value.value is None or limit is None:
        return None
    beyond = value.value > limit if veto.above is not None else value.value < limit
    seen = leaf("metric", metric.key, value.value)
    return Crossed(veto, seen, constant("limit", limit), metric.unit, facts.provisional(metric)) if beyond else None


def struck(score: Trace, lines: Sequence[Crossed]) -> tuple[Trace, ...]:
    """The score before any red line, and after each."""
    found = [score]
    for each in lines:
        told = {"then": each.veto.then, "side": "below" if each.veto.below is not None else "above"}
        cap = {"cap": each.veto.cap_grade} if each.veto.cap_grade is not None else {}
        found.append(step("veto", "red line", found[-1], each.seen, each.limit, **told, **cap))
    return tuple(found)


def caps(score: Trace) -> Iterator[str]:
    """The grades at which red lines cap, from the trace of a card's score; they hold for a decided total as well."""
    while score.op in {"veto", "override"}:
        if "cap" in score.args:
            yield score.args["cap"]
        score = score.inputs[0]


def printed(line: Crossed, before: Trace, after: Trace, version: Version) -> IndicatorResult:
    """The line on the card; its points take away what the red line takes, so that the card still adds up."""
    veto = line.veto
    limit = None if veto.event is not None else line.limit.value
    cap = None if veto.cap_grade is None else grade_title(veto.cap_grade, version)
    lost = None if after.value is None or before.value is None else after.value - before.value
    return IndicatorResult(
        key=f"red_line_{veto.event or veto.metric}",
        kind="event",
        title=veto.title,
        group=GROUP,
        group_title=_GROUP_TITLE,
        weight=_NOTHING,
        weight_used=_NOTHING,
        unit=line.unit,
        better=Better.HIGHER if veto.below is not None else Better.LOWER,
        target=limit,
        actual=line.seen.value,
        numerator=None,
        denominator=None,
        score=None,
        points=lost,
        provisional=line.provisional,
        says=_SAYS,
        rule=red_line_in_words(line.seen.value, limit, line.unit, cap),
        source="events" if veto.event is not None else "metrics",
        trace=line.seen,
    )
