"""Facts to the long table of daily measures, and from a measure back to the facts it counted."""

from collections.abc import Sequence

import duckdb
import pandas as pd

from transforms.measures.catalogue import MEASURES, RELATIONS, measure_of
from transforms.measures.model import Measure, Relation
from transforms.measures.parameters import MeasureParameters
from transforms.measures.relations import prepare
from transforms.period import Period

COLUMNS = ("day", "shop_id", "employee_id", "department_id", "measure", "value")

# Fixed, so that a table without rows or without names has the same columns as any other.
_TYPES = {"day": "datetime64[us]", **dict.fromkeys(COLUMNS[1:5], "str"), "value": "int64"}

_LONG = """
    select m.day, m.shop_id, m.employee_id, coalesce(p.department_id, m.department_id) as department_id,
           m.measure, m.value
    from daily_measures as m
    left join people_by_day as p on p.employee_id = m.employee_id and p.day = m.day
    order by m.day, m.shop_id, m.employee_id nulls first, 4 nulls first, m.measure"""


def compute(con: duckdb.DuckDBPyConnection, parameters: MeasureParameters, days: Period) -> pd.DataFrame:
    """Every measure of these business days, one row per employee × department that day × shop × day × measure.

    Args:
        con: a connection with the canonical tables (`transforms.tables`), quarantined rows already left out.
        parameters: windows and filters.
        days: the business days to compute; facts around them are read where a definition needs them.

    Returns:
        `day` (timestamp at midnight), `shop_id` (missing: of no shop), `employee_id` and `department_id` (both
        missing: nobody's, counted for the shop and the company only; the first alone: stated for a department),
        `measure`, `value` (int64, units of 10^-decimals of the measure). Zeros have no row.
        Computed for ranges apart and put one after the other, it is the same table.
    """
    prepare(con, parameters, days)
    con.execute(
        "create or replace temp table daily_measures (day date, shop_id varchar, employee_id varchar, "
        "department_id varchar, measure varchar, value bigint)"
    )
    for relation in _filled(con):
        measures = [m for m in MEASURES.values() if m.relation == relation.name]
        if whole := [m for m in measures if m.whole]:
            con.execute(f"insert into daily_measures {_unpivoted(relation, whole)}")
        for column in {m.split: None for m in measures if m.split}:
            parts = [m for m in measures if m.split == column]
            con.execute(f"insert into daily_measures {_unpivoted(relation, parts, column)}")
    return con.execute(_LONG).df().astype(_TYPES)


def filtered(con: duckdb.DuckDBPyConnection, parameters: MeasureParameters, window: Period) -> pd.DataFrame:
    """How many contacts each filter took out: `employee_id`, `filter`, `contacts` (metrics.md: counted, shown)."""
    prepare(con, parameters, window)
    return con.execute(
        "select employee_id, filtered_by as filter, count(*) as contacts from contacts "
        "where employee_id is not null and filtered_by is not null group by all order by all"
    ).df()


def source_rows(
    con: duckdb.DuckDBPyConnection,
    parameters: MeasureParameters,
    measure_key: str,
    employee_id: str | None,
    department_id: str | None,
    window: Period,
    limit: int = 1000,
) -> pd.DataFrame:
    """The things a measure counted: the relation's ids, `day`, `shop_id`, `value`, and where each came from.

    `employee_id` None: rows that are nobody's. `department_id` None: whatever the department. `_file` and `_row` are
    there when the snapshot keeps them (missing for a thing that is made of many rows of many files).

    Raises:
        KeyError: no measure has that key.
    """
    measure_of(measure_key)
    prepare(con, parameters, window)
    return prepared_rows(con, measure_key, employee_id, department_id, limit)


def prepared_rows(
    con: duckdb.DuckDBPyConnection,
    measure_key: str,
    employee_id: str | None,
    department_id: str | None,
    limit: int = 1000,
) -> pd.DataFrame:
    """`source_rows` on a connection whose relations `prepare` has made: for many measures of one window."""
    split = measure_key.partition(":")[2]
    sql = _rows_sql(con, measure_of(measure_key), split)
    given = {"employee": employee_id, "department": department_id, "rows": limit}
    return con.execute(sql, given | ({"split": split} if split else {})).df()


def _rows_sql(con: duckdb.DuckDBPyConnection, measure: Measure, split_value: str) -> str:
    relation = RELATIONS[measure.relation]
    columns, join = _lineage(con, relation)
    own = f"r.{relation.department}" if relation.department else "null"
    conditions = [
        "r.employee_id is not distinct from $employee",
        f"($department::varchar is null or coalesce(p.department_id, {own}) = $department)",
        *([f"({measure.where})"] if measure.where else []),
        *([f"({measure.value}) is not null"] if measure.value else []),
        *([f"r.{measure.split} = $split"] if split_value else []),
    ]
    return f"""
        select distinct on (r.*) {", ".join(f"r.{name}" for name in relation.ids)}, r.day, r.shop_id,
               {measure.value or 1} as value{columns}
        from (select * from {relation.name}) as r
        left join people_by_day as p on p.employee_id = r.employee_id and p.day = r.day {join}
        where {" and ".join(conditions)}
        order by r.day, r.shop_id, {", ".join(f"r.{name}" for name in relation.ids)}
        limit $rows"""


def _lineage(con: duckdb.DuckDBPyConnection, relation: Relation) -> tuple[str, str]:
    """Columns and join that lead from a row to its line in a file, if the canonical table keeps it."""
    if relation.origin is None:
        return "", ""
    names = {row[0] for row in con.execute(f"describe {relation.origin}").fetchall()}
    if not {"_file", "_row"} <= names:
        return "", ""
    on = " and ".join(f"o.{theirs} = r.{ours}" for theirs, ours in relation.on.items())
    keys = ", ".join(relation.on)
    first = f"select {keys}, first(_file order by _row) as _file, min(_row) as _row from {relation.origin} group by all"
    return ", o._file, o._row", f"left join ({first}) as o on {on}"


def _filled(con: duckdb.DuckDBPyConnection) -> list[Relation]:
    """The relations that have rows: companies feed a few of them, and an empty one costs as much as a small one."""
    asked = " union all ".join(f"select '{name}' where exists (from {name})" for name in RELATIONS)
    found = {name for (name,) in con.execute(asked).fetchall()}
    return [relation for name, relation in RELATIONS.items() if name in found]


def _aggregate(measure: Measure) -> str:
    rows = f" filter (where {measure.where})" if measure.where else ""
    call = f"{measure.combine}({measure.value})" if measure.value else "count(*)"
    return f"nullif(({call}{rows})::bigint, 0)"


def _unpivoted(relation: Relation, measures: Sequence[Measure], split: str = "") -> str:
    """Rows of these measures; with a column to split by, one a value of it, named `measure:value`."""
    keys = ", ".join(f'"{m.key}"' for m in measures)
    columns = ", ".join(f'{_aggregate(m)} as "{m.key}"' for m in measures)
    suffix = f"':' || {split}" if split else "''"
    department = relation.department or "null::varchar"
    return f"""
        select day, shop_id, employee_id, department, measure || suffix, value
        from (select day, shop_id, employee_id, {department} as department, {suffix} as suffix, {columns}
              from {relation.name} group by day, shop_id, employee_id, department, suffix)
        unpivot (value for measure in ({keys}))"""
