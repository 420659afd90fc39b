"""`jixiao close`: the checklist of a period, waivers, and the two signatures that make it final."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOfOption, CompanyOption, JsonOption, PeriodArgument, company_of, today_of
from flows.cli.output import Form, print_object, print_rows, screen


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="Examples: jixiao close 2026-10 · jixiao close 2026-10 --waive mail --reason 'handed out' --by E9001 ·"
        " jixiao close 2026-10 --by E9001"
    )(close)


def close(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    by: Annotated[str, typer.Option("--by", help="Personnel number of who signs or waives.")] = "",
    waive: Annotated[str, typer.Option("--waive", help="Item to close with although it is open.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is waived.")] = "",
    as_of: AsOfOption = None,
    json: JsonOption = False,
) -> None:
    """Show what stands in the way of closing; with --by sign it: the second person's signature closes the period."""
    from flows.closing import acting, showing
    from flows.closing.looking import checklist
    from transforms.errors import RuleError
    from transforms.period import parse

    found, wanted, at = company_of(company), parse(period), datetime.now(UTC)
    today = today_of(found, as_of)
    if waive and not by:
        raise RuleError("a waiver says who gives it", todo="--by E…")
    if waive:
        told = acting.waive(found, wanted, waive, reason, today, at, by=by)
    elif by:
        told = acting.sign(found, wanted, today, at, by=by).checklist
    else:
        told = checklist(found, wanted, today)
    if json:
        print_object(showing.as_object(found, told))
        return
    print_rows(f"Closing {wanted.key}, revision {told.revision.number}", showing.rows(told), Form.TABLE)
    for line in showing.lines(found, told):
        screen.print(line, markup=False)
