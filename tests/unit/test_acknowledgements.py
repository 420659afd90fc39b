"""Acknowledgements: to which document an answer belongs, and who is silent, objects, or acknowledged."""

from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from flows.appeals import acknowledging, filing
from flows.appeals.acknowledging import ACK, states
from flows.appeals.answers import pages, rows
from flows.appeals.filing import Said
from flows.appeals.handed import handed
from flows.cli.app import app
from flows.warehouse.journal import entries, last_id
from tests.procedure_kit import MADE, PEOPLE, PERIOD, day, paper
from transforms.errors import ConfigError, NotFoundError, RuleError

KEY = PERIOD.key
MONDAY = date(2026, 11, 23)


def ack(desk, who="E1", outcome="agreed", today=MONDAY, **more):
    words = {"on": MONDAY, "reference": "folder 12", "code": "", "by": "M1"} | more
    by = words.pop("by")
    said = acknowledging.answered(who, "paper", outcome, **words)
    return acknowledging.acknowledge(desk.company, PERIOD, said, today, day(today), by=by)


def stands(desk, until=None):
    return {each.employee_id: each.state for each in states(desk.engine, KEY, until)}


def test_everybody_is_silent_until_he_answers(each_desk):
    assert stands(each_desk) == dict.fromkeys(PEOPLE, "silent")
    made, new = ack(each_desk)
    assert (new, made.pdf_sha256, made.revision_number) == (True, paper("E1").pdf_sha256, 1)
    ack(each_desk, "E2", "objecting")
    assert stands(each_desk) == {"E1": "acknowledged", "E2": "objecting", "M1": "silent", "NA": "silent"}


def test_the_same_answer_again_is_not_written_again(desk):
    ack(desk)
    assert ack(desk)[1] is False
    assert len(entries(desk.engine, kinds=(ACK,))) == 1


def test_the_later_answer_counts(desk):
    ack(desk, outcome="objecting")
    ack(desk, outcome="agreed", on=MONDAY + timedelta(1), today=MONDAY + timedelta(1))
    assert stands(desk)["E1"] == "acknowledged"


def test_an_answer_to_an_earlier_document_leaves_one_silent(each_desk):
    ack(each_desk, "E1")
    ack(each_desk, "E2")
    each_desk.run(2, changed=("E1",))
    told = {each.employee_id: each for each in states(each_desk.engine, KEY)}
    assert (told["E1"].state, told["E1"].of_revision, told["E1"].on) == ("silent", 1, MONDAY)
    assert told["E2"].state == "acknowledged"  # his document says the same
    each_desk.run(3)  # what was changed was taken back
    assert stands(each_desk)["E1"] == "acknowledged"


def test_the_document_in_hands_is_the_last_one_mailed(each_desk):
    each_desk.mail("E1", at=day(MONDAY))
    each_desk.run(2, changed=("E1",))
    held = handed(each_desk.engine, KEY, "UTC")
    assert (held["E1"].revision_number, held["E1"].mailed, held["E1"].on) == (1, True, MONDAY)
    assert (held["E2"].revision_number, held["E2"].mailed, held["E2"].on) == (2, False, MADE.date())
    ack(each_desk)
    assert stands(each_desk)["E1"] == "acknowledged"  # the second one has not reached him
    each_desk.mail("E1", 2, at=day(MONDAY + timedelta(1)))
    assert stands(each_desk)["E1"] == "silent"


def test_the_code_on_the_paper_names_an_older_document(desk):
    old = paper("E1").content_sha256[:12]
    desk.run(2, changed=("E1",), made=day(MONDAY + timedelta(1)))
    with pytest.raises(RuleError, match=r"handed over on 2026-11-24.*--document CODE"):
        ack(desk, today=MONDAY + timedelta(2))
    made, _ = ack(desk, code=old.upper(), today=MONDAY + timedelta(2))
    assert (made.revision_number, made.pdf_sha256) == (1, paper("E1").pdf_sha256)
    assert stands(desk)["E1"] == "silent"


def test_an_open_appeal_makes_one_objecting(desk):
    ack(desk)
    said = Said("E1", "score", "90", "80", "r", "e")
    filing.file(desk.company, PERIOD, said, MONDAY, day(MONDAY), by="E1")
    assert stands(desk)["E1"] == "objecting"


def test_what_was_known_at_an_entry(each_desk):
    ack(each_desk)
    until = last_id(each_desk.engine)
    before = states(each_desk.engine, KEY, until)
    ack(each_desk, "E2")
    each_desk.run(2, changed=("E1",), made=day(MONDAY + timedelta(1)))
    each_desk.mail("E1", 2, at=day(MONDAY + timedelta(1)))
    assert states(each_desk.engine, KEY, until) == before  # later acts, runs and mail change nothing
    assert stands(each_desk, until)["E1"] == "acknowledged"
    assert stands(each_desk, 0) == {}
    assert stands(each_desk)["E1"] == "silent"


@pytest.mark.parametrize(("change", "error", "seen"), [
    ({"by": "E1"}, RuleError, "E1 may not record his own answer"),
    ({"by": "E9"}, NotFoundError, "there is no employee E9"),
    ({"who": "E9"}, NotFoundError, "E9 has no document of 2026-10"),
    ({"reference": " "}, RuleError, "where the paper or mail lies"),
    ({"on": MONDAY + timedelta(1)}, RuleError, "lies in the future"),
    ({"on": date(2026, 11, 19)}, RuleError, "handed over on 2026-11-20"),
    ({"code": "ffff"}, NotFoundError, "no document of E1 has the code ffff"),
    ({"outcome": "maybe"}, ConfigError, "--outcome maybe is not known"),
])  # fmt: skip
def test_answers_that_are_refused(desk, change, error, seen):
    with pytest.raises(error, match=seen):
        ack(desk, **change)
    assert entries(desk.engine, kinds=(ACK,)) == ()


def test_the_list_of_a_department(desk):
    ack(desk)
    told = {row["employee"]: (row["state"], row["on"], row["revision"]) for row in rows(desk.company, PERIOD, "desk")}
    assert told["E1"] == ("acknowledged", "2026-11-23", 1)
    assert told["NA"] == ("silent", None, None)
    with pytest.raises(NotFoundError, match=r"no department desks.*there are: desk"):
        rows(desk.company, PERIOD, "desks")


def test_the_page_of_a_department_names_everybody(desk):
    ack(desk)
    (made,) = pages(desk.company, PERIOD)
    assert made.parent == desk.company.reports / KEY / "acknowledgements"
    assert made.read_bytes().startswith(b"%PDF")
    html = made.with_suffix(".html").read_text("utf-8")
    assert all(who in html for who in PEOPLE)
    assert "acknowledged" in html


def test_the_command_without_a_word_records(desk):
    words = ["E1", KEY, "--how", "reply", "--outcome", "agreed", "--reference", "mail of 23 Nov", "--on", "2026-11-23",
             "--by", "M1", "--company", str(desk.company.root), "--as-of", "2026-11-23"]  # fmt: skip
    done = CliRunner().invoke(app, ["ack", *words])
    assert done.exit_code == 0, done.output
    assert "E1 agreed on 2026-11-23, revision 1" in done.output
    assert "was recorded before" in CliRunner().invoke(app, ["ack", "record", *words]).output
