"""Workbooks as people have them: opened, filled and saved by LibreOffice, then collected by our own reader."""

import json
import shutil
import subprocess
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from flows.settings import load_company
from flows.sheets.layout import FIRST_ROW, TABS, place
from flows.sheets.making import make
from flows.sheets.receiving import receive
from flows.sheets.status import owed
from flows.sheets.words import TABS as TITLES
from tests import tiny_company as tiny
from tests.sheet_kit import drop
from tests.source_company import Staged
from transforms.period import parse

SCRIPT = Path(__file__).parents[1] / "libreoffice_script.py"
SYSTEM_PYTHON = "/usr/bin/python3"
SECONDS = 120
PERIOD = parse("2026-10")
MADE, BACK = datetime(2026, 11, 2, 1, tzinfo=UTC), datetime(2026, 11, 3, 4, tzinfo=UTC)


@pytest.fixture
def company(tmp_path):
    """The tiny company with its sheets made, in simplified Chinese."""
    root = tiny.build(tmp_path / "tiny")
    tiny.edit(root / tiny.COMPANY_YAML, "locale: en", "locale: zh-Hans")
    found = load_company(root)
    make(found, PERIOD, MADE)
    return found


@contextmanager
def office(folder):
    """LibreOffice with a profile of its own, listening at a pipe of its own; ended with the test."""
    found = shutil.which("soffice")
    assert found, "LibreOffice is missing: `make system-test` installs it (libreoffice-calc-nogui, python3-uno)"
    pipe = f"jixiao-{uuid.uuid4().hex}"
    started = subprocess.Popen(
        [found, "--headless", "--norestore", "--nologo", "--nodefault", f"-env:UserInstallation={folder.as_uri()}",
         f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield pipe
        started.wait(30)
    finally:
        if started.poll() is None:
            started.terminate()
            started.wait(30)


def in_office(tmp_path, source, target, **told):
    """What LibreOffice sees in a workbook, and the workbook as it saved it."""
    asked = {"source": str(source), "target": str(target), "type": [], "fill": [], "rules": [], **told}
    with office(tmp_path / "profile") as pipe:
        done = subprocess.run(
            [SYSTEM_PYTHON, str(SCRIPT)], input=json.dumps({**asked, "pipe": pipe}), capture_output=True, text=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip
    assert done.returncode == 0, f"`make system-test` installs python3-uno; it said: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


def made(company, name):
    return company.data / "sheets" / "out" / "2026-10" / f"{name}.xlsx"


def title(tab):
    return TITLES[tab].in_locale("zh-Hans")


def cell(tab, column, row=0):
    return f"{chr(ord('A') + place(tab, column) - 1)}{FIRST_ROW + row}"


def scores(company):
    rows = Staged(company).con.execute(
        "select employee_id, cast(score as varchar), comment from judgements where _source = 'sheets' order by all"
    )
    return rows.fetchall()


def test_a_rater_fills_the_sheet_in_libreoffice_and_it_comes_back(company, tmp_path):
    tab, target = title("judgements"), tmp_path / "M1.xlsx"
    seen = in_office(
        tmp_path, made(company, "M1"), target,
        fill=[[tab, cell("judgements", "score"), 88], [tab, cell("judgements", "score", 1), 91.5],
              [tab, cell("judgements", "comment"), '很好, "稳"']],
    )  # fmt: skip
    assert seen["tabs"][tab] == [True, True]  # shown, and protected
    assert seen["tabs"]["_jixiao"] == [False, True]
    assert {"judgements_score", "judgements_comment"} <= set(seen["names"])
    drop(company, target.read_bytes(), "M1 (back).xlsx")
    (outcome,) = receive(company, BACK)
    assert [str(problem) for problem in outcome.problems] == []
    assert scores(company) == [("E1", "88.0000", '很好, "稳"'), ("E2", "91.5000", None)]
    (left,) = [each for each in owed(company, PERIOD, BACK.date()) if each.rater_id == "M1"]
    assert left.sheet == "2026-10/M1"


def test_libreoffice_keeps_locked_cells_and_the_limits_of_open_ones(company, tmp_path):
    tab = title("judgements")
    seen = in_office(
        tmp_path, made(company, "M1"), tmp_path / "M1.xlsx",
        type=[[tab, cell("judgements", "employee_id"), "E9"], [tab, cell("judgements", "score"), "77"]],
        rules=[[tab, cell("judgements", "score"), [0, 85.5, 100, "-", 101, -1, "good"]]],
    )  # fmt: skip
    assert seen["typed"] == ["E1", "77"]  # the first cell is locked and stays
    (kind, stops, verdicts), = seen["rules"]  # fmt: skip
    assert (kind, stops) == ("CUSTOM", True)
    assert verdicts == [True, True, True, True, False, False, False]


def test_what_libreoffice_let_through_our_reader_refuses(company, tmp_path):
    tab, target = title("judgements"), tmp_path / "M1.xlsx"
    in_office(tmp_path, made(company, "M1"), target, fill=[[tab, cell("judgements", "score"), 101]])
    drop(company, target.read_bytes())
    (outcome,) = receive(company, BACK)
    assert [each.where for each in outcome.problems] == [f"M1.xlsx, {tab}!{cell('judgements', 'score')}"]


def test_the_departments_workbook_comes_back_from_libreoffice(company, tmp_path):
    tab, target = title("attendance"), tmp_path / "department-desk.xlsx"
    people = openpyxl.load_workbook(made(company, "department-desk"))["_jixiao"].iter_rows(values_only=True)
    labels = {row[1]: row[2] for row in people if row[0] == "choice"}
    told = {"person": labels["people"], "day": "2026-10-12", "kind": labels["attendance_kinds"], "overtime_hours": 2.5}
    fill = [[tab, cell("attendance", name), value] for name, value in told.items()]
    in_office(tmp_path, made(company, "department-desk"), target, fill=fill)
    drop(company, target.read_bytes())
    (outcome,) = receive(company, BACK)
    assert outcome.state == "received", [str(each) for each in outcome.problems]
    ((day, hours),) = (
        Staged(company).con.execute("select cast(day as varchar), overtime_hours from attendance").fetchall()
    )
    assert (day, float(hours)) == ("2026-10-12", 2.5)


def test_a_sheet_filled_by_a_program_comes_back_too(company):
    book = openpyxl.load_workbook(made(company, "M1"))
    for row, score in enumerate(("90%", 85, "７０分")):
        book[title("judgements")][cell("judgements", "score", row)].value = score
    path = drop(company, b"")
    book.save(path)
    (outcome,) = receive(company, BACK)
    assert outcome.state == "received"
    assert [(who, score) for who, score, _ in scores(company)] == [
        ("E1", "90.0000"), ("E2", "85.0000"), ("NA", "70.0000"),
    ]  # fmt: skip


def test_every_input_column_can_be_found_by_its_defined_name(company):
    book = openpyxl.load_workbook(made(company, "M1"))
    assert set(book.defined_names) == {f"judgements_{each.name}" for each in TABS["judgements"] if each.is_input}
