"""What one person reads."""

from decimal import Decimal

import pytest

from tests.sample_results import context, results, score_history
from transforms.errors import NotFoundError
from transforms.reports import ScorePoint, employee_report


@pytest.fixture(scope="module")
def month():
    return results()


def report_of(month, employee_id, history=()):
    return employee_report(month, employee_id, history, context())


def test_the_headline_is_the_persons_result(month):
    report = report_of(month, "E2002")
    person = next(p for p in month.people if p.employee_id == "E2002")
    assert (report.name, report.score, report.rank, report.ranked_of) == (person.name, person.score, person.rank, 14)
    assert report.grade == person.grade_title
    assert (report.head.footer.revision, report.head.footer.snapshot) == (2, "9c1f7a20b4d8")


def test_every_indicator_stands_on_the_card_with_its_derivation(month):
    report = report_of(month, "E2002")
    lines = report.cards[0].indicators
    assert [line.key for line in lines] == [i.key for i in month_person(month, "E2002").cards[0].indicators]
    csat = lines[0]
    assert [step.op for step in csat.steps] == ["quotient", "attainment", "target"]
    assert csat.steps[0].inputs[0].value / csat.steps[0].inputs[1].value == csat.actual
    assert csat.lost == csat.weight_used - csat.points


def test_groups_carry_their_sums(month):
    card = report_of(month, "E2002").cards[0]
    assert [group.weight for group in card.groups] == [50, 20, 15, 15]
    assert sum(group.points for group in card.groups) == card.score


def test_trend_holds_earlier_months_and_the_month_itself(month):
    report = report_of(month, "E2002", score_history("E2002"))
    assert [point.period for point in report.trend] == [f"2026-{n:02}" for n in range(5, 11)]
    assert report.trend[-1].value == report.score
    assert report.change == report.score - report.trend[-2].value
    values = {v.window: v.value for v in month.values if (v.subject_id, v.metric) == ("E2002", "csat_rate")}
    assert {p.period: p.value for p in report.cards[0].indicators[0].trend} == values


def test_trend_is_cut_to_the_months_the_company_wants(month):
    short = context().model_copy(update={"trend_months": 2})
    report = employee_report(month, "E2002", score_history("E2002"), short)
    assert [point.period for point in report.trend] == ["2026-09", "2026-10"]


def test_a_later_revision_of_an_earlier_month_wins(month):
    history = (ScorePoint(period="2026-09", score=Decimal(70)), ScorePoint(period="2026-09", score=Decimal(80)))
    assert report_of(month, "E2002", history).trend[0].value == 80


def test_a_first_month_has_no_change(month):
    assert report_of(month, "E2002").change is None


def test_a_transfer_shows_both_cards_and_no_trend_of_the_other_department(month):
    report = report_of(month, "E2005")
    assert [card.department.en for card in report.cards] == ["Logistics and after-sales", "Customer service"]
    assert [card.working_days for card in report.cards] == [8, 9]
    assert report.score == month_person(month, "E2005").score


def test_somebody_not_scored_gets_a_page_that_says_why(month):
    report = report_of(month, "E1008")
    assert (report.score, report.not_scored, report.cards, report.next_grade) == (None, "helper", (), None)


def test_findings_are_those_that_touch_the_person(month):
    assert [f.check for f in report_of(month, "E2002").findings] == ["orders.paid_before_created"]
    assert report_of(month, "E2003").findings == ()


def test_findings_never_carry_keys_or_other_peoples_ids(month):
    text = report_of(month, "E2002").model_dump_json()
    assert "O1" not in text
    assert "E1001" not in text


def test_filtered_contacts_are_counted_by_filter(month):
    counted = {f.filter: f.contacts for f in report_of(month, "E2002").filtered}
    assert counted == {"after_sales": 37, "phrase": 4, "single_line": 11, "own_account": 2}


def test_points_lost_are_named_worst_first(month):
    lost = [mention.lost for mention in report_of(month, "E2002").costliest]
    assert lost == sorted(lost, reverse=True)
    assert len(lost) == 3


def test_the_grade_above_and_how_far_it_is(month):
    report = report_of(month, "E2002")
    assert report.next_grade.title.en == "Good"
    assert report.to_next == 80 - report.score


def test_the_median_of_a_team_of_two_is_not_told(month):
    two = [p for p in month.people if p.department_id == "marketing"][:2]
    small = month.model_copy(update={"people": tuple(two)})
    assert report_of(small, two[0].employee_id).team_median is None


def test_an_employee_called_na_keeps_the_name(month):
    assert report_of(month, "E1006").name == "NA"


def test_an_unknown_employee_is_named_in_the_error(month):
    with pytest.raises(NotFoundError, match="no employee E9999 in 2026-10"):
        report_of(month, "E9999")


def month_person(month, employee_id):
    return next(p for p in month.people if p.employee_id == employee_id)


def test_a_strength_is_never_named_among_the_points_lost(month):
    for person in month.people:
        report = report_of(month, person.employee_id)
        assert not {m.title for m in report.strongest} & {m.title for m in report.costliest} or len(report.cards) > 1
