"""`jixiao history`, `jixiao diff`: a period's revisions, and what one says otherwise than another."""

# ruff: noqa: PLR0913, PLR0917 - a parameter is an option of the command line

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of
from flows.cli.output import Form, form_of, print_object, print_rows, screen
from transforms.period import parse

_IN_TABLE = ("who", "title", "window", "from", "to", "because", "reason")
_REVISION_IN_TABLE = (
    "revision", "made", "by", "reason", "rows", "corrections", "late rows", "other causes", "changes", "people", "mail",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: jixiao history 2026-10 --company demo")(history)
    app.command(epilog="Example: jixiao diff 2026-10 1 2 --employee E1003 --company demo")(diff)


def history(
    period: PeriodArgument, company: CompanyOption = Path(), json: JsonOption = False, csv: CsvOption = False
) -> None:
    """Every revision of a period: when, by whom, why, from which rows and corrections, what it changed and mailed."""
    from flows.revisions import history as told

    form, found, wanted = form_of(as_json=json, as_csv=csv), company_of(company), parse(period)
    made = told.revisions(found, wanted)
    besides = {
        "corrections": told.corrections(found, wanted), "status": told.statuses(found, wanted),
        "journal": told.acts(found, wanted),
    }  # fmt: skip
    if form is Form.JSON:
        print_object({"period": wanted.key, "revisions": made, **besides})
    elif form is Form.CSV:
        print_rows("", made, form)
    else:
        shown = [{name: row[name] for name in _REVISION_IN_TABLE} for row in made]
        print_rows(f"Revisions of {period}", shown, form)
        for name, rows in besides.items():
            print_rows(name.capitalize(), rows, form)


def diff(
    period: PeriodArgument,
    older: Annotated[int, typer.Argument(min=1, help="Number of a revision.")],
    newer: Annotated[int, typer.Argument(min=1, help="Number of the revision to hold against it.")],
    company: CompanyOption = Path(),
    employee: Annotated[str, typer.Option("--employee", help="Only what is about this person.")] = "",
    what: Annotated[str, typer.Option("--what", help="Only such changes: score, grade, rank, pay, metric …")] = "",
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Every number that two revisions say otherwise: whose, from what to what, and because of what."""
    from flows import wiring
    from flows.revisions.changes import changes_between
    from flows.revisions.history import change_rows
    from flows.revisions.known import Known, revision_of

    found, wanted, form = company_of(company), parse(period), form_of(as_json=json, as_csv=csv)
    first, second = (revision_of(found, wanted, Known(number)) for number in (older, newer))
    told = changes_between(wiring.ledger(found), first.id, second.id).changes
    chosen = [each for each in told if employee in {"", each.subject_id} and what in {"", each.what}]
    rows = change_rows(found, chosen)
    if form is not Form.TABLE:
        print_rows("", rows, form)
        return
    shown = [row for row in rows if what or row["what"] not in {"metric", "wording"}]
    listed = [{name: _readable(row, name) for name in _IN_TABLE} for row in shown]
    print_rows(f"{period}: revision {older} to {newer}", listed, form)
    if left := len(rows) - len(listed):
        screen.print(f"{left} more values and wordings: --what metric, --what wording, --csv or --json")


def _readable(row: dict[str, object], name: str) -> object:
    """A table shows money in the currency's whole unit; JSON and CSV keep it exact, in fen."""
    from flows.explained import yuan

    told = row[name]
    is_money = name in {"from", "to"} and row["unit"] == "fen" and isinstance(told, str) and told.lstrip("-").isdigit()
    return yuan(int(str(told))) if is_money else told
