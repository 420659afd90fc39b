"""Every indicator of every person of a department, a row each: what a manager sorts and filters."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from transforms.metrics.model import Better, Unit
from transforms.reports.derivation import measure_units
from transforms.scoring.results import IndicatorResult, Missing, PersonResult
from transforms.titles import Frozen, Title


class PersonLine(Frozen):
    """One indicator of one card of one person, as the person's own report has it."""

    employee_id: str
    name: str
    department: Title  # the card's: somebody who moved within the month has one in each
    scheme: Title
    group: Title
    title: Title
    unit: Unit
    better: Better
    target: Decimal | None
    actual: Decimal | None
    numerator: Decimal | None
    numerator_unit: Unit
    denominator: Decimal | None
    denominator_unit: Unit
    score: Decimal | None
    weight_used: Decimal
    points: Decimal | None
    rank: int | None
    ranked_of: int | None
    provisional: bool
    missing: Missing | None

    @property
    def lost(self) -> Decimal | None:
        """Points it could have brought and did not."""
        return None if self.points is None else self.weight_used - self.points


def person_lines(people: Iterable[PersonResult], departments: Mapping[str, Title]) -> tuple[PersonLine, ...]:
    """In the order of the people, of their cards, and of the scheme. `departments`: titles by id."""
    return tuple(_lines(people, departments))


def _lines(people: Iterable[PersonResult], departments: Mapping[str, Title]) -> Iterator[PersonLine]:
    own = ("employee_id", "name", "department", "scheme", "group")
    same = PersonLine.model_fields.keys() & IndicatorResult.model_fields.keys() - {*own}
    for person in people:
        for card in person.cards:
            for line in card.indicators:
                shared = {name: getattr(line, name) for name in same}
                above, below = measure_units(line.trace)
                yield PersonLine(
                    employee_id=person.employee_id, name=person.name,
                    department=departments.get(card.department_id) or Title(zh_hans=card.department_id),
                    scheme=card.scheme_title,
                    group=line.group_title, numerator_unit=above, denominator_unit=below, **shared,
                )  # fmt: skip
