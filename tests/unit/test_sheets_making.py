"""Workbooks going out, as somebody who opens them finds them: what is asked, what is open, what the journal knows."""

import hashlib
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from flows import wiring
from flows.company import Company
from flows.schemes import load_schemes
from flows.settings import load_company
from flows.sheets import making, reading
from flows.sheets.dues import Dues, due_days_of
from flows.sheets.expected import Expected, expected, in_role
from flows.sheets.layout import FIRST_ROW, HEAD, HIDDEN, TABS, place
from flows.sheets.made import last_made
from flows.sheets.raters import RaterRules, load_raters
from flows.sheets.returned import Stamp, rows_of
from flows.sheets.situation import situation
from tests import scheme_kit, tiny_company
from transforms.errors import ConfigError, NotFoundError
from transforms.period import parse

OCTOBER, AT = parse("2026-10"), datetime(2026, 11, 2, 1, tzinfo=UTC)
RATERS = "raters:\n  - {role: manager, whom: {employees: [M1]}, raters: [E1]}\n"
MORE = """
  - effective_from: 2026-06-01
    approved: {by: HR, date: 2026-05-01}
    judged_by: {roles: {manager: 60, self: 20, peer: 20}, anonymous: [peer], least: 2, raters: {peer: 2}}
    indicators:
      - {metric: first_response_seconds, weight: 40, score: {linear: {zero_at: 90, full_at: 20}}}
      - {metric: paid_amount, weight: 20, target: {from: targets}, score: {target: {}}}
      - {event: praise, weight: 10, title: {zh-Hans: 表扬, en: Praise}, score: {events: {start: 50, each: 10}}}
      - manual: product_knowledge
        weight: 20
        title: {zh-Hans: 产品知识, en: Product knowledge}
        score: {manual: {roles: {manager: 100}}}
      - {manual: care, weight: 10, title: {zh-Hans: =用心, en: "=Care {x}"}}
    grades: {good: 80, qualified: 60}
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The tiny company with 360 degrees, a target and an event in its scheme; run once."""
    root = tiny_company.build(tmp_path_factory.mktemp("making"))
    scheme = root / tiny_company.SCHEME_YAML
    scheme.write_text(scheme.read_text("utf-8") + MORE.lstrip("\n"), "utf-8")
    (root / "config" / "raters.yaml").write_text(RATERS, "utf-8")
    tiny_company.run(root)
    return load_company(root)


@pytest.fixture(scope="module")
def made(company: Company) -> dict[str, Path]:
    """Every workbook of October, by sheet."""
    return {each.sheet: each.path for each in making.make(company, OCTOBER, AT).workbooks}


@pytest.fixture(scope="module")
def owed(company: Company) -> Expected:
    """Who owes what."""
    found = situation(company, OCTOBER)
    return expected(found.book, load_schemes(company), load_raters(company), due_days_of(company))


def opened(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def hidden(path: Path, kind: str) -> list[tuple[object, ...]]:
    return [row for row in opened(path)[HIDDEN].iter_rows(values_only=True) if row[0] == kind]


def column(path: Path, name: str) -> list[object]:
    """A column of the tab of judgements."""
    page = opened(path)["Judgements"]
    return [page.cell(row, place("judgements", name)).value for row in range(FIRST_ROW, page.max_row + 1)]


def filled(path: Path, *cells: tuple[str, int, str, object], tab: str = "judgements") -> bytes:
    """The workbook with cells filled in, as a person saves it."""
    book = opened(path)
    for title, row, name, value in cells:
        book[title].cell(row, place(tab, name)).value = value  # type: ignore[arg-type]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- who owes what -----------------------------------------------------------------------------------------------


def test_managers_judge_their_people_everybody_himself_and_colleagues_each_other(owed: Expected) -> None:
    asked = {(each.rater_id, each.employee_id, each.role) for each in owed.asked if each.indicator == "care"}
    people = {"E1", "E2", "NA"}
    assert {(rater, who) for rater, who, role in asked if role == "manager"} == {
        ("E1", "M1"),
        *(("M1", p) for p in people),
    }
    assert {(rater, who) for rater, who, role in asked if role == "self"} == {(p, p) for p in {*people, "M1"}}
    assert {(rater, who) for rater, who, role in asked if role == "peer"} == {
        (rater, who) for rater in people for who in people - {rater}
    }


def test_a_manager_without_peers_is_told_as_a_shortfall(owed: Expected) -> None:
    assert [(each.employee_id, each.role, each.wanted, each.found) for each in owed.shortfalls] == [
        ("M1", "peer", 2, 0)
    ]


def test_without_a_rule_nobody_judges_a_manager(company: Company) -> None:
    found = expected(situation(company, OCTOBER).book, load_schemes(company), RaterRules(), due_days_of(company))
    assert not [each for each in found.asked if each.employee_id == "M1" and each.role == "manager"]
    assert ("M1", "product_knowledge", "manager", 1, 0) in {
        (each.employee_id, each.indicator, each.role, each.wanted, each.found) for each in found.shortfalls
    }


def test_the_first_rule_that_fits_counts_and_nobody_judges_himself(company: Company) -> None:
    rules = RaterRules.model_validate({"raters": [
        {"role": "manager", "whom": {"employees": ["E1"]}, "indicators": ["care"], "raters": ["E2", "E1", "E2"]},
        {"role": "manager", "whom": {"departments": ["desk"]}, "raters": ["NA"], "until": "2026-10-30"},
        {"role": "manager", "raters": ["M1"]},
    ]})  # fmt: skip
    found = expected(situation(company, OCTOBER).book, load_schemes(company), rules, due_days_of(company))
    raters = {(each.employee_id, each.indicator): each.rater_id for each in found.asked if each.role == "manager"}
    assert raters[("E1", "care")] == "E2"
    assert raters[("E1", "product_knowledge")] == "M1"  # the second rule ended a day before the month did
    assert ("M1", "care") not in raters


def test_a_rater_who_does_not_work_here_is_missing_not_asked(company: Company) -> None:
    rules = RaterRules.model_validate({"raters": [{"role": "manager", "raters": ["X9"]}]})
    found = expected(situation(company, OCTOBER).book, load_schemes(company), rules, due_days_of(company))
    assert "X9" not in {each.rater_id for each in found.asked}
    assert {each.employee_id for each in found.shortfalls if each.role == "manager"} == {"E1", "E2", "M1", "NA"}


def test_somebody_who_left_is_judged_and_judges_nobody_any_more(tmp_path: Path) -> None:
    first, left = date(2025, 1, 1), date(2026, 10, 20)
    inputs = scheme_kit.company(
        [("M1", "cs", first, None, "manager"), ("E1", "cs", first, left, "member"), ("E2", "cs", first, None, "member")],
        employees=[(who, first, first, left if who == "E1" else None) for who in ("M1", "E1", "E2")],
    )  # fmt: skip
    scheme = scheme_kit.read(tmp_path, scheme_kit.text_of(scheme_kit.MANUAL.format(weight=100)))
    found = expected(scheme_kit.book(inputs=inputs), (scheme,), RaterRules(), _october)
    asked = {(each.rater_id, each.employee_id, each.role) for each in found.asked}
    assert asked == {("M1", "E1", "manager"), ("M1", "E2", "manager"), ("E2", "E2", "self"), ("M1", "M1", "self")}


def _october(*_: object) -> Dues:
    return Dues(*(date(2026, 11, day) for day in (2, 6, 10, 13)))


def test_of_more_peers_than_the_scheme_wants_some_are_drawn_the_same_ones_every_time(company: Company) -> None:
    text = (
        (company.config / "schemes" / "desk.yaml").read_text("utf-8").replace("raters: {peer: 2}", "raters: {peer: 1}")
    )
    path = company.config / "schemes" / "one_peer.yml"
    path.write_text(text, "utf-8")
    from flows.schemes import load_scheme

    try:
        scheme = load_scheme(path)
    finally:
        path.unlink()
    book = situation(company, OCTOBER).book
    drawn = [expected(book, (scheme,), RaterRules(), due_days_of(company)).asked for _ in range(2)]
    peers = [(each.employee_id, each.rater_id) for each in drawn[0] if each.role == "peer"]
    assert drawn[0] == drawn[1]
    assert sorted(who for who, _ in peers) == ["E1", "E2", "NA"]
    assert all(who != rater for who, rater in peers)


def test_a_mistake_in_raters_yaml_is_named_with_its_line(company: Company, tmp_path: Path) -> None:
    broken = Company(tmp_path, company.settings)
    broken.config.mkdir()
    (broken.config / "raters.yaml").write_text("raters:\n  - {role: boss, raters: [E1]}\n", "utf-8")
    with pytest.raises(ConfigError, match="'boss' is not allowed for role") as caught:
        load_raters(broken)
    assert caught.value.where is not None
    assert caught.value.where.line == 2


def test_the_manager_who_is_there_at_the_end_judges_not_the_one_who_left() -> None:
    first, last = date(2025, 1, 1), date(2026, 10, 15)
    inputs = scheme_kit.company([
        ("M1", "cs", first, last, "manager"), ("M2", "cs", date(2026, 10, 16), None, "manager"),
        ("E1", "cs", first, None, "member"),
    ])  # fmt: skip
    assert in_role(scheme_kit.book(inputs=inputs), OCTOBER, "cs", "manager") == ("M2",)
    alone = scheme_kit.company([("M1", "cs", first, last, "manager"), ("E1", "cs", first, None, "member")])
    assert in_role(scheme_kit.book(inputs=alone), OCTOBER, "cs", "manager") == ("M1",)


# --- the workbooks -----------------------------------------------------------------------------------------------


def test_every_rater_and_every_department_gets_one(made: dict[str, Path]) -> None:
    assert sorted(made) == ["2026-10/E1", "2026-10/E2", "2026-10/M1", "2026-10/NA", "2026-10/department-desk"]
    assert made["2026-10/department-desk"].name == "department-desk.xlsx"


def test_the_hidden_tab_says_what_a_reader_goes_by(made: dict[str, Path]) -> None:
    book = opened(made["2026-10/E1"])
    assert book[HIDDEN].sheet_state == "hidden"
    assert book.security.lockStructure
    head = {row[1]: row[2] for row in hidden(made["2026-10/E1"], "head")}
    assert tuple(head) == HEAD
    assert (head["sheet"], head["kind"], head["for"], head["period"]) == ("2026-10/E1", "rater", "E1", "2026-10")
    rows = hidden(made["2026-10/E1"], "row")
    assert [row[2] for row in rows] == column(made["2026-10/E1"], "code")
    keys = [json.loads(str(row[4])) for row in rows]
    assert {each["rater_id"] for each in keys} == {"E1"}
    assert {"employee_id": "M1", "indicator": "care", "period": "2026-10", "rater_id": "E1", "role": "manager"} in keys


def test_only_inputs_are_open_and_no_password_is_asked_for(made: dict[str, Path]) -> None:
    page = opened(made["2026-10/M1"])["Judgements"]
    assert page.protection.sheet
    assert page.protection.password is None
    inputs = {each.name for each in TABS["judgements"] if each.is_input}
    for cell in page[FIRST_ROW]:
        name = TABS["judgements"][cell.column - 1].name
        assert cell.protection.locked is (name not in inputs), name


def test_a_score_cell_takes_0_to_100_or_a_dash_and_lists_refuse_other_words(made: dict[str, Path]) -> None:
    page = opened(made["2026-10/M1"])["Judgements"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert rules["K3"].formula1 == 'OR(K3="-",AND(ISNUMBER(K3),K3>=0,K3<=100))'
    assert rules["K3"].showErrorMessage
    events = opened(made["2026-10/department-desk"])["Events"].data_validations.dataValidation
    listed = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in events if rule.type == "list"}
    assert listed["B3"].startswith("'_jixiao'!$C$")


def test_text_stays_text_whatever_it_looks_like(made: dict[str, Path]) -> None:
    page = opened(made["2026-10/M1"])["Judgements"]
    cells = [page.cell(row, place("judgements", "indicator")) for row in range(FIRST_ROW, page.max_row + 1)]
    assert {(cell.value, cell.data_type) for cell in cells} == {("Product knowledge", "s"), ("=Care {x}", "s")}


def test_facts_stand_beside_ones_own_people_and_never_beside_a_colleague(made: dict[str, Path]) -> None:
    roles = column(made["2026-10/E1"], "role")
    facts = column(made["2026-10/E1"], "facts")
    told = dict(zip(roles, facts, strict=True))
    assert set(told) == {"Oneself", "Peer", "Manager"}
    assert told["Oneself"] == "First response time 20.0 s\nPaid amount ¥3,100.00\nPraise 0"
    assert told["Peer"] is None
    assert column(made["2026-10/E1"], "last_score") == [None] * len(roles)  # September was never run


def test_last_score_is_the_mean_of_the_month_before_unless_raters_are_anonymous(company: Company) -> None:
    """Of a month that was not run, the facts are those of the month before, too."""
    (november,) = making.make(company, parse("2026-11"), AT, rater="M1").workbooks
    told = zip(*(column(november.path, name) for name in ("indicator", "role", "last_score", "facts")), strict=True)
    seen = {(indicator, role): (score, facts) for indicator, role, score, facts in told}
    assert seen["Product knowledge", "Manager"][0] == 85
    assert seen["=Care {x}", "Manager"][0] is None
    assert str(seen["Product knowledge", "Manager"][1]).startswith("First response time ")


def test_the_departments_tabs_offer_its_people_its_events_and_next_months_targets(made: dict[str, Path]) -> None:
    path = made["2026-10/department-desk"]
    offered: dict[str, list[object]] = {}
    for row in hidden(path, "choice"):
        offered.setdefault(str(row[1]), []).append(row[2])
    assert offered["people"] == ["E1 E1", "E2 E2", "M1 孟经理", "NA NA"]
    assert offered["subjects"][-1] == "Desk (department)"
    assert offered["event_kinds"] == ["Praise (praise)"]
    keys = [json.loads(str(row[4])) for row in hidden(path, "row") if row[1] == "targets"]
    assert {(each["subject_id"], each["metric"], each["period"], each["factor"]) for each in keys} == {
        (who, "paid_amount", "2026-11", "100") for who in ("E1", "E2", "M1", "NA")
    }
    page = opened(path)["Targets"]
    assert page.cell(FIRST_ROW, place("targets", "actual_1")).value == 3100


def test_what_is_filled_in_comes_back_as_rows_of_the_tables(made: dict[str, Path]) -> None:
    path = made["2026-10/M1"]
    who = column(path, "employee_id")
    content = filled(path, ("Judgements", FIRST_ROW, "score", 88), ("Judgements", FIRST_ROW + 1, "score", "-"))
    back = rows_of(reading.read("M1.xlsx", content), Stamp(AT, AT.replace(tzinfo=None), "M1.xlsx", "M1"))
    assert (len(back.given), len(back.withdrawn)) == (1, 1)
    assert back.tables["judgements"][0]["score"] == "88"
    assert back.tables["judgements"][0]["employee_id"] == who[0]
    department = made["2026-10/department-desk"]
    told = filled(department, ("Targets", FIRST_ROW, "value", 3500.5), tab="targets")
    rows = rows_of(reading.read("d.xlsx", told), Stamp(AT, AT.replace(tzinfo=None), "d.xlsx", "M1")).tables["targets"]
    assert [(row["subject_id"], row["value"]) for row in rows] == [("E1", "350050")]


# --- the journal, and making again -------------------------------------------------------------------------------


def test_the_journal_knows_each_workbook_by_its_bytes(company: Company, made: dict[str, Path]) -> None:
    entry = last_made(wiring.ledger(company), "2026-10", "2026-10/M1")
    assert entry is not None
    path = made["2026-10/M1"]
    assert (company.root / entry.path, entry.made_for) == (path, "M1")
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert list(entry.rows) == column(path, "code")


def test_making_again_leaves_what_is_there_until_it_is_asked_for(company: Company, made: dict[str, Path]) -> None:
    path = made["2026-10/NA"]
    path.write_bytes(filled(path, ("Judgements", FIRST_ROW, "score", 77)))
    judged = path.read_bytes()
    again = making.make(company, OCTOBER, AT)
    assert not any(each.is_new for each in again.workbooks)
    assert path.read_bytes() == judged
    (anew,) = making.make(company, OCTOBER, AT, rater="NA", again=True).workbooks
    assert anew.is_new
    assert path.with_name("NA.1.xlsx").read_bytes() == judged
    assert column(path, "score") == [None] * len(column(path, "score"))


def test_a_workbook_whose_entry_was_lost_is_written_down_by_the_next_make(
    company: Company, made: dict[str, Path]
) -> None:
    """As after a run that was killed between the file and the journal."""
    path = company.data / "sheets" / "out" / "2026-09" / "E2.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(made["2026-10/E2"].read_bytes())
    (found,) = making.make(company, parse("2026-09"), AT, rater="E2").workbooks
    entry = last_made(wiring.ledger(company), "2026-09", "2026-09/E2")
    assert not found.is_new
    assert entry is not None
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_somebody_who_owes_nothing_gets_no_workbook(company: Company) -> None:
    with pytest.raises(NotFoundError, match="X9 judges nobody in 2026-10"):
        making.make(company, OCTOBER, AT, rater="X9")


def test_a_name_that_is_no_file_name_is_made_one() -> None:
    assert making.file_stem("2026-10/E1001") == "E1001"
    assert making.file_stem("2026-10/a/../b") != making.file_stem("2026-10/a_.._b")
    assert "/" not in making.file_stem("2026-10/a/../b")
