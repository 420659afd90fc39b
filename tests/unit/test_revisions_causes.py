"""Why a number changed: the correction, or the late rows, without which it would be what it was."""

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows import steps, wiring
from flows.revisions import history
from flows.revisions.changes import changes_between, noted
from flows.revisions.known import Known, revision_of
from flows.settings import load_company
from flows.warehouse.journal import Draft, append
from flows.warehouse.ledger import RecordedRevision
from tests.tiny_company import AS_OF, ORDERS, PERIOD, add_lines, build, inbox
from transforms.corrections.model import Correction, Decision, RowChange, Withdrawal
from transforms.errors import NotFoundError
from transforms.period import parse
from transforms.revisions import Change

WHY = "the export left out a zero"


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Path:
    """The company with one revision."""
    root = build(tmp_path_factory.mktemp("causes") / "tiny")
    again(root, refresh=True)
    return root


@pytest.fixture
def root(first, tmp_path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "tiny"))


def again(root: Path, *, refresh: bool = False) -> RecordedRevision:
    """The steps of a run up to the revision."""
    company, period = load_company(root), parse(PERIOD)
    basis, kept = steps.begin(company, period, AS_OF, refresh=refresh)
    snapshot = kept or steps.gate(company, steps.extract(company), period, AS_OF)
    return steps.score(company, snapshot, steps.measure(company, snapshot, period, basis), period, basis)


def engine(root: Path):
    return wiring.ledger(load_company(root))


def enter(root: Path, **what: object) -> str:
    told = Correction(period=PERIOD, reason=WHY, evidence="ticket 1", asked_by="E9", approved_by="M1", **what)
    append(engine(root), [Draft(PERIOD, "correction", told.id, told, "M1")], datetime.now(UTC))
    return told.id


def withdraw(root: Path, which: str) -> None:
    back = Withdrawal(correction_id=which, reason="wrong", evidence="ticket 2", asked_by="E9", approved_by="M1")
    append(engine(root), [Draft(PERIOD, "withdrawal", which, back, "M1")], datetime.now(UTC))


def override(root: Path, who: str, value: str) -> str:
    decision = Decision(act="override", subject_id=who, key="product_knowledge", value=Decimal(value))
    return enter(root, kind="override", decision=decision, concerns=(who,))


def richer(root: Path, who: str) -> str:
    """An order of somebody's was worth more."""
    key = {"order_id": f"o-{who}-1005", "shop_id": "s1"}
    row = RowChange(table="orders", key=key, values={"paid_amount_fen": "90000"})
    return enter(root, kind="fact", row=row, concerns=(who,))


def found(changes: tuple[Change, ...], who: str, what: str, key: str) -> Change:
    return next(each for each in changes if (each.subject_id, each.what, each.key) == (who, what, key))


def test_one_correction_caused_everything(root):
    which = override(root, "E2", "100")
    changes = noted(engine(root), again(root)).changes
    assert {cause.key for each in changes for cause in each.causes} == {which}
    assert found(changes, "E2", "score", "score").own
    assert not found(changes, "desk", "value", "mean_score").own


def test_of_two_corrections_each_change_names_its_own_and_a_mean_names_both(root):
    decided, corrected = override(root, "E1", "0"), richer(root, "NA")
    changes = noted(engine(root), again(root)).changes
    assert [each.key for each in found(changes, "E1", "score", "score").causes] == [decided]
    assert [each.key for each in found(changes, "NA", "score", "score").causes] == [corrected]
    assert {each.key for each in found(changes, "desk", "value", "mean_score").causes} == {decided, corrected}


def test_a_rank_names_the_correction_of_a_colleague_and_neither_person_nor_reason(root):
    decided, _ = override(root, "E1", "0"), richer(root, "NA")
    rank = found(noted(engine(root), again(root)).changes, "E2", "rank", "rank")
    assert [each.key for each in rank.causes] == [decided]
    assert not rank.own
    words = rank.causes[0].says
    for text in (words.zh_hans, words.zh_hant, words.en):
        assert "E1" not in text.replace(decided, "")
        assert WHY not in text
    assert rank.causes[0].reason == WHY


def test_late_rows_and_a_correction_are_told_apart(root):
    decided = override(root, "E2", "100")
    add_lines(inbox(root, ORDERS), "o-late,b-E1-1030,2026-10-31 10:05:00,2026-10-31 10:06:00,90.00")
    changes = noted(engine(root), again(root, refresh=True)).changes
    (late,) = found(changes, "E1", "score", "score").causes
    assert (late.kind, late.key, late.rows) == ("late_rows", "orders", ("o-late/s1",))
    assert [each.key for each in found(changes, "E2", "score", "score").causes] == [decided]


def test_what_changed_and_changed_back_is_not_there(root):
    which = override(root, "E2", "100")
    again(root)
    withdraw(root, which)
    last = again(root)
    back = noted(engine(root), last).changes
    assert all(cause.says.en.endswith("withdrawn") for each in back for cause in each.causes)
    first = revision_of(load_company(root), parse(PERIOD), Known(1))
    assert changes_between(engine(root), first.id, last.id).changes == ()


def test_causes_of_several_revisions_are_put_together(root):
    decided = override(root, "E2", "100")
    again(root)
    corrected = richer(root, "E2")
    last = again(root)
    first = revision_of(load_company(root), parse(PERIOD), Known(1))
    score = found(changes_between(engine(root), first.id, last.id).changes, "E2", "score", "score")
    assert {each.key for each in score.causes} == {decided, corrected}


def test_two_that_would_each_have_done_it_are_named_together(root):
    """Either override alone puts E1 behind M1."""
    one, other = override(root, "E1", "0"), enter(
        root, kind="override", concerns=("E1",),
        decision=Decision(act="override", subject_id="E1", key="paid_amount", value=Decimal(0)),
    )  # fmt: skip
    rank = found(noted(engine(root), again(root)).changes, "M1", "rank", "rank")
    assert [each.kind for each in rank.causes] == ["together"]
    assert {*rank.causes[0].key.split(", ")} == {one, other}


def test_what_was_not_known_is_an_error_that_says_what_to_do(root):
    company, period = load_company(root), parse(PERIOD)
    with pytest.raises(NotFoundError, match="no revision 7: its last one is 1"):
        revision_of(company, period, Known(7))
    with pytest.raises(NotFoundError, match="nothing was known of period 2026-10 on 2026-11-01"):
        revision_of(company, period, Known(on=parse("2026-11-01..2026-11-01").start))
    with pytest.raises(NotFoundError, match="has no revision"):
        revision_of(company, parse("2026-09"), Known())


def test_the_history_tells_what_each_revision_stood_on_and_changed(root):
    which = override(root, "E2", "100")
    again(root)
    company, period = load_company(root), parse(PERIOD)
    one, two = history.revisions(company, period)
    assert (one["revision"], one["rows"], one["changes"]) == (1, "read", None)
    assert (two["revision"], two["rows"], two["corrections"]) == (2, "same", which)
    assert two["people"] == 4  # ranks of the others, too
    (entered,) = history.corrections(company, period)
    assert (entered["id"], entered["state"], entered["approved by"]) == (which, "stands", "M1")
    assert [each["status"] for each in history.statuses(company, period)] == ["provisional"]
