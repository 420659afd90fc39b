"""A department's workbook: the report's numbers as tables to sort and filter, and nothing else."""

import io
from decimal import Decimal

import openpyxl
import pytest

from flows.workbooks.department import department_workbook
from tests.rendered import sample
from tests.sample_results import results
from transforms.metrics.model import Unit

CODE = "TEST-CODE"


def opened(report, locale="zh-Hans"):
    return openpyxl.load_workbook(io.BytesIO(department_workbook(report, locale, CODE)))


def rows(sheet):
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


@pytest.fixture(scope="module")
def report():
    return sample("department", "customer_service")


def test_people_are_those_of_the_report_with_the_same_numbers(report):
    told = rows(opened(report, "en")["People"])
    assert [row["Employee id"] for row in told] == [p.employee_id for p in (*report.people, *report.unscored)]
    for row, person in zip(told, report.people, strict=False):
        assert Decimal(str(row["Score"])) == person.score
        assert row["Rank"] == person.rank


def test_every_indicator_of_every_person_is_a_row_with_the_values_of_the_persons_own_result(report):
    told = rows(opened(report, "en")["Indicators"])
    titles = {d.department_id: d.title.in_locale("en") for d in results().departments}
    known = {
        (p.employee_id, titles[card.department_id], i.title.in_locale("en")): i
        for p in results().people
        if p.department_id == "customer_service"
        for card in p.cards
        for i in card.indicators
    }
    assert {(row["Employee id"], row["Department"], row["Indicator"]) for row in told} == set(known)
    for row in told:
        line = known[row["Employee id"], row["Department"], row["Indicator"]]
        scale = 100 if line.unit is Unit.FEN else 1
        for name, value in (("Actual", line.actual), ("Target", line.target)):
            assert row[name] == (None if value is None else pytest.approx(float(value / scale), rel=1e-14))
        for name, value in (("Score", line.score), ("Points", line.points)):
            assert row[name] is None if value is None else Decimal(str(row[name])) == value


def test_points_of_a_person_add_up_to_the_score_on_the_people_table(report):
    book = opened(report, "en")
    sums: dict[str, Decimal] = {}
    for row in rows(book["Indicators"]):
        sums[row["Employee id"]] = sums.get(row["Employee id"], Decimal(0)) + Decimal(str(row["Points"] or 0))
    cards = {p.employee_id: len(p.cards) for p in results().people}
    scores = {row["Employee id"]: row["Score"] for row in rows(book["People"]) if row["Score"] is not None}
    single = [who for who in scores if cards[who] == 1]
    assert len(single) > 3
    for who in single:
        assert abs(sums[who] - Decimal(str(scores[who]))) <= Decimal("0.02"), who


def test_there_is_no_formula_and_a_name_that_looks_like_one_stays_text(report):
    named = report.people[0].model_copy(update={"name": "=1+1"})
    book = opened(report.model_copy(update={"people": (named, *report.people[1:])}))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert "=1+1" in [cell.value for cell in cells]


def test_rates_are_fractions_shown_as_per_cent(report):
    sheet = opened(report, "en")["Indicators"]
    head = [cell.value for cell in sheet[1]]
    rates = [row for row in sheet.iter_rows(min_row=2) if row[head.index("Unit")].value == "rate"]
    assert rates
    for row in rates:
        actual = row[head.index("Actual")]
        assert actual.number_format == "0.00%"
        assert actual.value is None or 0 <= actual.value <= 1


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_every_table_can_be_sorted_and_has_a_name_excel_takes(report, locale):
    book = opened(report, locale)
    assert len(set(book.sheetnames)) == len(book.sheetnames)
    for sheet in book:
        assert 0 < len(sheet.title) <= 31
        assert not set(sheet.title) & set("[]:*?/\\")
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_the_last_sheet_says_what_the_file_is(report):
    told = dict(opened(report, "en").worksheets[-1].iter_rows(values_only=True))
    assert told["Code"] == CODE
    assert told["Revision"] == str(report.head.footer.revision)


def test_the_same_report_gives_the_same_bytes_and_another_number_gives_others(report):
    first = department_workbook(report, "zh-Hans", CODE)
    assert department_workbook(report, "zh-Hans", CODE) == first
    other = report.people[0].model_copy(update={"score": Decimal("1.23")})
    assert (
        department_workbook(report.model_copy(update={"people": (other, *report.people[1:])}), "zh-Hans", CODE) != first
    )


def test_a_department_in_which_nobody_is_scored_has_a_workbook_too(report):
    empty = report.model_copy(update={"people": (), "unscored": (), "lines": (), "card": None, "schemes": ()})
    assert opened(empty, "en").sheetnames == ["People", "Indicators", "About"]
