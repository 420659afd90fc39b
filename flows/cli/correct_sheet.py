"""`jixiao correct sheet`, `jixiao correct import`: many corrections in a workbook."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOfOption, CompanyOption, PeriodArgument, company_of, today_of
from flows.cli.output import Form, print_facts, print_rows, screen


def register(correct: typer.Typer) -> None:
    """Add the commands of this module to `jixiao correct`."""
    correct.command(epilog="Example: jixiao correct sheet 2026-10 --company demo")(sheet)
    correct.command("import", epilog="Example: jixiao correct import data/sheets/corrections/2026-10.xlsx --dry-run")(
        import_
    )


def sheet(
    period: PeriodArgument,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write it.")] = None,
    company: CompanyOption = Path(),
) -> None:
    """Write a workbook to list corrections in: drop-downs, locked head, how to in the company's language."""
    from flows.corrections.sheet import write

    found = company_of(company)
    path = out or found.data / "sheets" / "corrections" / f"{period}.xlsx"
    write(found, period, path)
    print_facts(path.name, [("written", str(path)), ("next", f"fill it in, then: jixiao correct import {path}")])


def import_(
    file: Annotated[Path, typer.Argument(help="A filled corrections sheet.")],
    company: CompanyOption = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look at it only; enter nothing.")] = False,
    by: Annotated[str, typer.Option("--by", help="Personnel number of who imports it.")] = "",
    as_of: AsOfOption = None,
) -> None:
    """Enter every row of a corrections sheet; while one cell is wrong, none."""
    from flows.corrections import entering, sheet_reading, showing

    found, filled = company_of(company), sheet_reading.read(file)
    reviewed, wrong = sheet_reading.review(found, filled, today_of(found, as_of))
    sheet_reading.require_right(filled, wrong)
    who = by or next((each.correction.asked_by for each in reviewed), "")
    entered = () if dry_run else entering.write(found, reviewed, datetime.now(UTC), who)
    rows = [
        {"id": each.correction.id, "kind": each.correction.kind, "of": showing.subject(each.correction),
         "says": showing.says(each.correction), "concerns": " ".join(each.correction.concerns)}
        for each in reviewed
    ]  # fmt: skip
    print_rows(f"Corrections of {filled.period} in {file.name}", rows, Form.TABLE)
    screen.print("nothing was entered: --dry-run" if dry_run else f"{len(entered)} entered or there before")
    screen.print(f"next: jixiao plan {filled.period}")
