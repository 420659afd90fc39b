"""What follows from a period's results: proposals, duties and flags, none of which is carried out by itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from transforms.consequences.effects import concluded
from transforms.consequences.standing import history_of, standings
from transforms.period import parse
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book, PastResult
from transforms.scoring.results import ConsequenceResult, PeriodResults

__all__ = ["conclude", "consequences_of"]


def conclude(book: Book, schemes: Sequence[Scheme], results: PeriodResults) -> PeriodResults:
    """The results with each person's consequences, in the order of schemes and of their rules.

    A run of periods counts this one and those before it without a gap; a provisional one counts, and the sentence
    says so. Days are counted from `book.as_of`, the day of the notice, in calendar days.
    """
    found = consequences_of(schemes, results, book.past, book.as_of)
    people = tuple(
        person.model_copy(update={"consequences": (*person.consequences, *found.get(person.employee_id, ()))})
        for person in results.people
    )
    return results.model_copy(update={"people": people})


def consequences_of(
    schemes: Sequence[Scheme], results: PeriodResults, past: Iterable[PastResult], as_of: date
) -> Mapping[str, tuple[ConsequenceResult, ...]]:
    """What follows for whom, by employee id."""
    history, period = history_of(past), parse(results.period)
    found: dict[str, list[ConsequenceResult]] = {}
    for scheme in schemes:
        window = scheme.window(period)
        version = scheme.in_force(window.start) if window else None
        for standing in standings(scheme, version, results, history) if version else ():
            told = (concluded(rule, standing, as_of) for rule in version.consequences) if version else ()
            found.setdefault(standing.employee_id, []).extend(each for each in told if each is not None)
    return {employee: tuple(each) for employee, each in found.items()}
