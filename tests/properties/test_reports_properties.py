"""What holds of every report, whatever the numbers."""

from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.rendering.formats import Formats
from flows.rendering.texts import clean
from tests.sample_results import all_history, context, results
from transforms.metrics.model import MetricValue
from transforms.reports import ScorePoint, department_report, employee_report
from transforms.reports.parts import metric_trend, score_trend, spread

SCORES = st.decimals(0, 100, places=2)
MONTHS = st.integers(1, 12).map(lambda n: f"2026-{n:02}")


@cache
def month():
    return results()


@given(st.lists(SCORES))
def test_bands_count_everybody_once_and_quartiles_are_in_order(scores):
    told = spread(scores)
    assert sum(people for _, people in told.bands) == told.count == len(scores)
    if scores:
        parts = [told.lowest, told.lower_quartile, told.median, told.upper_quartile, told.highest]
        assert parts == sorted(parts)
        assert told.lowest <= told.mean <= told.highest


@given(st.lists(SCORES), st.randoms())
def test_the_spread_does_not_hang_on_the_order(scores, random):
    mixed = scores[:]
    random.shuffle(mixed)
    assert spread(mixed) == spread(scores)


@given(st.lists(st.tuples(MONTHS, st.none() | SCORES)), SCORES, st.integers(1, 12))
def test_a_trend_is_in_order_ends_now_and_is_no_longer_than_asked(history, now, months):
    points = score_trend(
        [ScorePoint(period=period, score=score) for period, score in history],
        ScorePoint(period="2026-10", score=now),
        months,
    )
    periods = [point.period for point in points]
    assert periods == sorted(set(periods))
    assert periods[-1] == "2026-10"
    assert points[-1].value == now
    assert len(points) <= months


@given(st.lists(st.tuples(MONTHS | st.just("2026-10-01..2026-10-07"), SCORES)))
def test_weeks_never_get_into_a_trend_of_months(windows):
    values = [
        MetricValue(level="employee", subject_id="E", department_id="d", window=window, metric="m", numerator=None,
                    denominator=None, value=value)
        for window, value in windows
    ]  # fmt: skip
    assert all(
        len(point.period) == 7 and point.period <= "2026-10" for point in metric_trend(values, "m", "2026-10", 6)
    )


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_a_number_read_back_is_the_number_rounded(value, places):
    written = Formats("en", "CNY").number(value, places)
    read = Decimal(written.replace(",", "").replace("−", "-"))
    assert abs(read - value) <= Decimal(5).scaleb(-places - 1)


@given(st.text())
def test_clean_text_has_no_controls_and_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
    assert all(character.isprintable() or character.isspace() or ord(character) > 0xA0 for character in once)
    assert "\n" not in once


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([p.employee_id for p in results().people]))
def test_points_and_what_was_lost_make_the_weight(employee_id):
    report = employee_report(month(), employee_id, (), context())
    for card in report.cards:
        for line in card.indicators:
            assert line.points is None or line.points + line.lost == line.weight_used
        assert sum(line.points or 0 for line in card.indicators) == card.score


@settings(max_examples=5, deadline=None)
@given(st.sampled_from([d.department_id for d in results().departments]))
def test_a_department_report_is_of_its_own_people_only(department_id):
    report = department_report(month(), department_id, all_history(), context())
    ours = {p.employee_id for p in month().people if p.department_id == department_id}
    assert {row.employee_id for row in (*report.people, *report.unscored)} == ours
