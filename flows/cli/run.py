"""`jixiao run`, `jixiao status`: month end, and where it stands."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer

from flows.cli.options import AsOfOption, CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of, today_of
from flows.cli.output import form_of, print_facts, print_rows, screen


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: jixiao run 2026-10 --company demo")(run)
    app.command(epilog="Example: jixiao status --company demo --json")(status)


def run(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
    send: Annotated[bool, typer.Option("--send", help="Send the queued mail at the end.")] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Read the sources and sheets anew, instead of the last revision's rows.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why it is run again; stands in the history.")] = "",
    by: Annotated[str, typer.Option("--by", help="Personnel number of who runs it; stands in the history.")] = "",
) -> None:
    """Run month end for one period: snapshot, gate, scores, documents, outbox.

    A period that was run before is computed again from the same snapshot with the corrections since; --refresh reads
    the sources anew. With nothing changed it makes no revision, no document and no mail. `jixiao plan` shows it first.
    """
    run_period(company, period, as_of, send=send, rerun={"refresh": refresh, "reason": reason, "asked_by": by})


def run_period(
    folder: Path, period: str, as_of: datetime | None, *, send: bool, first: Callable[[], None] = lambda: None,
    rerun: Mapping[str, Any] = MappingProxyType({}),
) -> None:  # fmt: skip
    """Run month end and print what was made; also the last step of `jixiao demo`."""
    from flows import month_end
    from flows.delivery import require_delivered
    from transforms.period import parse

    found, wanted = company_of(folder), parse(period)
    outcome = month_end.run(
        found, wanted, today_of(found, as_of), send=send, say=screen.print, first=first,
        rerun=month_end.Rerun(**rerun),
    )  # fmt: skip
    print_facts(f"{wanted.key}", month_end.facts(found, outcome))
    if outcome.delivered:
        require_delivered(outcome.delivered, month_end.unreached(found, wanted.key))


def status(company: CompanyOption = Path(), json: JsonOption = False, csv: CsvOption = False) -> None:
    """Periods with their revisions, documents and mail."""
    from flows import views

    print_rows("Periods", views.status(company_of(company)), form_of(as_json=json, as_csv=csv))
