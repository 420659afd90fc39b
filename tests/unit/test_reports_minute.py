"""Page one in a minute: targets reached, what moved in points, what a usual step brings, small samples; and the record."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rendered import sample
from tests.sample_results import context, results, score_history
from transforms.metrics.model import Better, Unit
from transforms.reports import employee_report
from transforms.reports.minute import SMALL, minute
from transforms.reports.record_model import RecordLine
from transforms.titles import Title

WHO = "E2002"


def of(report, **changed):
    """The minute of a report whose first indicator is changed."""
    (card,) = report.cards
    first, *others = card.groups[0].indicators
    group = card.groups[0].model_copy(update={"indicators": (first.model_copy(update=changed), *others)})
    cards = (card.model_copy(update={"groups": (group, *card.groups[1:])}),)
    person = next(p for p in results().people if p.employee_id == report.subject_id)
    return minute(person, cards, (), results().period, context())


def test_targets_that_are_reached_are_counted_both_ways():
    report = sample("employee", WHO)
    lines = [i for i in report.cards[0].indicators if i.target is not None and i.actual is not None]
    reached = [i for i in lines if (i.actual <= i.target if i.better is Better.LOWER else i.actual >= i.target)]
    assert (report.minute.reached, report.minute.targets) == (len(reached), len(lines))
    assert len(lines) > 0


def test_at_the_target_is_reached_and_a_hair_beyond_on_the_wrong_side_is_not():
    report = sample("employee", WHO)
    target, base = Decimal("0.9"), of(report, actual=None).reached
    for better, beyond in ((Better.HIGHER, Decimal("0.8999")), (Better.LOWER, Decimal("0.9001"))):
        assert of(report, better=better, target=target, actual=target).reached == base + 1
        assert of(report, better=better, target=target, actual=beyond).reached == base


def test_movements_are_differences_to_last_month_and_say_whether_they_are_better():
    report = sample("employee", WHO)
    told = {i.key: i for i in report.cards[0].indicators}
    assert 1 <= len(report.minute.movements) <= 3
    for moved in report.minute.movements:
        trend = told[moved.key].trend
        assert (moved.before, moved.after) == (trend[-2].value, trend[-1].value)
        assert moved.improved == ((moved.change < 0) == (told[moved.key].better is Better.LOWER))


def test_without_last_month_nothing_is_said_to_have_moved():
    report = sample("employee", WHO)
    (card,) = report.cards
    still = [i.model_copy(update={"change": None}) for i in card.indicators]
    group = card.groups[0].model_copy(update={"indicators": tuple(still)})
    person = next(p for p in results().people if p.employee_id == WHO)
    told = minute(person, (card.model_copy(update={"groups": (group,)}),), (), "2026-10", context())
    assert told.movements == ()


@pytest.mark.parametrize(("cases", "small"), [(SMALL - 1, True), (SMALL, False), (1, True), (0, False)])
def test_a_quotient_of_few_cases_is_told_as_a_small_sample(cases, small):
    changed = of(sample("employee", WHO), unit=Unit.RATE, denominator=Decimal(cases), denominator_unit=Unit.COUNT)
    assert (Decimal(cases) in [each.cases for each in changed.small]) == small


def test_an_amount_below_the_line_is_no_small_sample():
    changed = of(sample("employee", WHO), unit=Unit.RATE, denominator=Decimal(5), denominator_unit=Unit.FEN)
    assert Decimal(5) not in [each.cases for each in changed.small]


def test_the_record_holds_the_readers_own_entries_only():
    line = RecordLine(
        kind="appeal", ref="A-1", on=date(2026, 11, 9), says=Title(zh_hans="申诉"), state=Title(zh_hans="成立")
    )
    told = context().model_copy(update={"record": {WHO: (line,)}})
    for who, entries in ((WHO, (line,)), ("E2003", ())):
        assert employee_report(results(), who, score_history(who), told).record == entries


def test_what_is_paid_is_the_sum_of_the_schemes_that_bind():
    for person in results().people:
        report = sample("employee", person.employee_id)
        lines = [a.pay.total_fen for a in person.appraisals if a.pay and a.counts != "trial"]
        carried = [line.amount_fen for line in person.carried]
        assert report.paid_fen == (sum(lines) + sum(carried) if lines or carried else None)


def test_a_groups_weight_is_what_its_lines_weigh_even_where_weights_were_shared_out():
    shared_out = 0
    for person in results().people:
        for card in sample("employee", person.employee_id).cards:
            for group in card.groups:
                counted = [i for i in group.indicators if i.points is not None]
                assert group.weight_used == sum(i.weight_used for i in counted)
                shared_out += group.weight_used != group.weight
                assert group.points is None or group.points <= group.weight_used
    assert shared_out > 0


def test_what_does_not_count_is_not_told_as_a_movement():
    report = sample("employee", WHO)
    moved = report.minute.movements[0].key
    (card,) = report.cards
    hidden = [
        group.model_copy(
            update={
                "indicators": tuple(
                    i.model_copy(update={"score": None} if i.key == moved else {}) for i in group.indicators
                )
            }
        )
        for group in card.groups
    ]
    person = next(p for p in results().people if p.employee_id == WHO)
    told = minute(person, (card.model_copy(update={"groups": tuple(hidden)}),), (), "2026-10", context())
    assert moved not in [each.key for each in told.movements]
