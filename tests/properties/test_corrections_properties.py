"""Laws of corrections: their order changes nothing, taking one back restores every hash, chats stay as they are."""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.company import Company
from flows.corrections import entering, rows
from flows.corrections.entries import standing_of
from flows.corrections.snapshot import snapshot_of
from flows.settings import load_company
from flows.warehouse.journal import entries
from flows.wiring import ledger
from tests.corrected_company import NOON, decided, fact, october, owned, paid, results_digest, results_with
from tests.tiny_company import AGENTS, PERIOD
from transforms.corrections.clashing import clash
from transforms.corrections.model import Correction, Withdrawal
from transforms.measures.catalogue import MEASURES
from transforms.measures.runner import compute
from transforms.period import parse

_SLOW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_ORDERS = st.builds(lambda who, day: f"o-{who}-10{day:02}", st.sampled_from(AGENTS), st.integers(1, 31))
_ROWS = st.one_of(
    st.builds(paid, _ORDERS, st.integers(0, 10**7).filter(lambda fen: fen != 10000)),
    st.builds(lambda order: fact("orders", {"order_id": order, "shop_id": "s1"}, {}, act="remove"), _ORDERS),
    st.builds(lambda order: fact("orders", {"order_id": order, "shop_id": "s1"}, {"status": "cancelled"}), _ORDERS),
    st.builds(owned, _ORDERS, st.sampled_from((*AGENTS, None))),
)
_DECISIONS = st.one_of(
    st.builds(lambda who, key: decided("exempt", who, key), st.sampled_from(AGENTS),
              st.sampled_from(("paid_amount", "product_knowledge"))),
    st.builds(lambda who, key, value: decided("override", who, key, str(value)), st.sampled_from(AGENTS),
              st.sampled_from(("paid_amount", "score")), st.integers(0, 100)),
)  # fmt: skip


def _together(told: Sequence[Correction]) -> list[Correction]:
    """Those that may stand together."""
    kept: list[Correction] = []
    for each in told:
        if not any(clash(each, other) or each.id == other.id for other in kept):
            kept.append(each)
    return kept


_SETS = st.lists(st.one_of(_ROWS, _DECISIONS), min_size=2, max_size=6).map(_together)
_ROW_SETS = st.lists(_ROWS, min_size=1, max_size=8).map(_together)


@pytest.fixture
def company(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The tiny company after its first October."""
    return load_company(shutil.copytree(october(tmp_path_factory), tmp_path / "tiny"))


def _facts(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Every order as it is counted, and whose people decided it is."""
    return [
        *con.execute("from orders order by all").fetchall(),
        *con.execute("from attributions order by all").fetchall(),
    ]


@_SLOW
@given(told=_SETS, seed=st.integers(0, 100))
def test_any_order_of_the_same_corrections_gives_the_same_results(company: Company, told, seed: int) -> None:
    plain = results_digest(results_with(company))
    shuffled = random.Random(seed).sample(told, len(told))  # noqa: S311 - an order, not a secret
    assert results_digest(results_with(company, *told)) == results_digest(results_with(company, *shuffled))
    assert results_digest(results_with(company)) == plain


@_QUICK
@given(told=_ROW_SETS, seed=st.integers(0, 100))
def test_any_order_gives_the_same_facts(company: Company, told, seed: int) -> None:
    shuffled = random.Random(seed).sample(told, len(told))  # noqa: S311
    with snapshot_of(company, PERIOD) as con:
        rows.apply(con, told)
        first = _facts(con)
        rows.apply(con, shuffled)
        assert _facts(con) == first


@_QUICK
@given(told=_ROW_SETS)
def test_without_its_corrections_a_snapshot_is_what_it_was(company: Company, told) -> None:
    with snapshot_of(company, PERIOD) as con:
        rows.apply(con, ())
        before = _facts(con)
        rows.apply(con, told)
        assert _facts(con) != before
        rows.apply(con, ())
        assert _facts(con) == before


@_SLOW
@given(told=_SETS, data=st.data())
def test_entered_in_any_order_and_taken_back_the_journal_says_the_same(company: Company, told, data) -> None:
    """What stands follows from the entries, whatever came between; and every number is what it was."""
    before = standing_of(ledger(company), PERIOD)
    ids = [entering.enter(company, each, NOON, "M1").key for each in data.draw(st.permutations(_by_others(told)))]
    assert {each.id for each in standing_of(ledger(company), PERIOD)} == set(ids) | {each.id for each in before}
    for each in data.draw(st.permutations(ids)):
        back = Withdrawal(correction_id=each, reason="right", evidence="mail 2", asked_by="E1", approved_by="M1")
        entering.withdraw(company, back, NOON, "E1")
    assert standing_of(ledger(company), PERIOD) == before == ()
    assert len(entries(ledger(company), period=PERIOD, kinds=("withdrawal",))) >= len(ids)


@_SLOW
@given(told=_ROW_SETS)
def test_correcting_other_tables_leaves_chats_alone(company: Company, told) -> None:
    """Chats are read in the order they are stored: nothing that is corrected beside may disturb it."""
    of_chats = {key for key, each in MEASURES.items() if each.relation in {"waits", "waiting_peaks"}}
    assert of_chats

    def measured(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
        found = compute(con, company.settings.measures, parse("2026-10-01..2026-10-07"))
        return found[found["measure"].isin(of_chats)].reset_index(drop=True)

    with snapshot_of(company, PERIOD) as con:
        before = measured(con)
        rows.apply(con, told)
        pd.testing.assert_frame_equal(measured(con), before)
    assert len(before)


def _by_others(told: Sequence[Correction]) -> list[Correction]:
    """Asked for by somebody else than who approves, whom none of them concerns."""
    return [each.model_copy(update={"asked_by": "E1", "approved_by": "M1"}) for each in told]
