"""Judgements and targets come out of a snapshot exactly: Decimals stay Decimals, NA stays a name."""

from datetime import date
from decimal import Decimal

import duckdb

from transforms.scoring.inputs import read_inputs
from transforms.scoring.people import read_employees
from transforms.tables import TABLES, ddl


def test_cells_keep_their_types() -> None:
    con = duckdb.connect()
    for name in ("employees", "assignments", "departments", "judgements", "targets"):
        con.execute(ddl(TABLES[name]))
    con.execute("insert into employees values ('E1', 'NA', null, '2025-01-01', null, '2026-10-15', 's', 'f', 1)")
    con.execute(
        "insert into targets values ('employee', 'E1', 'paid_sales', '2026-10', 123456789012.3456, 's', 'f', 1)"
    )
    inputs = read_inputs(con)
    (employee,) = read_employees(inputs.employees)
    assert (employee.name, employee.regularised_on, employee.left_on) == ("NA", None, date(2026, 10, 15))
    assert inputs.targets["value"].tolist() == [Decimal("123456789012.3456")]
    assert inputs.judgements.empty
