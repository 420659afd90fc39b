"""Scores a period: who was where, which scheme judges them, a card a stint, people, departments, ranks.

A person's score is the mean of the cards weighted by working days; helpers on loan are not judged, a manager is
judged like everybody the scheme applies to. The same inputs give the same results, whatever the order of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Metric, MetricValue
from transforms.period import Period
from transforms.scoring.book import Book, make_book
from transforms.scoring.combine import grade_of, person_score
from transforms.scoring.departments import departments_of
from transforms.scoring.facts import Facts, facts_of
from transforms.scoring.people import ScoringInputs, stints
from transforms.scoring.ranks import rank_1224, with_ranks
from transforms.scoring.results import PeriodResults, PersonResult
from transforms.scoring.scheme import Scheme
from transforms.scoring.stays import Stay, judge_all, stay_of, target_days
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
    period, working = book.period, frozenset(book.working(book.period))
    deciding = [each for each in schemes if each.counts == "score" and each.cycle == period.cycle]
    stays = [stay_of(stint, deciding, period, working) for stint in stints(book.inputs, period)]
    facts = replace(facts_of(book, period), target_days=target_days(stays))
    judged = with_ranks(judge_all(stays, facts, working), book.catalogue)
    people = _rank_people(_people(judged, len(working)))
    departments = departments_of(judged, people, book.inputs, facts, working, deciding)
    until = _provisional_until(judged, facts)
    return PeriodResults(
        period=period.key,
        provisional=any(e.provisional for e in people) or any(e.provisional for e in departments),
        provisional_until=until,
        people=people,
        departments=departments,
        values=book.told,
        findings=(),
        filtered={},
    )


def _people(judged: Sequence[Stay], period_days: int) -> list[PersonResult]:
    by_employee: dict[str, list[Stay]] = {}
    for each in judged:
        by_employee.setdefault(each.stint.employee.employee_id, []).append(each)
    return [_person(stays, period_days) for _, stays in sorted(by_employee.items())]


def _person(stays: Sequence[Stay], period_days: int) -> PersonResult:
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
        period_working_days=period_days,
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
    """By the thresholds of the scheme that covers most of the working days, the later one on a tie."""
    scored = [each for each in stays if each.applied is not None and each.card and each.card.score is not None]
    main = max(scored, key=lambda each: (each.working_days, each.stint.days[-1][0]), default=None)
    return grade_of(value, main.applied.version) if main and main.applied else (None, None)


def _not_scored(stays: Sequence[Stay], value: Decimal | None) -> str | None:
    if value is not None:
        return None
    if any(each.card for each in stays):
        return "no_data"
    reasons = {each.reason for each in stays}
    return next((code for code in ("not_regularised", "no_scheme", "helper") if code in reasons), "no_scheme")


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


def _provisional_until(judged: Sequence[Stay], facts: Facts) -> date | None:
    """The day from which no metric in use can change, if that day is still to come."""
    used = {line.key for each in judged if each.card for line in each.card.indicators if line.kind == "metric"}
    days = (facts.settled_on(facts.catalogue[key]) for key in used)
    return max((day for day in days if day > facts.as_of), default=None)
