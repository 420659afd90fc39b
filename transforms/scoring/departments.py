"""Departments as a whole: their card, their people, how the scores lie."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book
from transforms.scoring.cards import Applied, department_card
from transforms.scoring.combine import count_grades, mean_and_median
from transforms.scoring.facts import Subject
from transforms.scoring.people import rows, text
from transforms.scoring.results import Card, DepartmentResult, PersonResult
from transforms.scoring.stays import FactsOf, Peers, Stay, department_days, teams_of
from transforms.titles import Title


def departments_of(
    book: Book, schemes: Sequence[Scheme], judged: Sequence[Stay], people: Sequence[PersonResult], facts: FactsOf
) -> tuple[DepartmentResult, ...]:
    """Every department somebody was in, by id; those without a scheme have no card."""
    titles = {str(row["department_id"]): _title(row) for row in rows(book.inputs.departments)}
    present = sorted({each.stint.department_id for each in judged})
    cards = department_cards(book, present, schemes, judged, facts)
    return tuple(
        _department(
            key,
            titles.get(key) or Title(zh_hans=key),
            [each for each in judged if each.stint.department_id == key],
            [each for each in people if each.department_id == key],
            cards.get(key),
        )
        for key in present
    )


def _title(row: Mapping[str, object]) -> Title:
    hans = str(row["title_zh_hans"])
    return Title(zh_hans=hans, zh_hant=text(row["title_zh_hant"]), en=text(row["title_en"]))


def department_cards(
    book: Book, present: Sequence[str], schemes: Sequence[Scheme], judged: Sequence[Stay], facts: FactsOf
) -> dict[str, tuple[Applied, Card]]:
    """The card of each department that a scheme judges, from its own values and its people's cards."""
    applied = {key: own for key in present if (own := department_scheme(key, schemes, book.period)) is not None}
    subjects = {key: _subject(book, key, each) for key, each in applied.items()}
    beside = _peers(applied, subjects)
    people, teams = _people_cards(judged), teams_of(judged)
    cards = {}
    for key, each in applied.items():
        known = facts(_window(each, book.period))
        known = replace(known, peers={**known.peers, **beside}, teams=teams)
        cards[key] = each, department_card(each, subjects[key], people.get(key, []), known)
    return cards


def _people_cards(judged: Iterable[Stay]) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = {}
    for each in judged:
        if each.card is not None:
            found.setdefault(each.stint.department_id, []).append(each.card)
    return found


def _subject(book: Book, key: str, applied: Applied) -> Subject:
    window = _window(applied, book.period)
    days = department_days(book, key, window, applied.version)
    return Subject("department", key, key, days, len(book.working(window)), days)


def _peers(applied: Mapping[str, Applied], subjects: Mapping[str, Subject]) -> Peers:
    """The departments that a scheme judges, beside each other."""
    found: dict[tuple[str, str | None], list[Subject]] = {}
    for key, each in applied.items():
        found.setdefault((each.scheme.scheme, None), []).append(subjects[key])
    return {key: tuple(each) for key, each in found.items()}


def _window(applied: Applied, period: Period) -> Period:
    return applied.scheme.window(period) or period


def _department(
    key: str,
    title: Title,
    judged: Sequence[Stay],
    people: Sequence[PersonResult],
    own: tuple[Applied, Card] | None,
) -> DepartmentResult:
    scored = [each for each in people if each.score is not None]
    mean, median = mean_and_median([each.score for each in scored if each.score is not None])
    card = own[1] if own else None
    lines = [line for c in [*(e.card for e in judged), card] if c for line in c.indicators]
    return DepartmentResult(
        department_id=key,
        title=title,
        manager_ids=_managers(judged),
        employee_ids=tuple(sorted({each.stint.employee.employee_id for each in judged})),
        card=card,
        mean_score=mean,
        median_score=median,
        grades=count_grades([each.grade for each in scored], own[0].version if own else None),
        provisional=any(line.provisional for line in lines),
    )


def department_scheme(key: str, schemes: Sequence[Scheme], period: Period) -> Applied | None:
    """The scheme of a department's own card: of several for different posts, the one with the fewest posts.

    One for all posts goes before one for some; where that does not decide, the first by key.
    """
    own = (each for each in schemes if key in each.applies_to.where)
    for scheme in sorted(own, key=lambda each: (len(each.applies_to.posts), each.scheme)):
        window = scheme.window(period)
        version = scheme.in_force(window.start) if window else None
        if version is not None:
            return Applied(scheme, version)
    return None


def _managers(judged: Iterable[Stay]) -> tuple[str, ...]:
    """Who managed the department last: those who did on the latest day that had a manager."""
    led = [(day, e.stint.employee.employee_id) for e in judged for day, role in e.stint.days if role == "manager"]
    latest = max((day for day, _ in led), default=None)
    return tuple(sorted({who for day, who in led if day == latest}))
