"""Tasks from facts to values: due, done, on time, accepted, good (metrics.md "Operations …"; S07, S13, S16, S18)."""

from decimal import Decimal

import pytest

from tests.facts import at, facts, on, valued
from transforms.measures.parameters import MeasureParameters
from transforms.measures.runner import compute, source_rows
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import parse


def task(number, kind, due="", done="", who="E1", asked="1 09:00", **more):
    return {
        "task_id": f"{kind}{number}", "employee_id": who, "kind": kind, "requested_at": at(asked),
        "due_at": at(due) if due else None, "done_at": at(done) if done else None, **more,
    }  # fmt: skip


def four(kind):
    """One on time and accepted, one late and refused, one never done, one without a due time."""
    return [
        task(1, kind, "10 18:00", "10 17:00", accepted=True, quality=90, planned_quantity=10, quantity=10),
        task(2, kind, "10 18:00", "12 17:00", accepted=False, quality=Decimal("70.5"), planned_quantity=10, quantity=4),
        task(3, kind, "11 18:00", planned_quantity=5),
        task(4, kind, done="3 09:00", quantity=Decimal("2.5")),
    ]


OTHERS = [
    task(8, "other", "9 18:00", "9 17:00", accepted=True, quality=0, planned_quantity=100, quantity=100, who="E2"),
    task(9, "other", "34 18:00", "34 17:00", accepted=True, quality=0, who="E1"),  # November's
]


@pytest.fixture(scope="module")
def values():
    kinds = ("task", "design", "project", "report", "translation", "document")
    return {kind: valued(facts(tasks=[*four(kind), *OTHERS]), *CATALOGUE) for kind in kinds}


@pytest.mark.parametrize(
    ("metric", "kind", "expected"),
    [
        ("tasks_done_rate", "task", Decimal(3) / 4),
        ("tasks_on_time_rate", "task", Decimal(1) / 3),
        ("overdue_tasks", "task", 2),
        ("task_quality", "task", Decimal("80.25")),
        ("design_done_rate", "design", Decimal(3) / 4),
        ("design_on_time_rate", "design", Decimal(1) / 3),
        ("design_accepted_rate", "design", Decimal(1) / 2),
        ("design_progress_rate", "design", Decimal(14) / 25),
        ("project_progress_rate", "project", Decimal(14) / 25),
        ("project_quality", "project", Decimal("80.25")),
        ("reports_done", "report", 3),
        ("reports_on_time_rate", "report", Decimal(1) / 3),
        ("reports_accepted_rate", "report", Decimal(1) / 2),
        ("report_quality", "report", Decimal("80.25")),
        ("translated_pages", "translation", Decimal("16.5")),
        ("translation_quality", "translation", Decimal("80.25")),
        ("documents_complete_rate", "document", Decimal(1) / 3),
    ],
)
def test_each_kind_has_its_own_numbers(metric, kind, expected, values):
    assert values[kind][f"E1 {metric}"] == pytest.approx(expected)


def test_other_kinds_do_not_count():
    con = facts(tasks=[*four("report"), *OTHERS])
    assert valued(con, "design_done_rate", "design_progress_rate", "project_quality", "translated_pages") == {}
    assert valued(con, "tasks_done_rate")["E2"] == 1


def test_who_was_asked_for_reports_and_made_none_made_zero():
    con = facts(tasks=[task(1, "report", "10 18:00")])
    assert valued(con, "reports_done", "reports_on_time_rate", "report_quality", "overdue_tasks") == {
        "E1 reports_done": 0, "E1 reports_on_time_rate": 0, "E1 overdue_tasks": 1,
    }  # fmt: skip


def test_a_task_done_too_long_after_it_was_due_counts_as_not_done_for_good():
    late = [task(1, "task", "10 18:00", "17 23:59"), task(2, "task", "10 18:00", "18 00:00")]
    assert valued(facts(tasks=late), "tasks_done_rate")["E1"] == Decimal(1) / 2
    assert valued(facts(tasks=late), "tasks_done_rate", task_days=8)["E1"] == 1


def test_departments_and_the_company_are_sums():
    con = facts(tasks=[*four("task"), *OTHERS])
    assert valued(con, "tasks_done_rate", level="department") == {"customer_service": Decimal(4) / 5}
    assert valued(con, "tasks_done_rate", level="company") == {"company": Decimal(4) / 5}


def test_a_task_belongs_to_no_shop_and_leads_to_its_line():
    con = facts(tasks=four("design"))
    known = compute(con, MeasureParameters(), parse("2026-10"))
    assert known["shop_id"].isna().all()
    rows = source_rows(con, MeasureParameters(), "tasks_overdue:design", "E1", None, parse("2026-10"))
    assert rows[["task_id", "_file", "_row"]].values.tolist() == [
        ["design2", "tasks.csv", 2],
        ["design3", "tasks.csv", 3],
    ]
    assert rows["day"].dt.date.tolist() == [on(10), on(11)]
