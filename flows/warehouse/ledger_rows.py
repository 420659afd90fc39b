"""Results as rows of the ledger, and back, without losing a digit or the order."""

import contextlib
import gc
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.ledger_hash import canonical, digest
from transforms.findings import Finding
from transforms.metrics.model import MetricValue
from transforms.scoring.results import DepartmentResult, PeriodResults, PersonResult
from transforms.titles import Frozen

Rows = list[dict[str, Any]]
RESULTS = (t.person_results, t.department_results, t.metric_values, t.findings, t.filtered)
_EXACT = ("numerator", "denominator", "value")


def result_rows(revision_id: int, results: PeriodResults) -> tuple[tuple[sa.Table, Rows], ...]:
    """Every table of results with the rows of one revision."""
    filtered = [{"employee_id": key, "contacts": canonical(counts)} for key, counts in results.filtered.items()]
    sets = (
        (t.person_results, [_person(person) for person in results.people]),
        (t.department_results, [_department(department) for department in results.departments]),
        (t.metric_values, [_value(value) for value in results.values]),
        (t.findings, [_finding(finding) for finding in results.findings]),
    )
    numbered = tuple((table, _numbered(revision_id, rows)) for table, rows in sets)
    return (*numbered, (t.filtered, [{"revision_id": revision_id, **row} for row in filtered]))


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Hundreds of thousands of values are made and all kept: looking for garbage takes longer than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collection()
def read_results(con: sa.Connection, revision: sa.RowMapping) -> PeriodResults:
    """The results of one revision, equal to those recorded."""
    contacts = con.execute(_of(t.filtered, revision, t.filtered.c.employee_id)).mappings()
    return PeriodResults(
        period=revision["period"],
        provisional=revision["provisional"],
        provisional_until=revision["provisional_until"],
        people=tuple(PersonResult.model_validate_json(body) for body in _bodies(con, t.person_results, revision)),
        departments=tuple(
            DepartmentResult.model_validate_json(body) for body in _bodies(con, t.department_results, revision)
        ),
        values=tuple(_read_value(row) for row in con.execute(_ordered(t.metric_values, revision)).mappings()),
        findings=tuple(Finding.model_validate_json(body) for body in _bodies(con, t.findings, revision)),
        filtered={row["employee_id"]: json.loads(row["contacts"]) for row in contacts},
    )


def rows_digest(sets: Iterable[tuple[sa.Table, Rows]]) -> str:
    """Hash of everything a revision says, to the last digit of every number.

    Rows carry their ordinal, so they are sorted as text: databases may hand them over in any order.
    """
    return digest({table.name: sorted(canonical(row | {"revision_id": 0}) for row in rows) for table, rows in sets})


def stored_digest(con: sa.Connection, revision_id: int) -> str:
    """The same hash, of the rows the ledger holds."""
    chosen = ((table, sa.select(table).where(table.c.revision_id == revision_id)) for table in RESULTS)
    return rows_digest((table, [dict(row) for row in con.execute(select).mappings()]) for table, select in chosen)


def body_of(value: Frozen) -> str:
    """A pydantic value as canonical JSON."""
    return canonical(value.model_dump(mode="json", by_alias=True))


def exact(text: str | None) -> Decimal | None:
    """A number of the ledger, to the last digit."""
    return None if text is None else Decimal(text)


def _numbered(revision_id: int, rows: Iterable[dict[str, Any]]) -> Rows:
    return [{"revision_id": revision_id, "ordinal": n, **row} for n, row in enumerate(rows)]


def _person(person: PersonResult) -> dict[str, Any]:
    return {
        "employee_id": person.employee_id, "department_id": person.department_id, "score": _exact_text(person.score),
        "grade": person.grade, "body": body_of(person),
    }  # fmt: skip


def _department(department: DepartmentResult) -> dict[str, Any]:
    return {"department_id": department.department_id, "body": body_of(department)}


def _value(value: MetricValue) -> dict[str, Any]:
    row = value.model_dump(exclude={"window", *_EXACT}) | {"window_key": value.window}
    return row | {name: _exact_text(getattr(value, name)) for name in _EXACT}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check_code": finding.check, "severity": finding.severity.value, "row_count": finding.rows,
        "body": body_of(finding),
    }  # fmt: skip


def _exact_text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _of(table: sa.Table, revision: sa.RowMapping, order: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(table).where(table.c.revision_id == revision["id"]).order_by(order)


def _ordered(table: sa.Table, revision: sa.RowMapping) -> sa.Select[Any]:
    return _of(table, revision, table.c.ordinal)


def _bodies(con: sa.Connection, table: sa.Table, revision: sa.RowMapping) -> Iterable[str]:
    return con.scalars(_ordered(table, revision).with_only_columns(table.c.body))


def _read_value(row: sa.RowMapping) -> MetricValue:
    return MetricValue(
        level=row["level"], subject_id=row["subject_id"], department_id=row["department_id"], window=row["window_key"],
        metric=row["metric"], **{name: exact(row[name]) for name in _EXACT},
    )  # fmt: skip
