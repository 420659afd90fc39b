"""Month end as the command line runs it: a server, the flow, the mail, and the facts to print."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from time import monotonic

from flows import carry_over, gate_results, runtime, steps, wiring
from flows.company import Company
from flows.delivery import DeliveryReport
from flows.delivery import deliver as drain
from flows.delivery import resolve as settle
from flows.progress import bars
from flows.runtime_seal import unsealed
from flows.sheets.receiving import refusals
from flows.warehouse import outbox
from flows.warehouse.ledger_documents import documents
from flows.warehouse.ledger_findings import delivery_findings
from flows.warehouse.ledger_queries import get_revision, latest, load_results, periods
from flows.warehouse.outbox import State
from transforms.findings import Finding
from transforms.period import Period, require_over

_NOT_QUEUED = ("documents.no_address", "documents.too_large")


@dataclass(frozen=True)
class Outcome:
    """What a run made."""

    period: Period
    revision_id: int
    created: bool
    rendered: int
    held: bool
    delivered: DeliveryReport | None
    seconds: float
    waited_seconds: float
    refreshed: bool = True


@dataclass(frozen=True)
class Rerun:
    """What a period that was run before is computed from: its snapshot (default), or the sources read anew."""

    refresh: bool = False
    reason: str = ""
    asked_by: str = ""


def run(
    company: Company, period: Period, today: date, *, send: bool, say: Callable[[str], None],
    first: Callable[[], None] = lambda: None, rerun: Rerun = Rerun(),
) -> Outcome:  # fmt: skip
    """Run the flow on the server there is, or one of our own; then send, if asked.

    `first` is done while a server of our own comes up. `rerun`: what a period that was run before is computed from.

    Raises:
        JixiaoError: of the class that says what is wrong; of period and configuration before anything is started.
    """
    begun = monotonic()
    require_over(period, today)
    steps.read_configuration(company)  # a mistake in a file is told before a server is started
    with runtime.server(company) as server, bars():
        first()
        say(f"running {period.key} on {'the' if server.mode == 'running' else 'its'} {server}")
        made, waited = _flow(company, period, today, server, rerun)
    delivered = drain(wiring.ledger(company), company) if send else None
    return Outcome(
        period, int(made["id"]), bool(made["created"]), int(made["rendered"]), bool(made["held"]), delivered,
        monotonic() - begun, waited, bool(made["refreshed"]),
    )  # fmt: skip


def _flow(
    company: Company, period: Period, today: date, server: runtime.Server, rerun: "Rerun"
) -> tuple[dict[str, int | str | bool], float]:
    from flows.monthly_report import monthly_report

    waited = server.wait()
    runner = runtime.task_runner(company)
    with unsealed():
        made = monthly_report.with_options(task_runner=runner)(
            period=period.key, company=str(company.root.resolve()), as_of=today.isoformat(), **asdict(rerun)
        )
    return made, waited


def deliver(company: Company, release: str | None) -> DeliveryReport:
    """Drain the outbox, after letting go the held mail of a period if asked."""
    engine = wiring.ledger(company)
    if release:
        outbox.release(engine, release, datetime.now(UTC), by="jixiao deliver --release")
    return drain(engine, company)


def unreached(company: Company, period: str | None) -> tuple[Finding, ...]:
    """Who gets nothing from the latest revision of `period` (None: of the newest), because no address was usable."""
    engine = wiring.ledger(company)
    key = period or next(reversed(periods(engine)), None)
    revision = latest(engine, key) if key else None
    found = delivery_findings(engine, revision.id) if revision else ()
    return tuple(finding for finding in found if finding.check in _NOT_QUEUED)


def resolve(company: Company, message_id: str, *, sent: bool, by: str) -> State:
    """Write down what a person found out about a message of unknown fate; returns its state now."""
    return settle(wiring.ledger(company), message_id, sent=sent, by=by)


def facts(company: Company, outcome: Outcome) -> list[tuple[str, str]]:
    """What was made and where, a line each."""
    engine = wiring.ledger(company)
    revision, results = get_revision(engine, outcome.revision_id), load_results(engine, outcome.revision_id)
    made = documents(engine, outcome.revision_id)
    scored = sum(person.score is not None for person in results.people)
    folder = company.reports / outcome.period.key / f"r{revision.number}"
    lines = [
        (
            "revision",
            f"{revision.number} ({'new' if outcome.created else 'unchanged: same inputs'}), hash {revision.hash[:16]}",
        ),
        ("snapshot", f"{revision.snapshot_id[:12]}, {_standing_on(outcome)}, in {company.snapshots}"),
        (
            "findings",
            f"{_by_severity(company, outcome, results.findings)}; page {gate_results.page(company, outcome.period)}",
        ),
        ("people", f"{scored} scored of {len(results.people)}"),
        ("departments", str(len(results.departments))),
        ("documents", f"{outcome.rendered} made, {len(made)} in all, HTML and PDF in {folder}"),
        ("mail", _mail(company, outcome)),
        ("time", f"{outcome.seconds:.1f} s, of which {outcome.waited_seconds:.1f} s waiting for the Prefect server"),
    ]
    if refused := refusals(company):
        first = f"{refused[0].problems[0]}; `jixiao sheets collect` names every cell"
        lines.insert(3, ("sheets", f"{len(refused)} in the drop folder cannot be taken: {first}"))
    if carried := carry_over.summary(engine, outcome.period.key):
        lines.insert(1, ("carried over", carried))
    if revision.provisional:
        until = results.provisional_until or "what it rolls up is closed"
        later = "" if outcome.refreshed else "; after that day run it with --refresh: these rows were read before it"
        lines.insert(1, ("provisional", f"until {until}: some indicators can still change; mail is held{later}"))
    return lines


def _standing_on(outcome: Outcome) -> str:
    return "read now" if outcome.refreshed else "as before (--refresh reads the sources anew)"


def _by_severity(company: Company, outcome: Outcome, found: Sequence[Finding]) -> str:
    rows = gate_results.quarantined(company, outcome.period)
    kept_out = len(rows[["table_name", "file", "row"]].drop_duplicates())
    counts = {name: sum(f.severity.value == name for f in found) for name in ("critical", "warning", "info")}
    return ", ".join([*(f"{count} {name}" for name, count in counts.items()), f"{kept_out} rows in quarantine"])


def _mail(company: Company, outcome: Outcome) -> str:
    counts = outbox.counts(wiring.ledger(company), outcome.period.key)
    told = ", ".join(f"{count} {state}" for state, count in counts.items()) or "none"
    where = f" into {company.outbox}" if company.settings.delivery.kind == "folder" else ""
    return f"{told}{where if outcome.delivered else ''}"
