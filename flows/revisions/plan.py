"""What a run would do: computed as a run computes, compared with what is there, and nothing recorded.

With `refresh` the sources and the filled sheets are read and the snapshot is published, since a run would stand on it;
no revision does yet.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from flows import computing, steps, wiring
from flows.carry_over import CarryOver, to_carry
from flows.company import Company
from flows.computing import Ground
from flows.document_choice import Choice, choose
from flows.facts import addresses, open_facts
from flows.mail.letter import Letter
from flows.mail.mailed import last_of_recipient, mailed
from flows.mail.recipients import Mailing, letters
from flows.report_material import material_of
from flows.revisions.changes import changes_since
from flows.revisions.planned import MailPlanned, PersonPlanned, Plan
from flows.revisions.stood_on import stood_on
from flows.scheme_records import in_force, read
from flows.warehouse import outbox
from flows.warehouse.basis import Basis
from flows.warehouse.ledger import RecordedRevision, RevisionInput
from flows.warehouse.ledger_documents import DocumentRecord
from flows.warehouse.ledger_periods import status
from flows.warehouse.ledger_queries import last_revision_id, latest, load_results
from flows.warehouse.ledger_rows import result_rows, rows_digest
from flows.warehouse.outbox import OutboxRow
from transforms.period import Period, require_over
from transforms.revisions import Change
from transforms.scoring.results import PeriodResults, PersonResult

_Short = tuple[str | None, str | None, int | None, int | None]  # score, grade, rank, pay in fen


@dataclass(frozen=True)
class _Computed:
    """A revision as a run would make it; `revision` is the one that is there when the inputs are the same."""

    ground: Ground
    results: PeriodResults
    before: RecordedRevision | None
    revision: RecordedRevision
    changes: tuple[Change, ...]
    carried: CarryOver | None = None


def plan(company: Company, period: Period, today: date, *, at: datetime, refresh: bool = False) -> Plan:
    """What `jixiao run` would do for a period now.

    `today`: the day to judge settle days by; `at`: this moment, UTC: what was mailed before it has been mailed.

    Raises:
        PeriodError: the period is not over.
        ConfigError: a mistake in a file.
        GateStopped: a run would stop: critical findings.
    """
    require_over(period, today)
    steps.read_configuration(company)
    basis, kept = steps.begin(company, period, today, refresh=refresh)
    snapshot = kept or steps.gate(company, steps.extract(company), period, today)
    return _told(company, _computed(company, period, snapshot, basis, at), basis)


def _computed(company: Company, period: Period, snapshot: str, basis: Basis, at: datetime) -> _Computed:
    ground = computing.ground_now(company, snapshot, period, basis)
    measures = computing.measure(company, ground)
    results = computing.compute(company, ground, measures)
    engine = wiring.ledger(company)
    before, made = latest(engine, period.key), steps.input_of(company, ground, basis, results, at)
    if before is not None and steps.carries_over(company, basis):
        carried = to_carry(engine, ground, basis, before, results)
        return _Computed(ground, load_results(engine, before.id), before, before, (), carried)
    if before is not None and before.input_hash == made.input_hash:
        return _Computed(ground, load_results(engine, before.id), before, before, ())
    changes = changes_since(company, before, ground, results, measures).changes if before else ()
    return _Computed(ground, results, before, _next(made, last_revision_id(engine), before), changes)


def _next(made: RevisionInput, last: int, before: RecordedRevision | None) -> RecordedRevision:
    """The revision that would be recorded."""
    return RecordedRevision(
        id=last + 1, number=before.number + 1 if before else 1, period=made.period.key, snapshot_id=made.snapshot_id,
        provisional=made.results.provisional, created_at=made.created_at, hash="", input_hash=made.input_hash,
    )  # fmt: skip


def _told(company: Company, found: _Computed, basis: Basis) -> Plan:
    engine, period, before = wiring.ledger(company), found.ground.period, found.before
    new = before is None or found.revision.id != before.id
    stood = _stood_before(company, before)
    stand = {each.id for each in found.ground.corrections}
    choice = _choice(company, found)
    said = load_results(engine, before.id) if before else None
    return Plan(
        period=period.key, as_of=basis.as_of, snapshot_id=found.ground.snapshot_id, refreshed=basis.refreshed,
        status=status(engine, period.key), before=before.number if before else 0,
        revision=found.revision.number if new else None, provisional=found.results.provisional,
        results_digest=rows_digest(result_rows(found.revision.id, found.results)),
        corrections=tuple(sorted(stand)), new_corrections=tuple(sorted(stand - stood)),
        withdrawn_corrections=tuple(sorted(stood - stand)), changes=found.changes,
        people=_people(said, found.results) if said else (), pay_before_fen=_pay_of(said) if said else None,
        pay_after_fen=_pay_of(found.results), documents=choice.made, documents_kept=len(choice.kept),
        mails=_mails(company, found, choice), mails_cancelled=_cancelled(company, found.revision),
        held=found.revision.provisional, carried=found.carried.lines if found.carried else (),
        carried_into=found.carried.into if found.carried else "",
    )  # fmt: skip


def _stood_before(company: Company, before: RecordedRevision | None) -> set[str]:
    """Corrections the latest revision stands on."""
    if before is None:
        return set()
    return {each.id for each in stood_on(wiring.ledger(company), before).corrections}


def _choice(company: Company, found: _Computed) -> Choice:
    engine, ground = wiring.ledger(company), found.ground
    schemes = read(version.text for version in in_force(ground.schemes, ground.period))
    made_of = material_of(engine, company, found.revision, found.results, schemes)
    return choose(engine, company, found.revision, made_of)


def _people(before: PeriodResults, after: PeriodResults) -> tuple[PersonPlanned, ...]:
    """Those of whom the short list differs, by department and number."""
    old = {each.employee_id: each for each in before.people}
    new = {each.employee_id: each for each in after.people}
    known = old | new
    found = [
        _person(known[who], _short(old.get(who)), _short(new.get(who)))
        for who in sorted(known)
        if _short(old.get(who)) != _short(new.get(who))
    ]
    return tuple(sorted(found, key=lambda each: (each.department_id, each.employee_id)))


def _person(person: PersonResult, before: _Short, after: _Short) -> PersonPlanned:
    names = ("score_{}", "grade_{}", "rank_{}", "pay_{}_fen")
    was = {name.format("before"): value for name, value in zip(names, before, strict=True)}
    becomes = {name.format("after"): value for name, value in zip(names, after, strict=True)}
    whose = {"employee_id": person.employee_id, "department_id": person.department_id}
    return PersonPlanned.model_validate(whose | was | becomes)


def _short(person: PersonResult | None) -> _Short:
    """Score, grade, rank and money of somebody; all None of nobody."""
    if person is None:
        return None, None, None, None
    score = None if person.score is None else str(person.score)
    return score, person.grade, person.rank, _paid(person)


def _paid(person: PersonResult) -> int | None:
    """What all schemes pay together, in fen, with what is carried over; a trial pays nothing. None: nothing pays."""
    amounts = [each.pay.total_fen for each in person.appraisals if each.pay and each.counts != "trial"]
    amounts += [line.amount_fen for line in person.carried]
    return sum(amounts) if amounts else None


def _pay_of(results: PeriodResults) -> int:
    return sum(_paid(person) or 0 for person in results.people)


def _mails(company: Company, found: _Computed, choice: Choice) -> tuple[MailPlanned, ...]:
    """What would be queued that is not queued yet, by recipient; documents to be made are taken as new to everybody."""
    engine, revision = wiring.ledger(company), found.revision
    with closing(open_facts(company, revision.snapshot_id, found.ground.period)) as con:
        whom = addresses(con)
    locale = company.settings.documents.locale
    documents = {(each.kind, each.subject_id): each for each in choice.kept}
    documents |= {(each.kind, each.subject_id): each for each in (_unmade(name, locale) for name in choice.made)}
    had = last_of_recipient(mailed(engine, revision.period))
    written, _ = letters(Mailing(company.settings, revision, found.results, documents, whom, had))
    queued = {
        (row.recipient_id, row.kind, row.department_id) for row in _rows(company, revision) if _own(row, revision)
    }
    return _merged(each for each in written if (each.recipient_id, each.kind, each.department_id) not in queued)


def _unmade(name: str, locale: str) -> DocumentRecord:
    """A document that is not there yet: of a hash that no file has, and of no size."""
    kind, _, subject = name.partition(":")
    return DocumentRecord(kind, subject, locale, *("",) * 5, html_bytes=0, pdf_bytes=0)


def _merged(letters: Iterable[Letter]) -> tuple[MailPlanned, ...]:
    """Parts of one letter as one."""
    found: dict[tuple[str, str, str], MailPlanned] = {}
    for each in letters:
        key = (each.recipient_id, each.kind, each.department_id)
        documents = tuple(f"{a.kind}:{a.subject_id}" for a in each.attachments)
        told = found[key].documents if key in found else ()
        found[key] = MailPlanned(
            recipient_id=each.recipient_id, kind=each.kind, department_id=each.department_id,
            documents=(*told, *documents), replaces=each.replaces,
        )  # fmt: skip
    return tuple(found[key] for key in sorted(found))


def _cancelled(company: Company, revision: RecordedRevision) -> int:
    """Messages of older revisions that are not sent yet."""
    waiting = [row for row in _rows(company, revision) if row.state in {"queued", "held"}]
    return sum(row.revision_id is not None and row.revision_id < revision.id for row in waiting)


def _rows(company: Company, revision: RecordedRevision) -> tuple[OutboxRow, ...]:
    return outbox.rows(wiring.ledger(company), period=revision.period)


def _own(row: OutboxRow, revision: RecordedRevision) -> bool:
    return row.revision_id == revision.id
