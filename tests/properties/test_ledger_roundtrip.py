"""Whatever scoring yields comes back from the ledger equal, to the last digit."""

from datetime import date
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.warehouse.ledger import record
from flows.warehouse.ledger_hash import canonical, digest
from flows.warehouse.ledger_queries import load_results, verify_chain
from flows.warehouse.ledger_rows import result_rows, rows_digest
from tests.ledger import revision_input
from transforms.findings import Finding, Severity
from transforms.metrics.model import MetricValue
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult, Trace
from transforms.titles import Title

SNAPSHOTS = count()
# PostgreSQL keeps no NUL and no lone surrogate in text; the gate knows no id with them either.
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
ids = st.one_of(text, st.sampled_from(["NA", "null", "None", "", "王𠮷", "a'b\"c"]))
number = st.decimals(allow_nan=False, allow_infinity=False)
score = st.none() | number
title = st.builds(Title, zh_hans=text, zh_hant=st.none() | text, en=st.none() | text)
trace = st.recursive(
    st.builds(Trace, op=text, label=text, value=score, args=st.dictionaries(text, text, max_size=2)),
    lambda inner: st.builds(Trace, op=text, label=text, value=score, inputs=st.lists(inner, max_size=2).map(tuple)),
    max_leaves=3,
)
people = st.builds(
    PersonResult, employee_id=ids, name=text, department_id=ids, cards=st.just(()), working_days=st.integers(0, 31),
    period_working_days=st.integers(0, 31), score=score, grade=st.none() | text, grade_title=st.none() | title,
    rank=st.none() | st.integers(1, 99), ranked_of=st.none() | st.integers(1, 99), provisional=st.booleans(),
    not_scored=st.none() | text, trace=trace,
)  # fmt: skip
departments = st.builds(
    DepartmentResult, department_id=ids, title=title, manager_ids=st.lists(ids, max_size=2).map(tuple),
    employee_ids=st.lists(ids, max_size=2).map(tuple), card=st.none(), mean_score=score, median_score=score,
    grades=st.dictionaries(text, st.integers(), max_size=2), provisional=st.booleans(),
)  # fmt: skip
values = st.builds(
    MetricValue, level=st.sampled_from(["employee", "department", "company"]), subject_id=ids,
    department_id=st.none() | ids, window=text, metric=text, numerator=score, denominator=score, value=score,
)  # fmt: skip
findings = st.builds(
    Finding, check=text, severity=st.sampled_from(Severity), table=text, rows=st.integers(0, 2**40), message=text,
    todo=text, day=st.none() | text, shop_id=st.none() | text, sample_keys=st.lists(text, max_size=2).map(tuple),
    employee_ids=st.lists(ids, max_size=2).map(tuple), quarantined=st.booleans(),
)  # fmt: skip
anything = st.builds(
    PeriodResults, period=st.just("2026-10"), provisional=st.booleans(),
    provisional_until=st.none() | st.dates(date(2000, 1, 1)),
    people=st.lists(people, max_size=3, unique_by=lambda p: p.employee_id).map(tuple),
    departments=st.lists(departments, max_size=2, unique_by=lambda d: d.department_id).map(tuple),
    values=st.lists(values, max_size=3).map(tuple), findings=st.lists(findings, max_size=2).map(tuple),
    filtered=st.dictionaries(ids, st.dictionaries(text, st.integers(0, 9), max_size=2), max_size=2),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(results=anything)
def test_results_come_back_equal_and_the_chain_holds(ledger, results):
    snapshot = f"s{next(SNAPSHOTS)}"
    made = record(ledger, revision_input(snapshot, results=results))
    back = load_results(ledger, made.id)
    assert back == results
    # equal digits, not only equal numbers
    assert rows_digest(result_rows(0, back)) == rows_digest(result_rows(0, results))
    again = record(ledger, revision_input(snapshot, results=results))
    assert (again.id, again.created) == (made.id, False)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(months=st.lists(anything, max_size=3))
def test_the_chain_holds_for_any_results(ledger, months):
    for results in months:
        record(ledger, revision_input(f"s{next(SNAPSHOTS)}", results=results))
    assert verify_chain(ledger) == []


@given(st.dictionaries(text, text | st.integers() | st.none()))
def test_canonical_json_does_not_depend_on_order(value):
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    assert digest(turned) == digest(value)
