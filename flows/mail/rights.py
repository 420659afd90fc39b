"""Who may read which document: the own report, and those of a department one manages and of its people."""

from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult

Readable = frozenset[tuple[str, str]]


def people_of(results: PeriodResults, department_id: str) -> tuple[PersonResult, ...]:
    """Those who belonged to the department at the period's end, or at leaving."""
    return tuple(person for person in results.people if person.department_id == department_id)


def managed_by(results: PeriodResults, employee_id: str) -> tuple[DepartmentResult, ...]:
    """The departments the employee managed as of the period."""
    return tuple(department for department in results.departments if employee_id in department.manager_ids)


def readable(results: PeriodResults, employee_id: str) -> Readable:
    """(kind, subject) of every document the employee may read."""
    own = {("employee", person.employee_id) for person in results.people if person.employee_id == employee_id}
    for department in managed_by(results, employee_id):
        own.add(("department", department.department_id))
        own |= {("employee", person.employee_id) for person in people_of(results, department.department_id)}
    return frozenset(own)
