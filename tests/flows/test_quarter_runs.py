"""A quarter on the demo company: months rolled up from the ledger, 360° feedback, four aspects."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows import steps, wiring
from flows.company import Company
from flows.demo.setup import create
from flows.revisions.changes import noted
from flows.settings import load_company
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_queries import history, latest, load_results
from transforms.period import parse
from transforms.scoring.results import IndicatorResult, PeriodResults
from transforms.scoring.trace import replay

AS_OF = date(2026, 11, 21)


def run(company: Company, key: str, *, refresh: bool = True) -> PeriodResults:
    """Month end up to the ledger."""
    period = parse(key)
    basis, kept = steps.begin(company, period, AS_OF, refresh=refresh)
    snapshot = kept or steps.gate(company, steps.extract(company), period, AS_OF)
    recorded = steps.score(company, snapshot, steps.measure(company, snapshot, period, basis), period, basis)
    return load_results(wiring.ledger(company), recorded.id)


def close(company: Company, key: str) -> None:
    engine = wiring.ledger(company)
    revision = latest(engine, key)
    assert revision is not None
    set_status(engine, key, "final", revision.id, datetime.now(UTC), by="HR")


@dataclass(frozen=True)
class Quarter:
    """July was never run, August is closed, September is not; then it is closed, too."""

    company: Company
    months: list[PeriodResults]
    before: PeriodResults  # the quarter, while September was open
    after: PeriodResults


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    root = Path(tmp_path_factory.mktemp("quarter")) / "demo"
    create(root, 0.1)
    company = load_company(root)
    months = [run(company, key) for key in ("2026-08", "2026-09")]
    close(company, "2026-08")
    before = run(company, "2026-Q3")
    close(company, "2026-09")
    return Quarter(company, months, before, run(company, "2026-Q3", refresh=False))


def rolled_up(found: PeriodResults) -> list[IndicatorResult]:
    lines = (line for person in found.people for card in person.cards for line in card.indicators)
    return [line for line in lines if line.key == "months" and line.score is not None]


def test_the_months_are_rolled_up_by_the_days_worked(quarter) -> None:
    found, months = quarter.after, quarter.months
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


def test_a_quarter_on_a_month_that_is_not_closed_may_change_and_says_which(quarter) -> None:
    lines = rolled_up(quarter.before)
    assert lines
    assert all(line.provisional for line in lines)
    assert {line.rule.en.rsplit("; ", 1)[1] for line in lines} == {"2026-09 not final yet: this may change"}
    assert quarter.before.provisional


def test_closing_the_months_settles_the_quarter_without_changing_a_number(quarter) -> None:
    before, after = rolled_up(quarter.before), rolled_up(quarter.after)
    assert not any(line.provisional for line in after)
    assert [(line.score, line.points) for line in before] == [(line.score, line.points) for line in after]
    assert len(history(wiring.ledger(quarter.company), "2026-Q3")) == 2
    run(quarter.company, "2026-Q3", refresh=False)
    assert len(history(wiring.ledger(quarter.company), "2026-Q3")) == 2


def test_what_closing_changes_is_put_down_to_the_month_that_was_closed(quarter) -> None:
    engine = wiring.ledger(quarter.company)
    revision = latest(engine, "2026-Q3")
    assert revision is not None
    told = noted(engine, revision)
    assert told is not None
    assert told.changes
    causes = {(cause.kind, cause.key) for change in told.changes for cause in change.causes}
    assert causes == {("earlier_period", "2026-09")}


def test_a_month_that_never_ran_is_named_for_those_who_worked_in_it(quarter) -> None:
    """Not for who joined in August: his days in the quarter are those of August and September."""
    days = [{each.employee_id: each.working_days for each in month.people} for month in quarter.months]
    told = {
        person.employee_id: "no score in 2026-07" in line.rule.en
        for person in quarter.after.people
        for line in rolled_up(quarter.after.model_copy(update={"people": (person,)}))
    }
    since = {who: sum(month.get(who, 0) for month in days) for who in told}
    worked = {each.employee_id: each.working_days for each in quarter.after.people}
    assert told == {who: worked[who] > since[who] for who in told}
    assert set(told.values()) == {True, False}


def test_systems_by_quarter_judge_their_people(quarter) -> None:
    found = quarter.after
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
    found = quarter.after
    manager = next(person for person in found.people if person.employee_id == "E3001")
    card = next(each.card for each in manager.appraisals if each.scheme == "s10_marketing_manager")
    assert "subordinate" in card.model_dump_json()
    assert not [who for who in ("E3002", "E3003", "E3004", "E3005", "E1001", "E4001") if who in card.model_dump_json()]
