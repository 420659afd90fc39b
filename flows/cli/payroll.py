"""`jixiao payroll`: the workbook for finance."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, PeriodArgument, company_of
from flows.cli.output import print_facts
from transforms.period import parse


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: jixiao payroll 2026-10 --company demo")(payroll)


def payroll(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    revision: Annotated[int | None, typer.Option(min=1, help="A revision's number; else the latest.")] = None,
) -> None:
    """Write the period's pay for finance: a workbook without formulas, and the same as CSV files."""
    from flows.payroll.making import make
    from flows.payroll.summary import facts

    made = make(company_of(company), parse(period), revision)
    print_facts(str(made.path), facts(made))
