"""Who owes what by when: the process calendar, and how far every sheet is."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import wiring
from flows.cli.app import app
from flows.company import Company, Sheets
from flows.schemes import load_scheme
from flows.settings import load_company
from flows.sheets import making
from flows.sheets.dues import Dues, dues_by
from flows.sheets.model import SHEET, Owed, Received
from flows.sheets.status import owed, standing
from flows.warehouse import journal
from flows.warehouse.journal import Draft
from flows.working_calendar import WorkingCalendar
from tests import tiny_company
from tests.tiny_company import JUDGEMENTS, SCHEME_YAML, edit, inbox
from transforms.errors import ConfigError
from transforms.period import Period, parse

OCTOBER, AT = parse("2026-10"), datetime(2026, 11, 2, 1, tzinfo=UTC)
CHINA = WorkingCalendar(official=True)
CALENDAR = "    calendar: {out: 2, back: 7, summary: {working_day: 6}, finance: 10}\n"
BEFORE, DUE, AFTER = date(2026, 11, 1), date(2026, 11, 9), date(2026, 11, 12)


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """The tiny company: M1 has judged E1, E2 and NA, but nobody is to judge M1; sheets are due on a Saturday."""
    root = tiny_company.build(tmp_path)
    edit(root / SCHEME_YAML, "    judged_by:", f"{CALENDAR}    judged_by:")
    edit(inbox(root, JUDGEMENTS), "E2,M1,85\n", "")
    return load_company(root)


def row(found: tuple[Owed, ...], rater: str) -> Owed:
    (one,) = [each for each in found if each.rater_id == rater]
    return one


def give(
    company: Company, rater: str, given: tuple[str, ...], withdrawn: tuple[str, ...] = (), name: str = "a"
) -> None:
    """A filled sheet came back."""
    body = Received(
        sheet=f"2026-10/{rater}", kind="rater", made_for=rater, file=f"{name}.xlsx", path=name, sha256=name,
        given=given, withdrawn=withdrawn, counts={"judgements": len(given)},
    )  # fmt: skip
    journal.append(wiring.ledger(company), [Draft("2026-10", SHEET, body.sheet, body, rater)], AT)


# --- the process calendar ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        # 2026-11-07 is a Saturday and moves to Monday the 9th; the sixth working day of November is the 9th.
        ("{out: 2, back: 7, summary: {working_day: 6}, finance: 10}", (2, 9, 9, 10)),
        ("{out: 1, back: 7, summary: 8, finance: 10, on_day_off: previous}", (30, 6, 6, 10)),
        ("{out: 1, back: 7, summary: 8, finance: 31, on_day_off: same}", (1, 7, 8, 30)),
        ("{out: {working_day: 1}, back: {working_day: 23}, summary: {working_day: 23}, finance: 31}", (2, 30, 30, 30)),
    ],
    ids=["to the next working day", "to the one before", "as it stands", "no more than the month has"],
)
def test_days_of_a_scheme(tmp_path: Path, calendar: str, expected: tuple[int, ...]) -> None:
    root = tiny_company.build(tmp_path)
    edit(root / SCHEME_YAML, "    judged_by:", f"    calendar: {calendar}\n    judged_by:")
    scheme = load_scheme(root / SCHEME_YAML)
    found = dues_by(CHINA, Sheets(), scheme, scheme.versions[0], OCTOBER)
    assert tuple(day.day for day in (found.out, found.back, found.summary, found.finance)) == expected


def test_without_a_calendar_the_companys_working_days_after_the_period_count(tmp_path: Path) -> None:
    scheme = load_scheme(tiny_company.build(tmp_path) / SCHEME_YAML)
    september = dues_by(CHINA, Sheets(), scheme, scheme.versions[0], parse("2026-09"))
    # 1–7 October are off: working days are the 8th, 9th, Saturday the 10th, then from the 12th on
    assert september == Dues(date(2026, 10, 8), date(2026, 10, 13), date(2026, 10, 15), date(2026, 10, 20))


def test_an_own_period_is_due_in_the_month_in_which_it_ends() -> None:
    scheme = load_scheme(Path("config/schemes/s03_back_office.yaml"))
    window = scheme.window(OCTOBER)
    assert window == Period(date(2026, 9, 21), date(2026, 10, 20))
    found = dues_by(CHINA, Sheets(), scheme, scheme.versions[0], window)
    assert (found.out, found.back) == (date(2026, 10, 21), date(2026, 10, 26))  # the 24th is a Saturday


def test_a_calendar_that_goes_backwards_is_refused(tmp_path: Path) -> None:
    root = tiny_company.build(tmp_path)
    edit(
        root / SCHEME_YAML, "    judged_by:", "    calendar: {out: 9, back: 7, summary: 8, finance: 10}\n    judged_by:"
    )
    with pytest.raises(ConfigError, match="back is before out"):
        load_scheme(root / SCHEME_YAML)


# --- how far sheets are ------------------------------------------------------------------------------------------


def test_a_sheet_goes_from_not_made_to_received(company: Company) -> None:
    """Never run: read from the sources as they lie there."""
    assert row(owed(company, OCTOBER, BEFORE), "M1").state == "incomplete"  # two are in another export already
    inbox(company.root, JUDGEMENTS).write_text("被考核人,评分人,得分\n", "utf-8")
    assert row(owed(company, OCTOBER, BEFORE), "M1").state == "not_made"
    making.make(company, OCTOBER, AT)
    assert row(owed(company, OCTOBER, BEFORE), "M1").state == "made"
    out = row(owed(company, OCTOBER, DUE), "M1")
    assert (out.state, out.asked, out.open, out.days_late) == ("out", 3, 3, 0)
    late = row(owed(company, OCTOBER, AFTER), "M1")
    assert (late.state, late.days_late) == ("late", 3)
    give(company, "M1", ("E1|product_knowledge|manager",))
    assert row(owed(company, OCTOBER, DUE), "M1").state == "incomplete"
    give(company, "M1", ("E2|product_knowledge|manager", "NA|product_knowledge|manager"), name="b")
    done = row(owed(company, OCTOBER, AFTER), "M1")
    assert (done.state, done.given, done.days_late) == ("received", 3, 0)


def test_what_was_taken_back_is_owed_again_also_when_another_export_has_it(company: Company) -> None:
    give(company, "M1", (), ("E1|product_knowledge|manager",))
    assert row(owed(company, OCTOBER, DUE), "M1").given == 1
    give(company, "M1", ("E1|product_knowledge|manager",), name="b")
    assert row(owed(company, OCTOBER, DUE), "M1").given == 2


def test_another_raters_sheet_does_not_settle_ones_own(company: Company) -> None:
    give(company, "E1", ("E2|product_knowledge|manager",))
    assert row(owed(company, OCTOBER, DUE), "M1").open == 1


def test_a_rater_who_owes_nothing_to_nobody_stays_out_of_the_list(company: Company) -> None:
    assert [each.rater_id for each in owed(company, OCTOBER, DUE)] == ["M1"]
    assert [(each.employee_id, each.found) for each in standing(company, OCTOBER, DUE).shortfalls] == [("M1", 0)]


def test_the_command_lists_days_and_tells_of_missing_raters(company: Company) -> None:
    words = ["sheets", "status", "2026-10", "--as-of", "2026-11-12", "--company", str(company.root)]
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 0
    assert "raters missing: M1/product_knowledge manager 0 of 1" in told.output
    (told_row,) = json.loads(CliRunner().invoke(app, [*words, "--json"]).output)
    assert told_row == {
        "sheet": "2026-10/M1", "rater": "M1", "asked": 3, "given": 2, "missing": 1, "anonymous": 0, "state": "late",
        "out": "2026-11-02", "back": "2026-11-09", "summary": "2026-11-09", "finance": "2026-11-10", "days_late": 3,
    }  # fmt: skip


def test_years_without_known_holidays_are_told(tmp_path: Path) -> None:
    root = tiny_company.build(tmp_path)
    edit(root / "config/company.yaml", "delivery:", "calendar: {country: CN}\ndelivery:")
    assert standing(load_company(root), parse("2099-12"), date(2100, 1, 1)).unknown_years == (2099, 2100)
    assert standing(load_company(root), OCTOBER, DUE).unknown_years == ()
