"""What the first page of a site shows: a row a person and a card a department, as far as the reader may read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flows.mail.rights import Readable
from flows.report_material import Material, report_of
from flows.site.folder import plain
from transforms.reports import EmployeeReport
from transforms.scoring.results import DepartmentResult, PersonResult
from transforms.titles import Title


@dataclass(frozen=True)
class PersonRow:
    """One person; the numbers are those of the report. `lists`: the name of the page with the rows behind them."""

    report: EmployeeReport
    department_id: str
    grade: str | None
    provisional: bool
    lists: str


@dataclass(frozen=True)
class DepartmentCard:
    """One department that the reader may read; `people` of them have a report, `scored` a score."""

    department_id: str
    title: Title
    people: int
    scored: int
    mean_score: Decimal | None
    provisional: bool


@dataclass(frozen=True)
class Index:
    """The first page of one reader's site. `departments`, `grades`: what there is to filter by, when it is several.

    `workbooks`: (kind, subject) of the documents that come as a workbook too.
    """

    material: Material
    reader: str
    name: str
    company: bool
    cards: tuple[DepartmentCard, ...]
    people: tuple[PersonRow, ...]
    departments: tuple[tuple[str, Title], ...]
    grades: tuple[tuple[str, Title], ...]
    workbooks: Readable


def reports_of(made_of: Material, people: Iterable[str]) -> dict[str, EmployeeReport]:
    """The reports of people by id."""
    made = {who: report_of(f"employee:{who}", made_of) for who in people}
    return {who: report for who, report in made.items() if isinstance(report, EmployeeReport)}


def index_of(
    made_of: Material, reports: Mapping[str, EmployeeReport], reader: str, may: Readable, workbooks: Readable
) -> Index:
    """What the reader sees, in the order of the reports: by department, rank and id."""
    results = made_of.results
    mine = [person for person in results.people if ("employee", person.employee_id) in may]
    rows = tuple(_row(person, reports[person.employee_id]) for person in sorted(mine, key=_by_rank))
    named = {department.department_id: department.title for department in results.departments}
    cards = tuple(
        _card(department, mine) for department in results.departments if ("department", department.department_id) in may
    )
    return Index(
        material=made_of, reader=reader, name=_name(results.people, reader), company=("company", "company") in may,
        cards=cards, people=rows,
        departments=_several({row.department_id: named.get(row.department_id, row.report.department) for row in rows}),
        grades=_several({row.grade: row.report.grade for row in _graded(rows) if row.grade and row.report.grade}),
        workbooks=workbooks & may,
    )  # fmt: skip


def _row(person: PersonResult, report: EmployeeReport) -> PersonRow:
    return PersonRow(
        report=report, department_id=person.department_id, grade=person.grade, provisional=person.provisional,
        lists=f"{plain(person.employee_id)}.html",
    )  # fmt: skip


def _card(department: DepartmentResult, mine: Iterable[PersonResult]) -> DepartmentCard:
    members = [person for person in mine if person.department_id == department.department_id]
    return DepartmentCard(
        department_id=department.department_id, title=department.title, people=len(members),
        scored=sum(person.score is not None for person in members), mean_score=department.mean_score,
        provisional=department.provisional,
    )  # fmt: skip


def _by_rank(person: PersonResult) -> tuple[str, bool, int, str]:
    return person.department_id, person.rank is None, person.rank or 0, person.employee_id


def _graded(rows: Iterable[PersonRow]) -> list[PersonRow]:
    """The best first, so that grades stand in their order."""
    return sorted(rows, key=lambda row: -(row.report.score or Decimal(0)))


def _several(found: Mapping[str, Title]) -> tuple[tuple[str, Title], ...]:
    return tuple(found.items()) if len(found) > 1 else ()


def _name(people: Iterable[PersonResult], reader: str) -> str:
    return next((person.name for person in people if person.employee_id == reader), "")
