"""The steps of month end, without Prefect. Handles in, handles out; what is big or personal stays in the company."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from flows import gate_results, lint, wiring
from flows.appraising import book_of, measures_of
from flows.company import Company
from flows.facts import addresses, open_facts
from flows.progress import tell
from flows.rendering.pool import warm_up
from flows.scheme_records import in_force
from flows.schemes import load_schemes
from flows.sources import load_sources, stage
from flows.warehouse.ledger import RecordedRevision, RevisionInput, record
from flows.warehouse.snapshot_connection import connect
from flows.warehouse.snapshot_disk import replaced, reported
from flows.warehouse.snapshot_staged import find_staged
from flows.warehouse.snapshots import StagedSnapshot, discard, load_manifest, open_snapshot, publish, write_snapshot
from transforms.errors import GateStopped, Place
from transforms.findings import Finding, critical
from transforms.period import Period
from transforms.schemes.scheme import Scheme
from transforms.scoring.results import PeriodResults


def read_configuration(company: Company) -> None:
    """Read sources and schemes, so that a mistake in one stops a run before it does anything.

    Raises:
        ConfigError: the first mistake, with file, line, field and what is allowed.
    """
    load_sources(company)
    load_schemes(company)


def extract(company: Company) -> tuple[str, str]:
    """Read every source into a staged snapshot; nothing is visible yet. Returns its id and its staging folder."""
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
    gate_results.keep(company, period, snapshot.snapshot_id, report)
    tell("gate", 1, 1)
    _require_none_critical(company, period, report.findings, where)


def _require_none_critical(
    company: Company, period: Period, found: tuple[Finding, ...], where: Place | None = None
) -> None:
    if stopping := critical(found):
        more = f" (and {len(stopping) - 1} more)" if len(stopping) > 1 else ""
        every = f"all findings and rows: jixiao show findings {period.key}, or {gate_results.page(company, period)}"
        raise GateStopped(f"{stopping[0].message}{more}", where=where, todo=f"{stopping[0].todo} — {every}")


@contextmanager
def _discarded_on_failure(snapshot: StagedSnapshot) -> Iterator[None]:
    try:
        yield
    except BaseException:
        discard(snapshot)
        raise


def measure(company: Company, snapshot_id: str, period: Period) -> str:
    """Compute the daily measures of every window the run looks at; returns the file they are in."""
    path = company.data / "measures" / f"{period.key}-{snapshot_id[:12]}.parquet"
    with reported(company.data), closing(open_facts(company, snapshot_id, period)) as con:
        frame = measures_of(company, con, load_schemes(company), period)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced(path) as whole:
            frame.to_parquet(whole, index=False)
    tell("measure", 1, 1)
    return str(path.relative_to(company.root))


def score(company: Company, snapshot_id: str, measures: str, period: Period, as_of: date) -> RecordedRevision:
    """Score everybody and append the revision; the same inputs give the revision there is.

    Raises:
        GateStopped: the results themselves cannot be right; nothing was recorded.
    """
    schemes = load_schemes(company)  # once: what is recorded must be what was scored by
    with reported(company.data):
        results = _results(company, schemes, snapshot_id, company.root / measures, period, as_of)
    revision = RevisionInput(
        period=period, snapshot_id=snapshot_id, schemes=in_force(schemes, period),
        settings=company.settings,
        code_version=wiring.code_version(), created_at=datetime.now(UTC), results=results,
        snapshot_manifest=_manifest(company, snapshot_id),
    )  # fmt: skip
    tell("score", 1, 1)
    return record(wiring.ledger(company), revision)


def _results(
    company: Company, schemes: Sequence[Scheme], snapshot_id: str, measures: Path, period: Period, as_of: date
) -> PeriodResults:
    from expectations.gate import check_results
    from expectations.sheet_findings import sheet_findings
    from transforms.appraise import appraise
    from transforms.measures.runner import filtered

    with closing(open_facts(company, snapshot_id, period)) as con:
        book, shown = book_of(company, con, schemes, pd.read_parquet(measures), period, as_of)
        counted = filtered(con, company.settings.measures, period)
    results = appraise(book, schemes)
    locale = company.settings.documents.locale
    linted = lint.findings(lint.of_period(company, schemes, book, results, snapshot_id), locale)
    checked = (*check_results(results, locale=locale), *sheet_findings(book, schemes, locale), *linted)
    _require_none_critical(company, period, checked)
    found = (*gate_results.findings(company, period, snapshot_id), *results.findings, *checked)
    return results.model_copy(update={"values": shown, "findings": found, "filtered": _by_person(counted)})


def _by_person(counted: pd.DataFrame) -> dict[str, dict[str, int]]:
    people: dict[str, dict[str, int]] = {}
    for employee, name, contacts in counted.itertuples(index=False):
        people.setdefault(str(employee), {})[str(name)] = int(contacts)
    return people


def _manifest(company: Company, snapshot_id: str) -> str:
    import json

    return json.dumps(load_manifest(company, snapshot_id), ensure_ascii=False, sort_keys=True)


def queue(company: Company, revision_id: int, snapshot_id: str, period: Period, *, hold: bool) -> None:
    """Put the revision's mail into the outbox, once; held when the numbers may still change."""
    from flows.delivery import queue_revision

    with reported(company.data), closing(open_facts(company, snapshot_id, period)) as con:
        whom = addresses(con)
    queue_revision(wiring.ledger(company), company, revision_id, whom, at=datetime.now(UTC), hold=hold)
