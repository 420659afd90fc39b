"""Each kind of row rule catches its fault, names the rows, and lets healthy rows pass."""

from string import Formatter

import pytest

from expectations import labels, messages, reasons, suites
from expectations.rules import Action, Kind, row_rules
from flows.sources import typed
from tests.gate_company import AS_OF, found, healthy, report
from transforms.findings import Severity
from transforms.tables import TABLES, Group

ONE_MESSAGE = "_row = (select min(_row) from messages where sent_at >= '2026-10-05')"
ONE_ORDER = "_row = (select min(_row) from orders where created_at >= '2026-10-05')"


def test_a_healthy_company_has_no_findings_and_nothing_is_kept_out():
    checked = report(healthy())
    assert checked.findings == ()
    assert len(checked.quarantine) == 0


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (f"update orders set paid_at = created_at - interval 1 hour where {ONE_ORDER}", "orders.paid_before_created"),
        (f"update orders set shipped_at = paid_at - interval 1 minute where {ONE_ORDER}", "orders.shipped_before_paid"),
        (f"update orders set delivered_at = shipped_at - interval 1 hour where {ONE_ORDER}", "orders.delivered_before_shipped"),
        (f"update orders set order_amount_fen = -1 where {ONE_ORDER}", "orders.order_amount_fen_below_minimum"),
        (f"update orders set status = 'lost' where {ONE_ORDER}", "orders.status_not_allowed"),
        (f"update orders set shop_id = 'nowhere' where {ONE_ORDER}", "orders.unknown_shop"),
        (f"update messages set account_id = 'ghost' where {ONE_MESSAGE}", "messages.unknown_account"),
        (f"update orders set handler_account_id = 'ghost' where {ONE_ORDER}", "orders.unknown_account"),
        (f"insert into messages by name select * replace ('again.csv' as _file) from messages where {ONE_MESSAGE}", "messages.duplicated_key"),
        ("insert into refunds values ('r1', 'shop1', 'never', 'return', null, '2026-10-09', null, null, null, 10, null, 's', 'refunds.csv', 1)", "refunds.unknown_order"),
        ("insert into ratings values ('r1', 'shop1', 'chat', null, 'a1', null, '2026-10-09', null, null, 6, 5, null, false, 's', 'ratings.csv', 1)", "ratings.score_above_best"),
    ],
)  # fmt: skip
def test_a_bad_fact_is_quarantined_with_a_warning_naming_file_and_row(fault, check):
    con = healthy()
    con.execute(fault)
    checked = report(con, quarantine_limit_rate=0.5)
    finding = next(f for f in checked.findings if f.check == check)
    assert finding.severity is Severity.WARNING
    assert finding.quarantined
    assert finding.rows == (2 if "duplicated" in check else 1)
    assert finding.sample_keys
    rows = checked.quarantine[checked.quarantine["check"] == check]
    assert len(rows) == finding.rows
    assert rows["file"].str.endswith(".csv").all()
    assert (rows["row"] > 0).all()


def test_an_account_nobody_held_then_is_reported_but_not_quarantined():
    con = healthy()
    con.execute("update accounts set valid_until = '2026-10-05' where account_id = 'a1' and shop_id = 'shop1'")
    checked = report(con)
    finding = next(f for f in checked.findings if f.check == "messages.account_without_holder")
    assert finding.severity is Severity.WARNING
    assert not finding.quarantined
    assert not (checked.quarantine["table_name"] == "messages").any()


def test_a_robot_is_a_known_account():
    con = healthy()
    con.execute("update messages set account_id = 'robot' where sent_at::date = '2026-10-05'")
    assert found(con) == {}


def test_every_unknown_account_is_counted_by_itself():
    con = healthy()
    con.execute(f"update messages set account_id = 'ghost1' where {ONE_MESSAGE}")
    con.execute("update messages set account_id = 'ghost2' where sent_at::date = '2026-10-08' and shop_id = 'shop2'")
    findings = [f for f in report(con, quarantine_limit_rate=0.5).findings if f.check == "messages.unknown_account"]
    assert {(f.sample_keys, f.rows) for f in findings} == {(("ghost1",), 1), (("ghost2",), 10)}
    assert all(f.sample_keys[0] in f.message for f in findings)


def test_more_than_twenty_unknown_accounts_are_summed_up_without_losing_a_row():
    con = healthy()
    con.execute("update messages set account_id = 'ghost' || (_row % 30) where sent_at::date = '2026-10-08'")
    con.execute("update messages set account_id = 'ghost' || _row where sent_at::date = '2026-10-09'")
    findings = [f for f in report(con).findings if f.check == "messages.unknown_account"]
    assert len(findings) == 21
    assert sum(f.rows for f in findings) == 40


def test_a_finding_names_the_employees_it_touches():
    con = healthy()
    con.execute(
        f"update orders set paid_at = created_at - interval 1 hour, handler_account_id = 'a3' where {ONE_ORDER}"
    )
    assert found(con)["orders.paid_before_created"].employee_ids == ("E3",)


def test_a_bad_row_of_an_earlier_month_is_kept_out_and_only_noted():
    con = healthy()
    con.execute("update orders set status = 'lost' where created_at::date = '2026-07-05'")
    checked = report(con)
    assert {f.check: f.severity for f in checked.findings} == {
        "orders.quarantined_elsewhere": Severity.INFO,
        "order_items.quarantined_elsewhere": Severity.INFO,
    }
    assert (checked.quarantine["table_name"] == "orders").sum() == 10


def test_a_row_of_the_future_is_reported():
    con = healthy()
    con.execute(f"update messages set sent_at = '2062-10-05' where {ONE_MESSAGE}")
    con.execute(
        "update messages set sent_at = '2026-11-25 10:00' where sent_at = '2026-10-06 09:00' and shop_id = 'shop1'"
    )
    assert found(con)["messages.in_the_future"].rows == 2


def test_findings_come_in_the_same_order_whatever_the_order_of_rows():
    con, other = healthy(), healthy()
    for one in (con, other):
        one.execute("update orders set status = 'lost' where created_at::date = '2026-10-05'")
        one.execute("update messages set account_id = 'g' || _row where sent_at::date = '2026-10-06'")
    other.execute("create table shuffled as from orders order by hash(order_id)")
    other.execute("delete from orders")
    other.execute("insert into orders from shuffled")
    first, second = report(con), report(other)
    assert first.findings == second.findings
    assert first.quarantine.equals(second.quarantine)


def test_the_basics_follow_from_the_contract():
    checks = {rule.check for rule in row_rules(AS_OF)}
    for table in TABLES.values():
        assert f"{table.name}.duplicated_key" in checks
        for column in table.columns:
            assert column.nullable or f"{table.name}.{column.name}_missing" in checks
            assert not column.allowed or f"{table.name}.{column.name}_not_allowed" in checks
            assert column.minimum is None or f"{table.name}.{column.name}_below_minimum" in checks


def test_facts_are_quarantined_and_the_organisation_stops_the_run():
    for rule in row_rules(AS_OF):
        if TABLES[rule.table].group is Group.FACT:
            assert rule.severity is Severity.WARNING
        else:
            assert (rule.severity, rule.action) == (Severity.CRITICAL, Action.REPORT)


def test_a_suite_per_table_carries_the_severity_of_its_rules():
    rules = [rule for rule in row_rules(AS_OF) if rule.table == "employees"]
    suite = suites.build("employees", rules)
    assert [(e.meta["check"], e.severity.value) for e in suite.expectations] == [(r.check, "critical") for r in rules]


def test_every_code_is_used_once():
    checks = [rule.check for rule in row_rules(AS_OF)]
    assert len(checks) == len(set(checks))


def test_every_rule_speaks_three_languages_with_the_same_blanks():
    for rule in row_rules(AS_OF):
        assert all(rule.text in messages.TEXTS[locale] for locale in messages.TEXTS)
        if rule.action is Action.QUARANTINE:
            for locale in messages.TEXTS:
                assert reasons.reason_of(locale, rule.text, {"column": "c", "other": "o", "limit": "0"})
    first = messages.TEXTS["zh-Hans"]
    for texts in messages.TEXTS.values():
        assert texts.keys() == first.keys()
        for key, (what, todo) in texts.items():
            assert _blanks(what) == _blanks(first[key][0]), key
            assert _blanks(todo) == _blanks(first[key][1]), key


def test_every_table_and_column_has_a_name_a_clerk_knows():
    names = {column.name for table in TABLES.values() for column in table.columns}
    assert names == set(labels._COLUMNS)
    assert set(TABLES) == set(labels._TABLES)


def test_every_reason_of_staging_is_translated():
    for reason in (*typed.REASONS.values(), typed.REQUIRED):
        assert reasons.unread("zh-Hans", reason) != reason
        assert reasons.unread("zh-Hant", reason) != reason
    assert reasons.unread("zh-Hans", "3 columns, the header has 4") == "有 3 列，表头有 4 列"


def test_a_big_table_is_seen_as_a_sample_that_keeps_duplicates_together(monkeypatch):
    from expectations import row_findings

    monkeypatch.setattr(row_findings, "FRAME_ROWS", 200)
    con = healthy()
    con.execute(
        "insert into messages by name select * replace ('again.csv' as _file) from messages where sent_at::date = '2026-10-05'"
    )
    con.execute("update messages set kind = 'odd' where sent_at::date = '2026-10-07'")
    findings = found(con, quarantine_limit_rate=0.5)
    assert findings["messages.duplicated_key"].rows == 40
    assert findings["messages.kind_not_allowed"].rows == 20
    assert "gate.checkers_disagree" not in findings


def _blanks(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_kinds_are_all_in_use():
    assert {rule.kind for rule in row_rules(AS_OF)} == set(Kind)
