"""Which days are measured, and which windows evaluated: all that is looked at, and nothing twice."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.windows import evaluate_windows, extra, measured, ranges
from tests.scheme_kit import CATALOGUE, CSAT, read, text_of
from transforms.metrics.catalogue import CATALOGUE as REAL
from transforms.period import Period, parse
from transforms.schemes.scheme import Scheme

OCTOBER = parse("2026-10")
TREND = tuple(parse(f"2026-{month:02}") for month in (8, 9, 10))


def scheme(folder: Path, to: str = "", head: str = "") -> Scheme:
    line = CSAT.format(weight=100)
    if to:
        line = line.replace("{linear: {zero_at: 50%, full_at: 100%}}", f"{{ratio: {{to: {{of: own, when: {to}}}}}}}")
    return read(folder, text_of(line).replace("versions:", f"{head}versions:", 1))


def keys(windows) -> list[str]:
    return [window.key for window in windows]


def test_the_trend_alone_is_one_range(tmp_path: Path) -> None:
    assert keys(measured([scheme(tmp_path)], OCTOBER, TREND, CATALOGUE)) == ["2026-08-01..2026-10-31"]
    assert extra([scheme(tmp_path)], OCTOBER, TREND) == {}


def test_last_year_is_one_month_apart_and_not_thirteen(tmp_path: Path) -> None:
    asking = [scheme(tmp_path, "same_month_last_year")]
    assert keys(measured(asking, OCTOBER, TREND, CATALOGUE)) == ["2025-10", "2026-08-01..2026-10-31"]
    assert {window.key: set(told) for window, told in extra(asking, OCTOBER, TREND).items()} == {
        "2025-10": {"csat_rate"}
    }


def test_what_the_trend_shows_is_not_evaluated_again(tmp_path: Path) -> None:
    assert extra([scheme(tmp_path, "last_month")], OCTOBER, TREND) == {}
    assert set(extra([scheme(tmp_path, "last_month")], OCTOBER, TREND[2:])) == {parse("2026-09")}


def test_an_own_period_begins_in_the_month_before(tmp_path: Path) -> None:
    own = [scheme(tmp_path, head="starts_on_day: 21\n")]
    assert keys(measured(own, OCTOBER, TREND[2:], CATALOGUE)) == ["2026-09-21..2026-10-31"]
    assert keys(extra(own, OCTOBER, TREND[2:])) == ["2026-09-21..2026-10-20"]


days = st.integers(0, 60).map(lambda n: date(2026, 9, 1) + timedelta(n))
windows = st.lists(st.tuples(days, st.integers(0, 20)).map(lambda told: Period(told[0], told[0] + timedelta(told[1]))))


@given(told=windows)
@settings(max_examples=200, deadline=None)
def test_ranges_hold_every_day_of_the_windows_once_and_no_other(told: list[Period]) -> None:
    found = ranges(told)
    listed = [day for each in found for day in each.days]
    assert set(listed) == {day for each in told for day in each.days}
    assert len(listed) == len(set(listed))
    assert all(one.end + timedelta(1) < other.start for one, other in pairwise(found))


def _measures(first: date, last: date) -> pd.DataFrame:
    listed = Period(first, last).days
    return pd.DataFrame({
        "day": pd.to_datetime(listed), "shop_id": "s1", "employee_id": "E1", "department_id": "cs",
        "measure": next(m.numerator for m in REAL.values() if m.growth_of == "last_month"), "value": 100,
    })  # fmt: skip


def test_a_growth_against_days_that_were_not_measured_is_left_out() -> None:
    key = next(m.key for m in REAL.values() if m.growth_of == "last_month")
    two = (parse("2026-09"), OCTOBER)
    measures = _measures(date(2026, 9, 1), OCTOBER.end)
    asked = dict.fromkeys(two, frozenset({key}))
    found = evaluate_windows(measures, asked, REAL, ranges(two))
    assert {each.window for each in found} == {"2026-10"}
    assert all(each.value is not None and each.value > 0 for each in found)  # 31 days against 30


def test_windows_evaluated_apart_and_together_are_the_same() -> None:
    wanted = frozenset({"paid_sales"})
    measures = _measures(date(2026, 9, 1), OCTOBER.end)
    two = (parse("2026-09"), OCTOBER)
    together = evaluate_windows(measures, dict.fromkeys(two, wanted), REAL, ranges(two))
    apart = [each for window in two for each in evaluate_windows(measures, {window: wanted}, REAL, ranges(two))]
    assert together
    assert sorted(together, key=repr) == sorted(apart, key=repr)
