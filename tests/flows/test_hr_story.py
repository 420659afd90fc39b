"""HR's month from the first run to the proof, told in order, on both databases (SQLite and a real PostgreSQL).

October is run while it can still change; a sheet comes back; an agent appeals; the decision carries a correction; what
was planned is what happens; the month is acknowledged, closed by two persons; a refund comes late and is carried over
into November; every revision is proved.
"""

import json
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from typer.testing import CliRunner

from flows import wiring
from flows.cli.app import app
from flows.corrections.entries import standing_of
from flows.delivery import deliver
from flows.settings import load_company
from flows.sheets.layout import place
from flows.warehouse import outbox
from flows.warehouse.ledger_periods import status
from flows.warehouse.ledger_queries import history, latest, load_results, verify_chain
from flows.warehouse.ledger_rows import result_rows, rows_digest
from flows.warehouse.snapshots import open_snapshot
from tests import story_company as story
from tests import tiny_company as tiny
from transforms.errors import JixiaoError, RuleError, SourceError

OCTOBER, NOVEMBER = "2026-10", "2026-11"
REFUND = "r1,o-E1-1010,2026-12-02 09:00:00,2026-12-02 10:00:00,100.00"
EARLY, SETTLED, DECEMBER = date(2026, 11, 3), date(2026, 11, 21), date(2026, 12, 21)


class Told:
    """A company and its command line."""

    def __init__(self, root: Path) -> None:
        self.root, self.company = root, load_company(root)
        self.engine = wiring.ledger(self.company)

    def says(self, *words: str) -> str:
        """What a command prints."""
        done = CliRunner().invoke(app, [*words, "--company", str(self.root)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    def refuses(self, kind: type[JixiaoError], *words: str) -> str:
        """What a command prints that ends with an error of this kind."""
        done = CliRunner().invoke(app, [*words, "--company", str(self.root)])
        assert isinstance(done.exception, kind), done.output
        return f"{done.output}{done.exception}"

    def run(self, period: str, as_of: date, *, refresh: bool = False):
        """Month end, then the mail."""
        made = tiny.run(self.root, period, as_of, refresh=refresh)
        deliver(self.engine, self.company)
        return made

    def plan(self, period: str, as_of: date, *words: str) -> dict:
        """`jixiao plan --json`."""
        return json.loads(self.says("plan", period, "--as-of", str(as_of), "--json", *words))

    def sent(self) -> set[tuple[str, str]]:
        """Who was sent whose report: (recipient, document), of every letter."""
        return {
            (row.recipient_id, f"{a.kind}:{a.subject_id}")
            for row in outbox.rows(self.engine, states=("sent",)) for a in row.letter.attachments
        }  # fmt: skip

    def results(self, period: str):
        """What the period's latest revision says."""
        return load_results(self.engine, latest(self.engine, period).id)

    def person(self, who: str, period: str = OCTOBER):
        """One person of it."""
        return next(each for each in self.results(period).people if each.employee_id == who)

    def indicator(self, who: str, key: str):
        """A line of somebody's card."""
        return next(line for line in self.person(who).cards[0].indicators if line.key == key)


def today() -> date:
    """Where the company is; mail has left today, whatever month is judged."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request, tmp_path) -> Told:
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    return Told(story.build(tmp_path / "company", ledger_url=url))


def test_hr_s_month(told):
    provisional_run(told)
    assert stands(told) == (1, "provisional")
    sheet_comes_back(told)
    assert stands(told) == (2, "provisional")
    correction = appeal_is_decided(told)
    assert [each.id for each in standing_of(told.engine, OCTOBER)] == [correction]
    planned_is_what_happens(told, correction)
    assert stands(told) == (3, "provisional")
    closing_takes_two(told)
    assert stands(told) == (3, "final")
    late_refund_is_carried_over(told)
    assert stands(told) == (3, "final")
    everything_is_proved(told)
    assert verify_chain(told.engine) == []


def stands(told: Told) -> tuple[int, str]:
    """October's latest revision, and whether it is closed."""
    return latest(told.engine, OCTOBER).number, status(told.engine, OCTOBER)


def provisional_run(told: Told) -> None:
    """Before the settle days are over numbers may change, so nothing is mailed."""
    made = told.run(OCTOBER, EARLY)
    assert (made.number, made.provisional, told.sent()) == (1, True, set())
    assert status(told.engine, OCTOBER) == "provisional"
    assert told.indicator("E2", "product_knowledge").missing == "no_rater"


def sheet_comes_back(told: Told) -> None:
    """M1's workbook goes out, is late, is filled, and enters the next snapshot with who and when."""
    told.says("sheets", "make", OCTOBER, "--rater", "M1", "--by", "H1")
    owed = json.loads(told.says("sheets", "status", OCTOBER, "--as-of", "2026-11-20", "--json"))
    assert [(each["sheet"], each["missing"]) for each in owed if each["rater"] == "M1"] == [("2026-10/M1", 1)]
    fill(told.root / "data/sheets/out" / OCTOBER / "M1.xlsx", told.root / "data/sheets/in/M1.xlsx", {"E2": 101})
    assert "101 is above 100" in told.refuses(SourceError, "sheets", "collect")
    fill(told.root / "data/sheets/out" / OCTOBER / "M1.xlsx", told.root / "data/sheets/in/M1.xlsx", {"E2": 90})
    told.says("sheets", "collect")
    again = told.run(OCTOBER, SETTLED)  # rows read early in November settle nothing by waiting
    assert (again.created, again.provisional) == (False, True)
    assert told.run(OCTOBER, SETTLED, refresh=True).number == 2
    assert told.indicator("E2", "product_knowledge").score == 90
    assert ("E2", "employee:E2") in told.sent()
    assert judgement_of(told, "E2") == ("M1", 90, "M1")


def judgement_of(told: Told, who: str) -> tuple[str, int, str]:
    """Rater, score and workbook of a judgement, as the snapshot has it."""
    with closing(open_snapshot(told.company, latest(told.engine, OCTOBER).snapshot_id)) as con:
        query = "select rater_id, score::int, _file from judgements where employee_id = ? and period = ?"
        rater, score, file = con.execute(query, [who, OCTOBER]).fetchone()
    return rater, score, Path(file).name.split("_")[0]


def fill(source: Path, target: Path, scores: dict[str, int]) -> None:
    """Type scores into a workbook as M1 would."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[1]
    for row in sheet.iter_rows(min_row=3):
        if (who := row[1].value) in scores:
            sheet.cell(row[0].row, place("judgements", "score")).value = scores[who]
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def appeal_is_decided(told: Told) -> str:
    """NA's shifts were logged under a colleague: heard by one who had no part in it, granted with a correction."""
    line = told.indicator("NA", "first_response_seconds")
    told.says(
        "appeal", "open", "NA", OCTOBER, "--indicator", "first_response_seconds", "--expected", "80",
        "--actual", str(line.score), "--reason", "值班系统故障", "--evidence", "T-81", "--by", "NA",
    )  # fmt: skip
    (appeal,) = json.loads(told.says("appeal", "list", OCTOBER, "--json"))
    told.refuses(RuleError, "appeal", "assign", appeal["appeal"], "--to", "NA", "--by", "H1")
    told.says("appeal", "assign", appeal["appeal"], "--to", "H2", "--by", "H1")
    told.says(
        "appeal", "decide", appeal["appeal"], "--outcome", "upheld", "--reason", "日志证实", "--by", "H2",
        "--set-score", "80", "--approved-by", "H1",
    )  # fmt: skip
    (decided,) = json.loads(told.says("appeal", "list", OCTOBER, "--json"))
    assert decided["outcome"] == "upheld"
    return decided["correction"]


def planned_is_what_happens(told: Told, correction: str) -> None:
    """The plan lists what the run then does: numbers, causes, documents, mail."""
    planned = told.plan(OCTOBER, SETTLED)
    assert (planned["revision"], planned["new_corrections"]) == (3, [correction])
    moved = {(each["subject_id"], each["what"], each["key"]) for each in planned["changes"]}
    assert ("NA", "indicator", "first_response_seconds") in moved
    assert ("E1", "pay", "bonus") in moved  # the pool is shared anew: another's money follows from NA's correction
    assert {cause["key"] for each in planned["changes"] for cause in each["causes"]} == {correction}
    before = told.sent()
    made = told.run(OCTOBER, SETTLED)
    assert rows_digest(result_rows(made.id, told.results(OCTOBER))) == planned["results_digest"]
    mailed = {(mail["recipient_id"], name) for mail in planned["mails"] for name in mail["documents"]}
    letters = [row for row in outbox.rows(told.engine, period=OCTOBER) if row.revision_id == made.id]
    assert {(r.recipient_id, f"{a.kind}:{a.subject_id}") for r in letters for a in r.letter.attachments} == mailed
    assert told.sent() == before | mailed
    assert ("H1", "employee:H1") not in mailed  # nothing changed for H1
    again = told.run(OCTOBER, SETTLED)
    assert (again.created, again.number) == (False, 3)
    assert correction in told.says("diff", OCTOBER, "2", "3")
    assert told.says("history", OCTOBER)


def closing_takes_two(told: Told) -> None:
    """Open items are settled or waived with a reason; one signature is not enough, and not twice the same."""
    paper = ("--how", "paper", "--outcome", "agreed", "--reference", "P-1", "--on", str(today()), "--by", "H1")
    told.says("ack", "record", "E1", OCTOBER, *paper)
    after = str(today() + timedelta(40))
    assert "window" in told.refuses(RuleError, "close", OCTOBER, "--by", "H1")
    told.says("close", OCTOBER, "--by", "H1", "--as-of", after)
    assert status(told.engine, OCTOBER) == "provisional"
    told.refuses(RuleError, "close", OCTOBER, "--by", "H1", "--as-of", after)
    told.says("close", OCTOBER, "--by", "H2", "--as-of", after)
    assert status(told.engine, OCTOBER) == "final"
    told.says("payroll", OCTOBER)


def late_refund_is_carried_over(told: Told) -> None:
    """October stays as it was closed; what the refund takes back is settled in November, at October's rate, once."""
    closed = latest(told.engine, OCTOBER)
    tiny.add_lines(tiny.inbox(told.root, story.REFUNDS), "r1,o-E1-1010,2026-12-02 09:00:00,2026-12-02 10:00:00,100.00")
    planned = told.plan(OCTOBER, DECEMBER, "--refresh")
    assert [(line["employee_id"], line["key"], line["amount_fen"]) for line in planned["carried"]] == [
        ("E1", "commission", -100)
    ]
    told.run(OCTOBER, DECEMBER, refresh=True)
    told.run(OCTOBER, DECEMBER, refresh=True)
    assert latest(told.engine, OCTOBER) == closed
    told.run(NOVEMBER, DECEMBER)
    carried = told.person("E1", NOVEMBER).carried
    assert [(line.from_period, line.key, line.amount_fen) for line in carried] == [(OCTOBER, "commission", -100)]
    assert not told.person("E2", NOVEMBER).carried


def everything_is_proved(told: Told) -> None:
    """Every revision comes out the same from the ledger and the snapshots, documents included."""
    assert [each.number for each in history(told.engine, OCTOBER)] == [1, 2, 3]
    for period in (OCTOBER, NOVEMBER):
        told.says("verify", period)
    assert "1" in told.says("show", "scores", OCTOBER, "--revision", "1")


def test_a_late_refund_by_slip_stands_in_the_closed_month_and_on_the_next_report(tmp_path):
    """The other policy: October gets a further revision, mailed to whom it touches; November names the slip."""
    told = Told(story.build(tmp_path / "company", after="slip"))
    tiny.add_lines(tiny.inbox(told.root, tiny.JUDGEMENTS), "E2,M1,85")
    told.run(OCTOBER, DECEMBER)
    after = str(today() + timedelta(40))
    for who in ("H1", "H2"):
        told.says("close", OCTOBER, "--by", who, "--as-of", after)
    tiny.add_lines(tiny.inbox(told.root, story.REFUNDS), REFUND)
    before = told.sent()
    slip = told.run(OCTOBER, DECEMBER, refresh=True)
    assert (slip.number, status(told.engine, OCTOBER)) == (2, "final")
    assert told.person("E1").appraisals[0].pay.lines[0].amount_fen == 3000
    assert told.sent() == before  # the same people read the same documents' new edition
    again = [row for row in outbox.rows(told.engine, period=OCTOBER) if row.revision_id == slip.id]
    assert {row.recipient_id for row in again} == {"E1", "M1"}
    november = told.run(NOVEMBER, DECEMBER)
    page = (told.root / f"data/reports/{NOVEMBER}/r{november.number}/employee-E1.html").read_text("utf-8")
    assert "1.00" in page
    assert "October 2026" in page
    told.says("verify", OCTOBER)
