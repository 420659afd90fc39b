"""What a filled workbook says, cell by cell: read where it can mean one thing only, else refused with file, tab, cell."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sheets import reading
from flows.sheets.cells import Cell, CellError, number
from flows.sheets.reading import RefusedWorkbook
from flows.sheets.returned import Stamp, rows_of
from tests.sheet_kit import NOON, TITLES, asked, blanks, judged, target, workbook

# A day as Excel holds it: without a zone.
A_DATE = datetime.fromisoformat("2026-03-30")
STAMP = Stamp(NOON, datetime.fromisoformat("2026-11-03 12:00:00"), "data/sheets/received/2026-10/M1.xlsx", "M1")
DEPARTMENT = {"sheet": "2026-10/department-desk", "kind": "department", "department": "desk"}


def returned(content):
    return rows_of(reading.read("M1.xlsx", content), STAMP)


def scored(value, number_format="General"):
    """The score that a cell gives."""

    def change(book):
        cell = book[TITLES["judgements"]].cell(3, 11)
        cell.value, cell.number_format = value, number_format

    rows = returned(workbook({"judgements": asked("M1", "E1")}, change=change)).tables["judgements"]
    return rows[0]["score"]


def wrong(content):
    with pytest.raises(RefusedWorkbook) as refused:
        returned(content)
    return [str(each) for each in refused.value.problems]


@pytest.mark.parametrize(("value", "number_format", "score"), [
    (85, "General", "85"), (85.5, "0.0", "85.5"), ("85", "@", "85"), ("９０", "@", "90"), ("90分", "@", "90"),
    (" 90 points", "@", "90"), ("90%", "@", "90"), (0.9, "0%", "90"), (0.1 + 0.2, "General", "0.3"), (0, "General", "0"),
    (100, "General", "100"),
])  # fmt: skip
def test_a_score_is_read_as_the_person_saw_it(value, number_format, score):
    assert scored(value, number_format) == score


@pytest.mark.parametrize(("value", "what"), [
    (101, "101 is above 100"), (-1, "-1 is below 0"), ("good", "'good' is not a number"), (True, "true or false"),
    (A_DATE, "a date or time"), ("#DIV/0!", "the error value"), (33.33333, "more than 4 decimals"),
    ("85 or 90", "is not a number"), ("8,5", "is not a number"), ("=80+5", "a formula without a result"),
])  # fmt: skip
def test_what_can_mean_two_things_is_refused_with_its_cell(value, what):
    (told,) = wrong(judged("M1", ["E1"], {"E1": value}))
    assert told.startswith("M1.xlsx, 评分!K3: ")
    assert what in told


def test_every_wrong_cell_is_named_at_once():
    told = wrong(judged("M1", ["E1", "E2", "E3"], {"E1": 101, "E2": 80, "E3": "x"}))
    assert [each.split(":")[0] for each in told] == ["M1.xlsx, 评分!K3", "M1.xlsx, 评分!K5"]


def test_a_blank_cell_is_not_judged_yet_and_a_dash_takes_back():
    found = returned(judged("M1", ["E1", "E2", "E3"], {"E1": 80, "E3": "－"}))
    told = [(row["employee_id"], row.get("score"), row["withdrawn"]) for row in found.tables["judgements"]]
    assert told == [("E1", "80", "false"), ("E3", None, "true")]
    assert (len(found.given), len(found.withdrawn)) == (1, 1)


def test_a_row_carries_who_gave_it_when_and_its_excel_row():
    (row,) = returned(judged("M1", ["E1", "E2"], {"E2": 80})).tables["judgements"]
    assert row["rater_id"] == "M1"
    assert row["given_at"] == "2026-11-03 12:00:00"
    assert (row["workbook"], row["workbook_row"]) == (STAMP.workbook, "4")


def test_a_comment_without_a_score_gives_nothing():
    content = workbook({"judgements": asked("M1", "E1")}, [("judgements", 0, "comment", "good work")])
    assert returned(content).tables == {}


def test_a_comment_that_is_too_long_is_refused():
    cells = [("judgements", 0, "score", 80), ("judgements", 0, "comment", "长" * 501)]
    (told,) = wrong(workbook({"judgements": asked("M1", "E1")}, cells))
    assert told.startswith("M1.xlsx, 评分!L3: the text has 501 characters")


def test_a_target_is_written_in_the_unit_people_read():
    tabs = {"targets": [target("E1"), target("E1", "conversion_rate", "0.01"), target("E2")]}
    cells = [("targets", 0, "value", 1234.56), ("targets", 1, "value", 12.5)]
    rows = returned(workbook(tabs, cells, **DEPARTMENT)).tables["targets"]
    assert [(row["metric"], row["value"]) for row in rows] == [("paid_amount", "123456"), ("conversion_rate", "0.125")]


def test_events_say_whom_what_and_when():
    cells = [
        ("events", 0, "subject", "E1 艾"), ("events", 0, "kind", "表扬"), ("events", 0, "occurred_on", "10月12日"),
        ("events", 2, "subject", "Desk"), ("events", 2, "kind", "order_error"),
        ("events", 2, "occurred_on", datetime.fromisoformat("2026-10-31")), ("events", 2, "quantity", 2),
    ]  # fmt: skip
    first, second = returned(workbook({"events": blanks("events")}, cells, **DEPARTMENT)).tables["events"]
    assert (first["employee_id"], first["kind"], first["occurred_on"], first["quantity"]) == (
        "E1", "praise", "2026-10-12", "1",
    )  # fmt: skip
    assert (second["department_id"], second["kind"], second["quantity"]) == ("desk", "order_error", "2")
    assert first["event_id"] != second["event_id"]


def test_an_incomplete_event_names_each_empty_cell():
    told = wrong(workbook({"events": blanks("events")}, [("events", 1, "quantity", 3)], **DEPARTMENT))
    assert [each.split(": ")[0] for each in told] == [f"M1.xlsx, 记录!{cell}4" for cell in "BCD"]


@pytest.mark.parametrize(("tab", "column", "value", "what"), [
    ("attendance", "day", datetime.fromisoformat("2026-11-01"), "2026-11-01 is not in 2026-10"),
    ("attendance", "day", 46307, "is not a day"),
    ("attendance", "person", "E9", "'E9' is not on the list"),
    ("attendance", "kind", "holiday", "'holiday' is not on the list"),
    ("attendance", "overtime_hours", 25, "25 is above 24"),
])  # fmt: skip
def test_people_kinds_days_and_hours_are_checked(tab, column, value, what):
    right = {"person": "E1 艾", "day": datetime.fromisoformat("2026-10-12"), "kind": "请假"}
    cells = [(tab, 0, name, each) for name, each in (right | {column: value}).items()]
    (told,) = wrong(workbook({tab: blanks(tab)}, cells, **DEPARTMENT))
    assert what in told


def test_two_rows_about_the_same_day_are_refused():
    cells = [
        ("attendance", row, name, value)
        for row in (0, 1)
        for name, value in {"person": "E1 艾", "day": datetime.fromisoformat("2026-10-12"), "kind": "请假"}.items()
    ]
    (told,) = wrong(workbook({"attendance": blanks("attendance")}, cells, **DEPARTMENT))
    assert told.startswith("M1.xlsx, 考勤!B4: row 3 says something of the same too")


def test_exam_points_are_at_most_the_best_possible():
    told = {"person": "E1", "exam": "rules", "taken_on": "2026-10-20", "score": 11, "score_max": 10}
    cells = [("exams", 0, name, value) for name, value in told.items()]
    assert "11 is above the best possible, 10" in wrong(workbook({"exams": blanks("exams")}, cells, **DEPARTMENT))[0]


def moved(book):
    sheet = book[TITLES["judgements"]]
    sheet["A3"].value, sheet["A4"].value = sheet["A4"].value, sheet["A3"].value


def renamed_person(book):
    book[TITLES["judgements"]]["B3"].value = "E2"


@pytest.mark.parametrize(("change", "cell"), [(moved, "A3"), (renamed_person, "B3")])
def test_rows_that_were_moved_or_rewritten_are_refused(change, cell):
    told = wrong(workbook({"judgements": asked("M1", "E1", "E2")}, change=change))
    assert told[0].startswith(f"M1.xlsx, 评分!{cell}: ")


def test_keys_that_are_not_those_of_the_rows_code_are_refused():
    ((told, keys),) = asked("M1", "E1")
    (wrong_row,) = wrong(workbook({"judgements": [(told, keys | {"indicator": "service_skill"})]}))
    assert wrong_row.startswith("M1.xlsx, 评分!A3: this row is not the one that was made here")


def test_a_tab_that_was_renamed_is_refused():
    def change(book):
        book[TITLES["judgements"]].title = "Sheet1"

    (told,) = wrong(workbook({"judgements": asked("M1", "E1")}, change=change))
    assert told.startswith("M1.xlsx, 评分: the tab is missing — ")


@pytest.mark.parametrize(("content", "what"), [
    (b"", "cannot be opened"), (b"PK\x03\x04 torn", "cannot be opened"),
    (workbook({}, change=lambda book: book.remove(book["_jixiao"]) or book.create_sheet("x")), "not a sheet that jixiao"),
    (workbook({}, layout="0"), "it has layout 0"), (workbook({}, period="soon"), "'soon' is not a period"),
])  # fmt: skip
def test_what_is_no_sheet_of_ours_is_refused_whole(content, what):
    (told,) = wrong(content)
    assert told.startswith("M1.xlsx: ")
    assert what in told


@given(st.decimals(min_value=0, max_value=100, places=4))
def test_a_number_survives_the_cell_whether_typed_as_number_or_text(value):
    for typed in (
        float(value),
        f"{value:f}",
        f"{value:f}".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        assert number(Cell(typed), Decimal(0), Decimal(100)) == value


@given(st.text(max_size=12))
def test_no_text_is_ever_read_as_a_number_beyond_the_limits(said):
    try:
        found = number(Cell(said), Decimal(0), Decimal(100))
    except CellError:
        return
    assert 0 <= found <= 100
