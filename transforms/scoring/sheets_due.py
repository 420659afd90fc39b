"""Which judging sheets are late: raters a scheme expects who had not judged by the day sheets are due back (S03)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from transforms.period import Period
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.book import Book
from transforms.scoring.facts import Facts, facts_of
from transforms.scoring.indicators import judged_by
from transforms.scoring.membership import members

DueBack = Callable[[Scheme, Version, Period], date]  # the day by which the sheets of a window must be back


@dataclass(frozen=True)
class MissingSheet:
    """Somebody whom fewer raters of a role judged than the scheme expects; `due_on` is past."""

    scheme: str
    employee_id: str
    indicator: str
    role: str
    expected: int
    given: int
    due_on: date


def missing_sheets(book: Book, schemes: Sequence[Scheme], due_back: DueBack) -> tuple[MissingSheet, ...]:
    """Every late sheet of the period, by scheme and person; before the day they are due nothing is late."""
    return tuple(found for scheme in schemes for found in _of_scheme(book, scheme, due_back))


def _of_scheme(book: Book, scheme: Scheme, due_back: DueBack) -> Iterator[MissingSheet]:
    window = scheme.window(book.period)
    version = scheme.in_force(window.start) if window else None
    due_on = due_back(scheme, version, window) if version and window else None
    if version is None or window is None or due_on is None or book.as_of <= due_on:
        return
    facts = facts_of(book, window)
    for member in members(scheme, version, facts):
        if member.appraised:
            yield from _of_person(scheme, version, facts, member.employee_id, due_on)


def _of_person(scheme: Scheme, version: Version, facts: Facts, who: str, due_on: date) -> Iterator[MissingSheet]:
    for _, _, indicator in version.placed():
        if indicator.manual is None:
            continue
        judged = facts.judged(who, indicator.manual)
        for role, expected in judged_by(indicator, version).raters.items():
            given = sum(each.role == role for each in judged)
            if given < expected:
                yield MissingSheet(scheme.scheme, who, indicator.manual, role, expected, given, due_on)
