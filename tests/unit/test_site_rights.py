"""A folder holds exactly what its reader may read: by documents, by every byte, and by the counts of the ledger."""

import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import wiring
from flows.cli.app import app
from flows.company import Company
from flows.site.making import Site, make, make_everybody
from flows.site.numbers import lines_of
from flows.warehouse.ledger_documents import documents
from flows.warehouse.ledger_queries import latest, load_results
from tests.site_company import AGENTS, HR, MANAGER, NAMES, OTHER_MANAGER, PERIOD, company_of, site_of
from transforms.errors import NotFoundError, StorageError
from transforms.period import parse
from transforms.scoring.results import PeriodResults

DESK = {"E7301", "E7302", MANAGER}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return company_of(tmp_path_factory)


@pytest.fixture(scope="module")
def sites(company: Company, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The sites of everybody, made at once."""
    made = make_everybody(company, PERIOD, tmp_path_factory.mktemp("everybody"))
    return {site.reader: site for site in made}


@pytest.fixture(scope="module")
def results(company: Company) -> PeriodResults:
    engine = wiring.ledger(company)
    revision = latest(engine, PERIOD.key)
    assert revision is not None
    return load_results(engine, revision.id)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def words(folder: Path) -> str:
    """Everything that can be read in a folder: the bytes of its files, the text of its PDFs, and their names."""
    told = [name + "\n" + content.decode("utf-8", "replace") for name, content in files(folder).items()]
    pdfs = (subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True) for path in folder.rglob("*.pdf"))
    return "\n".join([*told, *(each.stdout.decode() for each in pdfs)])


def pages(site: Site) -> set[str]:
    return {name.removesuffix(".html") for name in files(site.folder) if name.startswith("lists/")}


def subjects(site: Site) -> set[str]:
    return {path.stem for path in (site.folder / "documents").glob("*.html")}


def test_everybody_who_may_read_something_has_a_folder(sites: dict[str, Site]) -> None:
    assert set(sites) == {*AGENTS, MANAGER, OTHER_MANAGER, HR}


def test_an_employee_gets_the_own_report_and_nothing_else(sites: dict[str, Site]) -> None:
    assert subjects(sites["E7301"]) == {"employee-E7301"}
    assert pages(sites["E7301"]) == {"lists/E7301"}


def test_a_manager_gets_the_department_and_its_people(sites: dict[str, Site]) -> None:
    assert subjects(sites[MANAGER]) == {"department-desk", *(f"employee-{who}" for who in DESK)}
    assert subjects(sites[OTHER_MANAGER]) == {"department-store", "employee-E8401", "employee-M2"}


def test_an_officer_of_hr_gets_everything(sites: dict[str, Site], company: Company) -> None:
    revision = latest(wiring.ledger(company), PERIOD.key)
    assert revision is not None
    recorded = documents(wiring.ledger(company), revision.id)
    assert subjects(sites[HR]) == {f"{each.kind}-{each.subject_id}" for each in recorded}
    assert {f"{kind}-{kind}" for kind in ("company",)} <= subjects(sites[HR])


@pytest.mark.parametrize("reader", ["E7301", "E7302", "E8401", MANAGER])
def test_no_byte_of_a_folder_names_anybody_else(reader: str, sites: dict[str, Site]) -> None:
    own = DESK if reader == MANAGER else {reader}
    told = words(sites[reader].folder)
    assert NAMES[reader] in told
    for other in set(AGENTS) - own:
        assert other not in told
        assert NAMES[other] not in told


def test_the_documents_are_those_of_the_ledger_to_the_byte(sites: dict[str, Site], company: Company) -> None:
    revision = latest(wiring.ledger(company), PERIOD.key)
    assert revision is not None
    known = {each.subject_id: each for each in documents(wiring.ledger(company), revision.id)}["E7302"]
    folder = sites["E7302"].folder / "documents"
    told = [hashlib.sha256((folder / f"employee-E7302.{kind}").read_bytes()).hexdigest() for kind in ("html", "pdf")]
    assert told == [known.html_sha256, known.pdf_sha256]
    assert not any(path.is_symlink() or path.stat().st_nlink > 1 for path in folder.iterdir())


def test_made_again_it_is_the_same_bytes_alone_or_with_everybody(
    sites: dict[str, Site], company: Company, tmp_path: Path
) -> None:
    first, second = (site_of(company, MANAGER, tmp_path / name) for name in ("one", "two"))
    assert files(first.folder) == files(second.folder) == files(sites[MANAGER].folder)
    again = site_of(company, MANAGER, tmp_path / "one")
    assert files(again.folder) == files(second.folder)


def test_every_number_leads_to_as_many_rows_as_it_counts(sites: dict[str, Site], results: PeriodResults) -> None:
    """Numerator and denominator of the ledger, against the rows that stand on the page."""
    checked = 0
    for person in results.people:
        html = (sites[HR].folder / "lists" / f"{person.employee_id}.html").read_text("utf-8")
        for line in lines_of(person, results.period):
            for number in (line.numerator, line.denominator):
                if number and number.printed and not number.measure.endswith(("_fen", "_seconds")):
                    rows = html.partition(f'id="rows-{number.measure}-{number.window}-{number.department_id}"')[2]
                    assert rows.partition("</table>")[0].count("<td>s1") == number.printed
                    checked += 1
    assert checked == len(DESK - {MANAGER})


def test_a_day_s_row_says_what_was_counted_by_id_only(sites: dict[str, Site]) -> None:
    html = (sites["E7301"].folder / "lists" / "E7301.html").read_text("utf-8")
    first = html.partition('id="rows-first_wait_seconds-2026-10-desk"')[2].partition("</table>")[0]
    assert re.search(r"<td>b-E7301-1001<td>E7301-1001<td>10:00:00<td>10:00:30<td>s1<td>30\b", first)
    assert "b-E7301-0930" not in first


def test_the_command_writes_one_site_and_says_where(company: Company, tmp_path: Path) -> None:
    asked = ["site", PERIOD.key, "--company", str(company.root)]
    done = CliRunner().invoke(app, [*asked, "--for", "E7302", "--to", str(tmp_path / "mine")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "mine" / "index.html").is_file()
    assert subjects(Site("E7302", tmp_path / "mine", 1, 1)) == {"employee-E7302"}
    for wrong in ([], ["--for", "E7302", "--everybody"]):
        assert CliRunner().invoke(app, [*asked, *wrong]).exit_code == 2


def test_who_may_read_nothing_is_told_so(company: Company, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no report of 2026-10 that E9999 may read"):
        site_of(company, "E9999", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nobody_is_an_officer_of_hr_where_none_is_named(company: Company, tmp_path: Path) -> None:
    officers = company.settings.officers.model_copy(update={"hr": ()})
    unnamed = replace(company, settings=company.settings.model_copy(update={"officers": officers}))
    with pytest.raises(NotFoundError):
        site_of(unnamed, HR, tmp_path)


def test_a_period_that_was_never_run_has_no_site(company: Company, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="2026-07"):
        make(company, parse("2026-07"), MANAGER, tmp_path / "x")


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_document_that_is_not_the_one_recorded_stops_it(harm: str, company: Company, tmp_path: Path) -> None:
    root = tmp_path / "company"
    shutil.copytree(company.root, root)
    mine = replace(company, root=root)
    site_of(mine, "E7301", tmp_path)
    (report,) = (root / "data" / "reports").rglob("employee-E7301.html")
    before = files(tmp_path / "E7301")
    if harm == "lost":
        report.unlink()
    else:
        report.write_bytes(report.read_bytes() + b" ")
    with pytest.raises(StorageError, match="a document is not"):
        site_of(mine, "E7301", tmp_path)
    assert files(tmp_path / "E7301") == before
