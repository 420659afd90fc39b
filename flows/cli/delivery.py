"""`jixiao deliver`: drain the outbox; nothing else sends."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, company_of
from flows.cli.output import Form, print_facts, print_rows, screen


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Examples: jixiao deliver · jixiao deliver --release 2026-10 · jixiao deliver --list")(deliver)
    app.command(epilog="Example: jixiao resolve '<…@example.com>' --sent --by 'Li Na'")(resolve)


def deliver(
    company: CompanyOption = Path(),
    release: Annotated[
        str | None, typer.Option(help="Let go the held mail of this (provisional) period first.")
    ] = None,
    show: Annotated[bool, typer.Option("--list", help="List the outbox instead of sending.")] = False,
) -> None:
    """Send what waits in the outbox."""
    from flows import month_end, views
    from flows.delivery import require_delivered

    found = company_of(company)
    if show:
        print_rows("Outbox", views.outbox_rows(found), Form.TABLE)
        return
    report = month_end.deliver(found, release)
    counts = ("sent", "waiting", "held", "failed", "unknown", "cancelled")
    print_facts("Mail", [(name, str(getattr(report, name))) for name in counts])
    require_delivered(report, month_end.unreached(found, release))


def resolve(
    message_id: Annotated[str, typer.Argument(help="Message-ID as `deliver --list` shows it.")],
    by: Annotated[str, typer.Option(help="Who found out.")],
    sent: Annotated[bool, typer.Option("--sent/--not-sent", help="Whether it had arrived.")] = ...,  # type: ignore[assignment]
    company: CompanyOption = Path(),
) -> None:
    """Say what became of a message whose fate was unknown; one that did not arrive is sent again."""
    from flows import month_end

    state = month_end.resolve(company_of(company), message_id, sent=sent, by=by)
    screen.print(f"{message_id} is {state}", markup=False)
