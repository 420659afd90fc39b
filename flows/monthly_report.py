"""Month end: the DAG on one screen. What Prefect sees are handles and counts; never a name, a score or an address."""

from typing import Literal

from prefect import flow, unmapped

from flows import tasks
from flows.deliver import deliver
from flows.runtime_seal import sealed_flow


@flow(name="monthly-report", validate_parameters=True)
@sealed_flow
def monthly_report(
    period: str | None = None,
    company: str = ".",
    mode: Literal["provisional", "final"] = "final",
    as_of: str | None = None,
    send: bool = False,  # noqa: FBT001, FBT002 - a switch on Prefect's form
) -> dict[str, int | str | bool]:
    """Score one period and queue its reports; sending is `deliver`'s job.

    `period`: as 2026-10; left out, the month before the one the run was scheduled in. `mode` provisional holds the
    mail, and so does a revision whose settle days have not passed. `as_of`: the day to judge by, as 2026-11-21.
    `send`: drain the outbox at the end.
    """
    run = tasks.begin(company, period, as_of)
    staged = tasks.extract(run)  # frozen and hashed: a rerun sees the same rows
    snapshot = tasks.gate(run, staged)  # critical findings stop here; bad rows are quarantined, never lost
    measures = tasks.measure(run, snapshot)
    revision = tasks.score(run, snapshot, measures)  # append-only; same inputs, same revision
    batches = tasks.batches(run, revision)
    rendered = tasks.render.map(unmapped(run), unmapped(revision), batches).result()
    queued = tasks.queue(run, revision, sum(rendered), mode)
    if send:
        deliver(run["company"])  # a flow of its own: nothing else sends
    return queued
