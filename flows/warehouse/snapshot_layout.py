"""How each canonical table is cut into objects and ordered in them, and the hash that names what an object holds.

Chat messages are cut by shop and the day their *session* began, and stand in the order shop, buyer, session, time,
so that `lag()` over a plain scan sees each chat whole. Other facts with a time are cut by shop and month, the rest is
kept whole: an object a shop and day of these would hold a few dozen rows (measured in docs/decisions/0011).
"""

from dataclasses import dataclass

from transforms.tables import LINEAGE, TABLES, Column, Table, Type

SESSIONS = "messages"


@dataclass(frozen=True)
class Layout:
    """One stored table. `prepared` is SQL that adds `_shop` and `_part`; `order` is how rows stand in an object."""

    table: str
    columns: tuple[str, ...]
    prepared: str
    order: tuple[str, ...]
    content: str


def layouts() -> tuple[Layout, ...]:
    """Of every canonical table in the order of the contract, of the rejected rows, and of contradicting ones."""
    return (*(_layout(table) for table in TABLES.values()), _REJECTED, _CONFLICTS)


def _layout(table: Table) -> Layout:
    fields = (*table.names, *LINEAGE)
    order = (*table.order, *(name for name in table.key if name not in table.order))
    row = ", ".join(_piece(column) for column in table.columns)
    return Layout(table.name, fields, _prepared(table), order, f"sha256(concat({row}))")


def _prepared(table: Table) -> str:
    if table.name == SESSIONS:
        return (
            f"select rows.*, rows.shop_id as _shop, strftime(began._day, '%Y-%m-%d') as _part "
            f"from {table.name} as rows join (select shop_id, session_id, min({table.time})::date as _day "
            f"from {table.name} group by all) as began using (shop_id, session_id)"
        )
    shop = "shop_id" if table.time and "shop_id" in table.names else "''"
    part = f"strftime({table.time}, '%Y-%m')" if table.time else "''"
    return f"select *, {shop} as _shop, {part} as _part from {table.name}"


def _piece(column: Column) -> str:
    """SQL of a value as text that no other value shares: the same in every version of the libraries."""
    name = f'"{column.name}"'
    written = {
        Type.TEXT: f"strlen({name}), ':', {name}",
        Type.TIMESTAMP: f"epoch_us({name}), ';'",
    }.get(column.type, f"cast({name} as varchar), ';'")
    return f"case when {name} is null then '~' else concat({written}) end" if column.nullable else written


_REJECTED = Layout(
    table="rejected",
    columns=("table_name", "source", "file", "row", "field", "value", "reason", "content"),
    prepared="select *, '' as _shop, '' as _part from rejected",
    order=("table_name", "file", "row", "source", "content"),
    content="sha256(table_name || ':' || content)",
)

_CONFLICTS = Layout(
    table="conflicts",
    columns=("table_name", "key", "file", "row", "other_file", "other_row", "content"),
    prepared="select *, '' as _shop, '' as _part from conflicts",
    order=("table_name", "key", "file", "row", "other_row"),
    content="sha256(table_name || ':' || key || ':' || content)",
)
