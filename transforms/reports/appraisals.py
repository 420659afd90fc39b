"""What schemes beside the score say of one person, and what follows from the results."""

from collections.abc import Iterable

from transforms.reports import parts
from transforms.reports.appraisal_model import AppraisalView, ConsequenceView
from transforms.reports.model import ReportContext
from transforms.reports.pay import shares, statement
from transforms.reports.sheets import sheet_view
from transforms.scoring.results import Appraisal, ConsequenceResult, PeriodResults, PersonResult


def appraisal_views(person: PersonResult, results: PeriodResults, context: ReportContext) -> tuple[AppraisalView, ...]:
    """In the results' order; a trial counts for nothing and is not shown to the person."""
    shown = (each for each in person.appraisals if each.counts != "trial" and says_something(each))
    return tuple(_view(each, person.employee_id, results, context) for each in shown)


def says_something(appraisal: Appraisal) -> bool:
    """Whether there is more than the scored card, which stands elsewhere."""
    return bool(appraisal.card or appraisal.sheets or appraisal.pay)


def _view(appraisal: Appraisal, employee_id: str, results: PeriodResults, context: ReportContext) -> AppraisalView:
    return AppraisalView(
        scheme=appraisal.scheme,
        title=appraisal.scheme_title,
        version=appraisal.scheme_version,
        counts=appraisal.counts,
        window=appraisal.window,
        department=parts.department_title(results, appraisal.department_id),
        appraised=appraisal.appraised,
        card=parts.card_view(appraisal.card, results, context) if appraisal.card else None,
        rank=appraisal.rank,
        ranked_of=appraisal.ranked_of,
        sheets=tuple(sheet_view(sheet, appraisal.window) for sheet in appraisal.sheets),
        pay=statement(appraisal.pay, context.versions.get(appraisal.scheme)) if appraisal.pay else None,
        pools=shares(appraisal, employee_id, results) if appraisal.pay else (),
    )


def consequence_views(consequences: Iterable[ConsequenceResult]) -> tuple[ConsequenceView, ...]:
    """Those that bind and are the person's to know: neither trials nor what only HR may judge."""
    return tuple(consequence_view(each) for each in consequences if not (each.hr_only or each.trial))


def consequence_view(found: ConsequenceResult) -> ConsequenceView:
    """One of them for a reader."""
    return ConsequenceView(**{name: getattr(found, name) for name in ConsequenceView.model_fields})
