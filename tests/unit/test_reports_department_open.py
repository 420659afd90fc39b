"""What still waits for somebody when a revision is made: from the journal, as it stood then."""

from datetime import UTC, date, datetime

import pytest

from flows import wiring
from flows.appeals import filing, judging
from flows.appeals.filing import Said
from flows.report_open import Asked, Row, open_sheets, waiting
from flows.sheets.model import SHEET, Made, Received
from flows.warehouse import journal
from flows.warehouse.journal import Draft
from tests.procedure_kit import PERIOD, day
from tests.sample_results import results

FIRST = date(2026, 11, 23)
LATE = datetime(2026, 12, 21, 9, tzinfo=UTC)
KEY = "product_knowledge"
RATED = f"E1|{KEY}|manager"


def write(desk, body, by="M1"):
    journal.append(wiring.ledger(desk.company), [Draft(PERIOD.key, SHEET, body.sheet, body, by)], day(FIRST))


def made(rows, rater="E2"):
    return Made(
        sheet=f"{PERIOD.key}/{rater}", kind="rater", made_for=rater, path="a", sha256="a", layout="l", rows=rows
    )


def received(given=(), withdrawn=(), rater="E2", name="b"):
    return Received(
        sheet=f"{PERIOD.key}/{rater}", kind="rater", made_for=rater, file=name, path=name, sha256=name, given=given,
        withdrawn=withdrawn, counts={},
    )  # fmt: skip


def open_items(desk, number=2, **more):
    revision = desk.run(number, **more)
    return waiting(desk.engine, desk.company, revision).get("desk", ())


def file(desk):
    said = Said("E1", "first_response_seconds", expected="90", actual="100", reason="r", evidence="e")
    return filing.file(desk.company, PERIOD, said, FIRST, day(FIRST), by="E1").appeal


def test_nothing_is_open(desk):
    assert waiting(desk.engine, desk.company, desk.revision) == {}


def test_an_appeal_waits_for_hr_until_it_has_a_judge(desk):
    appeal = file(desk)
    (item,) = open_items(desk)
    assert (item.kind, item.ref, item.about, item.waits_for) == ("appeal", appeal.id, ("E1",), "")
    assert "nobody is named yet" in item.says.en
    judging.assign(desk.company, appeal.id, "E2", FIRST, day(FIRST), by="M1")
    (item,) = open_items(desk, 3)
    assert (item.waits_for, item.overdue) == ("E2", False)
    assert item.due_on > FIRST


def test_what_was_filed_after_the_revision_is_not_on_it(desk):
    file(desk)
    assert waiting(desk.engine, desk.company, desk.revision) == {}


def test_an_appeal_that_should_be_decided_is_overdue(desk):
    file(desk)
    (item,) = open_items(desk, made=LATE)
    assert item.overdue


def test_a_decided_appeal_is_not_open(desk):
    appeal = file(desk)
    judging.assign(desk.company, appeal.id, "E2", FIRST, day(FIRST), by="M1")
    judging.decide(desk.company, appeal.id, judging.Ruling("rejected", "right"), FIRST, day(FIRST), by="E2")
    assert open_items(desk) == ()


def test_a_sheet_is_open_until_all_its_rows_came_back(desk):
    write(desk, made((RATED, f"NA|{KEY}|manager")))
    (item,) = open_items(desk)
    assert (item.kind, item.waits_for, item.about) == ("sheet", "E2", ("E1", "NA"))
    assert "2 ratings missing" in item.says.en
    write(desk, received((RATED,)))
    assert [item.about for item in open_items(desk, 3)] == [("NA",)]
    write(desk, received((f"NA|{KEY}|manager",), name="c"))
    assert open_items(desk, 4) == ()


def test_a_rating_that_was_taken_back_is_missing_again(desk):
    write(desk, made((RATED,)))
    write(desk, received((RATED,)))
    write(desk, received(withdrawn=(RATED,), name="c"))
    assert [item.about for item in open_items(desk)] == [("E1",)]


def test_a_rating_that_came_with_another_export_is_not_missing(desk):
    write(desk, made((RATED,), rater="M1"))  # M1 judged E1 in the export
    assert open_items(desk) == ()


@pytest.mark.parametrize("row", [f"E99|{KEY}|manager"])
def test_somebody_the_results_do_not_know_is_nobodys_matter(desk, row):
    write(desk, made((row,)))
    assert open_items(desk) == ()


def test_overdue_ones_stand_first(desk):
    file(desk)
    write(desk, made((RATED,)))
    found = open_items(desk, made=LATE)
    assert [item.overdue for item in found] == sorted((item.overdue for item in found), reverse=True)
    assert len(found) == 2


def test_who_rates_without_a_name_is_not_named():
    """Two colleagues who may stay unnamed: their sheets are one item, about nobody; the manager's is named."""
    asked = {"skill": Asked(date(2026, 11, 6), frozenset({"peer"}))}
    rows = [Row("a", "E3002", "E3001", "skill", "peer"), Row("b", "E3003", "E3001", "skill", "peer"),
            Row("c", "E1001", "E3001", "skill", "manager")]  # fmt: skip
    hidden, named = (item for _, item in open_sheets(rows, asked, results(), date(2026, 11, 9)))
    assert (hidden.ref, hidden.about, hidden.waits_for, hidden.overdue) == ("", (), "", True)
    assert "2 missing" in hidden.says.en
    assert (named.ref, named.about, named.waits_for) == ("c", ("E3001",), "E1001")


def test_an_indicator_no_scheme_asks_for_has_no_day():
    ((_, item),) = open_sheets([Row("c", "E1001", "E3001", "gone", "manager")], {}, results(), date(2026, 11, 9))
    assert (item.due_on, item.overdue) == (None, False)
