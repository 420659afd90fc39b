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
