"""Who reads what on a site: as with mail, and officers of HR everything."""

from flows.company import Company
from flows.document_choice import wanted
from flows.mail.rights import Readable, readable
from transforms.errors import NotFoundError
from transforms.scoring.results import PeriodResults


def rights(company: Company, results: PeriodResults, reader: str) -> Readable:
    """(kind, subject) of every document the reader may read, as of the period.

    Raises:
        NotFoundError: there is nothing this reader may read.
    """
    if reader in company.settings.officers.hr:
        return frozenset(_split(name) for name in wanted(results))
    found = readable(results, reader)
    if not found:
        todo = (
            f"jixiao show scores {results.period} lists everybody with a report; "
            "who works in HR stands under officers.hr in config/company.yaml"
        )
        raise NotFoundError(f"there is no report of {results.period} that {reader} may read", todo=todo)
    return found


def everybody(company: Company, results: PeriodResults) -> tuple[str, ...]:
    """All who may read something: people with a report, managers, and officers of HR; by id."""
    people = {person.employee_id for person in results.people}
    managers = {manager for department in results.departments for manager in department.manager_ids}
    return tuple(sorted(people | managers | set(company.settings.officers.hr)))


def people_of(may: Readable) -> frozenset[str]:
    """Ids of the employees among what may be read."""
    return frozenset(subject for kind, subject in may if kind == "employee")


def _split(name: str) -> tuple[str, str]:
    kind, _, subject = name.partition(":")
    return kind, subject
