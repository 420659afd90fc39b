"""What is done every day: a letter to who owes a sheet, once; what came back taken in; an overdue appeal escalated."""

import shutil

import openpyxl
import pytest
from typer.testing import CliRunner

from flows import daily, wiring
from flows.cli.app import app
from flows.settings import load_company
from flows.sheets.layout import place
from flows.warehouse import outbox
from flows.warehouse.ledger_periods import set_status
from flows.warehouse.ledger_queries import latest
from tests import story_company as story
from tests import tiny_company as tiny
from tests.ledger import NOON


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """October run early in November; one judgement is missing."""
    root = story.build(tmp_path_factory.mktemp("daily") / "company")
    tiny.run(root)
    return root


@pytest.fixture
def root(ran, tmp_path):
    return shutil.copytree(ran, tmp_path / "company")


def said(root, *words):
    done = CliRunner().invoke(app, [*words, "--company", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def reminded(root) -> list[str]:
    rows = outbox.rows(wiring.ledger(load_company(root)))
    return [row.recipient_id for row in rows if row.kind == "reminder"]


def test_a_rater_is_reminded_once_a_step(root):
    assert daily.remind.fn(str(root), "2026-11-05") == {"reminders": 1}
    assert daily.remind.fn(str(root), "2026-11-05") == {"reminders": 0}
    assert daily.remind.fn(str(root), "2026-11-09") == {"reminders": 1}  # late now
    assert reminded(root) == ["M1", "M1"]


def test_nobody_is_reminded_of_a_closed_month(root):
    engine = wiring.ledger(load_company(root))
    set_status(engine, tiny.PERIOD, "final", latest(engine, tiny.PERIOD).id, NOON, by="H1")
    daily.remind.fn(str(root), "2026-11-09")
    assert reminded(root) == []


def test_what_came_back_is_taken_in(root):
    said(root, "sheets", "make", tiny.PERIOD, "--rater", "M1", "--by", "H1")
    book = openpyxl.load_workbook(root / "data/sheets/out" / tiny.PERIOD / "M1.xlsx")
    for row in book.worksheets[1].iter_rows(min_row=3):
        if row[1].value == "E2":
            book.worksheets[1].cell(row[0].row, place("judgements", "score")).value = 88
    (root / "data/sheets/in").mkdir(parents=True, exist_ok=True)
    book.save(root / "data/sheets/in/m1.xlsx")
    (root / "data/sheets/in/other.xlsx").write_bytes(b"no workbook")
    assert daily.collect.fn(str(root)) == {"sheets_taken": 1, "sheets_refused": 1}
    assert [each.name for each in (root / "data/sheets/in").iterdir()] == ["other.xlsx"]


def test_an_overdue_appeal_goes_to_the_final_instance_once(root):
    wanted = ("--indicator", "paid_amount", "--expected", "90", "--actual", "77.5", "--reason", "x", "--evidence", "T")
    said(root, "appeal", "open", "E1", tiny.PERIOD, *wanted, "--by", "E1")
    assert daily.sweep.fn(str(root), None)["appeals_escalated"] == 0
    assert daily.sweep.fn(str(root), "2030-01-31")["appeals_escalated"] == 1
    assert daily.sweep.fn(str(root), "2030-01-31") == {"appeals_escalated": 0, "notices": 0}
