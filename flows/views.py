"""Rows for `jixiao show` and `jixiao status`: ledger and findings as flat mappings, for a table, JSON or CSV."""

from pathlib import Path

from flows import gate_results, wiring
from flows.company import Company
from flows.revisions.known import LATEST, Known, revision_of
from flows.warehouse import ledger_periods, outbox
from flows.warehouse.ledger_documents import documents
from flows.warehouse.ledger_queries import history, load_results, periods
from transforms.errors import NotFoundError
from transforms.findings import Finding, Severity
from transforms.period import Period
from transforms.scoring.results import PeriodResults, PersonResult

Row = dict[str, object]
_AFTER_THE_GATE = ("results.", "scheme.", "judgements.sheet_missing")


def results(company: Company, period: Period, known: Known = LATEST) -> PeriodResults:
    """What the period's latest revision says, or the one that is asked for.

    Raises:
        NotFoundError: the period has no such revision.
    """
    return load_results(wiring.ledger(company), revision_of(company, period, known).id)


def status(company: Company) -> list[Row]:
    """A row a period: open, provisional or final; its latest revision and what became of it."""
    engine = wiring.ledger(company)
    rows: list[Row] = []
    for key in periods(engine):
        last = history(engine, key)[-1]
        mail = outbox.counts(engine, key)
        rows.append({
            "period": key, "status": ledger_periods.status(engine, key), "revision": last.number,
            "state": "provisional" if last.provisional else "settled",
            "made": last.created_at.isoformat(timespec="seconds"), "snapshot": last.snapshot_id[:12],
            "documents": len(documents(engine, last.id)),
            "mail": ", ".join(f"{count} {state}" for state, count in mail.items()),
        })  # fmt: skip
    return rows


def scores(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a person, by department and rank."""
    people = sorted(results(company, period, known).people, key=_by_rank)
    return [_score(person, company) for person in people]


def findings(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a finding: those of the period's last gate, then what the latest results and schemes gave rise to.

    Of an earlier revision: those of the gate of its snapshot.
    """
    gate = gate_results.findings(company, period, _snapshot(company, period, known))
    return [
        {
            "severity": found.severity.value, "check": found.check, "rows": found.rows, "shop": found.shop_id,
            "day": found.day, "message": found.message, "to do": found.todo,
        }
        for found in (*gate, *_of_results(company, period, known))
    ]  # fmt: skip


def _snapshot(company: Company, period: Period, known: Known) -> str:
    """The snapshot whose gate is asked for; "": the last one, be there a revision or not."""
    return "" if known == LATEST else revision_of(company, period, known).snapshot_id


def _of_results(company: Company, period: Period, known: Known) -> tuple[Finding, ...]:
    """What was found after the gate, worst first; nothing where the gate stopped the period's first run."""
    try:
        told = results(company, period, known).findings
    except NotFoundError:
        return ()
    later = [each for each in told if each.check.startswith(_AFTER_THE_GATE)]
    return tuple(sorted(later, key=lambda each: (list(Severity).index(each.severity), each.check)))


def quarantined(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a quarantined row: table, key, file, row, check, reason."""
    return list(gate_results.quarantined(company, period, _snapshot(company, period, known)).to_dict("records"))


def findings_page(company: Company, period: Period) -> Path:
    """Where the same stands as a page."""
    return gate_results.page(company, period)


def filtered(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a person and filter: contacts that were not counted as received."""
    counts = results(company, period, known).filtered
    return [
        {"employee": employee, "filter": name, "contacts": contacts}
        for employee, by_filter in sorted(counts.items())
        for name, contacts in sorted(by_filter.items())
    ]


def outbox_rows(company: Company) -> list[Row]:
    """A row a message; addresses are not shown."""
    return [
        {"message": row.message_id, "state": row.state, "attempts": row.attempt, "detail": row.detail}
        for row in outbox.rows(wiring.ledger(company))
    ]


def _by_rank(person: PersonResult) -> tuple[str, int, str]:
    return person.department_id, person.rank or 10**6, person.employee_id


def _score(person: PersonResult, company: Company) -> Row:
    grade = person.grade_title.in_locale(company.settings.documents.locale) if person.grade_title else None
    return {
        "employee": person.employee_id, "name": person.name, "department": person.department_id,
        "score": None if person.score is None else str(person.score), "grade": grade,
        "rank": None if person.rank is None else f"{person.rank}/{person.ranked_of}",
        "days": f"{person.working_days}/{person.period_working_days}",
        "provisional": person.provisional, "not scored": person.not_scored,
    }  # fmt: skip
