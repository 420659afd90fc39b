"""Corrections applied to the facts of a snapshot, before anything is counted."""

from collections.abc import Sequence

import duckdb

from transforms.corrections.model import Correction


def apply(con: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]) -> None:
    """Put views with the corrected rows in the place of the tables that corrections touch."""
    if any(each.row or each.attribution for each in corrections):
        raise NotImplementedError(con)
