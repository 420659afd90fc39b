"""Whom a correction is about: none of them may approve it."""

from collections.abc import Iterator

import duckdb

from flows.company import Company
from flows.corrections.snapshot import Row, holders, owner_of
from transforms.corrections.model import Attribution, Correction, Decision, RowChange
from transforms.period import parse
from transforms.tables import TABLES, Table

_WROTE_IT_DOWN = {"entered_by"}  # a clerk is not who an event is about
_MANAGERS = """
    select distinct employee_id from assignments
    where department_id = ? and role = 'manager' and valid_from <= ?
      and coalesce(valid_until, date '9999-12-31') >= ?"""


def concerns(
    company: Company,
    con: duckdb.DuckDBPyConnection,
    correction: Correction,
    row: Row | None,
    standing: tuple[Correction, ...],
) -> tuple[str, ...]:
    """Personnel numbers, sorted. `row`: the snapshot's row that is changed; `standing`: what was corrected before.

    A row is about whoever it names, whoever had its account then (before and after), and the owner of its order.
    A decision about a department is about its managers; a department's target is about nobody.
    """
    people: set[str | None] = set()
    if correction.row is not None:
        people |= _of_row(con, correction.row, row)
    if correction.decision is not None:
        people |= _of_decision(con, correction.decision, correction.period)
    if (order := _order(correction, row)) is not None:
        people.add(owner_of(company, con, order, standing))
        people.add(owner_of(company, con, order, (*standing, correction)))
    if correction.attribution is not None:
        people.add(correction.attribution.employee_id)
    return tuple(sorted(each for each in people if each))


def _of_row(con: duckdb.DuckDBPyConnection, change: RowChange, row: Row | None) -> set[str | None]:
    table, after = TABLES[change.table], {**(row or {}), **change.key, **change.values}
    states = [each for each in (row, after) if each is not None]
    return {person for state in states for person in (*_named(table, state), *holders(con, table, state))}


def _named(table: Table, row: Row) -> Iterator[str | None]:
    for column in table.columns:
        if column.name not in _WROTE_IT_DOWN and column.references == "employees.employee_id":
            yield row.get(column.name)
    if row.get("level") == "employee":
        yield row.get("subject_id")
    if table.name == "employees":
        yield row.get("employee_id")


def _of_decision(con: duckdb.DuckDBPyConnection, told: Decision, period: str) -> set[str | None]:
    if told.level == "employee":
        return {told.subject_id}
    days = parse(period)
    return {person for (person,) in con.execute(_MANAGERS, [told.subject_id, days.end, days.start]).fetchall()}


def _order(correction: Correction, row: Row | None) -> str | None:
    """The order whose owner's numbers follow from it."""
    told: Attribution | None = correction.attribution
    if told is not None:
        return told.order_id
    change = correction.row
    if change is None or "order_id" not in TABLES[change.table].names:
        return None
    return change.key.get("order_id") or change.values.get("order_id") or (row or {}).get("order_id")
