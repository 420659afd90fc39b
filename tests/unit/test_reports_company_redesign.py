"""What was redesigned between two periods, from the schemes as they judged and the targets as agreed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.schemes import load_scheme
from tests.sample_results import DEPARTMENTS, results
from tests.scheme_kit import text_of
from transforms.reports.redesign import scheme_changes, target_changes
from transforms.scoring.trace import leaf

LINEAR = "- {metric: csat_rate, weight: 60, score: {linear: {zero_at: 70%, full_at: 95%}}}"
TARGET = "- {metric: complaint_rate, weight: 40, target: 0.5%, score: {target: {}}}"


@pytest.fixture(scope="module")
def make(tmp_path_factory):
    """A scheme of these indicators, as it judges."""

    def made(*lines, grades="{excellent: 90, good: 80, qualified: 60}", day="2026-01-01"):
        text = text_of(*(f"      {line}\n" for line in lines)).replace(
            "{excellent: 90, good: 80, qualified: 60}", grades
        )
        text = text.replace("effective_from: 2026-01-01", f"effective_from: {day}")
        path = tmp_path_factory.mktemp("scheme") / "small.yaml"
        path.write_text(text, encoding="utf-8")
        scheme = load_scheme(path)
        return {scheme.scheme: (scheme, scheme.versions[0])}

    return made


def told(changes):
    """Kind, title and both sides, in English."""
    sides = ((c, c.before and c.before.in_locale("en"), c.after and c.after.in_locale("en")) for c in changes)
    return [(c.what, c.title.in_locale("en"), before, after) for c, before, after in sides]


def test_the_same_schemes_are_no_change(make):
    assert told(scheme_changes(make(LINEAR, TARGET), make(LINEAR, TARGET))) == []


def test_weights_rules_and_targets_stand_before_and_after(make):
    now = make(
        LINEAR.replace("60", "70").replace("95%", "97%"), TARGET.replace("40", "30").replace("0.5%", "0.4%"),
        day="2026-02-01",
    )  # fmt: skip
    assert told(scheme_changes(make(LINEAR, TARGET), now)) == [
        ("version", "Small", "version of 2026-01-01", "version of 2026-02-01"),
        ("weight", "Customer satisfaction", "60", "70"),
        ("rule", "Customer satisfaction", "0 at 70%, full at 95%", "0 at 70%, full at 97%"),
        ("weight", "Complaint rate", "40", "30"),
        ("target", "Complaint rate", "0.5%", "0.4%"),
    ]


def test_a_new_and_a_gone_indicator_are_one_line_each(make):
    other = "- {metric: reply_rate, weight: 40, score: {linear: {zero_at: 50%, full_at: 100%}}}"
    found = told(scheme_changes(make(LINEAR, TARGET), make(LINEAR, other)))
    assert found == [("indicator", "Reply rate", None, "40"), ("indicator", "Complaint rate", "40", None)]


def test_a_new_threshold_of_a_grade_is_told(make):
    now = make(LINEAR, TARGET, grades="{excellent: 92, good: 80, qualified: 60}")
    assert told(scheme_changes(make(LINEAR, TARGET), now)) == [("grade", "excellent", "90", "92")]


def test_schemes_that_come_and_go_are_told_with_who_approved_them(make):
    one = make(LINEAR, TARGET)
    (new,), (gone,) = scheme_changes({}, one), scheme_changes(one, {})
    assert (new.what, new.before, new.approved) == ("scheme", None, "Head of HR, 2025-12-12, HR-1")
    assert (gone.what, gone.after) == ("scheme", None)


def with_target(value):
    """The customer service department with an agreed target of paid sales; None: without one."""
    department = next(d for d in results().departments if d.department_id == "customer_service")
    first, *rest = department.card.indicators
    told = leaf("target", "target of paid_sales", value, level="department", subject="customer_service")
    lines = (first.model_copy(update={"trace": told}), *rest) if value is not None else (first, *rest)
    return department.model_copy(update={"card": department.card.model_copy(update={"indicators": lines})})


@settings(deadline=None)
@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_department_s_agreed_target_is_told_exactly_when_it_moved(before, now):
    found = list(target_changes([with_target(Decimal(before))], [with_target(Decimal(now))]))
    assert len(found) == (before != now)
    assert all(c.department == DEPARTMENTS["customer_service"][0] and c.what == "target" for c in found)


def test_a_target_that_is_new_has_no_other_side():
    (change,) = target_changes([with_target(None)], [with_target(Decimal(51630000))])
    assert (change.before, change.after.en) == (None, "516,300 yuan")
