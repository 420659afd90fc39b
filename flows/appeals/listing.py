"""Rows for `jixiao appeal list`."""

from datetime import date

from flows import wiring
from flows.appeals.deadlines import deadlines_of
from flows.appeals.entries import appeals
from flows.appeals.procedure import Appeal
from flows.company import Company
from flows.working_calendar import calendar_of

Row = dict[str, object]


def rows(
    company: Company, period: str | None, today: date, *, pending: bool = False, overdue: bool = False
) -> list[Row]:
    """A row an appeal, in the order they were filed; of one period, those still to be decided, or those overdue."""
    due = deadlines_of(company.settings, calendar_of(company))
    found = appeals(wiring.ledger(company), period)
    kept = [each for each in found if each.pending or not pending]
    locale = company.settings.documents.locale
    return [
        _row(each, each.filed.title.in_locale(locale), due.due_on(each), late=due.overdue(each, today))
        for each in kept
        if due.overdue(each, today) or not overdue
    ]


def _row(appeal: Appeal, title: str, due_on: date | None, *, late: bool) -> Row:
    filed, decision = appeal.filed, appeal.decision
    return {
        "appeal": appeal.id, "period": filed.period, "employee": filed.employee_id, "line": filed.key, "title": title,
        "expected": filed.expected, "actual": filed.said, "ledger": filed.found, "reason": filed.reason,
        "evidence": filed.evidence, "filed": filed.on.isoformat(), "by": appeal.filed_by, "state": appeal.state,
        "judge": appeal.last_judge_id or appeal.judge_id, "due": due_on.isoformat() if due_on else None,
        "overdue": late, "outcome": decision.outcome if decision else None,
        "because": decision.reason if decision else None,
        "correction": decision.correction_id if decision else None,
    }  # fmt: skip
