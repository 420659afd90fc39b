"""Where the time of month end goes, and Prefect's share of it: the same steps without Prefect and with it, in one run."""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from flows import documents, month_end, steps
from flows.company import Company
from flows.demo import setup
from flows.settings import load_company
from transforms.period import parse

PERIOD, TODAY = parse("2026-10"), date(2026, 11, 21)
Made = TypeVar("Made")


def main(scale: float) -> None:
    """Close the month of three equal companies: one to warm up, one by the bare steps, one as a flow."""
    with tempfile.TemporaryDirectory() as name:
        warm, bare, flow = (_company(Path(name) / which, scale) for which in ("warm", "bare", "flow"))
        _close(warm, {})
        month_end.run(warm, PERIOD, TODAY, send=False, say=_quiet)  # imports and the workers' start belong to neither
        seconds: dict[str, float] = {}
        plain = _timed({}, "", lambda: _close(bare, seconds))[1]
        outcome, managed = _timed({}, "", lambda: month_end.run(flow, PERIOD, TODAY, send=False, say=_quiet))
    for step, took in seconds.items():
        print(f"{step:<16}{took:7.2f} s")
    print(f"{'without Prefect':<16}{plain:7.2f} s")
    print(
        f"{'with Prefect':<16}{managed:7.2f} s, of which {outcome.waited_seconds:.2f} s waiting for its server to start"
    )
    print(f"{'its share':<16}{100 * max(0.0, managed - plain) / managed:7.1f} %")


def _company(root: Path, scale: float) -> Company:
    setup.create(root, scale=scale)
    return load_company(root)


def _close(company: Company, seconds: dict[str, float]) -> None:
    staged, _ = _timed(seconds, "extract", lambda: steps.extract(company))
    snapshot, _ = _timed(seconds, "gate", lambda: steps.gate(company, staged, PERIOD, TODAY))
    measures, _ = _timed(seconds, "measure", lambda: steps.measure(company, snapshot, PERIOD))
    recorded, _ = _timed(seconds, "score", lambda: steps.score(company, snapshot, measures, PERIOD, TODAY))
    _timed(seconds, "documents", lambda: _render(company, recorded.id))
    _timed(seconds, "queue", lambda: steps.queue(company, recorded.id, snapshot, PERIOD, hold=False))


def _render(company: Company, revision: int) -> None:
    for batch in documents.batches(company, revision):
        documents.render(company, revision, batch)


def _timed(seconds: dict[str, float], step: str, work: Callable[[], Made]) -> tuple[Made, float]:
    begun = time.perf_counter()
    made = work()
    seconds[step] = time.perf_counter() - begun
    return made, seconds[step]


def _quiet(_: str) -> None:
    """Nobody reads what the run says."""


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
