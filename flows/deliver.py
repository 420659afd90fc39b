"""The flow that drains the outbox; nothing else sends. Prefect sees counts only."""

from dataclasses import asdict
from pathlib import Path

from prefect import flow, task

from flows import wiring
from flows.delivery import deliver as drain
from flows.runtime_seal import sealed, sealed_flow
from flows.settings import load_company


@task
@sealed
def send(company: str) -> dict[str, int]:
    """Send what is queued; returns how many messages ended in which state."""
    found = load_company(Path(company))
    report = asdict(drain(wiring.ledger(found), found))
    return {name: count for name, count in report.items() if isinstance(count, int)}


@flow(name="deliver", validate_parameters=True)
@sealed_flow
def deliver(company: str = ".") -> dict[str, int]:
    """Send what waits in the outbox; held mail stays held."""
    return send(company)
