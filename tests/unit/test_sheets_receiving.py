"""The drop folder: what is taken in, what is refused and stays, what counts of several, and how a snapshot holds it."""

import shutil

import pytest

from flows import views, wiring
from flows.explained import found
from flows.explained_sources import judgement_rows
from flows.settings import load_company
from flows.sheets.model import SHEET, Received
from flows.sheets.receiving import receive, refusals
from flows.warehouse import journal
from flows.warehouse.ledger_queries import load_results
from tests import tiny_company as tiny
from tests.sheet_kit import (
    CHOICES,
    NOON,
    asked,
    blanks,
    code,
    drop,
    judged,
    say_made,
    workbook,
)
from tests.source_company import Staged
from transforms.period import parse

PEOPLE = ["E1", "E2", "NA"]
ROWS = [code(each) for each in PEOPLE]


@pytest.fixture
def company(tmp_path):
    """The tiny company, its manager's sheet made; the manager's judgements in its own export are of 2 November."""
    found = load_company(tiny.build(tmp_path / "tiny"))
    say_made(found, rows=ROWS)
    return found


def received(company):
    entries = journal.entries(wiring.ledger(company), period="2026-10", kinds=(SHEET,))
    return [entry.read(Received) for entry in entries if '"received"' in entry.body]


def kept(company):
    return sorted(path.name for path in (company.data / "sheets" / "received" / "2026-10").glob("*"))


def in_folder(company):
    return sorted(path.name for path in (company.root / company.settings.sheets.folder).glob("*"))


def judgements(company):
    """Scores of the manager by person, as the next snapshot would hold them."""
    rows = Staged(company).con.execute(
        "select employee_id, cast(score as integer) from judgements where indicator = 'product_knowledge' and rater_id = 'M1'"
    )
    return {who: score for who, score in rows.fetchall() if who in PEOPLE}


def later(minutes):
    return NOON.replace(minute=minutes)


def test_a_workbook_is_put_away_with_its_rows_and_written_down(company):
    drop(company, judged("M1", PEOPLE, {"E1": 91, "NA": 62}))
    (outcome,) = receive(company, NOON)
    assert outcome.state == "received"
    assert in_folder(company) == []
    (entry,) = received(company)
    assert (entry.sheet, entry.made_for, entry.file, entry.counts) == ("2026-10/M1", "M1", "M1.xlsx", {"judgements": 2})
    assert set(entry.given) == {code("E1"), code("NA")}
    stem = f"M1_20261103T040000.000000Z_{entry.sha256[:12]}"
    assert kept(company) == [f"{stem}.judgements.csv", f"{stem}.xlsx"]
    assert entry.path == f"data/sheets/received/2026-10/{stem}.xlsx"


def test_an_empty_folder_or_none_at_all_is_nothing_to_do(company):
    assert receive(company, NOON) == ()
    drop(company, b"").unlink()
    assert receive(company, NOON) == ()


def test_the_next_snapshot_holds_who_gave_it_when_and_where_it_stands(company):
    drop(company, judged("M1", PEOPLE, {"E1": 91}))
    receive(company, NOON)
    (row,) = (
        Staged(company)
        .con.execute(
            "select cast(score as integer), rater_id, role, cast(given_at as varchar), _source, _file, _row from judgements "
            "where employee_id = 'E1'"
        )
        .fetchall()
    )
    assert row == (91, "M1", "manager", "2026-11-03 12:00:00", "sheets", received(company)[0].path, 3)


def test_of_sheet_and_export_the_later_given_counts(company):
    assert judgements(company) == {"E1": 85, "E2": 85, "NA": 85}
    drop(company, judged("M1", PEOPLE, {"E1": 91}))
    receive(company, NOON.replace(day=1))  # before the export's 2 November
    assert judgements(company)["E1"] == 85
    drop(company, judged("M1", PEOPLE, {"E1": 92}))
    receive(company, NOON)
    assert judgements(company) == {"E1": 92, "E2": 85, "NA": 85}


def test_a_corrected_sheet_counts_and_its_blanks_take_nothing_away(company):
    drop(company, judged("M1", PEOPLE, {"E1": 91, "E2": 92}))
    receive(company, NOON)
    drop(company, judged("M1", PEOPLE, {"E1": 71}))
    receive(company, later(5))
    assert judgements(company) == {"E1": 71, "E2": 92, "NA": 85}
    assert len(received(company)) == 2
    assert len(kept(company)) == 4


def test_a_dash_takes_back_what_sheets_gave(company):
    drop(company, judged("M1", PEOPLE, {"E1": 91, "E2": 92}))
    receive(company, NOON)
    drop(company, judged("M1", PEOPLE, {"E1": "-"}))
    receive(company, later(5))
    assert judgements(company) == {"E1": 85, "E2": 92, "NA": 85}  # the company's own export stands again
    assert received(company)[-1].withdrawn == (code("E1"),)


def test_the_same_workbook_again_is_nothing_new(company):
    content = judged("M1", PEOPLE, {"E1": 91})
    drop(company, content)
    receive(company, NOON)
    before = kept(company)
    drop(company, content, "copy of M1.xlsx")
    (outcome,) = receive(company, later(5))
    assert outcome.state == "known"
    assert (len(received(company)), kept(company), in_folder(company)) == (1, before, [])


def test_two_of_one_drop_count_in_the_order_they_were_saved(company):
    drop(company, judged("M1", PEOPLE, {"E1": 91}), "a.xlsx", at=200)
    drop(company, judged("M1", PEOPLE, {"E1": 71}), "b.xlsx", at=100)
    receive(company, NOON)
    assert judgements(company)["E1"] == 91


def test_a_bad_workbook_stays_untouched_and_the_good_ones_go_on(company):
    bad = judged("M1", PEOPLE, {"E1": 101, "E2": "x"})
    path = drop(company, bad, "bad.xlsx")
    drop(company, judged("M1", PEOPLE, {"E1": 91}), "good.xlsx")
    outcomes = {each.file: each for each in receive(company, NOON)}
    assert outcomes["good.xlsx"].state == "received"
    assert [each.where for each in outcomes["bad.xlsx"].problems] == ["bad.xlsx, 评分!K3", "bad.xlsx, 评分!K4"]
    assert path.read_bytes() == bad
    assert judgements(company)["E1"] == 91
    assert [each.file for each in refusals(company)] == ["bad.xlsx"]


def test_excel_lock_files_and_hidden_files_are_left_alone(company):
    for name in ("~$M1.xlsx", ".hidden.xlsx", "notes.txt"):
        drop(company, b"x", name)
    assert receive(company, NOON) == ()
    assert len(in_folder(company)) == 3


@pytest.mark.parametrize(("head", "what"), [
    ({"company": "别家"}, "it is a sheet of 别家"), ({"sheet": "2026-10/M9"}, "the sheet 2026-10/M9 was not made here"),
    ({"for": "E1"}, "was made for somebody else"), ({"period": "2026-09"}, "was not made here"),
])  # fmt: skip
def test_a_sheet_that_was_not_made_here_for_this_rater_is_refused(company, head, what):
    drop(company, judged("M1", PEOPLE, {"E1": 91}, **head))
    (outcome,) = receive(company, NOON)
    assert what in str(outcome.problems[0])
    assert received(company) == []


def of_september():
    ((told, keys),) = asked("M1", "E1")
    return [(told, keys | {"period": "2026-09"})]


@pytest.mark.parametrize("rows", [asked("M1", "E9"), asked("E2", "E1"), of_september()])
def test_judgements_nobody_asked_of_this_rater_are_refused(company, rows):
    drop(company, workbook({"judgements": rows}, [("judgements", 0, "score", 100)]))
    (outcome,) = receive(company, NOON)
    assert "this judgement was not asked of this rater" in str(outcome.problems[0])


@pytest.mark.parametrize("name", ["M1.xls", "M1.csv", "M1.ods"])
def test_other_kinds_of_tables_are_refused_with_what_to_do(company, name):
    drop(company, b"x", name)
    (outcome,) = receive(company, NOON)
    assert "save it as .xlsx" in str(outcome.problems[0])


def test_a_row_filled_in_otherwise_takes_the_place_of_what_it_said(company):
    head = {"sheet": "2026-10/department-desk", "kind": "department", "department": "desk"}
    say_made(company, sheet=head["sheet"], kind="department")

    def leave(day):
        cells = zip(("person", "day", "kind"), ("E1 艾", day, "请假"), strict=True)
        return workbook({"attendance": blanks("attendance")}, [("attendance", 0, *each) for each in cells], **head)

    for minutes, day in ((0, "2026-10-12"), (5, "2026-10-13")):
        drop(company, leave(day), "desk.xlsx")
        receive(company, later(minutes))
    days = Staged(company).con.execute("select cast(day as varchar) from attendance").fetchall()
    assert days == [("2026-10-13",)]


def test_events_of_a_sheet_made_again_are_added_not_replaced(company):
    head = {"sheet": "2026-10/department-desk", "kind": "department", "department": "desk"}
    say_made(company, sheet=head["sheet"], kind="department")
    assert "表扬" in CHOICES["event_kinds"]

    def praise(made_at):
        told = {"subject": "E1 艾", "kind": "表扬", "occurred_on": "2026-10-12"}
        cells = [("events", 0, name, value) for name, value in told.items()]
        return workbook({"events": blanks("events")}, cells, **head, made_at=made_at)

    for minutes, made_at in ((0, "2026-11-02T01:00:00Z"), (5, "2026-11-02T02:00:00Z")):
        drop(company, praise(made_at), "desk.xlsx")
        receive(company, later(minutes))
    rows = Staged(company).con.execute("select kind, employee_id, entered_by from events").fetchall()
    assert rows == [("praise", "E1", "M1")] * 2


def test_events_of_a_sheet_that_names_nobody_are_refused(company):
    head = {"sheet": "2026-10/department-desk", "kind": "department", "department": "desk", "for": ""}
    say_made(company, sheet=head["sheet"], kind="department", made_for="")
    told = {"subject": "E1 艾", "kind": "表扬", "occurred_on": "2026-10-12"}
    cells = [("events", 0, name, value) for name, value in told.items()]
    drop(company, workbook({"events": blanks("events")}, cells, **head))
    (outcome,) = receive(company, NOON)
    assert "made for nobody" in str(outcome.problems[0])


def tiny_explained(company, revision):
    """The rows behind E1's judgement, as `jixiao explain` shows them."""
    said = load_results(wiring.ledger(company), revision.id)
    person = next(each for each in said.people if each.employee_id == "E1")
    return judgement_rows(company, revision, "E1", found(said, person, "product_knowledge"), 5)


def test_a_run_takes_sheets_in_and_shows_those_it_could_not(company):
    drop(company, judged("M1", PEOPLE, {"E1": 40}))
    drop(company, judged("M1", PEOPLE, {"E2": 400}), "bad.xlsx")
    revision = tiny.run(company.root)
    results = {person.employee_id: person for person in views.results(company, parse("2026-10")).people}
    assert results["E1"].score < results["E2"].score
    shown = [row for row in views.findings(company, parse("2026-10")) if row["check"] == "sheets.refused"]
    assert [(row["severity"], row["rows"]) for row in shown] == [("warning", 1)]
    assert "bad.xlsx" in str(shown[0]["message"])
    told = tiny_explained(company, revision)
    assert [(row["rater"], row["score"], row["row"]) for row in told] == [("M1", "40.0000", 3)]
    assert told[0]["file"] == received(company)[0].path
    shutil.rmtree(company.root / company.settings.sheets.folder)
    assert tiny.run(company.root).id == revision.id  # what lay in the folder is no part of the revision
