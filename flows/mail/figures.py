"""What letters say of the documents they bring: figures of the same view models, read from the same ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa

from flows.company import Company
from flows.document_choice import first_makers
from flows.rendering.texts import cleaned
from flows.report_changes import compared_with
from flows.report_material import material_of
from flows.report_open import waiting
from flows.scheme_records import of_revision
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_documents import DocumentRecord
from flows.warehouse.ledger_queries import get_revision
from flows.working_calendar import calendar_of
from transforms.reports import department_report, employee_report
from transforms.reports.letters import LetterFigures, department_figures, own_figures
from transforms.scoring.results import PeriodResults


@dataclass(frozen=True)
class Told:
    """What a letter says of one document: its figures, and the last day to appeal that stands on it."""

    figures: LetterFigures | None = None
    appeal_until: date | None = None


Teller = Callable[[DocumentRecord], Told]


def nothing(_: DocumentRecord) -> Told:
    """For letters that are only counted, not sent."""
    return Told()


def teller(engine: sa.Engine, company: Company, revision: RecordedRevision, results: PeriodResults) -> Teller:
    """What the letters of a revision say; read when the first one asks, figures only where the company wants them."""
    makers = first_makers(engine, revision)
    silent = company.settings.delivery.figures == "attachment"

    @cache
    def said_of() -> Callable[[str, str], LetterFigures]:
        return _figures(engine, company, revision, results)

    def tell(document: DocumentRecord) -> Told:
        figures = None if silent else said_of()(document.kind, document.subject_id)
        maker = get_revision(engine, makers.get(document.pdf_path, revision.id))
        return Told(figures, _appeal_until(company, maker))

    return tell


def _appeal_until(company: Company, maker: RecordedRevision) -> date:
    """As the document says it, which an earlier revision may have made."""
    made_on = company.day_of(maker.created_at)
    return calendar_of(company).after(made_on, company.settings.documents.appeal_working_days)


def _figures(
    engine: sa.Engine, company: Company, revision: RecordedRevision, results: PeriodResults
) -> Callable[[str, str], LetterFigures]:
    made_of = material_of(engine, company, revision, results, of_revision(engine, revision.id))
    context = made_of.context.model_copy(update={"against": compared_with(engine, company, revision)})
    history, open_items = made_of.history, waiting(engine, company, revision)

    def figures(kind: str, subject: str) -> LetterFigures:
        if kind == "employee":
            return own_figures(cleaned(employee_report(results, subject, history.get(subject, ()), context)))
        report = cleaned(department_report(results, subject, history, context))
        return department_figures(report, open_items.get(subject, ()))

    return figures
