"""A collect killed at any step loses no workbook and counts none twice: the next one finishes it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows import wiring
from flows.settings import load_company
from flows.sheets.model import SHEET, Received
from flows.sheets.receiving import receive
from flows.warehouse import journal
from tests import tiny_company as tiny
from tests.sheet_kit import NOON, code, drop, judged, say_made
from tests.source_company import Staged
from transforms.errors import StorageError

PEOPLE = ["E1", "E2", "NA"]
STEPS = 14
# What collecting does to the disk, as the interpreter itself reports it; the child kills itself before the Nth of these.
CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path

from flows.settings import load_company
from flows.sheets.receiving import receive

root, last = Path(sys.argv[1]), int(sys.argv[2])
company = load_company(root)
seen = 0

def count(event, arguments):
    global seen
    if event in {"open", "os.rename", "os.mkdir", "os.remove", "sqlite3.connect"} and str(root / "data" / "sheets") in str(arguments[0]):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
print(receive(company, datetime.fromisoformat(sys.argv[3]))[0].state, seen)
"""


@pytest.fixture
def company(tmp_path):
    """The tiny company with two filled sheets in the drop folder, one after the other."""
    found = load_company(tiny.build(tmp_path / "tiny"))
    say_made(found, rows=[code(each) for each in PEOPLE])
    return found


def collect(company, last):
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(company.root), str(last), NOON.isoformat()],
        capture_output=True, text=True, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip


def held(company):
    """What there is of sheets: the rows of the next snapshot, the kept workbooks, the journal's entries."""
    rows = Staged(company).con.execute(
        "select employee_id, cast(score as integer) from judgements where _source = 'sheets' order by 1"
    )
    workbooks = sorted((company.data / "sheets" / "received").rglob("*.xlsx"))
    entries = journal.entries(wiring.ledger(company), kinds=(SHEET,))
    received = [entry.read(Received).sha256 for entry in entries if '"received"' in entry.body]
    return rows.fetchall(), workbooks, received


@pytest.mark.parametrize("last", range(1, STEPS + 1))
def test_a_collect_killed_at_any_step_is_finished_by_the_next(company, last):
    content = judged("M1", PEOPLE, {"E1": 91, "E2": 72})
    path = drop(company, content)
    done = collect(company, last)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    kept = [each.read_bytes() for each in (company.data / "sheets" / "received").rglob("*.xlsx")]
    assert path.exists() or kept == [content]  # at no moment is it nowhere
    receive(company, NOON.replace(hour=6))
    rows, workbooks, received = held(company)
    assert rows == [("E1", 91), ("E2", 72)]
    assert [each.read_bytes() for each in workbooks] == [content]
    assert len(received) == 1
    assert not path.exists()
    assert not list((company.data / "sheets").rglob("*.part"))


def test_the_steps_above_are_all_there_are(company):
    drop(company, judged("M1", PEOPLE, {"E1": 91, "E2": 72}))
    assert collect(company, 99).stdout.split() == ["received", str(STEPS)]


def test_a_workbook_saved_again_while_it_is_taken_in_is_not_lost(company):
    first, second = (judged("M1", PEOPLE, {"E1": score}) for score in (91, 71))
    path = drop(company, first)
    receive(company, NOON)
    drop(company, first)
    path.write_bytes(second)  # the person saves over it before the next look
    receive(company, NOON.replace(hour=6))
    rows, workbooks, received = held(company)
    assert rows == [("E1", 71)]
    assert (len(workbooks), len(received)) == (2, 2)


def test_a_disk_that_refuses_leaves_the_workbook_in_the_folder(company):
    path = drop(company, judged("M1", PEOPLE, {"E1": 91}))
    (company.data / "sheets" / "received").write_text("in the way")
    with pytest.raises(StorageError):
        receive(company, NOON)
    assert path.exists()
    assert not [each for each in journal.entries(wiring.ledger(company), kinds=(SHEET,)) if '"received"' in each.body]
