"""Corrections change results as they say, and nothing else; taken back, everything is as it was."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from flows.company import Company
from flows.corrections import entering, making, rows
from flows.corrections.entries import standing_of
from flows.corrections.snapshot import snapshot_of
from flows.settings import load_company
from flows.warehouse.journal import entries
from flows.warehouse.ledger_queries import load_results
from flows.wiring import ledger
from tests.corrected_company import (
    NOON,
    TOLD,
    actual,
    decided,
    fact,
    line,
    october,
    owned,
    paid,
    results_digest,
    results_now,
    results_with,
)
from tests.tiny_company import PERIOD, SHOP_YAML, edit, inbox, run
from transforms.corrections.model import Correction, Withdrawal

RATINGS = """\
  ratings: |
    select "订单编号" || '-r' as rating_id, 's1' as shop_id, 'order' as channel, 'acc-E1' as account_id,
           ts("付款时间", '%Y-%m-%d %H:%M:%S') as handled_at, ts("付款时间", '%Y-%m-%d %H:%M:%S') as rated_at,
           '5' as score, '5' as score_max, false as praise, _file, _row
    from orders
"""
JUDGED = {"employee_id": "E1", "indicator": "product_knowledge", "period": PERIOD, "rater_id": "M1", "role": "manager"}


@pytest.fixture
def company(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The tiny company after its first October."""
    return load_company(shutil.copytree(october(tmp_path_factory), tmp_path / "tiny"))


def enter(company: Company, correction: Correction, by: str = "E2"):
    return entering.enter(company, correction, NOON, by)


def take_back(company: Company, correction_id: str):
    told = Withdrawal(correction_id=correction_id, reason="right", evidence="mail 2", asked_by="E2", approved_by="M1")
    return entering.withdraw(company, told, NOON, "E2")


def test_an_amount_is_corrected_and_taken_back(company: Company) -> None:
    before = results_now(company)
    entry = enter(company, paid("o-E1-1005", 20000))
    after = results_now(company)
    assert actual(after, "E1", "paid_amount") - actual(before, "E1", "paid_amount") == 10000
    assert line(after, "E2", "paid_amount").score == line(before, "E2", "paid_amount").score
    take_back(company, entry.key)
    assert standing_of(ledger(company), PERIOD) == ()
    assert results_digest(results_now(company)) == results_digest(before)


def test_an_order_moves_to_somebody_else_to_nobody_and_back(company: Company) -> None:
    before = results_now(company)
    entry = enter(company, owned("o-E1-1005", "E2"))
    assert entry.read(Correction).concerns == ("E1", "E2")
    moved = results_now(company)
    assert [actual(moved, who, "paid_amount") for who in ("E1", "E2")] == [300000, 320000]
    take_back(company, entry.key)
    assert results_digest(results_now(company)) == results_digest(before)
    silent = results_with(company, owned("o-E1-1005", None))
    assert [actual(silent, who, "paid_amount") for who in ("E1", "E2")] == [300000, 310000]


def test_who_is_given_an_order_is_no_helper_of_it(company: Company) -> None:
    """The one it is taken from wrote between placing and payment or not: E1's chat ended before; E2 never wrote."""
    values = {each.employee_id: each.value for each in results_with(company, owned("o-E1-1005", "E2")).values
              if each.metric == "assisted_orders" and each.employee_id}  # fmt: skip
    assert values.get("E2") in {None, Decimal(0)}


def test_a_row_is_added_and_a_row_is_left_out(company: Company) -> None:
    values = {"buyer_id": "b-E1-1005", "status": "paid", "created_at": "2026-10-05 10:02:00",
              "paid_at": "2026-10-05 10:03:00", "order_amount_fen": "5000", "paid_amount_fen": "5000"}  # fmt: skip
    added = fact("orders", {"order_id": "o-new", "shop_id": "s1"}, values, act="add")
    enter(company, added)
    enter(company, fact("orders", {"order_id": "o-NA-1005", "shop_id": "s1"}, {}, act="remove", approved_by="M1"))
    found = results_now(company)
    assert [actual(found, who, "paid_amount") for who in ("E1", "NA")] == [315000, 300000]


def test_two_corrections_of_one_row(company: Company) -> None:
    key = {"order_id": "o-E1-1005", "shop_id": "s1"}
    both = (paid("o-E1-1005", 20000), fact("orders", key, {"order_amount_fen": "25000"}))
    with snapshot_of(company, PERIOD) as con:
        rows.apply(con, both)
        told = con.execute("select paid_amount_fen, order_amount_fen, _source, _file, _row from orders "
                           "where order_id = 'o-E1-1005'").fetchall()  # fmt: skip
    assert told == [(20000, 25000, "correction", ", ".join(sorted(each.id for each in both)), 1)]


def test_applying_replaces_what_was_applied_before(company: Company) -> None:
    sums = "select count(*), sum(paid_amount_fen) from orders"
    with snapshot_of(company, PERIOD) as con:
        before = con.execute(sums).fetchall()
        rows.apply(con, (paid("o-E1-1005", 20000), paid("o-E1-1006", 1)))
        rows.apply(con, (paid("o-E1-1005", 20000),))
        rows.apply(con, (paid("o-E1-1005", 20000),))
        assert con.execute(sums).fetchall() == [(before[0][0], before[0][1] + 10000)]
        rows.apply(con, ())
        assert con.execute(sums).fetchall() == before


def test_a_rating_is_set_or_added(company: Company) -> None:
    told = making.Told(**TOLD | {"asked_by": "M1", "approved_by": "E2"})
    key = {name: JUDGED[name] for name in ("employee_id", "indicator", "rater_id", "role")}
    with snapshot_of(company, PERIOD) as con:
        set_ = making.rating(con, told, key, "60", "", NOON.date())
        added = making.rating(con, told, key | {"rater_id": "NA"}, "60", "late", NOON.date())
    assert (set_.kind, set_.row.act, added.row.act) == ("rating", "set", "add")
    assert enter(company, set_, "M1").read(Correction).concerns == ("E1", "M1")
    assert line(results_now(company), "E1", "product_knowledge").score == 60


def test_a_target_is_added(company: Company) -> None:
    told = making.Told(**TOLD)
    with snapshot_of(company, PERIOD) as con:
        made = making.target(con, told, {"level": "employee", "subject_id": "E1", "metric": "paid_amount"}, "400000")
    assert made.row.act == "add"
    assert enter(company, made).read(Correction).concerns == ("E1",)


def test_decisions_concern_who_is_judged(company: Company) -> None:
    assert enter(company, decided("exempt", "E1", "paid_amount")).read(Correction).concerns == ("E1",)
    override = decided("override", "E1", "score", "99.5")
    assert enter(company, override).read(Correction).concerns == ("E1",)
    of_desk = decided("override", "desk", "paid_amount", "80")
    of_desk = of_desk.model_copy(update={"decision": of_desk.decision.model_copy(update={"level": "department"}),
                                         "asked_by": "E1", "approved_by": "E2"})  # fmt: skip
    assert enter(company, of_desk).read(Correction).concerns == ("M1",)


def test_the_same_again_is_not_written_twice(company: Company) -> None:
    first = enter(company, paid("o-E1-1005", 20000))
    again = enter(company, paid("o-E1-1005", 20000, reason="said otherwise"))
    assert again == first
    assert len(entries(ledger(company), period=PERIOD, kinds=("correction",))) == 1
    take_back(company, first.key)
    assert enter(company, paid("o-E1-1005", 20000)).id > first.id


def test_a_row_in_quarantine_counts_when_it_is_corrected(tmp_path: Path, tmp_path_factory) -> None:
    root = shutil.copytree(october(tmp_path_factory), tmp_path / "tiny")
    edit(inbox(root, "orders/2026.csv"), "o-E1-1005,b-E1-1005,2026-10-05 10:05:00,2026-10-05 10:06:00",
         "o-E1-1005,b-E1-1005,2026-10-05 10:05:00,2026-10-05 10:04:00")  # fmt: skip
    run(root)
    company = load_company(root)
    assert actual(results_now(company), "E1", "paid_amount") == 300000
    key = {"order_id": "o-E1-1005", "shop_id": "s1"}
    enter(company, fact("orders", key, {"paid_at": "2026-10-05 10:06:00"}))
    assert actual(results_now(company), "E1", "paid_amount") == 310000


def test_a_correction_of_a_row_that_a_fresh_snapshot_lacks_is_told(tmp_path: Path, tmp_path_factory) -> None:
    root = shutil.copytree(october(tmp_path_factory), tmp_path / "tiny")
    company = load_company(root)
    entry = enter(company, paid("o-E1-1005", 20000))
    edit(inbox(root, "orders/2026.csv"), "o-E1-1005,", "o-E1-other,")
    revision = run(root)
    found = [
        each
        for each in load_results(ledger(company), revision.id).findings
        if each.check == "results.correction_row_missing"
    ]
    assert [each.sample_keys for each in found] == [(entry.key,)]


def test_whose_account_it_was_decides_whose_rating_it_is(tmp_path: Path, tmp_path_factory) -> None:
    root = shutil.copytree(october(tmp_path_factory), tmp_path / "tiny")
    edit(root / SHOP_YAML, "  messages: |\n", f"{RATINGS}  messages: |\n")
    run(root)
    company, told = load_company(root), making.Told(**TOLD | {"asked_by": "M1", "approved_by": "NA"})
    key = {"rating_id": "o-E1-1005-r", "shop_id": "s1"}
    with snapshot_of(company, PERIOD) as con:
        made = making.handled_by(con, told, "ratings", key, "E2")
    assert made.row.values == {"account_id": "acc-E2"}
    assert enter(company, made).read(Correction).concerns == ("E1", "E2")
