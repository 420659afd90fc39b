"""What was carried over from closed periods, beside what this one pays; nobody's score changes by it."""

from collections.abc import Iterable

from transforms.corrections.model import CarriedLine
from transforms.scoring.appraisals import unscored
from transforms.scoring.book import Book
from transforms.scoring.people import whereabouts
from transforms.scoring.results import PeriodResults, PersonResult


def with_carried(book: Book, results: PeriodResults) -> PeriodResults:
    """The results with each person's carried lines; whoever has no result any more becomes a person without a score."""
    if not book.carried:
        return results
    lines = _by_person(book.carried)
    people = {each.employee_id: each for each in results.people}
    gone = {who: _gone(book, who) for who in lines.keys() - people.keys()}
    everybody = sorted({**people, **gone}.items())
    told = tuple(each.model_copy(update={"carried": lines.get(who, ())}) for who, each in everybody)
    return results.model_copy(update={"people": told})


def _by_person(carried: Iterable[CarriedLine]) -> dict[str, tuple[CarriedLine, ...]]:
    found: dict[str, list[CarriedLine]] = {}
    for each in carried:
        found.setdefault(each.employee_id, []).append(each)
    return {who: tuple(lines) for who, lines in found.items()}


def _gone(book: Book, employee_id: str) -> PersonResult:
    """Somebody who left before the period, with the department of the last days there."""
    employee = book.employees.get(employee_id)
    name = employee.name if employee else employee_id
    days = len(book.working(book.period))
    return unscored(employee_id, name, _last_department(book, employee_id), days)


def _last_department(book: Book, employee_id: str) -> str:
    placed = whereabouts(book.inputs.assignments).assignments.get(employee_id, ())
    last = max(placed, key=lambda each: (each.valid_until, each.valid_from, each.department_id), default=None)
    return last.department_id if last else ""
