"""How somebody stands under one scheme: the score, grade and place that its consequences look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.period import Period, parse
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.book import PastResult
from transforms.scoring.results import Appraisal, Card, IndicatorResult, PeriodResults, PersonResult
from transforms.scoring.trace import half_up
from transforms.titles import Title

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Earned:
    """A score and grade in one period under a scheme; `final` False: it may still change."""

    period: str
    scheme: str
    score: Decimal
    grade: str | None
    final: bool


@dataclass(frozen=True)
class History:
    """Earlier results of people, by employee and period; asked for backwards from a period, newest first."""

    rows: Mapping[tuple[str, str], tuple[PastResult, ...]]

    def of_score(self, employee_id: str, period: str) -> tuple[Earned, ...]:
        """What gave the person's score, whatever the scheme."""
        return self._back(employee_id, period, lambda each: each.counts == "score")

    def of_scheme(self, employee_id: str, period: str, scheme: str) -> tuple[Earned, ...]:
        """Under one scheme."""
        return self._back(employee_id, period, lambda each: each.scheme == scheme)

    def _back(self, employee_id: str, period: str, fits: Callable[[PastResult], bool]) -> tuple[Earned, ...]:
        found: list[Earned] = []
        before = _before(parse(period))
        while earned := _earned(filter(fits, self.rows.get((employee_id, before.key), ()))):
            found.append(earned)
            before = _before(before)
        return tuple(found)


def history_of(past: Iterable[PastResult]) -> History:
    """Index earlier results."""
    found: dict[tuple[str, str], list[PastResult]] = {}
    for each in past:
        if each.level == "employee":
            found.setdefault((each.subject, each.period), []).append(each)
    return History({key: tuple(rows) for key, rows in found.items()})


def _earned(rows: Iterable[PastResult]) -> Earned | None:
    return next((Earned(e.period, e.scheme, e.score, e.grade, e.final) for e in rows if e.score is not None), None)


def _before(period: Period) -> Period:
    return period.shifted(-_MONTHS[period.cycle])


@dataclass(frozen=True)
class Standing:
    """One person under one scheme. `worse`: how many of the same department and scheme stand on a worse place.

    `given_by`: what gave the score: the scheme, or, where it has no card of its own, the scheme that scored the person.
    `earlier`: the periods before, newest first, without a gap; the run ends where a period is missing.
    """

    employee_id: str
    scheme: Scheme
    version: Version
    given_by: Title
    now: Earned
    grade_title: Title | None
    rank: int | None
    ranked_of: int | None
    worse: int
    lines: tuple[IndicatorResult, ...]
    earlier: tuple[Earned, ...]


def standings(scheme: Scheme, version: Version, results: PeriodResults, past: History) -> Iterator[Standing]:
    """Everybody the scheme appraised and who has a score, by employee.

    A scheme that gives the score looks at the person's score and place, and so does one without a card of its own;
    a scheme beside it with a card looks at that card's.
    """
    if scheme.counts == "score":
        yield from _scored(scheme, version, results, past)
    elif version.has_card:
        yield from _beside(scheme, version, results, past)
    else:
        yield from _by_the_score(scheme, version, results, past)


def _scored(scheme: Scheme, version: Version, results: PeriodResults, past: History) -> Iterator[Standing]:
    for person in results.people:
        card = main_card(person)
        if card is not None and card.scheme == scheme.scheme:
            peers = [each.rank for each in results.people if each.department_id == person.department_id]
            yield from _of_person(scheme, version, person, peers, past, results.period)


def _by_the_score(scheme: Scheme, version: Version, results: PeriodResults, past: History) -> Iterator[Standing]:
    """Last among those whom the scheme appraises; somebody who moved away has a place in another department."""
    judged = [each for each in results.people if _appraisals(each, scheme)]
    for person in judged:
        here = any(each.department_id == person.department_id for each in _appraisals(person, scheme))
        own = person if here else person.model_copy(update={"rank": None, "ranked_of": None})
        peers = [each.rank for each in judged if each.department_id == person.department_id]
        yield from _of_person(scheme, version, own, peers, past, results.period)


def _of_person(
    scheme: Scheme, version: Version, person: PersonResult, peers: Sequence[int | None], past: History, period: str
) -> Iterator[Standing]:
    card = main_card(person)
    if person.score is None or card is None:
        return
    yield Standing(
        employee_id=person.employee_id,
        scheme=scheme,
        version=version,
        given_by=card.scheme_title,
        now=Earned(period, card.scheme, person.score, person.grade, not person.provisional),
        grade_title=person.grade_title,
        rank=person.rank,
        ranked_of=person.ranked_of,
        worse=_worse(person.rank, peers),
        lines=card.indicators,
        earlier=past.of_score(person.employee_id, period),
    )


def _beside(scheme: Scheme, version: Version, results: PeriodResults, past: History) -> Iterator[Standing]:
    own = {person.employee_id: _appraisals(person, scheme) for person in results.people}
    for employee_id, appraisals in own.items():
        for each in appraisals:
            if each.card is not None and each.card.score is not None:
                peers = [a.rank for found in own.values() for a in found if a.department_id == each.department_id]
                yield _of_card(scheme, version, employee_id, each, each.card, peers, results.period, past)


def _appraisals(person: PersonResult, scheme: Scheme) -> list[Appraisal]:
    return [each for each in person.appraisals if each.scheme == scheme.scheme and each.appraised]


def _of_card(  # noqa: PLR0913, PLR0917 - what a standing is made of
    scheme: Scheme,
    version: Version,
    employee_id: str,
    appraisal: Appraisal,
    card: Card,
    peers: Sequence[int | None],
    period: str,
    past: History,
) -> Standing:
    provisional = any(line.provisional for line in card.indicators)
    return Standing(
        employee_id=employee_id,
        scheme=scheme,
        version=version,
        given_by=scheme.title,
        now=Earned(period, scheme.scheme, card.score or Decimal(0), card.grade, not provisional),
        grade_title=card.grade_title,
        rank=appraisal.rank,
        ranked_of=appraisal.ranked_of,
        worse=_worse(appraisal.rank, peers),
        lines=card.indicators,
        earlier=past.of_scheme(employee_id, period, scheme.scheme),
    )


def main_card(person: PersonResult) -> Card | None:
    """The scored card of most working days, the later one on a tie: the one that gives the person's grade."""
    best: Card | None = None
    for card in person.cards:
        if card.score is not None and (best is None or card.working_days >= best.working_days):
            best = card
    return best


def _worse(rank: int | None, peers: Iterable[int | None]) -> int:
    return 0 if rank is None else sum(1 for each in peers if each is not None and each > rank)


def group_scores(lines: Iterable[IndicatorResult]) -> Mapping[str, tuple[Title, Decimal]]:
    """The mean score of each group's lines by the weight used, to 0.01; groups without a scored line are left out."""
    grouped: dict[str, list[IndicatorResult]] = {}
    for line in lines:
        if line.score is not None and line.weight_used > 0:
            grouped.setdefault(line.group, []).append(line)
    return {
        key: (found[0].group_title, half_up(_mean([(e.score or Decimal(0), e.weight_used) for e in found])))
        for key, found in grouped.items()
    }


def _mean(weighed: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    return sum((score * weight for score, weight in weighed), Decimal(0)) / sum((w for _, w in weighed), Decimal(0))
