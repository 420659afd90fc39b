"""The gate reads the tables of work and of what people write down: each of their rules catches its fault, no more."""

import pytest

from tests.gate_company import found, healthy, report
from transforms.findings import Severity

LINEAGE = "'s', 'w.csv', 1"
ROWS = {
    "presence": f"('a1', 'shop1', '2026-10-05', 28800, 28000, 9000, 20000, null, null, null, null, null, {LINEAGE})",
    "qa_checks": "('q1', 'shop1', 'a1', '2026-10-05 10:00', '2026-10-06 10:00', 'sampled', 'attitude', true, null, "
    f"{LINEAGE})",
    "shop_scores": f"('shop1', '2026-10-05', 'attitude', 4.8, 4.7, 4.9, {LINEAGE})",
    "tasks": "('t1', 'E1', 'design', '2026-10-05 10:00', '2026-10-07 18:00', '2026-10-07 10:00', null, 3, 3, true, 90, "
    f"{LINEAGE})",
    "figures": f"('shop', 'shop1', 'incidents', '2026-10-31', -2.5, {LINEAGE})",
    "events": f"('e1', 'praise', 'E1', null, '2026-10-05', 1, null, null, 'E3', '2026-10-05 12:00', {LINEAGE})",
    "exams": f"('E1', 'rules', '2026-10-05', 90, 100, {LINEAGE})",
    "attendance": f"('E1', '2026-10-05', 'sick', null, {LINEAGE})",
    "pay_items": f"('E1', 'base', '2026-01-01', '2026-06-30', 500000, {LINEAGE}), "
    "('E1', 'base', '2026-07-01', null, 600000, 's', 'w.csv', 2), ('E1', 'fine', '2026-07-01', null, -100, 's', 'w.csv', 3)",
}


def with_work():
    con = healthy()
    for table, rows in ROWS.items():
        con.execute(f"insert into {table} values {rows}")
    return con


def test_healthy_rows_of_work_have_no_findings():
    checked = report(with_work())
    assert checked.findings == ()
    assert len(checked.quarantine) == 0


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("update presence set account_id = 'ghost'", "presence.unknown_account"),
        ("update presence set online_seconds = 90000", "presence.online_seconds_above_maximum"),
        ("update presence set chat_seconds = -1", "presence.chat_seconds_below_minimum"),
        ("update qa_checks set aspect = 'looks'", "qa_checks.aspect_not_allowed"),
        ("update qa_checks set judged_at = '2026-10-04'", "qa_checks.judged_before_handled"),
        ("update shop_scores set shop_id = 'nowhere'", "shop_scores.unknown_shop"),
        ("update tasks set quality = 101", "tasks.quality_above_maximum"),
        ("update tasks set done_at = '2026-10-05 09:00'", "tasks.done_before_requested"),
        ("update tasks set employee_id = 'E9'", "tasks.unknown_employee"),
        ("update figures set subject_id = 'shop9'", "figures.unknown_subject"),
        ("update figures set level = 'employee'", "figures.unknown_subject"),
    ],
)
def test_a_bad_fact_of_work_is_quarantined(fault, check):
    con = with_work()
    con.execute(fault)
    finding = found(con, quarantine_limit_rate=1)[check]
    assert (finding.severity, finding.quarantined, finding.rows) == (Severity.WARNING, True, 1)


@pytest.mark.parametrize(
    ("fault", "check", "rows"),
    [
        ("update events set employee_id = null", "events.event_without_subject", 1),
        ("update events set employee_id = null, department_id = 'nowhere'", "events.unknown_department", 1),
        ("update events set quantity = -1", "events.quantity_below_minimum", 1),
        ("update exams set score = 101", "exams.score_above_best", 1),
        ("update attendance set kind = 'asleep'", "attendance.kind_not_allowed", 1),
        ("update pay_items set valid_until = null where item = 'base'", "pay_items.overlapping", 2),
        ("update pay_items set employee_id = 'E9' where item = 'fine'", "pay_items.unknown_employee", 1),
    ],
)
def test_a_wrong_input_stops_the_run(fault, check, rows):
    con = with_work()
    con.execute(fault)
    finding = found(con)[check]
    assert (finding.severity, finding.quarantined, finding.rows) == (Severity.CRITICAL, False, rows)


def test_a_department_may_have_an_event_and_nobody_a_days_presence():
    con = with_work()
    con.execute("update events set employee_id = null, department_id = 'cs'")
    assert found(con) == {}
    con.execute("update accounts set valid_from = '2026-10-06' where account_id = 'a1' and shop_id = 'shop1'")
    assert found(con)["presence.account_without_holder"].rows == 1
