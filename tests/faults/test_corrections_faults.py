"""What corrections refuse at the command line: the exit code, the sentence, and that nothing is written."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.app import app
from flows.settings import load_company
from flows.warehouse.journal import entries
from flows.wiring import ledger
from tests.corrected_company import october
from tests.tiny_company import COMPANY_YAML, PERIOD, build, edit
from transforms.errors import JixiaoError

ORDER = ("--key", "order_id=o-E1-1005", "--key", "shop_id=s1")
FACT = ("fact", "orders", *ORDER, "--period", PERIOD)
SET = (*FACT, "--set", "paid_amount_fen=20000")
JUDGED = ("rating", "E1", "product_knowledge", PERIOD, "--rater", "M1", "--role", "manager")


@pytest.fixture
def root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny company after its first October."""
    return shutil.copytree(october(tmp_path_factory), tmp_path / "tiny")


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    printed: str


def command(*words: str) -> Done:
    """A command of `jixiao` in this process: its exit code, what it printed, and the error as it is read."""
    done = CliRunner().invoke(app, list(words))
    error = done.exception
    if isinstance(error, JixiaoError):
        return Done(error.exit_code, f"{done.output}{error}")
    assert error is None or isinstance(error, SystemExit), error
    return Done(done.exit_code, done.output)


def correct(root: Path, *words: str, asked: str = "E2", approved: str = "M1", reason: str = "wrong") -> Done:
    """`jixiao correct` with the persons."""
    told = ("--reason", reason, "--evidence", "mail 1", "--asked-by", asked, "--approved-by", approved)
    return command("correct", *words, *told, "--company", str(root))


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
    assert (done.code, written(root)) == (code, 0), done.printed
    assert says in done.printed


def test_a_cell_is_corrected_once_until_it_is_taken_back(root: Path) -> None:
    first = correct(root, *SET)
    assert first.code == 0, first.printed
    assert "10000 → 20000" in first.printed
    name = first.printed.split()[0]
    again = correct(root, *SET)
    assert (again.code, "nothing new" in again.printed) == (0, True)
    other = correct(root, *FACT, "--set", "paid_amount_fen=1")
    assert (other.code, f"jixiao correct withdraw {name}" in other.printed) == (10, True)
    assert correct(root, "withdraw", name, approved="E1").code == 10
    assert correct(root, "withdraw", name).code == 0
    assert correct(root, "withdraw", name).code == 10
    assert written(root) == 2
    listed = command("correct", "list", PERIOD, "--csv", "--company", str(root)).printed
    assert f"{name},taken back,fact" in listed


def test_only_hr_approves_where_the_company_says_who_is_hr(root: Path) -> None:
    edit(root / COMPANY_YAML, "delivery:", "officers: {hr: [NA]}\ndelivery:")
    assert correct(root, *SET).code == 10
    assert correct(root, *SET, approved="NA").code == 0


def test_a_period_that_was_never_run_has_no_snapshot(tmp_path: Path) -> None:
    root = build(tmp_path / "new")
    done = correct(root, *SET)
    assert (done.code, f"jixiao run {PERIOD}" in done.printed) == (9, True)
