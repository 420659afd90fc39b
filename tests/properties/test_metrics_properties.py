"""Metrics hold for any measures: levels and windows are sums, and the order of rows does not matter."""

from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.evaluate import evaluate
from transforms.period import parse

METRICS = [CATALOGUE[key] for key in ("complaint_rate", "paid_order_value", "reply_rate", "received")]
KEYS = sorted({key for metric in METRICS for key in (metric.numerator, metric.denominator) if key})
people = st.sampled_from([("E1", "cs"), ("E1", "ops"), ("E2", "cs"), ("E3", "ops")])
rows = st.lists(
    st.tuples(st.integers(1, 31), people, st.sampled_from(KEYS), st.integers(0, 10**12), st.sampled_from("st")),
    max_size=40,
)
WINDOWS = [parse("2026-10"), parse("2026-10-01..2026-10-15"), parse("2026-10-16..2026-10-31")]


def table(drawn):
    frame = pd.DataFrame(
        [(f"2026-10-{day:02}", *who, measure, value, shop) for day, who, measure, value, shop in drawn],
        columns=["day", "employee_id", "department_id", "measure", "value", "shop_id"],
    )
    return frame.assign(day=pd.to_datetime(frame["day"])).astype({"value": "int64"})


@settings(deadline=None, max_examples=60)
@given(rows, st.randoms())
def test_the_order_of_rows_does_not_matter(drawn, chance):
    before = evaluate(table(drawn), METRICS, WINDOWS)
    chance.shuffle(drawn)
    assert evaluate(table(drawn), METRICS, WINDOWS) == before


@settings(deadline=None, max_examples=60)
@given(rows)
def test_departments_and_company_are_the_sums_of_people(drawn):
    values = evaluate(table(drawn), METRICS, WINDOWS)
    for part in ("numerator", "denominator"):
        sums = {}
        for each in values:
            for key in {(each.level, each.department_id), (each.level, None)}:
                place = (*key, each.window, each.metric)
                sums[place] = sums.get(place, Decimal(0)) + (getattr(each, part) or 0)
        for (level, department, window, metric), amount in sums.items():
            if level == "department":
                assert amount == sums["employee", department, window, metric]
            if level == "company":
                assert amount == sums["department", None, window, metric]


@settings(deadline=None, max_examples=60)
@given(rows)
def test_a_month_is_the_sum_of_its_halves(drawn):
    values = {
        (v.level, v.subject_id, v.department_id, v.metric, v.window): v
        for v in evaluate(table(drawn), METRICS, WINDOWS)
    }
    for (*subject, window), whole in values.items():
        if window == "2026-10":
            halves = [values.get((*subject, half.key)) for half in WINDOWS[1:]]
            assert (whole.numerator or 0) == sum(half.numerator or 0 for half in halves if half)
            if whole.value is not None and whole.denominator is not None:
                assert whole.value * whole.denominator - whole.numerator < Decimal("1e-6")


MEASURED = sorted({key for m in CATALOGUE.values() for key in (m.numerator, m.denominator, *m.zero_if) if key})
somebody = st.sampled_from([("E1", "cs"), ("E2", "ops"), ("E2", None), (None, None), (None, "ops")])
anything = st.lists(
    st.tuples(
        st.integers(1, 31),
        somebody,
        st.sampled_from(MEASURED),
        st.integers(-(10**6), 10**9),
        st.sampled_from(("s", None)),
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=15)
@given(anything, st.randoms())
def test_the_order_of_rows_does_not_matter_to_any_metric(drawn, chance):
    everything = [*CATALOGUE.values()]
    before = evaluate(table(drawn), everything, WINDOWS)
    chance.shuffle(drawn)
    assert evaluate(table(drawn), everything, WINDOWS) == before


@settings(deadline=None, max_examples=15)
@given(anything, st.randoms())
def test_metrics_evaluated_apart_are_those_evaluated_together(drawn, chance):
    chosen = chance.sample([*CATALOGUE.values()], 6)
    together = {
        (v.metric, v.window, v.level, v.subject_id, v.department_id): v for v in evaluate(table(drawn), chosen, WINDOWS)
    }
    apart = [v for metric in chosen for window in WINDOWS for v in evaluate(table(drawn), [metric], [window])]
    assert {(v.metric, v.window, v.level, v.subject_id, v.department_id): v for v in apart} == together


@settings(deadline=None, max_examples=20)
@given(anything)
def test_a_value_is_its_numerator_over_its_denominator_or_there_is_none(drawn):
    for each in evaluate(table(drawn), CATALOGUE.values(), WINDOWS):
        metric = CATALOGUE[each.metric]
        if metric.denominator or metric.growth_of:
            assert (each.value is None) == (each.numerator is None or not each.denominator)
        else:
            assert each.value == each.numerator * metric.scale / metric.per


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from((9, 10)), st.integers(1, 28), st.integers(0, 10**9)), max_size=20))
def test_growth_says_by_how_much_now_exceeds_before(drawn):
    frame = pd.DataFrame(
        [(f"2026-{month:02}-{day:02}", "E1", "ops", "line_paid_amount_fen", fen, "s") for month, day, fen in drawn],
        columns=["day", "employee_id", "department_id", "measure", "value", "shop_id"],
    )
    frame = frame.assign(day=pd.to_datetime(frame["day"])).astype({"value": "int64"})
    (before, now) = (sum(fen for month, _, fen in drawn if month == wanted) for wanted in (9, 10))
    found = evaluate(frame, [CATALOGUE["sales_growth"]], WINDOWS[:1], ["employee"])
    if found:
        (each,) = found
        assert (each.numerator, each.denominator) == (now - before, before)
        assert each.value is None if not before else abs((1 + each.value) * before - now) < Decimal("1e-6")
    else:
        assert {month for month, _, _ in drawn} != {9, 10}
