"""A recorded revision computed again, from what the ledger says it was made from; today's files are not asked.

The gate runs again on the snapshot into a folder apart, so that findings and quarantine are those of the snapshot.
"""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from flows import computing, gate_results, wiring
from flows.carry_over import carried_into
from flows.company import Company, CompanySettings
from flows.computing import Ground
from flows.corrections.entries import standing_of
from flows.revisions.stood_on import basis_of
from flows.scheme_records import of_revision
from flows.warehouse import ledger_tables as t
from flows.warehouse.basis import Basis
from flows.warehouse.engine import reading
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import history
from flows.warehouse.snapshots import open_snapshot
from transforms.period import parse
from transforms.scoring.results import PeriodResults


@dataclass(frozen=True)
class CompanyThen(Company):
    """The company as a revision knew it: the settings of then, and findings in a folder apart."""

    apart: Path

    @property
    def findings(self) -> Path:
        """Findings of the gate that ran again."""
        return self.apart


def company_then(company: Company, revision: RecordedRevision, apart: Path) -> CompanyThen:
    """The settings a revision was made by; only where its ledger is and how much memory there is are today's."""
    c = t.revisions.c
    chosen = sa.select(t.settings.c.body).join(t.revisions, c.settings_hash == t.settings.c.hash)
    with reading(wiring.ledger(company)) as con:
        body = json.loads(con.scalar(chosen.where(c.id == revision.id)) or "{}")
    settings = CompanySettings.model_validate(body)
    kept = {"ledger": company.settings.ledger, "facts": company.settings.facts}
    return CompanyThen(company.root, settings.model_copy(update=kept), apart)


def recomputed(then: CompanyThen, revision: RecordedRevision) -> PeriodResults:
    """What the revision says when it is made again.

    Raises:
        JixiaoError: the snapshot is not there any more or damaged, or its data cannot be scored.
    """
    engine = wiring.ledger(then)
    basis = basis_of(engine, revision) or _assumed(revision)
    _gated(then, revision, _gated_on(then, revision, basis))
    return computing.compute(then, _ground(then, revision, basis))


def _ground(then: CompanyThen, revision: RecordedRevision, basis: Basis) -> Ground:
    engine = wiring.ledger(then)
    return Ground(
        period=parse(revision.period), as_of=basis.as_of, snapshot_id=revision.snapshot_id,
        schemes=tuple(scheme for scheme, _ in of_revision(engine, revision.id)),
        corrections=standing_of(engine, revision.period, basis.journal_until),
        carried=carried_into(engine, revision.period, basis.journal_until),
        revisions_until=basis.revisions_until, final_periods=basis.final_periods,
    )  # fmt: skip


def _assumed(revision: RecordedRevision) -> Basis:
    """Of a revision recorded before there was a journal."""
    return Basis(as_of=revision.created_at.date(), journal_until=0, revisions_until=revision.id - 1)


def _gated_on(then: CompanyThen, revision: RecordedRevision, basis: Basis) -> date:
    """The day the gate judged the snapshot by: that of the last run up to this one that read the sources."""
    engine = wiring.ledger(then)
    told = (basis_of(engine, each) for each in _with_the_same_rows(then, revision))
    return next((each.as_of for each in reversed([*told]) if each is not None and each.refreshed), basis.as_of)


def _with_the_same_rows(then: CompanyThen, revision: RecordedRevision) -> list[RecordedRevision]:
    known = history(wiring.ledger(then), revision.period)
    return [each for each in known if each.snapshot_id == revision.snapshot_id and each.id <= revision.id]


def _gated(then: CompanyThen, revision: RecordedRevision, as_of: date) -> None:
    from expectations.gate import run as run_gate

    period, settings = parse(revision.period), then.settings
    with closing(open_snapshot(then, revision.snapshot_id)) as con:
        report = run_gate(con, period, settings.gate, as_of, locale=settings.documents.locale)
    gate_results.keep(then, period, revision.snapshot_id, report)
