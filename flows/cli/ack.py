"""`jixiao ack`: who acknowledged the report, who objects, who is silent."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from flows.cli.options import AsOfOption, CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of, today_of
from flows.cli.output import form_of, print_rows, screen


class _OrRecord(TyperGroup):
    """`jixiao ack E1003 …` without the name of a command records an answer."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names, else `record`."""
        known = args[0] in self.commands or args[0].startswith("-")
        return super().resolve_command(ctx, args if known else ["record", *args])


_ack = typer.Typer(
    cls=_OrRecord, help="Acknowledgements of reports: recorded, listed, printed a department.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(_ack, name="ack")


@_ack.command(
    epilog="Example: jixiao ack E1003 2026-10 --how paper --outcome agreed --reference 'folder 12, sheet 7'"
    " --on 2026-11-24 --by E9001"
)
def record(  # noqa: PLR0913, PLR0917 (an option each)
    employee: Annotated[str, typer.Argument(help="Personnel number of who answered.")],
    period: PeriodArgument,
    how: Annotated[str, typer.Option(help="paper or reply.")],
    outcome: Annotated[str, typer.Option(help="agreed or objecting.")],
    reference: Annotated[str, typer.Option(help="Where the signed paper or the mail lies.")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day it was signed or answered.")],
    by: Annotated[str, typer.Option("--by", help="Personnel number of who records it.")],
    document: Annotated[str, typer.Option(help="Code in the foot of the paper, when it is not the latest.")] = "",
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
) -> None:
    """Record what somebody signed or answered; it is bound to the document that was in his hands."""
    from flows.appeals.acknowledging import acknowledge, answered
    from flows.rendering.codes import code_of
    from transforms.period import parse

    found = company_of(company)
    said = answered(employee, how, outcome, reference, on.date(), document)
    ack, new = acknowledge(found, parse(period), said, today_of(found, as_of), datetime.now(UTC), by=by)
    known, code = "" if new else "was recorded before: ", code_of(ack.content_sha256)
    _say(f"{known}{employee} {outcome} on {ack.on}, revision {ack.revision_number}, document {code}")
    if outcome == "objecting":
        _say(f"Next, within the window: jixiao appeal open {employee} {period} --indicator …")


@_ack.command("list", epilog="Example: jixiao ack list 2026-10 --department customer_service")
def list_(
    period: PeriodArgument,
    department: Annotated[str | None, typer.Option(help="Only the people of one.")] = None,
    company: CompanyOption = Path(),
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Where everybody stands: acknowledged, objecting or silent; an answer to an earlier document leaves one silent."""
    from flows.appeals.answers import rows
    from transforms.period import parse

    told = rows(company_of(company), parse(period), department)
    print_rows(f"Acknowledgements {period}", told, form_of(as_json=json, as_csv=csv))


@_ack.command(epilog="Example: jixiao ack page 2026-10 --company demo")
def page(period: PeriodArgument, company: CompanyOption = Path()) -> None:
    """Write the same as a page a department: data/reports/PERIOD/acknowledgements/."""
    from flows.appeals.answers import pages
    from transforms.period import parse

    for path in pages(company_of(company), parse(period)):
        _say(str(path))


def _say(text: str) -> None:
    screen.print(text, markup=False)
