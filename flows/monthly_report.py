"""Month end: the DAG on one screen. What Prefect sees are handles and counts; never a name, a score or an address."""

from typing import Literal

from prefect import flow, unmapped

from flows import tasks
from flows.deliver import deliver
from flows.runtime_seal import sealed_flow


@flow(name="monthly-report", validate_parameters=True)
@sealed_flow
def monthly_report(  # noqa: PLR0913, PLR0917 - the fields of Prefect's form
    period: str | None = None,
    company: str = ".",
    mode: Literal["provisional", "final"] = "final",
    as_of: str | None = None,
    send: bool = False,  # noqa: FBT001, FBT002 - a switch on Prefect's form
    refresh: bool = True,  # noqa: FBT001, FBT002 - a switch on Prefect's form
    reason: str = "",
    asked_by: str = "",
) -> dict[str, int | str | bool]:
    """Score one period and queue its reports; sending is `deliver`'s job.

    `period`: as 2026-10; left out, the month before the one the run was scheduled in. `mode` provisional holds the
    mail, and so does a revision whose settle days have not passed. `as_of`: the day to judge by, as 2026-11-21.
    `send`: drain the outbox at the end. `refresh` off: a period that was run before is computed again from the same
    snapshot, with the corrections that stand; `reason`, `asked_by`: why, and by whom.
    """
    run = tasks.begin(company, period, as_of, {"refresh": refresh, "reason": reason, "asked_by": asked_by})
    snapshot = run["snapshot"] or tasks.gate(run, tasks.extract(run))  # frozen; critical findings stop at the gate
    measures = tasks.measure(run, snapshot)
    revision = tasks.score(run, snapshot, measures)  # append-only; same inputs, same revision
    batches = tasks.batches(run, revision)
    rendered = tasks.render.map(unmapped(run), unmapped(revision), batches).result()
    queued = tasks.queue(run, revision, sum(rendered), mode)
    if send:
        deliver(run["company"])  # a flow of its own: nothing else sends
    return queued
