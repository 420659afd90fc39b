"""What corrections refuse at the command line: the exit code, the sentence, and that nothing is written."""

import shutil
from pathlib import Path

import pytest

from flows.settings import load_company
from flows.warehouse.journal import entries
from flows.wiring import ledger
from tests.corrected_company import october
from tests.month_end_company import jixiao
from tests.tiny_company import COMPANY_YAML, PERIOD, edit

ORDER = ("--key", "order_id=o-E1-1005", "--key", "shop_id=s1")
FACT = ("fact", "orders", *ORDER, "--period", PERIOD)
SET = (*FACT, "--set", "paid_amount_fen=20000")
JUDGED = ("rating", "E1", "product_knowledge", PERIOD, "--rater", "M1", "--role", "manager")


@pytest.fixture
def root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny company after its first October."""
    return shutil.copytree(october(tmp_path_factory), tmp_path / "tiny")


def correct(root: Path, *words: str, asked: str = "E2", approved: str = "M1", reason: str = "wrong"):
    """`jixiao correct` with the persons."""
    told = ("--reason", reason, "--evidence", "mail 1", "--asked-by", asked, "--approved-by", approved)
    return jixiao("correct", *words, *told, "--company", str(root))


def written(root: Path) -> int:
    return len(entries(ledger(load_company(root)), period=PERIOD, kinds=("correction", "withdrawal")))


@pytest.mark.parametrize(("words", "who", "code", "says"), [
    (SET, {"approved": "E2"}, 10, "nobody approves what he asked for"),
    (SET, {"approved": "E1"}, 10, "it concerns E1"),
    (("fact", "messages", "--key", "message_id=m-E1-1005-0", "--key", "shop_id=s1", "--set", "kind=auto",
      "--period", PERIOD), {}, 10, "jixiao correct attribution"),
    (SET, {"reason": " "}, 4, "the reason is empty"),
    ((*FACT, "--set", "paid_amount_fen=1e4"), {}, 4, "write a whole number"),
    ((*FACT, "--set", "paid_amount_fen"), {}, 4, "is no column=value"),
    ((*FACT, "--set", "status=gone"), {}, 4, "cancelled"),
    ((*FACT, "--set", "paid_amount_fen=10000"), {}, 4, "already"),
    ((*FACT, "--add", "--set", "status=paid"), {}, 4, "the new row lacks"),
    (("attribution", "--order", "o-E1-1005", "--shop", "s1", "--period", PERIOD), {}, 4, "whose is it?"),
    (("score", "E1", "paid_amount", PERIOD, "--value", "101"), {}, 4, "is no score"),
    (("score", "E1", "paid_amount", PERIOD, "--value", "good"), {}, 4, "is no number"),
    ((*JUDGED, "--score", "100.5"), {"asked": "M1", "approved": "E2"}, 4, "above 100"),
    (("fact", "orders", *ORDER, "--set", "paid_amount_fen=1", "--period", "October"), {}, 6, "October"),
    ((*SET[:2], "--key", "order_id=o-X", "--key", "shop_id=s1", *SET[6:]), {}, 9, "orders has no row with"),
    (SET, {"asked": "E9"}, 9, "there is no employee E9"),
    (("exempt", "E1", "nope", PERIOD), {}, 9, "there is: first_response_seconds"),
    (("attribution", "--order", "o-X", "--shop", "s1", "--nobody", "--period", PERIOD), {}, 9, "no order o-X"),
    (("withdraw", "C-NOTHING"), {}, 9, "there is no correction C-NOTHING"),
])  # fmt: skip
def test_refusals(root: Path, words: tuple[str, ...], who: dict[str, str], code: int, says: str) -> None:
    done = correct(root, *words, **who)
    assert (done.returncode, written(root)) == (code, 0), done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cell_is_corrected_once_until_it_is_taken_back(root: Path) -> None:
    first = correct(root, *SET)
    assert first.returncode == 0, first.stderr
    assert "10000 → 20000" in first.stdout
    name = first.stdout.split()[0]
    again = correct(root, *SET)
    assert (again.returncode, "nothing new" in again.stdout) == (0, True)
    other = correct(root, *FACT, "--set", "paid_amount_fen=1")
    assert (other.returncode, f"jixiao correct withdraw {name}" in other.stderr) == (10, True)
    assert correct(root, "withdraw", name, approved="E1").returncode == 10
    assert correct(root, "withdraw", name).returncode == 0
    assert correct(root, "withdraw", name).returncode == 10
    assert written(root) == 2
    listed = jixiao("correct", "list", PERIOD, "--csv", "--company", str(root)).stdout
    assert f"{name},taken back,fact" in listed


def test_only_hr_approves_where_the_company_says_who_is_hr(root: Path) -> None:
    edit(root / COMPANY_YAML, "delivery:", "officers: {hr: [NA]}\ndelivery:")
    assert correct(root, *SET).returncode == 10
    assert correct(root, *SET, approved="NA").returncode == 0


def test_a_period_that_was_never_run_has_no_snapshot(tmp_path: Path) -> None:
    from tests.tiny_company import build

    root = build(tmp_path / "new")
    done = correct(root, *SET)
    assert (done.returncode, f"jixiao run {PERIOD}" in done.stderr) == (9, True)
