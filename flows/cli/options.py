"""Options and arguments that several commands share."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.company import Company
from flows.settings import load_company

CompanyOption = Annotated[
    Path, typer.Option("--company", "-C", envvar="JIXIAO_COMPANY", help="The company's folder.", show_default=True)
]
PeriodArgument = Annotated[str, typer.Argument(help="A month as 2026-10, or days as 2026-09-21..2026-10-20.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Judge settle days as of this day instead of today."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")]


def company_of(folder: Path) -> Company:
    """Read the company's settings."""
    return load_company(folder)


def today_of(company: Company, as_of: datetime | None) -> date:
    """The day to judge by: `--as-of`, else today where the company is."""
    return as_of.date() if as_of else company.day_of(datetime.now(UTC))
