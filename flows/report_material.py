"""What the documents of a revision are made of, read from the ledger, and the report of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from flows.company import Company
from flows.report_changes import answers, compared_with
from flows.report_design import redesigned
from flows.report_open import waiting
from flows.report_record import record_of
from flows.report_slips import slips
from flows.scheme_records import of_revision
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import load_results, previous_scores
from flows.working_calendar import calendar_of
from transforms.period import Period, parse
from transforms.reports import (
    AppealWindow,
    GradeBound,
    Report,
    ReportContext,
    ScorePoint,
    company_report,
    department_report,
    employee_report,
)
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.combine import grade_of
from transforms.scoring.results import PeriodResults

# How many periods of any cycle to look back for one of the own: months stand between quarters, both between years.
_PERIODS = {"month": 2, "quarter": 5, "year": 17}


@dataclass(frozen=True)
class Material:
    """What every document of a revision is made of."""

    results: PeriodResults
    history: dict[str, tuple[ScorePoint, ...]]
    context: ReportContext


def material(engine: sa.Engine, company: Company, revision: RecordedRevision) -> Material:
    """Everything the documents of a revision need, from the ledger alone."""
    results = load_results(engine, revision.id)
    made_of = material_of(engine, company, revision, results, of_revision(engine, revision.id))
    return replace(made_of, context=made_of.context.model_copy(update=_beside(engine, company, revision)))


def material_of(
    engine: sa.Engine, company: Company, revision: RecordedRevision, results: PeriodResults,
    schemes: Iterable[tuple[Scheme, Version]],
) -> Material:  # fmt: skip
    """What the content of the documents follows from; of a revision that is not recorded yet, too (a plan)."""
    people = [person.employee_id for person in results.people]
    period = parse(revision.period)
    months = company.settings.documents.trend_months * _PERIODS[period.cycle]
    past = previous_scores(engine, people, period, months, until=revision.id)
    history = {who: tuple(ScorePoint(period=p.period, score=p.score) for p in points) for who, points in past.items()}
    return Material(results, history, _context(company, revision, schemes))


def _beside(engine: sa.Engine, company: Company, revision: RecordedRevision) -> dict[str, object]:
    """What the documents show and is no part of their content: other revisions, other periods, who answered."""
    return {
        "against": compared_with(engine, company, revision),
        "slips": slips(engine, company, revision),
        "answers": answers(engine, revision),
        "record": record_of(engine, company, revision),
        "waiting": waiting(engine, company, revision),
        "redesigned": redesigned(engine, revision),
    }


def report_of(name: str, made_of: Material) -> Report:
    """The report of a document named `kind:subject`."""
    kind, _, subject = name.partition(":")
    if kind == "employee":
        return employee_report(made_of.results, subject, made_of.history.get(subject, ()), made_of.context)
    if kind == "department":
        return department_report(made_of.results, subject, made_of.history, made_of.context)
    return company_report(made_of.results, made_of.history, made_of.context)


def _context(company: Company, revision: RecordedRevision, schemes: Iterable[tuple[Scheme, Version]]) -> ReportContext:
    settings = company.settings
    dated = company.day_of(revision.created_at)
    versions = {scheme.scheme: version for scheme, version in schemes}
    bounds = {scheme: _bounds(version) for scheme, version in versions.items()}
    return ReportContext(
        company=settings.name, currency=settings.currency, revision=revision.number, snapshot_id=revision.snapshot_id,
        dated=dated, appeal=_appeal(company, dated),
        grade_bounds=bounds, trend_months=settings.documents.trend_months,
        versions=versions, pay_plan_fen=_pay_plan(company, parse(revision.period)),
    )  # fmt: skip


def _pay_plan(company: Company, period: Period) -> dict[str, int]:
    """The plan of a month times the whole months of the period, in fen; nothing for a range of other days."""
    months = len(period.months)
    return {key: int(money * 100) * months for key, money in company.settings.pay_plan.items() if months}


def _bounds(version: Version) -> tuple[GradeBound, ...]:
    """Where each grade begins, the lowest at 0."""
    starts = sorted({Decimal(0), *(grade.at_least for grade in version.graded().values())}, reverse=True)
    titled = ((start, grade_of(start, version)[1]) for start in starts)
    return tuple(GradeBound(title=title, at_least=start) for start, title in titled if title is not None)


def _appeal(company: Company, dated: date) -> AppealWindow:
    """Who gets a report of that day may appeal on the working days after it."""
    settings = company.settings
    count = settings.documents.appeal_working_days
    return AppealWindow(
        working_days=count, since=dated, until=calendar_of(company).after(dated, count),
        investigate_working_days=settings.appeals.investigate_working_days,
        answer_working_days=settings.appeals.answer_working_days,
    )  # fmt: skip
