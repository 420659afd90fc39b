"""Scores a period: who was where, which scheme judges them, a card a stint, people, departments, ranks.

A person's score is the mean of the cards weighted by working days; helpers on loan are not judged, a manager is
judged like everybody the scheme applies to. The same inputs give the same results, whatever the order of rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Metric, MetricValue
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book, make_book
from transforms.scoring.combine import capped, grade_of, person_score
from transforms.scoring.departments import departments_of
from transforms.scoring.people import ScoringInputs
from transforms.scoring.ranks import rank_1224, with_ranks
from transforms.scoring.red_lines import caps
from transforms.scoring.results import IndicatorResult, PeriodResults, PersonResult
from transforms.scoring.stays import FactsOf, Stay, facts_by_window, judge_all, stays_of
from transforms.titles import Title


def score(  # noqa: PLR0913 - the inputs of a period, each of its own kind
    period: Period,
    schemes: Sequence[Scheme],
    catalogue: Mapping[str, Metric],
    values: tuple[MetricValue, ...],
    inputs: ScoringInputs,
    *,
    as_of: date,
    working_days: tuple[date, ...],
    parameters: MeasureParameters,
) -> PeriodResults:
    """Score everybody who was employed for a day of the period.

    `values` holds the metrics of the period's window at employee and department level (other windows are passed
    through for trends); `as_of` decides what is provisional; `working_days` are those of the period; `parameters`
    fill the sentences. Findings and filtered contacts are the shell's to add.
    """
    book = make_book(
        period, catalogue, values, inputs, as_of=as_of, working_days=working_days, parameters=parameters
    )  # fmt: skip
    return score_book(book, schemes)


def score_book(book: Book, schemes: Sequence[Scheme]) -> PeriodResults:
    """Score everybody who was employed for a day of the book's period; sheets of points and pay come later."""
    deciding = [each for each in schemes if each.counts == "score" and each.window(book.period) is not None]
    stays = stays_of(book, deciding)
    facts = facts_by_window(book, stays)
    judged = with_ranks(judge_all(stays, book, facts), book.catalogue)
    people = _rank_people(_people(judged))
    departments = departments_of(book, deciding, judged, people, facts)
    until = _provisional_until(judged, book, facts)
    return PeriodResults(
        period=book.period.key,
        provisional=any(e.provisional for e in people) or any(e.provisional for e in departments),
        provisional_until=until,
        people=people,
        departments=departments,
        values=book.told,
        findings=(),
        filtered={},
    )


def _people(judged: Sequence[Stay]) -> list[PersonResult]:
    by_employee: dict[str, list[Stay]] = {}
    for each in judged:
        by_employee.setdefault(each.stint.employee.employee_id, []).append(each)
    return [_person(stays) for _, stays in sorted(by_employee.items())]


def _person(stays: Sequence[Stay]) -> PersonResult:
    cards = tuple(each.card for each in stays if each.card is not None)
    trace = person_score(cards)
    last = max(stays, key=lambda each: each.stint.days[-1][0])
    grade, grade_title = _overall_grade(stays, trace.value)
    return PersonResult(
        employee_id=last.stint.employee.employee_id,
        name=last.stint.employee.name,
        department_id=last.stint.department_id,
        cards=cards,
        working_days=sum(each.working_days for each in stays),
        period_working_days=last.period_days,
        score=trace.value,
        grade=grade,
        grade_title=grade_title,
        rank=None,
        ranked_of=None,
        provisional=any(line.provisional for card in cards for line in card.indicators),
        not_scored=_not_scored(stays, trace.value),
        trace=trace,
    )


def _overall_grade(stays: Sequence[Stay], value: Decimal | None) -> tuple[str | None, Title | None]:
    """By the scheme that covers most of the working days, the later one on a tie: its quota, or its thresholds.

    A red line on any of the cards caps it.
    """
    scored = [each for each in stays if each.applied is not None and each.card and each.card.score is not None]
    main = max(scored, key=lambda each: (each.working_days, each.stint.days[-1][0]), default=None)
    if main is None or main.applied is None or main.card is None:
        return None, None
    version = main.applied.version
    own = (main.card.grade, main.card.grade_title) if main.card.grade_says else grade_of(value, version)
    return capped(own, [cap for each in stays if each.card for cap in caps(each.card.trace)], version)


def _not_scored(stays: Sequence[Stay], value: Decimal | None) -> str | None:
    if value is not None:
        return None
    cards = [each.card for each in stays if each.card]
    if cards:
        return "exempt" if all(card.corrected for card in cards) else "no_data"
    reasons = {each.reason for each in stays}
    codes = ("not_regularised", "no_data", "no_scheme", "helper")
    return next((code for code in codes if code in reasons), "no_scheme")


def _rank_people(people: Sequence[PersonResult]) -> tuple[PersonResult, ...]:
    """Rank by score within the department of the last day."""
    ranks: dict[str, tuple[int, int]] = {}
    for department in {each.department_id for each in people}:
        scores = {p.employee_id: p.score for p in people if p.department_id == department and p.score is not None}
        ranks |= {key: (rank, len(scores)) for key, rank in rank_1224(scores).items()}
    nobody = (None, None)
    return tuple(
        each.model_copy(update=dict(zip(("rank", "ranked_of"), ranks.get(each.employee_id, nobody), strict=True)))
        for each in people
    )


def _provisional_until(judged: Sequence[Stay], book: Book, facts: FactsOf) -> date | None:
    """The day from which no metric in use can change, if that day is still to come."""
    used = {(each.window, line.key) for each in judged for line in _metric_lines(each)}
    days = (facts(window).settled_on(book.catalogue[key]) for window, key in used)
    return max((day for day in days if day > book.as_of), default=None)


def _metric_lines(each: Stay) -> Iterator[IndicatorResult]:
    return (line for line in (each.card.indicators if each.card else ()) if line.kind == "metric")
