"""What scoring reads of a snapshot besides the metrics, without a number passing through float."""

from dataclasses import fields
from typing import TYPE_CHECKING

import pandas as pd

from transforms.scoring.people import ScoringInputs

if TYPE_CHECKING:
    import duckdb


def read_inputs(con: "duckdb.DuckDBPyConnection") -> ScoringInputs:
    """The organisation and what people wrote down; cells are Python's own date, str, Decimal and None.

    Tables a snapshot of an earlier version of the program does not have are empty.
    """
    there = {str(row[0]) for row in con.execute("show tables").fetchall()}
    return ScoringInputs(**{each.name: _frame(con, each.name) for each in fields(ScoringInputs) if each.name in there})


def _frame(con: "duckdb.DuckDBPyConnection", name: str) -> pd.DataFrame:
    told = con.execute(f"select * from {name}")
    columns = [column[0] for column in told.description or ()]
    return pd.DataFrame(told.fetchall(), columns=columns, dtype="object")
