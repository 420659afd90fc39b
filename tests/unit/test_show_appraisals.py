"""`jixiao show pay, points, pools, consequences` and what `jixiao explain` finds, on a real ledger."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from flows import appraisal_rows, explanations
from flows.cli.output import Form
from flows.company import Company
from flows.explained import everything, found, grounds
from flows.explained_sources import of_parts
from flows.warehouse.engine import open_ledger
from flows.warehouse.ledger import record
from flows.warehouse.ledger_upgrade import upgrade
from tests.ledger import SETTINGS, revision_input
from tests.sample_appraisals import Share, pool
from tests.sample_results import results
from transforms.errors import NotFoundError
from transforms.period import parse
from transforms.scoring.results import DepartmentAppraisal
from transforms.scoring.trace import leaf, step

OCTOBER = parse("2026-10")


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A company whose ledger holds the fabricated month."""
    root = tmp_path_factory.mktemp("company")
    made = Company(root=root, settings=SETTINGS)
    (root / "data").mkdir()
    engine = open_ledger(made.ledger_url)
    upgrade(engine)
    record(engine, revision_input(results=results()))
    engine.dispose()
    return made


def test_a_statement_a_row_and_its_kinds_come_to_the_total(company):
    rows = appraisal_rows.pay(company, OCTOBER)
    assert len(rows) == 13
    for row in rows:
        assert sum(Decimal(str(row[kind])) for kind in appraisal_rows.KINDS) == Decimal(str(row["total"]))
    (loss,) = [row for row in rows if row["employee"] == "E2013"]
    assert loss["deduction"] == "-12445.67"


def test_lines_of_pay_are_told_with_their_sentence(company):
    lines = appraisal_rows.pay_lines(company, OCTOBER)
    assert {line["line"] for line in lines if line["employee"] == "E2013"} >= {"base", "clawback", "rank_penalty"}
    assert all(line["says"] for line in lines)


def test_points_a_sheet_a_row_and_a_line_a_window_a_row(company):
    totals = {
        row["sheet"]: row["total"] for row in appraisal_rows.points(company, OCTOBER) if row["employee"] == "E2003"
    }
    lines = [row for row in appraisal_rows.point_lines(company, OCTOBER) if row["employee"] == "E2003"]
    told = sum(Decimal(str(row["points"])) for row in lines if row["sheet"] == "performance" and row["points"])
    assert str(told) == totals["performance"]
    assert {row["missing"] for row in lines if row["days"] == "2026-10-15..2026-10-21"} == {"no_data"}


def test_pools_tell_what_is_left_and_why(company):
    rows = appraisal_rows.pools(company, OCTOBER)
    assert [row["pool"] for row in rows] == ["performance_bonus", "behaviour_bonus"]
    for row in rows:
        assert Decimal(str(row["paid"])) + Decimal(str(row["left over"])) == Decimal(str(row["amount"]))
    assert "96" in str(rows[0]["why"])


def test_consequences_come_by_due_date_and_hr_sees_all(company):
    rows = appraisal_rows.consequences(company, OCTOBER)
    assert [row["due"] for row in rows] == ["2026-11-13", None, None, None]
    assert [row["trial"] for row in rows] == [False, False, False, True]
    assert [row["employee"] for row in rows if row["hr only"]] == ["E2013"]


def person_of(month, employee_id):
    return next(person for person in month.people if person.employee_id == employee_id)


def test_a_line_of_points_is_found_by_its_key_and_with_its_sheet():
    month = results()
    person = person_of(month, "E2002")
    assert len(found(month, person, "performance.conversion")) == 4
    assert found(month, person, "conversion") == found(month, person, "performance.conversion")
    assert len(found(month, person, "qa_accuracy")) == 9
    assert len(found(month, person, "checks.qa_accuracy")) == 5


def test_pay_and_pools_are_found_with_the_own_share():
    month = results()
    person = person_of(month, "E2002")
    kinds = [part.kind for part in found(month, person, "performance_bonus")]
    assert kinds == ["pay", "pool"]
    share = next(each for each in pool("behaviour_bonus").shares if each.employee_id == "E2002")
    (told,) = [part for part in found(month, person, "behaviour_bonus") if part.kind == "pool"]
    assert f"{share.amount_fen / 100:.2f}" in told.outcome


def test_nothing_of_another_department_is_found():
    month = results()
    assert found(month, person_of(month, "E1001"), "performance_bonus") == ()


def following():
    """E2002's bonus stands on the pool, the pool on X, X on the department's sales of the month."""
    month = results()
    own = {"of": "department", "metric": "paid_amount", "window": "2026-10"}
    sales = step(
        "multiply", "x", leaf("metric", "department_sales", Decimal(10), **own), leaf("constant", "rate", Decimal(2))
    )
    share = step("multiply", "performance_bonus", leaf("named", "pool", Decimal(20), name="performance_bonus"),
                 leaf("named", "own_points", Decimal(1), sheet="performance"))  # fmt: skip
    departments = tuple(_with_trace(department, sales) for department in month.departments)
    person = person_of(month, "E2002")
    line = next(part for part in found(month, person, "performance_bonus") if part.kind == "pay")
    return month.model_copy(update={"departments": departments}), person, line, share


def _with_trace(department, sales):
    def changed(one: DepartmentAppraisal) -> DepartmentAppraisal:
        pools = tuple(
            each.model_copy(update={"trace": step("round", each.key, leaf("named", "x", Decimal(20)), to="1")})
            for each in one.pools
        )
        values = tuple(each.model_copy(update={"trace": sales}) if each.key == "x" else each for each in one.values)
        return one.model_copy(update={"pools": pools, "values": values})

    return department.model_copy(update={"appraisals": tuple(changed(one) for one in department.appraisals)})


def test_pay_is_followed_through_the_pool_to_the_departments_orders():
    month, person, line, share = following()
    stood_on = grounds([replace(line, trace=share)], month, person)
    assert [part.name for part in stood_on] == ["performance_bonus", "performance_bonus", "performance", "x"]
    asked = of_parts(stood_on)
    assert [(each.measure, each.window, each.department_id) for each in asked] == [
        ("owned_paid_amount_fen", "2026-10", "customer_service")
    ]


def test_a_name_is_looked_up_within_its_own_scheme():
    month, person, line, share = following()
    elsewhere = replace(line, trace=share, scheme=line.scheme.model_copy(update={"zh_hans": "另一方案"}))
    assert grounds([elsewhere], month, person) == (elsewhere,)


def test_what_an_earlier_month_gave_is_explained_by_that_month():
    _, _, line, _ = following()
    before = leaf("metric", "sales_last", Decimal(1), metric="paid_amount", of="own", window="2026-09")
    assert of_parts([replace(line, trace=before)]) == ()


def test_a_trial_says_that_it_counts_for_nothing(company, capsys):
    explanations.explain(company, "E2002", "csat_rate", OCTOBER, 0, Form.TABLE)
    assert capsys.readouterr().out.count("trial: counts for nothing") == 1


def test_grounds_end_also_where_values_name_each_other():
    month, person, line, _ = following()
    assert grounds([line], month, person) == (line,)


def test_explain_prints_points_and_pay_as_text_and_json(company, capsys):
    explanations.explain(company, "E2002", "performance.conversion", OCTOBER, 0, Form.TABLE)
    text = capsys.readouterr().out
    assert "points performance.conversion" in text
    assert text.count("rank_points") == 4
    explanations.explain(company, "E2002", "commission", OCTOBER, 0, Form.JSON)
    told = json.loads(capsys.readouterr().out)
    assert [part["kind"] for part in told["parts"]] == ["pay"]
    assert told["parts"][0]["trace"]["inputs"]


def test_an_unknown_key_is_told_with_the_nearest(company):
    with pytest.raises(NotFoundError, match="nothing is known of 'comission'") as refused:
        explanations.explain(company, "E2002", "comission", OCTOBER, 0, Form.TABLE)
    assert "did you mean commission" in str(refused.value.todo)


def test_everything_that_is_named_can_be_found_again():
    month = results()
    person = person_of(month, "E2002")
    for part in everything(month, person):
        assert part in found(month, person, part.name)


def test_a_share_is_only_ones_own():
    month = results()
    (part,) = [each for each in found(month, person_of(month, "E2002"), "performance_bonus") if each.kind == "pool"]
    others: list[Share] = [each for each in pool("performance_bonus").shares if each.employee_id != "E2002"]
    assert not [each for each in others if each.employee_id in part.outcome]
