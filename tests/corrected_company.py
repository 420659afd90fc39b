"""The tiny company after its first October, and corrections of it: what tests of corrections share."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from flows import computing, steps
from flows.company import Company
from flows.computing import ground_now
from flows.warehouse.ledger_rows import result_rows, rows_digest
from tests.tiny_company import AS_OF, PERIOD, build, run
from transforms.corrections.model import Attribution, Correction, Decision, RowChange
from transforms.period import parse
from transforms.scoring.results import IndicatorResult, PeriodResults

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOLD = {"period": PERIOD, "reason": "wrong in the export", "evidence": "mail 1", "asked_by": "E2", "approved_by": "M1"}


def october(factory: pytest.TempPathFactory) -> Path:
    """A company whose October was run once. Copy it; made once a process."""
    return _october(factory.getbasetemp() / "tiny-october")


@cache
def _october(root: Path) -> Path:
    build(root)
    run(root)
    return root


def fact(table: str, key: dict[str, str], values: dict[str, str | None], act: str = "set", **told: str) -> Correction:
    """A corrected row; `shop_id` s1 where the table has shops."""
    kind = {"judgements": "rating", "targets": "target"}.get(table, "fact")
    change = RowChange(act=act, table=table, key=key, values=values)
    return Correction(kind=kind, row=change, **(TOLD | told))


def paid(order: str, fen: int, **told: str) -> Correction:
    """An order's paid amount."""
    return fact("orders", {"order_id": order, "shop_id": "s1"}, {"paid_amount_fen": str(fen)}, **told)


def owned(order: str, employee_id: str | None, **told: str) -> Correction:
    """Whose an order is."""
    whose = Attribution(shop_id="s1", order_id=order, employee_id=employee_id)
    return Correction(kind="attribution", attribution=whose, **(TOLD | told))


def decided(act: str, employee_id: str, key: str, value: str | None = None, **told: str) -> Correction:
    """An exemption or an override."""
    number = None if value is None else Decimal(value)
    decision = Decision(act=act, subject_id=employee_id, key=key, value=number)
    return Correction(kind="exemption" if act == "exempt" else "override", decision=decision, **(TOLD | told))


def results_now(company: Company) -> PeriodResults:
    """What a run would record now, from the kept snapshot and the corrections that stand."""
    period = parse(PERIOD)
    basis, kept = steps.begin(company, period, AS_OF, refresh=False)
    return computing.compute(company, ground_now(company, kept, period, basis))


def results_with(company: Company, *corrections: Correction) -> PeriodResults:
    """What these corrections alone would give, entered or not."""
    period = parse(PERIOD)
    basis, kept = steps.begin(company, period, AS_OF, refresh=False)
    return computing.compute(company, replace(ground_now(company, kept, period, basis), corrections=corrections))


def results_digest(results: PeriodResults) -> str:
    """The digest of everything results hold, as the ledger has it."""
    return rows_digest(result_rows(1, results))


def actual(results: PeriodResults, employee_id: str, key: str) -> Decimal | None:
    """Somebody's value of an indicator."""
    return line(results, employee_id, key).actual


def line(results: PeriodResults, employee_id: str, key: str) -> IndicatorResult:
    """Somebody's line of the card."""
    person = next(each for each in results.people if each.employee_id == employee_id)
    return next(each for card in person.cards for each in card.indicators if each.key == key)
