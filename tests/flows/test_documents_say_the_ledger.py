"""Every document of a real month end, read back: PDF and HTML say the same numbers, and they are the ledger's."""

import re
import subprocess
from pathlib import Path

import pytest
from lxml import html

from flows.rendering.formats import Formats
from flows.settings import load_company
from flows.warehouse.ledger_queries import latest, load_results
from flows.wiring import ledger as ledger_of
from tests.month_end_company import PERIOD, Closed
from transforms.scoring.results import PeriodResults, PersonResult

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")
NOT_ON_PAPER = "//details | //style | //head | //*[contains(concat(' ', @class, ' '), ' vh ')]"
FOOT = re.compile(r"^(.*数据快照.*?)\d+ ?/ ?\d+$", re.MULTILINE)
ON_PAPER = Formats("zh-Hans", "CNY")


@pytest.fixture(scope="module")
def october(closed: Closed) -> PeriodResults:
    company = load_company(closed.root)
    engine = ledger_of(company)
    revision = latest(engine, PERIOD)
    assert revision is not None
    return load_results(engine, revision.id)


@pytest.fixture(scope="module")
def read(closed: Closed) -> dict[str, tuple[set[str], set[str]]]:
    """The numbers of each document, of its PDF and of its HTML, by the name of its files."""
    folder = closed.root / "data" / "reports" / PERIOD / "r1"
    return {path.stem: (_of_pdf(path), _of_html(path.with_suffix(".html"))) for path in sorted(folder.glob("*.pdf"))}


def _of_pdf(path: Path) -> set[str]:
    """Without the page numbers at the foot, which a screen does not have."""
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return set(NUMBER.findall(FOOT.sub(r"\1", told)))


def _of_html(path: Path) -> set[str]:
    root = html.fromstring(path.read_bytes())
    for hidden in root.xpath(NOT_ON_PAPER):
        hidden.drop_tree()
    return set(NUMBER.findall(" ".join(root.itertext())))


def numbers(*told: str) -> set[str]:
    """The numbers in texts."""
    return {number for text in told for number in NUMBER.findall(text)}


def test_pdf_and_html_of_every_document_say_the_same_numbers(read: dict[str, tuple[set[str], set[str]]]) -> None:
    assert len(read) > 60
    apart = {name: (sorted(pdf - page), sorted(page - pdf)) for name, (pdf, page) in read.items() if pdf != page}
    assert apart == {}


def test_every_number_of_a_persons_result_stands_in_both_files(
    october: PeriodResults, read: dict[str, tuple[set[str], set[str]]]
) -> None:
    lost = {}
    for person in october.people:
        known = _known(person)
        for text in read[f"employee-{person.employee_id}"]:
            if missing := known - text:
                lost[person.employee_id] = missing
    assert lost == {}
    assert sum(len(_known(person)) for person in october.people) > 1_000


def _known(person: PersonResult) -> set[str]:
    """What the ledger says of a person, as a page writes it: score, each indicator, points of sheets, money."""
    told = [ON_PAPER.number(person.score)] if person.score is not None else []
    for card in person.cards:
        for line in card.indicators:
            shown = (ON_PAPER.amount(line.actual, line.unit), ON_PAPER.number(line.score), ON_PAPER.number(line.points))
            told += [each for each in shown if line.score is not None]
            told += [ON_PAPER.count(part) for part in (line.numerator, line.denominator) if _counted(line.trace, part)]
    for one in (each for each in person.appraisals if each.counts != "trial"):  # a trial is not shown to the person
        told += [ON_PAPER.fine(sheet.total) for sheet in one.sheets]
        told += [ON_PAPER.money(line.amount_fen) for line in (one.pay.lines if one.pay else ())]
    return numbers(*told)


def _counted(trace: object, part: object) -> bool:
    return part is not None and "fen" not in str(trace)


def test_departments_and_the_company_state_the_mean_of_the_ledger(
    october: PeriodResults, read: dict[str, tuple[set[str], set[str]]]
) -> None:
    for department in october.departments:
        mean = numbers(ON_PAPER.number(department.mean_score))
        for text in read[f"department-{department.department_id}"]:
            assert mean <= text, department.department_id
        for text in read["company-company"]:
            assert mean <= text, department.department_id
