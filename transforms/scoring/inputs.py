"""What scoring reads of a snapshot besides the metrics, without a number passing through float."""

from typing import TYPE_CHECKING

import pandas as pd

from transforms.scoring.people import ScoringInputs

if TYPE_CHECKING:
    import duckdb


def read_inputs(con: "duckdb.DuckDBPyConnection") -> ScoringInputs:
    """The organisation, judgements and targets of a snapshot; cells are Python's own date, str, Decimal and None."""
    names = ("employees", "assignments", "departments", "judgements", "targets")
    return ScoringInputs(**{name: _frame(con, name) for name in names})


def _frame(con: "duckdb.DuckDBPyConnection", name: str) -> pd.DataFrame:
    told = con.execute(f"select * from {name}")
    columns = [column[0] for column in told.description or ()]
    return pd.DataFrame(told.fetchall(), columns=columns, dtype="object")
