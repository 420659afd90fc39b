"""The steps of month end, without Prefect. Handles in, handles out; what is big or personal stays in the company."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd

from flows import computing, gate_results, wiring
from flows.brand.trial import require_look
from flows.carry_over import carry_over, snapshot_of
from flows.company import Company
from flows.computing import Ground, ground_now, require_none_critical
from flows.facts import addresses, open_facts
from flows.progress import tell
from flows.rendering.pool import warm_up
from flows.revisions.changes import changes_since
from flows.revisions.stood_on import read_on
from flows.scheme_records import in_force
from flows.schemes import load_schemes
from flows.sheets.receiving import receive, refused_findings
from flows.sources import load_sources, stage
from flows.warehouse.basis import Basis
from flows.warehouse.journal import last_id
from flows.warehouse.ledger import RecordedRevision, RevisionInput, record
from flows.warehouse.ledger_hash import digest
from flows.warehouse.ledger_periods import final_periods, set_status, status
from flows.warehouse.ledger_queries import last_revision_id, latest
from flows.warehouse.snapshot_connection import connect
from flows.warehouse.snapshot_disk import replaced, reported
from flows.warehouse.snapshot_staged import find_staged
from flows.warehouse.snapshots import StagedSnapshot, discard, load_manifest, open_snapshot, publish, write_snapshot
from transforms.period import Period
from transforms.scoring.results import PeriodResults


def read_configuration(company: Company) -> None:
    """Read sources, schemes and the look of documents, so that a mistake in one stops a run before it does anything.

    Raises:
        ConfigError: the first mistake, with file, line, field and what is allowed.
    """
    load_sources(company)
    load_schemes(company)
    require_look(company)


def begin(
    company: Company, period: Period, today: date, *, refresh: bool, reason: str = "", asked_by: str = ""
) -> tuple[Basis, str]:
    """What a run stands on, and its snapshot: that the period was last computed from, or "" when one has to be made.

    Without `refresh` a period that has a revision is computed again from the same rows, with the corrections since, and
    judged by the day those rows were read: what could still change then is not settled by waiting.
    """
    engine = wiring.ledger(company)
    before = latest(engine, period.key)
    kept = None if refresh else before
    basis = Basis(
        as_of=min(today, read_on(engine, kept) or today), journal_until=last_id(engine),
        revisions_until=last_revision_id(engine), refreshed=kept is None,
        after_closing=status(engine, period.key) == "final", final_periods=final_periods(engine), reason=reason,
        asked_by=asked_by,
    )  # fmt: skip
    return basis, snapshot_of(engine, kept) if kept else ""


def extract(company: Company) -> tuple[str, str]:
    """Read every source into a staged snapshot; nothing is visible yet. Returns its id and its staging folder.

    Filled sheets in the drop folder are taken in first; those that are refused stay there and hold nothing up.
    """
    receive(company, datetime.now(UTC))
    with reported(company.data), closing(connect(company)) as con:
        report = stage(company, load_sources(company), con)
        tell("extract", 1, 2)
        staged = write_snapshot(con, company, report)
    tell("extract", 2, 2)
    return staged.snapshot_id, staged.folder.name


def gate(company: Company, staged: tuple[str, str], period: Period, as_of: date) -> str:
    """Check a staged snapshot; publish it, or discard it and stop.

    Raises:
        GateStopped: critical findings; only the findings are kept.
        StorageError: the disk refuses; the snapshot is discarded.
    """
    snapshot = find_staged(company, *staged)
    warm_up(company.settings.documents.workers)  # the gate leaves a core idle; the documents need them soon
    with reported(company.data), _discarded_on_failure(snapshot):
        _check(company, snapshot, period, as_of)
        return publish(snapshot)


def _check(company: Company, snapshot: StagedSnapshot, period: Period, as_of: date) -> None:
    from expectations.gate import run as run_gate

    locale = company.settings.documents.locale
    with closing(open_snapshot(company, snapshot.snapshot_id)) as con:
        report = run_gate(con, period, company.settings.gate, as_of, locale=locale)
        where = gate_results.first_row(con, report)
    gate_results.keep(company, period, snapshot.snapshot_id, report, tuple(refused_findings(company)))
    tell("gate", 1, 1)
    require_none_critical(company, period, report.findings, where)


@contextmanager
def _discarded_on_failure(snapshot: StagedSnapshot) -> Iterator[None]:
    try:
        yield
    except BaseException:
        discard(snapshot)
        raise


def measure(company: Company, snapshot_id: str, period: Period, basis: Basis) -> str:
    """Compute the daily measures of every window the run looks at; returns the file they are in."""
    ground = ground_now(company, snapshot_id, period, basis)
    corrected = "".join(each.id for each in ground.corrections)
    name = f"{period.key}-{snapshot_id[:12]}{'-' + digest(corrected)[:12] if corrected else ''}.parquet"
    path = company.data / "measures" / name
    with reported(company.data):
        frame = computing.measure(company, ground)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced(path) as whole:
            frame.to_parquet(whole, index=False)
    tell("measure", 1, 1)
    return str(path.relative_to(company.root))


def score(company: Company, snapshot_id: str, measures: str, period: Period, basis: Basis) -> RecordedRevision:
    """Score everybody and append the revision; the same inputs give the revision there is.

    Raises:
        GateStopped: the results themselves cannot be right; nothing was recorded.
    """
    ground = ground_now(company, snapshot_id, period, basis)  # once: what is recorded must be what was scored by
    with reported(company.data):
        found = pd.read_parquet(company.root / measures)
        results = computing.compute(company, ground, found)
    made = recorded(company, ground, basis, results, found)
    tell("score", 1, 1)
    return made


def recorded(
    company: Company, ground: Ground, basis: Basis, results: PeriodResults, measures: pd.DataFrame | None = None
) -> RecordedRevision:
    """Append what was computed on a ground, with what it changes; the same inputs give the revision there is.

    Of a closed period the differences of pay are carried over instead, where the company's settings say so; its
    revision is returned as it is. `measures`: those the results were computed from, when they are at hand.
    """
    engine = wiring.ledger(company)
    revision = input_of(company, ground, basis, results, datetime.now(UTC))
    before = latest(engine, ground.period.key)
    if before is not None and carries_over(company, basis):
        carry_over(engine, ground, basis, before, results, datetime.now(UTC))
        return before
    if before is not None and before.input_hash != revision.input_hash:
        revision = replace(revision, changes=changes_since(company, before, ground, results, measures))
    made = record(engine, revision)
    if status(engine, ground.period.key) == "open":
        set_status(engine, ground.period.key, "provisional", made.id, datetime.now(UTC), by=basis.asked_by or "jixiao")
    return made


def carries_over(company: Company, basis: Basis) -> bool:
    """Whether differences go into a later period in place of a revision of this one."""
    return basis.after_closing and company.settings.closing.after == "carry_over"


def input_of(company: Company, ground: Ground, basis: Basis, results: PeriodResults, at: datetime) -> RevisionInput:
    """What a revision of these results is made from; its input hash says whether it is a new one."""
    return RevisionInput(
        period=ground.period, snapshot_id=ground.snapshot_id, schemes=in_force(ground.schemes, ground.period),
        settings=company.settings, code_version=wiring.code_version(), created_at=at, results=results,
        snapshot_manifest=_manifest(company, ground.snapshot_id), corrections=ground.corrections, basis=basis,
    )  # fmt: skip


def _manifest(company: Company, snapshot_id: str) -> str:
    import json

    return json.dumps(load_manifest(company, snapshot_id), ensure_ascii=False, sort_keys=True)


def queue(company: Company, revision_id: int, snapshot_id: str, period: Period, *, hold: bool) -> None:
    """Put the revision's mail into the outbox, once; held when the numbers may still change."""
    from flows.delivery import queue_revision

    with reported(company.data), closing(open_facts(company, snapshot_id, period)) as con:
        whom = addresses(con)
    queue_revision(wiring.ledger(company), company, revision_id, whom, at=datetime.now(UTC), hold=hold)
