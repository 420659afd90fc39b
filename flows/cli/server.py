"""`jixiao up`, `jixiao serve`: a Prefect server and the schedule."""

from pathlib import Path

import typer

from flows.cli.options import CompanyOption, company_of


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: jixiao up --company demo")(up)
    app.command(epilog="Example: PREFECT_API_URL=http://127.0.0.1:4200/api jixiao serve --company demo")(serve)


def up(company: CompanyOption = Path()) -> None:
    """Keep a local Prefect server and the month-end schedule alive until stopped."""
    from flows import runtime

    runtime.up(company_of(company))


def serve(company: CompanyOption = Path()) -> None:
    """Serve the month-end schedule (config/company.yaml, `schedule`) against a running Prefect server."""
    from flows import schedule

    schedule.serve(company_of(company))
