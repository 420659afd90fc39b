"""What a workbook holds, as tables of exact values: no formulas, no rounding beyond the ledger's own.

Amounts are Decimal in the currency's whole unit; every table has its titles in three languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from transforms.titles import Title

Kind = Literal["text", "amount", "count", "number", "rate", "fine"]


class Told(NamedTuple):
    """A number whose kind is not its column's: an indicator's value in its own unit."""

    value: Decimal
    kind: Kind


Cell = str | int | Decimal | Told | None


@dataclass(frozen=True)
class Column:
    """A column: its key in CSV files, its title, what its cells are, and its width in characters."""

    key: str
    title: Title
    kind: Kind = "text"
    width: int = 14


@dataclass(frozen=True)
class DataTable:
    """A table with a total under its amounts, where it has one. `note` is printed above it."""

    key: str
    title: Title
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Title | None = None
    totalled: bool = False

    def totals(self) -> tuple[Decimal | None, ...]:
        """The sum of each column of amounts; None elsewhere."""
        return tuple(
            sum((value for row in self.rows if isinstance(value := row[n], Decimal)), Decimal(0))
            if column.kind == "amount"
            else None
            for n, column in enumerate(self.columns)
        )


def amount(fen: int) -> Decimal:
    """Fen as the currency's whole unit, exact."""
    return Decimal(fen).scaleb(-2)


def rows_of(found: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows, frozen."""
    return tuple(tuple(row) for row in found)
