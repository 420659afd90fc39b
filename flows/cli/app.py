"""The commands of `jixiao`, put together."""

import typer

from flows.cli import (
    ack,
    appeal,
    close,
    company,
    correct,
    delivery,
    history,
    payroll,
    plan,
    preview,
    run,
    sample,
    scheme,
    server,
    sheets,
    sheets_return,
    show,
    site,
    verify,
)

app = typer.Typer(
    name="jixiao",
    help="Month-end performance reports (绩效): facts in, scored, explained and mailed reports out.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    epilog="A company is a folder: give it with [bold]--company[/bold], or work inside. Exit codes: docs/runbook.md.",
)
for module in (
    run,
    plan,
    verify,
    ack,
    appeal,
    close,
    correct,
    history,
    show,
    sheets,
    sheets_return,
    scheme,
    sample,
    payroll,
    delivery,
    preview,
    server,
    company,
    site,
):
    module.register(app)
