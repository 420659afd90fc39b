"""Prefect's view of the steps: `@task` wrappers without logic. Everything that passes between them is a small handle.

`@sealed` keeps what an error says out of Prefect's database; see runtime_seal.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from prefect import task

from flows import documents, steps, wiring
from flows.company import Company
from flows.runtime_seal import sealed
from flows.settings import load_company
from flows.warehouse.basis import Basis
from flows.warehouse.ledger_queries import recorded_digest
from transforms.period import Period, parse, require_over

Run = dict[str, str]  # company folder, period key, the snapshot to stand on ("" when it is to be made), the basis
Planned = dict[str, int | str | bool]  # period, how many changes, the digest of what it would say
Asked = dict[str, bool | str]  # refresh, reason, asked_by: as a person asked for a re-run
Revision = dict[str, int | str | bool]  # id, number, snapshot, whether it is new, whether it is provisional


@task
@sealed
def begin(company: str, period: str | None, as_of: str | None, asked: Asked) -> Run:
    """Settle which company, period, day and snapshot; refuse a period that is not over, and a mistake in a file."""
    found = load_company(Path(company))
    today = day_asked(found, as_of)
    wanted = parse(period) if period else _scheduled(found)
    require_over(wanted, today)
    steps.read_configuration(found)
    basis, snapshot = steps.begin(found, wanted, today, **asked)
    return {"company": str(found.root), "period": wanted.key, "snapshot": snapshot, "basis": basis.model_dump_json()}


@task
@sealed
def extract(run: Run) -> tuple[str, str]:
    """Sources into a staged snapshot."""
    return steps.extract(_company(run))


@task
@sealed
def gate(run: Run, staged: tuple[str, str]) -> str:
    """Check the snapshot, publish it."""
    return steps.gate(_company(run), staged, _period(run), _basis(run).as_of)


@task
@sealed
def measure(run: Run, snapshot: str) -> str:
    """Facts into daily measures."""
    return steps.measure(_company(run), snapshot, _period(run), _basis(run))


@task
@sealed
def score(run: Run, snapshot: str, measures: str) -> Revision:
    """Measures into metrics, scores and a revision."""
    recorded = steps.score(_company(run), snapshot, measures, _period(run), _basis(run))
    return {
        "id": recorded.id, "number": recorded.number, "snapshot": recorded.snapshot_id,
        "created": recorded.created, "provisional": recorded.provisional,
    }  # fmt: skip


@task
@sealed
def batches(run: Run, revision: Revision) -> list[list[str]]:
    """The documents still to be made, as batches of `kind:subject`."""
    return documents.batches(_company(run), int(revision["id"]))


@task
@sealed
def render(run: Run, revision: Revision, batch: list[str]) -> int:
    """Make one batch of documents; returns how many."""
    return documents.render(_company(run), int(revision["id"]), batch)


@task
@sealed
def queue(run: Run, revision: Revision, rendered: int, mode: str) -> Revision:
    """Queue the mail; the flow's result."""
    hold = mode == "provisional" or bool(revision["provisional"])
    steps.queue(_company(run), int(revision["id"]), str(revision["snapshot"]), _period(run), hold=hold)
    told = {"period": run["period"], "rendered": rendered, "held": hold, "refreshed": not run["snapshot"]}
    return {**revision, **told}


@task
@sealed
def plan(company: str, period: str, as_of: str | None, *, refresh: bool, dry_run: bool) -> Planned:
    """What a run would do, as a page of this run."""
    from prefect.artifacts import create_markdown_artifact

    from flows.revisions import plan as planning
    from flows.revisions.plan_page import markdown

    found = load_company(Path(company))
    made = planning.plan(found, parse(period), day_asked(found, as_of), at=datetime.now(UTC), refresh=refresh)
    key = f"plan-{made.period.lower().replace('..', '-to-')}"
    create_markdown_artifact(markdown(made, dry_run=dry_run), key=key, description=f"{len(made.changes)} changes")
    return {"period": made.period, "changes": len(made.changes), "digest": made.results_digest, "dry_run": dry_run}


@task
@sealed
def says(company: str, revision_id: int, planned: Planned) -> bool:
    """Whether a revision says what was planned."""
    return recorded_digest(wiring.ledger(load_company(Path(company))), revision_id) == planned["digest"]


def day_asked(company: Company, as_of: str | None) -> date:
    """The day to judge by, as a form or a schedule gives it; nothing given: today."""
    return date.fromisoformat(as_of) if as_of else company.day_of(datetime.now(UTC))


def _scheduled(company: Company) -> Period:
    from flows.schedule import period_of_run

    return period_of_run(company)


def _company(run: Run) -> Company:
    return load_company(Path(run["company"]))


def _period(run: Run) -> Period:
    return parse(run["period"])


def _basis(run: Run) -> Basis:
    return Basis.model_validate_json(run["basis"])
