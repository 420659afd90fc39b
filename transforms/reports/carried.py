"""Pay of closed periods that is settled in this one."""

from collections.abc import Iterable

from transforms.corrections.model import CarriedLine
from transforms.reports.revision_model import CarriedLineView, CarriedSum, CarriedView
from transforms.scoring.results import PersonResult


def carried_views(lines: Iterable[CarriedLine]) -> tuple[CarriedView, ...]:
    """A person's lines by the period they come from, the oldest first."""
    return tuple(
        CarriedView(
            from_period=period,
            lines=tuple(_line(line) for line in found),
            total_fen=sum(line.amount_fen for line in found),
        )
        for period, found in _by_period(lines)
    )


def carried_sums(people: Iterable[PersonResult]) -> tuple[CarriedSum, ...]:
    """What several people's lines come to, by the period they come from."""
    return tuple(
        CarriedSum(
            from_period=period,
            people=len({line.employee_id for line in found}),
            total_fen=sum(line.amount_fen for line in found),
        )
        for period, found in _by_period(line for person in people for line in person.carried)
    )


def _by_period(lines: Iterable[CarriedLine]) -> list[tuple[str, list[CarriedLine]]]:
    found: dict[str, list[CarriedLine]] = {}
    for line in lines:
        found.setdefault(line.from_period, []).append(line)
    return sorted(found.items())


def _line(line: CarriedLine) -> CarriedLineView:
    return CarriedLineView(title=line.title, scheme=line.scheme_title, says=line.says, amount_fen=line.amount_fen)
