"""A quarter on the demo company: months rolled up from the ledger, 360° feedback, four aspects."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows import steps, wiring
from flows.company import Company
from flows.demo.setup import create
from flows.settings import load_company
from flows.warehouse.ledger_queries import load_results
from transforms.period import parse
from transforms.scoring.results import PeriodResults
from transforms.scoring.trace import replay

AS_OF = date(2026, 11, 21)


def closed_without_documents(company: Company, key: str) -> PeriodResults:
    """Month end up to the ledger."""
    period = parse(key)
    basis, _ = steps.begin(company, period, AS_OF, refresh=True)
    snapshot = steps.gate(company, steps.extract(company), period, AS_OF)
    recorded = steps.score(company, snapshot, steps.measure(company, snapshot, period, basis), period, basis)
    return load_results(wiring.ledger(company), recorded.id)


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> tuple[PeriodResults, list[PeriodResults]]:
    root = Path(tmp_path_factory.mktemp("quarter")) / "demo"
    create(root, 0.1)
    company = load_company(root)
    months = [closed_without_documents(company, key) for key in ("2026-08", "2026-09")]
    return closed_without_documents(company, "2026-Q3"), months


def test_the_months_are_rolled_up_by_the_days_worked(quarter) -> None:
    found, months = quarter
    by_month = [
        {p.employee_id: (p.score, p.working_days) for p in month.people if p.score is not None} for month in months
    ]
    checked = 0
    for person in found.people:
        lines = [
            line for card in person.cards for line in card.indicators if line.key == "months" and line.score is not None
        ]
        told = [month[person.employee_id] for month in by_month if person.employee_id in month]
        if len(person.cards) == 1 and lines and len(told) == 2:
            mean = sum(score * days for score, days in told) / sum(days for _, days in told)
            assert abs(lines[0].score - mean) <= Decimal("0.005")
            assert replay(person.trace) == person.score
            checked += 1
    assert checked > 30


def test_systems_by_quarter_judge_their_people(quarter) -> None:
    found, _ = quarter
    schemes = {card.scheme for person in found.people for card in person.cards}
    beside = {
        each.scheme
        for person in found.people
        for each in person.appraisals
        if each.card and each.card.score is not None
    }
    assert schemes == {"s01_quarter"}
    assert beside == {"s10_marketing_manager", "s26_four_aspects"}


def test_raters_of_a_360_are_not_named(quarter) -> None:
    found, _ = quarter
    manager = next(person for person in found.people if person.employee_id == "E3001")
    card = next(each.card for each in manager.appraisals if each.scheme == "s10_marketing_manager")
    assert "subordinate" in card.model_dump_json()
    assert not [who for who in ("E3002", "E3003", "E3004", "E3005", "E1001", "E4001") if who in card.model_dump_json()]
