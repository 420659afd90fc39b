"""Filing an appeal: who may, against what, until when."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from flows import wiring
from flows.appeals.acts import APPEAL, Filed
from flows.appeals.deadlines import deadlines_of
from flows.appeals.entries import told_by
from flows.appeals.handed import handed
from flows.appeals.lines import Line, agrees, line_of
from flows.appeals.persons import require_employed
from flows.appeals.procedure import Appeal, begun, require_late_heard, require_officer
from flows.company import Company
from flows.warehouse.journal import Draft, Entry, Guard, append, entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import latest, load_results
from flows.working_calendar import calendar_of
from transforms.errors import NotFoundError, RuleError
from transforms.period import Period


@dataclass(frozen=True)
class Said:
    """What somebody says is wrong. `late`: why it is heard after the window, said by HR."""

    employee_id: str
    key: str
    expected: str
    actual: str
    reason: str
    evidence: str
    scheme: str | None = None
    late: str = ""


@dataclass(frozen=True)
class Filing:
    """The appeal as filed. `agrees` False: the number that was said is not the ledger's. `new` False: it was there."""

    appeal: Appeal
    agrees: bool
    new: bool


def file(company: Company, period: Period, said: Said, today: date, at: datetime, *, by: str) -> Filing:
    """Open an appeal against a line of the latest report.

    Raises:
        NotFoundError: no such period, person or line.
        RuleError: not `by`'s to file, after the window, the line is being appealed already, or was decided.
    """
    engine = wiring.ledger(company)
    revision = revision_of(engine, period)
    require_employed(company, revision, today, by)
    line = line_of(load_results(engine, revision.id), said.employee_id, said.key, said.scheme)
    filed = _filed(engine, company, revision, said, line, today)
    known = {each.id: each for each in told_by(entries(engine, period=period.key, kinds=(APPEAL,)))}
    if filed.id in known:
        return Filing(known[filed.id], agrees(line, said.actual), new=False)
    _require_his(company, filed, by)
    _require_in_time(company, filed, by)
    _require_said(filed)
    append(engine, [Draft(period.key, APPEAL, filed.id, filed, by)], at, _once(filed))
    return Filing(begun(filed, by), agrees(line, said.actual), new=True)


def revision_of(engine: sa.Engine, period: Period) -> RecordedRevision:
    """The latest revision of a period.

    Raises:
        NotFoundError: it was never run.
    """
    found = latest(engine, period.key)
    if found is None:
        raise NotFoundError(f"period {period.key} has no revision", todo=f"run it first: jixiao run {period.key}")
    return found


def _filed(
    engine: sa.Engine, company: Company, revision: RecordedRevision, said: Said, line: Line, today: date
) -> Filed:
    told = handed(engine, revision.period, company.settings.time_zone).get(said.employee_id)
    begun_on = told.on if told else company.day_of(revision.created_at)
    return Filed(
        period=revision.period, employee_id=said.employee_id, key=line.key, scheme=line.scheme, title=line.title,
        expected=said.expected, said=said.actual, found=line.found, reason=said.reason, evidence=said.evidence,
        revision_number=told.revision_number if told else revision.number, on=today,
        last_day=deadlines_of(company.settings, calendar_of(company)).appeal_until(begun_on), late=said.late,
    )  # fmt: skip


def _require_his(company: Company, filed: Filed, by: str) -> None:
    if by != filed.employee_id:
        require_officer(by, company.settings.officers.hr, f"appeal for {filed.employee_id}", "officers.hr")


def _require_in_time(company: Company, filed: Filed, by: str) -> None:
    if filed.on <= filed.last_day:
        return
    if not filed.late:
        what = f"the window to appeal against this report closed on {filed.last_day}"
        raise RuleError(what, todo="HR may hear it late: --late REASON")
    require_late_heard(by, filed.employee_id, company.settings.officers)


def _require_said(filed: Filed) -> None:
    for name in ("expected", "said", "reason", "evidence"):
        if not getattr(filed, name).strip():
            option = "actual" if name == "said" else name
            raise RuleError(f"an appeal says its {option}", todo=f"--{option} …")


def _once(filed: Filed) -> Guard:
    """One appeal at a time against a line, and none against a number that was decided."""

    def guard(found: tuple[Entry, ...]) -> None:
        for each in told_by(found):
            if _same_line(each.filed, filed):
                _require_other(each, filed)

    return guard


def _same_line(one: Filed, other: Filed) -> bool:
    return (one.employee_id, one.key, one.scheme) == (other.employee_id, other.key, other.scheme)


def _require_other(known: Appeal, filed: Filed) -> None:
    if known.pending:
        what = f"{filed.key} of {filed.employee_id} is being appealed already: {known.id}"
        raise RuleError(what, todo="wait for its decision; `jixiao appeal list` shows it")
    if known.filed.found == filed.found:
        todo = f"put it before the final instance: jixiao appeal escalate {known.id} --by E…"
        raise RuleError(f"{known.id} was decided and the number is still the same", todo=todo)
