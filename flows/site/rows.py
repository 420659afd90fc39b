"""The rows behind measures, by id: one query a measure for many people, on relations that are made once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import duckdb

from flows.rendering.texts import clean
from transforms.measures.catalogue import MEASURES, RELATIONS, measure_of
from transforms.measures.model import Measure, Relation

# The text of a moment begins with its day; of the row's own day only the time is told.
_MOMENT = 11


class Row(NamedTuple):
    """One thing that was counted: when, in which shop, its ids, and what it adds (in the measure's unit)."""

    day: date
    shop_id: str
    ids: tuple[str, ...]
    value: Decimal


Found = Mapping[tuple[str, str], list[Row]]


def rows_of(con: duckdb.DuckDBPyConnection, measure: str, employees: Collection[str]) -> Found:
    """The rows a measure counts, by employee and the department of that day; ordered by day, shop and ids.

    `con` has the relations that `transforms.measures.relations.prepare` makes.
    """
    declared, split = measure_of(measure), measure.partition(":")[2]
    relation = RELATIONS[declared.relation]
    given = {"employees": list(employees)} | ({"split": split} if split else {})
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for employee, department, day, shop, value, *ids in con.execute(_sql(declared, relation, split), given).fetchall():
        found[employee, department or ""].append(_row(day, shop, ids, Decimal(value).scaleb(-declared.decimals)))
    return found


def filtered_of(
    con: duckdb.DuckDBPyConnection, employees: Collection[str], first: date, last: date
) -> Mapping[tuple[str, str], list[Row]]:
    """Contacts that were not counted between two days, by employee and filter."""
    asked = (
        "select employee_id, filtered_by, day, shop_id, buyer_id, began_at::varchar from contacts "
        "where filtered_by is not null and employee_id in (select unnest($employees)) and day between $first and $last "
        "order by all"
    )
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    given = {"employees": list(employees), "first": first, "last": last}
    for employee, name, day, shop, *ids in con.execute(asked, given).fetchall():
        found[employee, name].append(_row(day, shop, ids, Decimal(1)))
    return found


def columns_of(relation: str) -> tuple[str, ...]:
    """What names a row of a relation; of contacts that were counted no filter is told."""
    return tuple(name for name in RELATIONS[relation].ids if name != "filtered_by")


def known(measures: Iterable[str]) -> tuple[str, ...]:
    """The measures of these that this program knows: a ledger may name one that there is no more."""
    return tuple(dict.fromkeys(each for each in measures if each.partition(":")[0] in MEASURES))


def _sql(measure: Measure, relation: Relation, split: str) -> str:
    conditions = [
        "employee_id in (select unnest($employees))",
        *([f"({measure.where})"] if measure.where else []),
        *([f"({measure.value}) is not null"] if measure.value else []),
        *([f"{measure.split} = $split"] if split else []),
    ]
    own = f"r.{relation.department}" if relation.department else "null"
    ids = ", ".join(f"r.{name}::varchar" for name in columns_of(relation.name))
    return f"""
        select r.employee_id, coalesce(p.department_id, {own}) as department_id, r.day, r.shop_id,
               r.counted_value, {ids}
        from (select *, ({measure.value or 1})::bigint as counted_value from {relation.name}
              where {" and ".join(conditions)}) as r
        left join people_by_day as p on p.employee_id = r.employee_id and p.day = r.day
        order by r.employee_id, r.day, r.shop_id, {ids}, r.counted_value"""


def _row(day: date, shop: str | None, ids: Iterable[str | None], value: Decimal) -> Row:
    same_day = f"{day} "
    return Row(day, _told(shop, same_day), tuple([_told(each, same_day) for each in ids]), value)


def _told(text: str | None, same_day: str) -> str:
    if text is None:
        return ""
    plain = text if text.isprintable() else clean(text)
    return plain[_MOMENT:] if plain.startswith(same_day) else plain
