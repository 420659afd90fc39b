"""`jixiao preview`: a document in the browser, made again when a template, a style or a setting is saved."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, company_of
from transforms.reports import Kind
from transforms.titles import Locale


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Examples: jixiao preview 2026-10 E1003 --pdf · jixiao preview --sample --kind company")(preview)


def preview(
    period: Annotated[str, typer.Argument(help="A period that was run, as 2026-10.")] = "",
    subject: Annotated[str, typer.Argument(help="A personnel number, a department, or company.")] = "",
    kind: Annotated[Kind | None, typer.Option(help="Which document; else what the subject is.")] = None,
    locale: Annotated[Locale | None, typer.Option(help="The language; else the company's.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Show the PDF beside the page.")] = False,
    sample: Annotated[bool, typer.Option("--sample", help="A made-up report: no run is needed.")] = False,
    company: CompanyOption = Path(),
) -> None:
    """Show a document in the browser and show it again whenever a template, a style or a setting is saved.

    Only this machine can reach the address that is printed. Nothing is recorded or sent.
    """
    from flows.preview.server import Preview, stay
    from flows.preview.shown import Shown, made_up, recorded
    from transforms.errors import NotFoundError

    found = company_of(company)
    if not sample and not period:
        raise NotFoundError("name a period that was run", todo="or look at a made-up report: jixiao preview --sample")
    source = made_up(kind or "employee") if sample else recorded(found, period, subject, kind)
    title = f"{kind or 'employee'}, made up" if sample else f"{period} {subject or 'company'}"
    server = Preview(Shown(found.root, source, locale), title, with_pdf=pdf)
    try:
        typer.echo(f"preview of {title}: {server.address}")
        typer.echo("Edit config/templates/ or config/company.yaml and save; Ctrl-C stops the preview.")
        stay(server, found)
    except KeyboardInterrupt:
        typer.echo("preview stopped")
