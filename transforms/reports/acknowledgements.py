"""Who acknowledged the report, who objects, who is silent: the list of a department."""

from collections.abc import Iterable

from transforms.reports.revision_model import AckList, Acknowledged, AckRow
from transforms.scoring.results import PersonResult

_ORDER = ("objecting", "silent", "acknowledged")


def ack_list(people: Iterable[PersonResult], states: Iterable[Acknowledged]) -> AckList:
    """Everybody, those who object first, then the silent, each by number; whoever has no state is silent."""
    known = {state.employee_id: state for state in states}
    rows = (_row(person, known.get(person.employee_id)) for person in people)
    return AckList(rows=tuple(sorted(rows, key=lambda row: (_ORDER.index(row.state), row.employee_id))))


def _row(person: PersonResult, told: Acknowledged | None) -> AckRow:
    said = told or Acknowledged(employee_id=person.employee_id, state="silent")
    return AckRow(
        employee_id=person.employee_id, name=person.name, state=said.state, on=said.on, of_revision=said.of_revision
    )
