"""What managers and the management read."""

from decimal import Decimal

import pytest

from tests.sample_results import all_history, context, results
from transforms.errors import NotFoundError
from transforms.findings import Finding, Severity
from transforms.reports import company_report, department_report
from transforms.reports.data_quality import finding_counts
from transforms.reports.parts import spread


@pytest.fixture(scope="module")
def month():
    return results()


def test_people_stand_by_rank_and_the_unscored_apart(month):
    report = department_report(month, "operations", all_history(), context())
    assert [row.rank for row in report.people] == sorted(row.rank for row in report.people)
    assert [row.employee_id for row in report.unscored] == ["E1008"]
    assert report.managers == ("陈志远",)


def test_the_department_is_its_people_and_no_others(month):
    report = department_report(month, "marketing", all_history(), context())
    assert {row.employee_id for row in report.people} == {f"E300{n}" for n in range(1, 6)}
    assert report.spread.count == 5
    assert sum(grade.people for grade in report.grades) == 5


def test_grades_nobody_has_are_shown_as_none(month):
    grades = {g.title.en: g.people for g in department_report(month, "marketing", {}, context()).grades}
    assert list(grades) == ["Excellent", "Good", "Qualified", "Unqualified"]
    assert grades["Unqualified"] == 0


def test_the_mean_of_earlier_months_follows_from_its_people(month):
    history = all_history()
    report = department_report(month, "marketing", history, context())
    september = [p.score for row in report.people for p in history[row.employee_id] if p.period == "2026-09"]
    assert report.trend[-2].value == sum(september) / len(september)


def test_the_departments_own_card_comes_with_trends(month):
    card = department_report(month, "customer_service", {}, context()).card
    assert len(card.indicators) == 10
    assert len(card.indicators[0].trend) == 6


def test_findings_of_others_stay_out(month):
    mine = Finding(check="a.b", severity=Severity.WARNING, table="orders", rows=1, message="", todo="",
                   employee_ids=("E4001",))  # fmt: skip
    changed = month.model_copy(update={"findings": (mine,)})
    assert department_report(changed, "marketing", {}, context()).findings == ()
    assert len(department_report(changed, "logistics", {}, context()).findings) == 1


def test_an_unknown_department_is_named_with_those_there_are(month):
    with pytest.raises(NotFoundError, match=r"no department sales .* departments: operations, customer_service"):
        department_report(month, "sales", {}, context())


def test_the_company_page_has_every_department_and_each_metric_once(month):
    report = company_report(month, all_history(), context())
    assert [row.department_id for row in report.departments] == [d.department_id for d in month.departments]
    assert (report.people, report.scored) == (33, 32)
    keys = [figure.metric for figure in report.figures]
    assert len(keys) == len(set(keys)) == 22
    assert "cross_department" not in keys


def test_findings_of_one_check_are_added_up():
    one = Finding(check="a.b", severity=Severity.WARNING, table="orders", rows=2, message="m", todo="")
    worst = one.model_copy(update={"check": "z", "severity": Severity.CRITICAL})
    counts = finding_counts((one, worst, one))
    assert [(c.check, c.rows, c.findings) for c in counts] == [("z", 2, 1), ("a.b", 4, 2)]


def test_the_spread_of_five_scores():
    five = spread([Decimal(n) for n in (60, 70, 80, 90, 100)])
    assert (five.lowest, five.lower_quartile, five.median, five.upper_quartile, five.highest) == (60, 65, 80, 95, 100)
    assert dict(five.bands)[90] == 2


def test_the_spread_of_nothing_and_of_one():
    assert spread([]).median is None
    one = spread([Decimal(75)])
    assert one.lower_quartile == one.median == one.upper_quartile == 75
