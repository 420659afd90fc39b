"""Whoever is paid by these rows wants them right: doubled people, overlaps, managers, work without a department."""

import pytest

from tests.gate_company import empty, found, healthy, report
from transforms.findings import Severity


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("insert into employees by name select * replace ('again.csv' as _file) from employees where employee_id = 'E1'", "employees.duplicated_key"),
        ("insert into assignments values ('E2', 'ops', '2026-10-10', null, 'member', null, 's', 'assignments.csv', 9)", "assignments.overlapping"),
        ("insert into accounts values ('a1', 'shop1', '2026-10-10', null, 'E2', 'human', 's', 'accounts.csv', 900)", "accounts.overlapping"),
        ("insert into responsibilities select 'E' || i, 'shop1', 'tea', make_date(2026, i, 1), null, 's', 'r.csv', i from range(3, 5) r(i)", "responsibilities.overlapping"),
        ("insert into assignments values ('E9', 'ops', '2026-10-10', null, 'member', null, 's', 'assignments.csv', 9)", "assignments.unknown_employee"),
        ("insert into assignments values ('E2', 'nowhere', '2019-01-01', '2019-02-01', 'member', null, 's', 'assignments.csv', 9)", "assignments.unknown_department"),
        ("update accounts set employee_id = null where account_id = 'a1'", "accounts.human_without_employee"),
        ("update assignments set valid_until = '2019-01-01' where employee_id = 'E2'", "assignments.until_before_from"),
        ("insert into judgements values ('E1', 'in_team', '2026-10', 'E3', 'manager', 101, null, '2026-11-01', 's', 'j.csv', 1)", "judgements.score_above_maximum"),
        ("insert into judgements values ('E1', 'in_team', '2026-10', 'E9', 'manager', 90, null, '2026-11-01', 's', 'j.csv', 1)", "judgements.unknown_rater"),
        ("insert into targets values ('department', 'nowhere', 'paid_sales', '2026-10', 5, 's', 't.csv', 1)", "targets.unknown_subject"),
    ],
)  # fmt: skip
def test_a_wrong_row_of_the_organisation_is_critical(fault, check):
    con = healthy()
    con.execute(fault)
    finding = found(con)[check]
    assert finding.severity is Severity.CRITICAL
    assert not finding.quarantined
    assert finding.todo


def test_assignments_one_after_the_other_do_not_overlap():
    con = healthy()
    con.execute("update assignments set valid_until = '2026-10-09' where employee_id = 'E2'")
    con.execute(
        "insert into assignments values ('E2', 'ops', '2026-10-10', null, 'member', null, 's', 'assignments.csv', 9)"
    )
    assert found(con) == {}


def test_a_helper_on_loan_does_not_overlap():
    con = healthy()
    con.execute(
        "insert into assignments values ('E2', 'ops', '2026-10-10', null, 'helper', null, 's', 'assignments.csv', 9)"
    )
    assert found(con) == {}


def test_an_account_handed_over_at_a_moment_does_not_overlap():
    con = healthy()
    con.execute("update accounts set valid_until = '2026-10-10 12:00' where account_id = 'a1' and shop_id = 'shop1'")
    con.execute(
        "insert into accounts values ('a1', 'shop1', '2026-10-10 12:00', null, 'E2', 'human', 's', 'accounts.csv', 900)"
    )
    assert found(con) == {}


def test_a_duplicated_employee_names_the_number_and_both_rows():
    con = healthy()
    con.execute(
        "create table conflicts (table_name varchar, key varchar, file varchar, row bigint, other_file varchar, other_row bigint)"
    )
    con.execute("insert into conflicts values ('employees', 'E2', 'employees.csv', 2, 'employees.csv', 7)")
    finding = found(con)["employees.conflict"]
    assert finding.severity is Severity.CRITICAL
    assert finding.sample_keys == ("E2",)
    assert "employees.csv row 2" in finding.message
    assert "employees.csv row 7" in finding.message


def test_an_unreadable_employee_is_critical_and_an_unreadable_order_a_warning():
    con = healthy()
    con.execute(
        "insert into rejected values ('employees', 's', 'employees.csv', 5, 'hired_on', '31.02.', 'not a day that exists')"
    )
    con.execute(
        "insert into rejected values ('orders', 's', 'orders.csv', 7, 'order_amount_fen', 'ten', 'not a whole number')"
    )
    findings = found(con)
    assert findings["employees.hired_on_rejected"].severity is Severity.CRITICAL
    assert findings["orders.order_amount_fen_rejected"].severity is Severity.WARNING
    assert findings["orders.order_amount_fen_rejected"].sample_keys == ("orders.csv #7",)
    rows = report(con).quarantine
    assert ("orders.csv", 7) in set(zip(rows["file"], rows["row"], strict=True))


def test_a_department_without_a_manager_at_the_end_is_a_warning():
    con = healthy()
    con.execute("update assignments set valid_until = '2026-10-30' where employee_id = 'E3'")
    finding = found(con)["departments.no_manager"]
    assert (finding.severity, finding.sample_keys) == (Severity.WARNING, ("ops",))


def test_a_manager_without_an_address_is_a_warning():
    con = healthy()
    con.execute("update employees set email = null where employee_id in ('E1', 'E2')")
    finding = found(con)["employees.manager_without_email"]
    assert (finding.severity, finding.employee_ids) == (Severity.WARNING, ("E1",))


def test_work_on_a_day_without_an_assignment_is_a_warning():
    con = healthy()
    con.execute("update assignments set valid_until = '2026-10-15' where employee_id = 'E2'")
    finding = found(con)["assignments.no_assignment"]
    assert (finding.severity, finding.employee_ids, finding.rows) == (Severity.WARNING, ("E2",), 1)


@pytest.mark.parametrize("table", ["shops", "departments", "employees", "assignments"])
def test_a_company_without_a_required_table_is_critical(table):
    con = healthy()
    con.execute(f"delete from {table}")
    assert found(con)[f"{table}.table_missing"].severity is Severity.CRITICAL


def test_an_empty_snapshot_says_what_is_missing():
    checks = [finding.check for finding in report(empty()).findings]
    assert checks == [
        "shops.table_missing", "departments.table_missing", "employees.table_missing", "assignments.table_missing",
        "facts.no_facts",
    ]  # fmt: skip
