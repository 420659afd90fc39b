"""What schemes beside the score say, and schemes with points or pay: members, own cards, ranks, sheets; pay is later.

Nothing here enters the score. A trial is computed like the others and makes nobody's result provisional.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from transforms.period import Period
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.book import Book
from transforms.scoring.cards import Applied
from transforms.scoring.departments import department_cards
from transforms.scoring.facts import Facts, facts_of
from transforms.scoring.membership import Member, members
from transforms.scoring.points import decided_sheets, sheets
from transforms.scoring.ranks import rank_1224, with_ranks
from transforms.scoring.results import (
    Appraisal,
    Card,
    DepartmentAppraisal,
    DepartmentResult,
    PeriodResults,
    PersonResult,
    PointSheetResult,
)
from transforms.scoring.stays import facts_by_window, judge_all, stays_of
from transforms.scoring.trace import leaf

Cards = Mapping[tuple[str, str], Card]  # employee, department


@dataclass(frozen=True)
class Judging:
    """A scheme at work: its members and, where it does not count as the score, its own cards."""

    applied: Applied
    window: Period
    facts: Facts
    members: tuple[Member, ...]
    cards: Cards
    department_cards: Mapping[str, Card]

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return self.applied.scheme


def appraisals(book: Book, schemes: Sequence[Scheme], results: PeriodResults) -> PeriodResults:
    """The results with an appraisal of everybody under every scheme beside the score, or with points or pay.

    Args:
        book: of the results' period.
        schemes: all there are; in their order appraisals stand at a person.
        results: people and departments scored.

    Returns:
        The same results with appraisals of people and departments, `pay`, values and pools still empty. Somebody who
        was only there in a scheme's own days (the 21st to the 20th) becomes a person without a score.
    """
    judging = [found for each in schemes if (found := _judging(book, each, results)) is not None]
    told: dict[str, list[Appraisal]] = {}
    for each in judging:
        for who, appraisal in _of_people(each):
            told.setdefault(who, []).append(appraisal)
    everybody = {**_newcomers(judging, book), **{each.employee_id: each for each in results.people}}
    people = tuple(_with_appraisals(each, told.get(who, [])) for who, each in sorted(everybody.items()))
    update = {
        "people": people,
        "departments": tuple(_with_departments(each, judging) for each in results.departments),
        "provisional": results.provisional or any(each.provisional for each in people),
        "provisional_until": _until(results, judging),
    }
    return results.model_copy(update=update)


def _judging(book: Book, scheme: Scheme, results: PeriodResults) -> Judging | None:
    window = scheme.window(book.period)
    version = scheme.in_force(window.start) if window else None
    if window is None or version is None:
        return None
    if scheme.counts == "score" and not version.points and version.pay is None:
        return None
    applied, facts = Applied(scheme, version), facts_of(book, window)
    found = members(scheme, version, facts)
    days = _target_days(applied, found, frozenset(book.working(window)))
    cards, whole = _cards(book, applied, results) if scheme.counts != "score" and version.has_card else ({}, {})
    return Judging(applied, window, replace(facts, target_days=days), found, cards, whole)


def _target_days(applied: Applied, found: Sequence[Member], working: frozenset[date]) -> dict[tuple[str, str], int]:
    """Working days that a personal target covers: those in all departments in which the scheme judges somebody."""
    lines = (line for sheet in applied.version.points.values() for line in sheet.lines)
    metrics = {line.metric for line in lines if line.metric is not None and line.target is not None}
    days: dict[tuple[str, str], int] = {}
    for each in found:
        for metric in metrics if each.appraised else ():
            key = each.employee_id, metric
            days[key] = days.get(key, 0) + each.stint.worked(working, applied.scheme.applies_to.exclude)
    return days


def _cards(book: Book, applied: Applied, results: PeriodResults) -> tuple[Cards, Mapping[str, Card]]:
    """The scheme's own cards of people, and of departments that it judges as a whole (not single posts in them)."""
    stays = stays_of(book, [applied.scheme])
    facts = facts_by_window(book, stays)
    judged = with_ranks(judge_all(stays, book, facts, _teams(results)), book.catalogue)
    cards = {(str(each.card.employee_id), each.card.department_id): each.card for each in judged if each.card}
    if applied.scheme.applies_to.posts:
        return cards, {}
    where = sorted({department for _, department in cards})
    whole = department_cards(book, where, [applied.scheme], judged, facts)
    return cards, {department: card for department, (_, card) in whole.items()}


def _teams(results: PeriodResults) -> dict[str, tuple[Card, ...]]:
    """The cards that count as the score, by department; without managers and whoever has a roll-up of a team."""
    leaders = {(who, each.department_id) for each in results.departments for who in each.manager_ids}
    found: dict[str, list[Card]] = {}
    for person in results.people:
        for card in person.cards:
            leads = any(line.kind == "team" for line in card.indicators)
            if not leads and (person.employee_id, card.department_id) not in leaders:
                found.setdefault(card.department_id, []).append(card)
    return {department: tuple(cards) for department, cards in found.items()}


def _of_people(judging: Judging) -> Iterator[tuple[str, Appraisal]]:
    for department in judging.scheme.applies_to.where:
        here = [each for each in judging.members if each.subject.department_id == department]
        told = decided_sheets(sheets(judging.applied.version, judging.facts, here), judging.applied, judging.facts)
        ranks = _ranks(judging, here)
        for each in here:
            yield each.employee_id, _appraisal(judging, each, told.get(each.employee_id, ()), ranks)


def _ranks(judging: Judging, here: Sequence[Member]) -> dict[str, int]:
    """By the score of the scheme's own card among the scheme's people of the department."""
    found = ((each.employee_id, _card(judging, each)) for each in here if each.appraised)
    return rank_1224({who: card.score for who, card in found if card and card.score is not None})


def _card(judging: Judging, member: Member) -> Card | None:
    return judging.cards.get((member.employee_id, member.subject.department_id)) if member.appraised else None


def _appraisal(
    judging: Judging, member: Member, told: tuple[PointSheetResult, ...], ranks: Mapping[str, int]
) -> Appraisal:
    rank = ranks.get(member.employee_id)
    bare = bare_appraisal(judging.scheme, judging.applied.version, judging.window, member.subject.department_id)
    found: dict[str, object] = {
        "appraised": member.appraised,
        "card": _card(judging, member),
        "rank": rank,
        "ranked_of": None if rank is None else len(ranks),
        "sheets": told,
    }
    return bare.model_copy(update=found)


def bare_appraisal(scheme: Scheme, version: Version, window: Period, department_id: str) -> Appraisal:
    """Which scheme judges somebody where and when; card, points and pay are still to come."""
    return Appraisal(
        scheme=scheme.scheme,
        scheme_title=scheme.title,
        scheme_version=version.effective_from,
        scheme_hash=scheme.digest(version),
        counts=scheme.counts,
        source=scheme.source,
        window=window.key,
        department_id=department_id,
        appraised=True,
        card=None,
    )


def _with_appraisals(person: PersonResult, told: Sequence[Appraisal]) -> PersonResult:
    open_still = any(_provisional(each) for each in told if each.counts != "trial")
    return person.model_copy(update={"appraisals": tuple(told), "provisional": person.provisional or open_still})


def _provisional(appraisal: Appraisal) -> bool:
    lines = [line for sheet in appraisal.sheets for line in sheet.lines]
    indicators = appraisal.card.indicators if appraisal.card else ()
    return any(line.provisional for line in lines) or any(each.provisional for each in indicators)


def _with_departments(department: DepartmentResult, judging: Sequence[Judging]) -> DepartmentResult:
    key = department.department_id
    mine = [each for each in judging if any(m.appraised and m.subject.department_id == key for m in each.members)]
    return department.model_copy(update={"appraisals": tuple(_of_department(each, key) for each in mine)})


def _of_department(judging: Judging, department_id: str) -> DepartmentAppraisal:
    scheme = judging.scheme
    return DepartmentAppraisal(
        scheme=scheme.scheme,
        scheme_title=scheme.title,
        scheme_version=judging.applied.version.effective_from,
        counts=scheme.counts,
        source=scheme.source,
        window=judging.window.key,
        card=judging.department_cards.get(department_id),
    )


def _newcomers(judging: Sequence[Judging], book: Book) -> dict[str, PersonResult]:
    """Everybody whom a scheme has as a member, as a person without a score."""
    days = len(book.working(book.period))
    members = (each for one in judging for each in one.members)
    return {
        each.employee_id: unscored(each.employee_id, each.stint.employee.name, each.subject.department_id, days)
        for each in members
    }


def unscored(employee_id: str, name: str, department_id: str, period_days: int) -> PersonResult:
    """Somebody whom no scheme scores in the period."""
    return PersonResult(
        employee_id=employee_id,
        name=name,
        department_id=department_id,
        cards=(),
        working_days=0,
        period_working_days=period_days,
        score=None,
        grade=None,
        grade_title=None,
        rank=None,
        ranked_of=None,
        provisional=False,
        not_scored="no_scheme",
        trace=leaf("card", "score", None),
    )


def _until(results: PeriodResults, judging: Sequence[Judging]) -> date | None:
    """The day from which no metric of a card or of points can change, if that is still to come; trials left out."""
    days = (day for each in judging if each.scheme.counts != "trial" for day in _settled(each))
    return max((day for day in (results.provisional_until, *days) if day is not None), default=None)


def _settled(judging: Judging) -> Iterator[date]:
    facts, version = judging.facts, judging.applied.version
    lines = (line.metric for sheet in version.points.values() for line in sheet.lines)
    indicators = (each.metric for _, _, each in version.placed()) if judging.cards else ()
    days = {facts.settled_on(facts.catalogue[key]) for key in (*lines, *indicators) if key is not None}
    return (day for day in days if day > facts.as_of and judging.members)
