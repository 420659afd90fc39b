"""`jixiao plan`: what a run would do."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOfOption, CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of, today_of
from flows.cli.output import Form, form_of, print_facts, print_object, print_rows


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Examples: jixiao plan 2026-10 · jixiao plan 2026-10 --employee E012 --csv > plan.csv")(plan)


def plan(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Read the sources and sheets anew, as `run --refresh` would.")
    ] = False,
    employee: Annotated[str, typer.Option(help="Only what concerns this personnel number.")] = "",
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """List exactly what a run would do: changes and why, people, money, documents, mails. Makes no revision.

    With --refresh the snapshot that is read is checked and kept, so that the run stands on it; --csv lists the changes.
    """
    from flows.revisions import plan as planning
    from flows.revisions import plan_rows as told
    from transforms.period import parse

    found = company_of(company)
    made = planning.plan(found, parse(period), today_of(found, as_of), at=datetime.now(UTC), refresh=refresh)
    wanted = made.of_employee(employee) if employee else made
    form = form_of(as_json=json, as_csv=csv)
    if form is Form.JSON:
        print_object(wanted.model_dump(mode="json"))
    elif form is Form.CSV:
        print_rows("Changes", told.changes(wanted, found.settings.documents.locale), form)
    else:
        print_facts(f"Plan of {period}", told.facts(wanted))
        for title, rows in told.tables(wanted, found.settings.documents.locale):
            print_rows(title, rows, form)
