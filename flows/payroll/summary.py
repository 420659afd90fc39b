"""What `jixiao payroll` prints: sums and checks, no person."""

from decimal import Decimal

from flows.payroll.making import Payroll
from flows.workbooks.tables import DataTable


def facts(made: Payroll) -> list[tuple[str, str]]:
    """A line each: revision, people, total, pools, changes, checks."""
    people, lines, pools, sums, changes, _ = made.tables
    return [
        ("revision", f"{made.revision.number}, hash {made.revision.hash[:16]}"),
        ("people", f"{len(people.rows)}, {len(lines.rows)} lines, payable {_total(people, 'payable'):,.2f}"),
        ("pools", f"{len(pools.rows)}, {_total(pools, 'amount'):,.2f}, of which left {_total(pools, 'left'):,.2f}"),
        ("changes", f"{len(changes.rows)} lines, {_total(changes, 'difference'):,.2f}"),
        ("checks", "all sums agree" if agrees(sums, pools) else "SUMS DIFFER: do not pay before this is settled"),
        ("CSV", f"the same tables in {made.path.parent}"),
    ]


def agrees(sums: DataTable, pools: DataTable) -> bool:
    """Whether every sum comes out the same both ways, and every pool to the fen."""
    at = [column.key for column in sums.columns].index("difference")
    cells = [column.key for column in pools.columns]
    whole = (
        row[cells.index("amount")] == Decimal(str(row[cells.index("shares")])) + Decimal(str(row[cells.index("left")]))
        for row in pools.rows
    )
    return all(row[at] == Decimal(0) for row in sums.rows) and all(whole)


def _total(table: DataTable, key: str) -> Decimal:
    return table.totals()[[column.key for column in table.columns].index(key)] or Decimal(0)
