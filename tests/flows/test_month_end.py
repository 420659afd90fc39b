"""Month end of the demo company, by the command line: what it makes, finds, leaves alone, and keeps to itself."""

import email
import email.policy
import json
import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from flows.demo.faults import plant_critical
from flows.settings import load_company
from flows.views import results
from tests import tiny_company
from tests.month_end_company import Closed, files, jixiao, ledger_rows, run_again
from tests.prefect_rows import all_text
from transforms.period import parse
from transforms.scoring.results import PeriodResults
from transforms.scoring.trace import replay

OCTOBER = parse("2026-10")


@pytest.fixture(scope="module")
def october(closed: Closed) -> PeriodResults:
    return results(load_company(closed.root), OCTOBER)


def manifest(root: Path) -> dict[str, object]:
    return json.loads((root / "data" / "inbox" / "manifest.json").read_text("utf-8"))


def findings(root: Path) -> list[dict[str, object]]:
    return json.loads((root / "data" / "findings" / "2026-10" / "findings.json").read_text("utf-8"))


def test_the_run_says_what_it_made_and_where(closed: Closed) -> None:
    for word in ("snapshot", "findings", "people", "departments", "documents", "mail", "data/outbox"):
        assert word in closed.printed.replace("\n", " ")


def test_everybody_employed_in_october_has_a_result_and_two_files(closed: Closed, october: PeriodResults) -> None:
    folder = closed.root / "data" / "reports" / "2026-10" / "r1"
    made = {path.stem for path in folder.glob("employee-*.pdf")}
    assert len(october.people) > 50
    assert made == {path.stem for path in folder.glob("employee-*.html")}
    assert len(made) == len(october.people)
    assert {path.stem for path in folder.glob("department-*.pdf")} == {
        f"department-{d}" for d in ("operations", "customer_service", "marketing", "logistics", "support")
    }
    assert (folder / "company-company.pdf").exists()


def test_every_score_is_what_its_trace_says(october: PeriodResults) -> None:
    for person in october.people:
        assert replay(person.trace) == person.score
        for card in person.cards:
            assert replay(card.trace) == card.score
            assert sum(line.points for line in card.indicators if line.points is not None) == card.score


def test_every_planted_fault_of_the_period_is_found(closed: Closed) -> None:
    seen = {str(found["check"]) for found in findings(closed.root)}
    wanted = {str(fault["check"]) for fault in manifest(closed.root)["faults"]}
    checks = {name for name in wanted if re.fullmatch(r"[a-z_]+\.[a-z_]+", name)}
    assert len(checks) >= 6
    assert checks <= seen
    assert {"orders.paid_amount_fen_rejected", "orders.paid_at_rejected"} <= seen  # a broken amount, an impossible date


def test_broken_rows_wait_in_quarantine_with_file_and_row(closed: Closed) -> None:
    rows = json.loads((closed.root / "data" / "findings" / "2026-10" / "quarantine.json").read_text("utf-8"))
    places = {(Path(row["file"]).name, row["row"]) for row in rows}
    planted = [
        fault for fault in manifest(closed.root)["faults"] if fault["rows"] and "wrong_platform" not in fault["kind"]
    ]
    for fault in planted:
        assert {(Path(fault["file"]).name, row) for row in fault["rows"]} <= places, fault["kind"]


def test_duplicates_and_later_versions_are_counted(closed: Closed) -> None:
    counts = [
        json.loads(path.read_text("utf-8"))["counts"] for path in (closed.root / "data" / "snapshots").glob("*.json")
    ]
    faults = manifest(closed.root)["faults"]
    superseded = sum(fault["count"] for fault in faults if fault["kind"] == "later_version")
    assert len(counts) == 1
    assert counts[0]["orders"]["superseded"] >= superseded > 0
    assert sum(table["duplicates"] for table in counts[0].values()) >= sum(
        fault["count"] for fault in faults if fault["kind"] == "duplicate_export"
    )


def test_a_second_run_makes_no_revision_no_document_and_no_mail(copied: Path) -> None:
    before, documents, mail = ledger_rows(copied), files(copied / "data" / "reports"), files(copied / "data" / "outbox")
    again = run_again(copied)
    assert again.returncode == 0, again.stderr
    assert "unchanged" in again.stdout
    assert ledger_rows(copied) == before
    assert files(copied / "data" / "reports") == documents
    assert files(copied / "data" / "outbox") == mail


def test_documents_made_again_are_byte_equal(copied: Path) -> None:
    folder = copied / "data" / "reports"
    before = files(folder)
    for path in [*folder.rglob("employee-*.pdf")][:5] + [*folder.rglob("*.html")][:5]:
        path.unlink()
    assert run_again(copied).returncode == 0
    assert files(folder) == before


def test_a_critical_fault_stops_with_exit_3_and_changes_nothing(copied: Path) -> None:
    plant_critical(copied, "broken_roster_row")
    before = ledger_rows(copied), files(copied / "data" / "snapshots"), files(copied / "data" / "outbox")
    stopped = run_again(copied)
    assert stopped.returncode == 3
    assert "Traceback" not in stopped.stderr
    assert "to do:" in stopped.stderr
    assert (ledger_rows(copied), files(copied / "data" / "snapshots"), files(copied / "data" / "outbox")) == before


def test_a_corrected_fact_makes_a_second_revision(copied: Path) -> None:
    orders = copied / "data" / "inbox" / "orders" / "tm" / "2026-10.csv"
    lines = orders.read_text("utf-8-sig").splitlines(keepends=True)
    orders.write_text("".join(line for n, line in enumerate(lines) if n != 40), "utf-8-sig")  # an order taken back
    assert run_again(copied).returncode == 0
    revisions = ledger_rows(copied)["revisions"]
    assert len(revisions) == 2


def test_names_with_rare_characters_can_be_read_in_the_pdf(closed: Closed, october: PeriodResults) -> None:
    folder = closed.root / "data" / "reports" / "2026-10" / "r1"
    rare = [person for person in october.people if set(person.name) & set("䶮㛃𠮷堃喆犇嫪翀")]
    assert rare
    for person in [*rare, *(p for p in october.people if p.name == "NA")]:
        text = subprocess.run(
            ["pdftotext", "-layout", str(folder / f"employee-{person.employee_id}.pdf"), "-"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert person.name in text


def test_pdfs_have_title_language_bookmarks_and_page_numbers(closed: Closed) -> None:
    for path in sorted((closed.root / "data" / "reports" / "2026-10" / "r1").glob("*.pdf"))[::10]:
        document = pypdf.PdfReader(path)
        assert document.metadata.title
        assert document.trailer["/Root"]["/Lang"] == "zh-Hans"
        assert document.outline
        last = len(document.pages)
        assert re.search(rf"{last}\s*/\s*{last}", document.pages[-1].extract_text())


def test_each_mail_has_one_recipient_and_only_what_that_person_may_read(closed: Closed, october: PeriodResults) -> None:
    people = {person.employee_id: person for person in october.people}
    managed: dict[str, set[str]] = {}
    for department in october.departments:
        for manager in department.manager_ids:
            managed.setdefault(manager, set()).update({department.department_id, *department.employee_ids})
    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (closed.root / "data" / "outbox").glob("*.eml")
    ]
    assert len(messages) >= len(people)
    assert len({message["Message-ID"] for message in messages}) == len(messages)
    seen, books = set(), []
    for message in messages:
        assert len(message["To"].addresses) == 1
        reader = message["To"].addresses[0].username.upper()
        assert reader in people
        for part in message.iter_attachments():
            name = part.get_filename()
            assert name.isascii()
            subject = Path(name).stem.split("_", 2)[2]  # kind_period_subject
            books += [subject] if name.endswith(".xlsx") else []
            assert subject == reader or subject in managed.get(reader, set()), f"{reader} was sent {name}"
            seen.add(subject)
    departments = {department.department_id for department in october.departments}
    assert seen == people.keys() | departments
    assert set(books) == {each for manager in managed.values() for each in manager & departments}


def test_prefects_database_holds_handles_only(closed: Closed, october: PeriodResults) -> None:
    database = closed.root / "data" / "prefect" / "prefect.db"
    kept = "\n".join(all_text(database))
    assert "monthly-report" in kept  # the run is there
    names = {person.name for person in october.people if len(person.name) > 1 and person.name != "NA"}
    scores = {f'"{person.score}"' for person in october.people if person.score is not None}
    assert not [name for name in names if name in kept]
    assert not [score for score in scores if score in kept]
    assert "@example.com" not in kept


def test_show_and_explain_read_the_same_ledger(closed: Closed, october: PeriodResults) -> None:
    shown = json.loads(jixiao("show", "scores", "2026-10", "--json", "-C", str(closed.root)).stdout)
    assert {row["employee"]: row["score"] for row in shown} == {
        person.employee_id: None if person.score is None else str(person.score) for person in october.people
    }
    card = next(card for person in october.people for card in person.cards if card.department_id == "customer_service")
    told = json.loads(
        jixiao(
            "explain", card.employee_id, "first_response_seconds", "2026-10", "--json", "-C", str(closed.root)
        ).stdout
    )
    assert told["indicators"][0]["trace"]
    assert all(rows for rows in told["source_rows"].values())


def test_nothing_is_written_outside_the_company_folder(closed: Closed) -> None:
    home = closed.root.with_name("home")
    assert {path.name for path in closed.root.parent.iterdir()} == {"demo", "home"}
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_the_flow_sends_when_the_schedule_says_so(tmp_path: Path) -> None:
    """As `jixiao up` runs it: the flow with `send`, on its own server, in a process of its own; a small company."""
    root = tiny_company.build(tmp_path / "tiny")
    program = (
        "import sys; from pathlib import Path; from flows import runtime; from flows.settings import load_company\n"
        "company = load_company(Path(sys.argv[1]))\n"
        "with runtime.server(company) as server:\n"
        "    server.wait(); from flows.monthly_report import monthly_report\n"
        "    monthly_report(period='2026-10', company=sys.argv[1], as_of='2026-11-21', send=True)\n"
    )
    command = [sys.executable, "-c", f"if __name__ == '__main__':\n    {program.replace(chr(10), chr(10) + '    ')}"]
    done = subprocess.run([*command, str(root)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    people_and_their_manager = 4 + 1
    assert len(list((root / "data" / "outbox").glob("*.eml"))) == people_and_their_manager
