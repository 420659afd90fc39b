"""How results are printed: a table for people, JSON or CSV for programs."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum

from rich import box
from rich.console import Console
from rich.table import Table

# Into a file or a pipe, a path must not be cut where an imagined terminal would end.
_WIDE = 240
screen = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


class Form(StrEnum):
    """How to print rows."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def form_of(*, as_json: bool, as_csv: bool) -> Form:
    """The form two switches ask for; JSON wins."""
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE


def print_rows(title: str, rows: Sequence[Mapping[str, object]], form: Form) -> None:
    """Print rows, each a mapping of the same keys."""
    printers = {Form.JSON: _print_json, Form.CSV: _print_csv}
    if form in printers:
        printers[form](rows)
    else:
        _print_table(title, rows)


def print_object(told: Mapping[str, object]) -> None:
    """Print one JSON object."""
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n")


def print_facts(title: str, facts: Sequence[tuple[str, str]]) -> None:
    """Print what was made: a name and what is to be said of it, a line each."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in facts:
        table.add_row(name, text)
    screen.print(table)


def _print_json(rows: Sequence[Mapping[str, object]]) -> None:
    sys.stdout.write(json.dumps(list(rows), ensure_ascii=False, indent=2, default=str) + "\n")


def _print_csv(rows: Sequence[Mapping[str, object]]) -> None:
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)


def _print_table(title: str, rows: Sequence[Mapping[str, object]]) -> None:
    if not rows:
        screen.print(f"{title}: nothing")
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for name, first in rows[0].items():
        table.add_column(name, justify="right" if isinstance(first, int | float) else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    screen.print(table)
