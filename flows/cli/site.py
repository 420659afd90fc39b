"""`jixiao site`: the documents of one reader as a folder that opens from disk."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, PeriodArgument, company_of
from flows.cli.output import Form, print_rows, screen
from transforms.period import parse

ForOption = Annotated[
    str | None, typer.Option("--for", help="Personnel number of the reader: of an employee, a manager, or HR.")
]
ToOption = Annotated[
    Path | None, typer.Option("--to", help="The folder to write, new or a site; else data/sites in the company.")
]
EverybodyOption = Annotated[
    bool, typer.Option("--everybody", help="A folder for each who may read something, named by personnel number.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: jixiao site 2026-10 --for E2001 --company demo")(site)


def site(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    reader: ForOption = None,
    everybody: EverybodyOption = False,
    to: ToOption = None,
) -> None:
    """Write a reader's reports as a folder with an index: search, sort, filter, and the rows behind every number."""
    from flows.site.making import Site, make, make_everybody

    if (reader is None) is not everybody:
        raise typer.BadParameter("say for whom: --for NUMBER, or --everybody", param_hint="--for")
    found, asked = company_of(company), parse(period)
    made: tuple[Site, ...] = make_everybody(found, asked, to) if reader is None else (make(found, asked, reader, to),)
    rows = [{"reader": each.reader, "documents": each.documents, "lists": each.lists} for each in made]
    print_rows(f"Sites {period}", rows, Form.TABLE)
    screen.print(f"Open: {made[0].folder / 'index.html'}")
