"""What a department's report says before any layout: its minute, workload, notes for talks, trials."""

from decimal import Decimal

import pytest

from tests import sample_departments as sample
from tests.sample_results import all_history, context, results
from transforms.metrics.model import Better, MetricValue, Unit
from transforms.reports import department_report
from transforms.reports.department_minute import best, costliest, furthest, moved, regraded
from transforms.reports.department_model import Move
from transforms.reports.model import Point
from transforms.reports.talk import matters
from transforms.reports.workload import volume, workload
from transforms.scoring.red_lines import GROUP
from transforms.wording import three

SERVICE = "customer_service"


@pytest.fixture(scope="module")
def month():
    return results()


@pytest.fixture(scope="module")
def service(month):
    return department_report(month, SERVICE, all_history(), context())


def line_of(report, key):
    return next(line for line in report.card.indicators if line.key == key)


# --- the minute ---------------------------------------------------------------------------------------------------


def test_the_best_is_held_against_a_target_and_the_costliest_lost_most(service):
    lines = service.card.indicators
    held = [line.score for line in lines if line.target is not None and line.score is not None]
    assert best(lines).score == max(held)
    assert costliest(lines).lost == max(line.weight_used - line.points for line in lines if line.points is not None)


def test_one_indicator_is_not_told_twice():
    minute = sample.report_of(sample.with_indicators(1)).minute
    assert (minute.best, minute.costliest.title.en) == (None, "Indicator 1")


def test_a_card_without_loss_has_no_costliest(service):
    full = [line.model_copy(update={"points": line.weight_used}) for line in service.card.indicators]
    assert costliest(full) is None
    assert best([]) is None


def test_the_largest_move_is_measured_in_proportion():
    def move(before, after, unit=Unit.COUNT, better=Better.HIGHER):
        return Move(
            title=three("", "", f"{after}"), unit=unit, better=better, before=Decimal(before), after=Decimal(after)
        )

    large, small = move("100000", "101000"), move("0.01", "0.02", Unit.RATE, Better.LOWER)
    assert furthest([large, None, small]) == small
    assert (large.improved, small.improved) == (True, False)
    assert furthest([None]) is None


def test_a_month_without_data_moves_nothing(service):
    line = line_of(service, "csat_rate")
    months = [Point(period="2026-09", value=None), Point(period="2026-10", value=Decimal(1))]
    assert moved(line, months) is None
    assert moved(line, months[1:]) is None
    assert moved(line, [Point(period="2026-09", value=Decimal(1)), months[1]]) is None


def test_grades_are_counted_by_this_months_limits(month):
    people = [p for p in month.people if p.department_id == "marketing" and p.score is not None]
    before = {
        people[0].employee_id: Decimal(10),
        people[1].employee_id: Decimal(100),
        people[2].employee_id: people[2].score,
    }
    found = regraded(people, before, context())
    assert (found.higher, found.lower, found.of) == (1, int(people[1].score < 90), 3)
    assert regraded(people, {}, context()) is None


def test_nobody_is_regraded_by_quota(month):
    (one, *_) = [p for p in month.people if p.department_id == "marketing"]
    card = one.cards[-1].model_copy(update={"grade_says": three("配额", "配額", "quota")})
    by_quota = one.model_copy(update={"cards": (card,)})
    assert regraded([by_quota], {one.employee_id: Decimal(10)}, context()) is None


def test_beside_the_rank_stand_the_points_to_the_next_grade(service):
    for row in service.people:
        bounds = {bound.title: bound.at_least for bound in service.bounds}
        if row.next_grade:
            assert row.score + row.to_next == bounds[row.next_grade]
        else:
            assert row.score >= max(bounds.values())


def test_the_company_stands_beside_quotients_only(month):
    told = [
        MetricValue(level="company", subject_id="company", department_id=None, window="2026-10", metric=metric,
                    numerator=Decimal(1), denominator=Decimal(2), value=Decimal("0.5"))
        for metric in ("csat_rate", "add_on_amount")
    ]  # fmt: skip
    changed = month.model_copy(update={"values": (*month.values, *told)})
    found = department_report(changed, SERVICE, {}, context()).company_values
    assert found["csat_rate"] == Decimal("0.5")
    assert "add_on_amount" not in found


# --- workload -----------------------------------------------------------------------------------------------------

DAYS = {"A": 10, "B": 20, "C": 20, "D": 0}
NAMES = {who: who.lower() for who in DAYS}


def test_work_is_counted_per_working_day():
    told = volume("received", {"A": Decimal(200), "B": Decimal(200), "C": Decimal(100), "D": Decimal(7)}, DAYS, NAMES)
    assert (told.total, told.people, told.lowest, told.median, told.highest, told.times) == (507, 3, 5, 10, 20, 2)
    assert [(load.employee_id, load.per_day, load.times) for load in told.far] == [("A", 20, 2)]


def test_of_few_cases_or_people_nobody_is_far():
    few = {"A": Decimal(9), "B": Decimal(2), "C": Decimal(2)}
    assert volume("received", few, DAYS, NAMES).far == ()
    assert volume("received", {"A": Decimal(900), "B": Decimal(20)}, DAYS, NAMES).far == ()
    assert volume("received", {"A": Decimal(0)}, DAYS, NAMES) is None


def test_work_comes_from_what_indicators_count(month):
    people = [p for p in month.people if p.department_id == SERVICE]
    told = [
        MetricValue(level="employee", subject_id=p.employee_id, department_id=SERVICE, window=window, metric="complaint_rate",
                    numerator=Decimal(1), denominator=Decimal(100), value=Decimal("0.01"))
        for p in people for window in ("2026-09", "2026-10")
    ]  # fmt: skip
    found = workload(people, SERVICE, month.model_copy(update={"values": tuple(told)}))
    assert [(v.title.en, v.total) for v in found.volumes] == [("Buyers received", 100 * len(people))]
    assert [part.employee_id for part in found.part] == ["E2013"]
    assert workload((), SERVICE, month).volumes == ()


# --- talks --------------------------------------------------------------------------------------------------------


def test_everybody_scored_has_a_note_in_the_order_of_the_ranking(service):
    assert [talk.employee_id for talk in service.talks] == [row.employee_id for row in service.people]


def test_a_note_names_what_moved_and_what_cost_most(month, service):
    talk = next(t for t in service.talks if t.employee_id == "E2002")
    person = next(p for p in month.people if p.employee_id == "E2002")
    lost = max(i.weight_used - i.points for i in person.cards[-1].indicators if i.points is not None)
    assert talk.costliest.lost == lost
    assert talk.up is None or talk.up.improved
    assert talk.down is None or not talk.down.improved
    assert [plan.title.en for plan in talk.plans] == ["Training plan"]


def test_a_note_names_what_is_not_settled(month):
    (late,) = [p for p in month.people if p.employee_id == "E2013"]
    assert {matter.kind for matter in matters(late)} >= {"too_few", "part", "provisional"}
    card = late.cards[0]
    red = card.indicators[0].model_copy(update={"group": GROUP, "missing": None})
    crossed = late.model_copy(update={"cards": (card.model_copy(update={"indicators": (red,)}),)})
    assert next(matters(crossed)).kind == "red_line"


def test_the_unscored_have_no_note():
    assert sample.report_of(sample.nobody_scored()).talks == ()


def test_no_hidden_or_tried_plan_stands_in_a_note(month):
    (person,) = [p for p in month.people if p.employee_id == "E2013"]
    plan = next(each for each in person.consequences if each.effect == "improvement")
    tried, hidden = plan.model_copy(update={"trial": True}), plan.model_copy(update={"hr_only": True})
    changed = person.model_copy(update={"consequences": (tried, hidden, plan)})
    people = tuple(changed if p.employee_id == "E2013" else p for p in month.people)
    report = department_report(month.model_copy(update={"people": people}), SERVICE, {}, context())
    assert [len(talk.plans) for talk in report.talks if talk.employee_id == "E2013"] == [1]


def test_plans_stand_apart_from_other_proposals(service):
    assert {each.consequence.effect for each in service.plans} == {"training", "improvement"}
    assert sorted((*service.plans, *service.proposals), key=str) == sorted(service.consequences, key=str)
    assert service.first_due == min(each.consequence.due_on for each in service.plans if each.consequence.due_on)


# --- schemes ------------------------------------------------------------------------------------------------------


def paid(month, fen):
    """Everybody whom the draft pays gets so much, and has no points."""

    def emptied(one):
        if one.pay is None:
            return one
        return one.model_copy(
            update={"card": None, "rank": None, "sheets": (), "pay": one.pay.model_copy(update={"total_fen": fen})}
        )

    people = (p.model_copy(update={"appraisals": tuple(emptied(one) for one in p.appraisals)}) for p in month.people)
    return month.model_copy(update={"people": tuple(people)})


def test_people_with_nothing_but_zeros_are_counted(month):
    nothing = department_report(paid(month, 0), SERVICE, {}, context()).schemes[0]
    something = department_report(paid(month, 5), SERVICE, {}, context()).schemes[0]
    assert (len(nothing.people), nothing.others) == (1, 12)  # who is only ranked has points to show
    assert (len(something.people), something.others) == (13, 0)
    assert nothing.total_fen == 0


def test_trials_stand_side_by_side(service):
    (table,) = service.trials
    (trial,) = [scheme for scheme in service.schemes if scheme.counts == "trial"]
    assert table.titles == (trial.title,)
    assert {row.employee_id: row.cells[0].score for row in table.rows} == {p.employee_id: p.score for p in trial.people}
