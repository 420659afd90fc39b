"""Differences of a closed period: found by a run, written once under the next open period, paid there, shown there."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows import carry_over, month_end, steps, wiring
from flows.carry_over import carried_from, carried_into, following, next_open
from flows.corrections.entries import CORRECTION, WITHDRAWAL
from flows.settings import load_company
from flows.warehouse.journal import Draft, append
from flows.warehouse.ledger import RecordedRevision, record
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_queries import history, latest, load_results
from tests import tiny_company
from tests.ledger import NOON, ledger, ledger_url, results, revision_input  # noqa: F401 - fixtures
from tests.scheme_kit import MANUAL, book, company, read, text_of
from transforms.appraise import appraise
from transforms.corrections.model import CarriedLine, Correction, Decision, Withdrawal
from transforms.errors import PeriodError
from transforms.period import parse
from transforms.scoring.results import PeriodResults
from transforms.titles import Title

OCTOBER, NOVEMBER, DECEMBER = "2026-10", "2026-11", "2026-12"
AS_OF = date(2026, 12, 21)
TITLE = Title(zh_hans="奖金", en="Bonus")
_PAY = """\
scheme: desk_pay
title: {zh-Hans: 提成, en: Commission}
counts: beside
applies_to: {department: desk}
versions:
  - effective_from: 2026-01-01
    approved: {by: HR, date: 2025-12-01}
    pay:
      parameters: {rate: 2%}
      facts:
        sales: {metric: paid_amount, missing: 0}
        by_class: {by_grade: {good: 500 yuan, qualified: 200 yuan, unqualified: 0 yuan}, missing: 0, unit: fen}
      pays:
        - {key: commission, kind: commission, title: {zh-Hans: 提成, en: Commission}, amount: commission}
        - {key: bonus, kind: bonus, title: {zh-Hans: 奖金, en: Bonus}, amount: by_class}
      person:
        commission: sales * rate
  - effective_from: 2026-11-01
    approved: {by: HR, date: 2026-10-15}
    pay:
      parameters: {rate: 10%}
      facts:
        sales: {metric: paid_amount, missing: 0}
      pays:
        - {key: commission, kind: commission, title: {zh-Hans: 提成, en: Commission}, amount: commission}
      person:
        commission: sales * rate
"""


def run(root: Path, period: str = OCTOBER, *, refresh: bool = False) -> RecordedRevision:
    """Month end up to the ledger."""
    company, wanted = load_company(root), parse(period)
    basis, kept = steps.begin(company, wanted, AS_OF, refresh=refresh)
    snapshot = kept or steps.gate(company, steps.extract(company), wanted, AS_OF)
    return steps.score(company, snapshot, steps.measure(company, snapshot, wanted, basis), wanted, basis)


@pytest.fixture(scope="module")
def closed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tiny_company.build(tmp_path_factory.mktemp("carry") / "company", last=date(2026, 12, 5))
    (root / "config/schemes/pay.yaml").write_text(_PAY, "utf-8")
    tiny_company.edit(root / tiny_company.COMPANY_YAML, "facts:", "closing: {after: carry_over}\nfacts:")
    made = run(root)
    set_status(wiring.ledger(load_company(root)), OCTOBER, "final", made.id, NOON, by="HR")
    return root


@pytest.fixture
def closed(closed_once: Path, tmp_path: Path) -> Path:
    """A company whose October is closed; differences are carried over."""
    return shutil.copytree(closed_once, tmp_path / "company")


def engine_of(root: Path):
    return wiring.ledger(load_company(root))


def late_order(root: Path, yuan: str = "90.00", number: int = 1) -> None:
    """E1's customer of the last day bought once more, and the export brought it late."""
    line = f"o-late{number},b-E1-1031,2026-10-31 10:3{number}:00,2026-10-31 10:40:00,{yuan}"
    tiny_company.add_lines(tiny_company.inbox(root, tiny_company.ORDERS), line)


def decide(root: Path, value: str, who: str = "E2") -> Correction:
    """HR sets somebody's score."""
    told = Correction(
        kind="override", period=OCTOBER, decision=Decision(act="override", subject_id=who, key="score", value=Decimal(value)),
        concerns=(who,), reason="appeal upheld", evidence="paper 7", asked_by="M1", approved_by="H1",
    )  # fmt: skip
    append(engine_of(root), [Draft(OCTOBER, CORRECTION, told.id, told, "H1")], datetime.now(UTC))
    return told


def withdraw(root: Path, told: Correction) -> None:
    body = Withdrawal(correction_id=told.id, reason="mistake", evidence="paper 8", asked_by="M1", approved_by="H1")
    append(engine_of(root), [Draft(OCTOBER, WITHDRAWAL, told.id, body, "H1")], datetime.now(UTC))


def amounts(root: Path, into: str = NOVEMBER) -> list[tuple[str, str, int, tuple[str, ...]]]:
    found = carried_into(engine_of(root), into)
    return [(each.employee_id, each.key, each.amount_fen, each.because) for each in found]


def paid(found: PeriodResults) -> dict[tuple[str, str], int]:
    return {line[::2]: each.amount_fen for line, each in carry_over.owed(found).items()}


def test_a_late_row_of_a_closed_month_is_paid_in_the_next_at_the_rate_of_its_own(closed):
    late_order(closed)
    before = run(closed)
    made = run(closed, refresh=True)
    assert (made.id, made.created) == (before.id, False)
    assert len(history(engine_of(closed), OCTOBER)) == 1
    assert amounts(closed) == [("E1", "commission", 180, ("late_rows",))]  # 2 % of 90 yuan, not November's 10 %
    november = load_results(engine_of(closed), run(closed, NOVEMBER).id)
    (line,) = next(each.carried for each in november.people if each.employee_id == "E1")
    assert (line.from_period, line.amount_fen, line.scheme_title.en) == (OCTOBER, 180, "Commission")
    assert line.says.en == "2026-10, computed again after closing: 63.8 yuan; settled so far: 62 yuan"


def test_running_again_adds_nothing_with_or_without_fresh_rows(closed):
    late_order(closed)
    for refresh in (True, True, False, True, False):
        run(closed, refresh=refresh)
    assert amounts(closed) == [("E1", "commission", 180, ("late_rows",))]


def test_without_differences_there_is_no_entry(closed):
    run(closed)
    run(closed, refresh=True)
    assert carried_from(engine_of(closed), OCTOBER) == ()


def test_a_second_difference_starts_from_the_first(closed):
    late_order(closed)
    run(closed, refresh=True)
    late_order(closed, "10.00", 2)
    run(closed, refresh=True)
    assert [each[2] for each in amounts(closed)] == [180, 20]


def test_a_correction_after_closing_is_named_and_its_withdrawal_takes_the_money_back(closed):
    told = decide(closed, "59")
    run(closed)
    assert amounts(closed) == [("E2", "bonus", -20000, (told.id,))]
    withdraw(closed, told)
    run(closed)
    run(closed)
    assert amounts(closed) == [("E2", "bonus", -20000, (told.id,)), ("E2", "bonus", 20000, (told.id,))]


def test_it_goes_into_the_first_month_that_is_not_closed(closed):
    november = run(closed, NOVEMBER)
    set_status(engine_of(closed), NOVEMBER, "final", november.id, NOON, by="HR")
    late_order(closed)
    run(closed, refresh=True)
    assert (amounts(closed), amounts(closed, DECEMBER)) == ([], [("E1", "commission", 180, ("late_rows",))])


def test_with_the_other_policy_the_run_makes_a_revision_as_always(closed):
    tiny_company.edit(closed / tiny_company.COMPANY_YAML, "after: carry_over", "after: slip")
    late_order(closed)
    made = run(closed, refresh=True)
    assert (made.number, made.created) == (2, True)
    assert carried_from(engine_of(closed), OCTOBER) == ()


def test_an_open_month_makes_a_revision_whatever_the_policy(closed):
    run(closed, NOVEMBER)
    line = "o-new,b-E1-1105,2026-11-05 10:35:00,2026-11-05 10:40:00,10.00"
    tiny_company.add_lines(tiny_company.inbox(closed, tiny_company.ORDERS), line)
    assert run(closed, NOVEMBER, refresh=True).number == 2


def test_the_run_says_what_was_carried_over(closed):
    late_order(closed)
    decide(closed, "59")
    run(closed, refresh=True)
    told = carry_over.summary(engine_of(closed), OCTOBER)
    assert told == "2 differences of 2 people, −198.20, into 2026-11"
    assert carry_over.summary(engine_of(closed), NOVEMBER) is None
    outcome = month_end.Outcome(parse(OCTOBER), 1, False, 0, False, None, 1.0, 0.0)  # noqa: FBT003
    assert ("carried over", told) in month_end.facts(load_company(closed), outcome)


def test_two_runs_at_once_pay_a_difference_once(closed):
    """The second one looked before the first one wrote."""
    late_order(closed)
    run(closed, refresh=True)
    (there,) = carried_from(engine_of(closed), OCTOBER)
    entry = Draft(NOVEMBER, carry_over.CARRY_OVER, OCTOBER, there, "HR")
    with pytest.raises(PeriodError, match="at the same time"):
        append(engine_of(closed), [entry], NOON, guard=lambda told: carry_over._require_nothing_new(told, there, ()))
    assert len(carried_from(engine_of(closed), OCTOBER)) == 1


def test_somebody_who_has_left_still_gets_what_was_carried_over(tmp_path):
    line = CarriedLine(
        from_period="2026-09", employee_id="E2", scheme="pay", scheme_title=TITLE, key="bonus", title=TITLE,
        amount_fen=-500, because=("late_rows",), says=TITLE,
    )  # fmt: skip
    placed = [("E1", "cs", date(2025, 1, 1), None, "member"), ("E2", "it", date(2025, 1, 1), None, "member")]
    there = (date(2024, 1, 1), date(2024, 4, 1))
    inputs = company(placed, employees=[("E1", *there, None), ("E2", *there, date(2026, 9, 30))])
    known = replace(book((), inputs), carried=(line,))
    scheme = read(tmp_path, text_of(MANUAL.format(weight=100)))
    person = next(each for each in appraise(known, [scheme]).people if each.employee_id == "E2")
    assert (person.score, person.cards, person.appraisals, person.carried) == (None, (), (), (line,))
    assert (person.name, person.department_id) == ("NE2", "it")


@pytest.mark.parametrize(
    ("period", "after"),
    [
        ("2026-10", "2026-11"), ("2026-12", "2027-01"), ("2026-Q4", "2027-Q1"), ("2026", "2027"),
        ("2026-09-21..2026-10-20", "2026-10-21..2026-11-20"), ("2026-10-01..2026-10-10", "2026-10-11..2026-10-20"),
    ],
)  # fmt: skip
def test_the_period_after_one(period, after):
    assert following(parse(period)).key == after


def test_closed_periods_are_passed_over_on_both_databases(ledger):  # noqa: F811
    for key in (OCTOBER, NOVEMBER):
        made = record(ledger, revision_input(period=key, results=results(period=key)))
        set_status(ledger, key, "final", made.id, NOON, by="HR")
    assert next_open(ledger, parse(OCTOBER)).key == DECEMBER
    assert latest(ledger, DECEMBER) is None
