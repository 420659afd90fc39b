"""Acknowledgements as rows, and as a page a department."""

from pathlib import Path

from flows import wiring
from flows.appeals.acknowledging import AckState, states
from flows.appeals.filing import revision_of
from flows.brand.look import look_of
from flows.company import Company
from flows.rendering.documents import FailedDocument, RenderedDocument, render_batch
from flows.report_material import material
from flows.warehouse.ledger_queries import load_results
from transforms.errors import JixiaoError, NotFoundError
from transforms.period import Period
from transforms.reports import acknowledgement_report
from transforms.scoring.results import PeriodResults

Row = dict[str, object]


def rows(company: Company, period: Period, department: str | None = None) -> list[Row]:
    """A row a person: acknowledged, objecting or silent, since when, of which revision.

    Raises:
        NotFoundError: the period was never run, or has no such department.
    """
    engine = wiring.ledger(company)
    results = load_results(engine, revision_of(engine, period).id)
    if department is not None:
        _require_department(results, department)
    people = {each.employee_id: each for each in results.people}
    return [
        _row(each, people[each.employee_id].name, people[each.employee_id].department_id)
        for each in states(engine, period.key)
        if each.employee_id in people and department in {None, people[each.employee_id].department_id}
    ]


def pages(company: Company, period: Period) -> tuple[Path, ...]:
    """Write a page a department, HTML and PDF, as everybody stands now; returns the PDF files.

    Raises:
        NotFoundError: the period was never run.
        JixiaoError: a page could not be made.
    """
    engine = wiring.ledger(company)
    revision = revision_of(engine, period)
    made_of = material(engine, company, revision)
    known = states(engine, period.key)
    reports = [
        acknowledgement_report(made_of.results, each.department_id, known, made_of.context)
        for each in made_of.results.departments
    ]
    folder, settings = company.reports / period.key / "acknowledgements", company.settings.documents
    made = render_batch(reports, folder, settings.locale, settings.workers, look_of(company))
    _require_all(made)
    return tuple(each.pdf_path for each in made if isinstance(each, RenderedDocument))


def _require_all(made: list[RenderedDocument | FailedDocument]) -> None:
    if failed := [each for each in made if isinstance(each, FailedDocument)]:
        raise JixiaoError(
            f"the page of {failed[0].subject_id} {failed[0].reason}", todo="jixiao ack list shows the same"
        )


def _require_department(results: PeriodResults, department: str) -> None:
    known = [each.department_id for each in results.departments]
    if department not in known:
        raise NotFoundError(f"no department {department} in {results.period}", todo=f"there are: {', '.join(known)}")


def _row(state: AckState, name: str, department: str) -> Row:
    return {
        "employee": state.employee_id, "name": name, "department": department, "state": state.state,
        "on": state.on.isoformat() if state.on else None, "revision": state.of_revision,
    }  # fmt: skip
