"""What the documents of a revision are compared with, and what else of other revisions and periods stands on them."""

from collections.abc import Iterable
from functools import lru_cache

import sqlalchemy as sa

from flows.appeals.acknowledging import states
from flows.company import Company
from flows.corrections.entries import CORRECTION
from flows.mail.mailed import Mailed, mailed
from flows.revisions.changes import changes_between
from flows.warehouse.basis import BASIS, Basis
from flows.warehouse.journal import entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_hash import moment
from flows.warehouse.ledger_queries import get_revision, load_results
from transforms.corrections.model import Correction
from transforms.reports import Acknowledged, Against, Reason

COMPANY = "company:company"


def compared_with(engine: sa.Engine, company: Company, revision: RecordedRevision) -> dict[str, Against]:
    """By `kind:subject`, the revision whose document was mailed last before this one was made, and what changed since.

    The company's page, which nobody is mailed, is compared with the last revision that was mailed to anybody.
    """
    basis = bases(engine, revision.period).get(revision.id)
    slip = basis is not None and basis.after_closing
    reasons = _reasons(engine, revision.period, basis)
    last = _mailed_last(mailed(engine, revision.period), revision)
    mailed_of = {older: get_revision(engine, older) for older in set(last.values())}
    found = {
        key: _since(engine, older, revision).model_copy(
            update={"dated": company.day_of(older.created_at), "slip": slip, "reasons": reasons}
        )
        for key, older in mailed_of.items()
    }
    return {name: found[older] for name, older in last.items()}


def answers(engine: sa.Engine, revision: RecordedRevision) -> tuple[Acknowledged, ...]:
    """Who had answered to an earlier document when the revision was made; nobody: nothing is told."""
    basis = bases(engine, revision.period).get(revision.id)
    known = states(engine, revision.period, basis.journal_until) if basis else ()
    return known if any(each.state != "silent" or each.on for each in known) else ()


def bases(engine: sa.Engine, period: str | None = None) -> dict[int, Basis]:
    """What revisions were made from, by their id; of one period or of all."""
    return {int(entry.key): entry.read(Basis) for entry in entries(engine, period=period, kinds=(BASIS,))}


def _mailed_last(told: Iterable[Mailed], revision: RecordedRevision) -> dict[str, int]:
    """The id of the revision by document; messages that left before the revision was made."""
    at = moment(revision.created_at)
    before = [each for each in told if each.at < at and each.revision_id < revision.id]
    last = {f"{kind}:{subject}": each.revision_id for each in before for kind, subject in [each.document]}
    return last | ({COMPANY: max(last.values())} if last else {})


@lru_cache(maxsize=4)
def _since(engine: sa.Engine, older: RecordedRevision, newer: RecordedRevision) -> Against:
    """Revisions never change: what lies between two is read once for all batches of documents."""
    return Against(
        number=older.number, dated=older.created_at.date(), slip=False, before=load_results(engine, older.id),
        changes=changes_between(engine, older.id, newer.id),
    )  # fmt: skip


def _reasons(engine: sa.Engine, period: str, basis: Basis | None) -> dict[str, Reason]:
    """The reason of every correction that was known, the last one entered."""
    until = basis.journal_until if basis else None
    told = (entry.read(Correction) for entry in entries(engine, period=period, kinds=(CORRECTION,), until=until))
    return {each.id: Reason(text=each.reason, concerns=frozenset(each.concerns)) for each in told}
