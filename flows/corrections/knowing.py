"""What corrections may name: ids of a snapshot, keys of the schemes in force, metrics."""

from collections.abc import Iterator, Sequence

import duckdb

from flows import wiring
from flows.company import Company
from flows.corrections import rows
from flows.scheme_records import of_revision
from flows.schemes import load_schemes
from flows.warehouse.ledger_queries import latest
from transforms.corrections.model import Correction
from transforms.corrections.trouble import IDS, Known
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import Period, parse
from transforms.schemes.scheme import Scheme, Version
from transforms.tables import TABLES, Group, Table

_ORDER = "orders.order_id"
Judging = tuple[tuple[Scheme, Version], ...]


def judging(company: Company, corrections: Sequence[Correction]) -> Judging:
    """The schemes that judge the period; none where no correction names what is judged: reading them takes seconds."""
    if not any(each.decision or (each.row and each.row.table == "judgements") for each in corrections):
        return ()
    return of_period(company, corrections[0].period)


def of_period(company: Company, period: str) -> Judging:
    """The schemes a period's latest revision was scored by; before its first run those of the company in force then."""
    days, engine = parse(period), wiring.ledger(company)
    revision = latest(engine, days.key)
    return tuple(in_force(load_schemes(company), days)) if revision is None else of_revision(engine, revision.id)


def known_of(
    company: Company, con: duckdb.DuckDBPyConnection, correction: Correction, judged: Judging = ()
) -> Known:  # fmt: skip
    """What this correction may name; of orders, campaigns and the like only those that it does name."""
    lines = {scheme.scheme: frozenset(lines_of(version)) for scheme, version in judged}
    manual = frozenset(key for _, version in judged for key in _manual(version))
    return Known(
        ids={**_organisation(con), **_named(con, correction), "targets.metric": frozenset(CATALOGUE),
             "judgements.indicator": manual},
        lines=lines, scoring=frozenset(scheme.scheme for scheme, _ in judged if scheme.counts == "score"),
        hr=company.settings.officers.hr,
    )  # fmt: skip


def in_force(schemes: tuple[Scheme, ...], period: Period) -> Iterator[tuple[Scheme, Version]]:
    """The schemes that judge a period, each with its version."""
    for scheme in schemes:
        window = scheme.window(period)
        version = None if window is None else scheme.in_force(window.start)
        if version is not None:
            yield scheme, version


def lines_of(version: Version) -> Iterator[str]:
    """Keys of its indicators, and of its lines as `sheet.line`."""
    for _, _, indicator in version.placed():
        yield indicator.key
    for key, sheet in version.points.items():
        yield from (f"{key}.{line.name}" for line in sheet.lines)


def _manual(version: Version) -> Iterator[str]:
    for _, _, indicator in version.placed():
        if indicator.manual is not None:
            yield indicator.manual
    for sheet in version.points.values():
        yield from (line.manual for line in sheet.lines if line.manual is not None)


def _organisation(con: duckdb.DuckDBPyConnection) -> dict[str, IDS]:
    """Every id of the organisation: there are few."""
    return {
        f"{table.name}.{table.key[0]}": frozenset(
            name for (name,) in con.execute(f"select distinct {table.key[0]} from {table.name}").fetchall()
        )
        for table in TABLES.values()
        if table.group is Group.ORGANISATION and table.name in {"shops", "departments", "employees", "accounts"}
    }


def _named(con: duckdb.DuckDBPyConnection, correction: Correction) -> dict[str, IDS]:
    """Of the ids of facts, those that the correction names and the snapshot has."""
    found: dict[str, IDS] = {}
    if correction.row is not None and correction.row.table in TABLES:
        told = {**correction.row.key, **correction.row.values}
        for column in TABLES[correction.row.table].columns:
            table = TABLES.get(column.references.partition(".")[0])
            if table is not None and table.group is Group.FACT:
                found[column.references] = _existing(con, table, told.get(column.name))
    if (order := correction.attribution) is not None:
        where = {"order_id": order.order_id, "shop_id": order.shop_id}
        there = con.execute(
            f"select 1 from {rows.stored(con, TABLES['orders'])} where order_id = $order_id and shop_id = $shop_id",
            where,
        ).fetchone()
        found[_ORDER] = frozenset({order.order_id}) if there else frozenset()
    return found


def _existing(con: duckdb.DuckDBPyConnection, table: Table, name: str | None) -> IDS:
    query = f"select distinct {table.key[0]} from {rows.stored(con, table)} where {table.key[0]} = ?"
    return frozenset(each for (each,) in con.execute(query, [name]).fetchall())
