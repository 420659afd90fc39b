"""`jixiao sheets collect`, `jixiao sheets remind`: filled sheets in, and letters to those who owe one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from flows.cli.options import AsOfOption, CompanyOption, JsonOption, PeriodArgument, company_of, today_of
from flows.cli.output import Form, print_facts, print_rows, screen
from flows.cli.sheets import sheets
from transforms.errors import SourceError

if TYPE_CHECKING:
    from flows.sheets.receiving import Outcome


def register(_app: typer.Typer) -> None:
    """Add the commands of this module to the group `sheets`."""
    sheets.command(epilog="Example: jixiao sheets collect --company demo")(collect)
    sheets.command(epilog="Example: jixiao sheets remind 2026-10 --company demo --as-of 2026-11-06")(remind)


def collect(company: CompanyOption = Path(), as_of: AsOfOption = None, json: JsonOption = False) -> None:
    """Take in the filled workbooks of the drop folder; those with mistakes stay there, each cell named.

    What was taken in counts from the next run that reads the sources (`jixiao run PERIOD --refresh`).
    """
    from flows.sheets.receiving import receive

    outcomes = receive(company_of(company), _moment(as_of))
    rows = [_row(outcome) for outcome in outcomes]
    if not json:
        rows = [row | {"problems": len(outcome.problems)} for row, outcome in zip(rows, outcomes, strict=True)]
    print_rows("Sheets", rows, Form.JSON if json else Form.TABLE)
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    if problems:
        for problem in problems if not json else ():
            screen.print(str(problem), markup=False, soft_wrap=True)
        refused = sum(bool(outcome.problems) for outcome in outcomes)
        what = f"{refused} of {len(outcomes)} workbooks were refused and are still in the folder"
        raise SourceError(what, todo="correct the cells named above, then collect again")


def remind(period: PeriodArgument, company: CompanyOption = Path(), as_of: AsOfOption = None) -> None:
    """Queue a mail to all who owe a sheet: when it goes out, a working day before it is due, and once it is late.

    Each is reminded once a step, with the own workbook attached where it was made. `jixiao deliver` sends.
    """
    from flows.sheets.reminding import remind as remind_all
    from transforms.period import parse

    found = company_of(company)
    fates = remind_all(found, parse(period), today_of(found, as_of), datetime.now(UTC))
    told = {"queued": "reminders queued", "known": "reminded of this step before", "no_address": "without an address"}
    print_facts(f"Reminders {period}", [(text, str(fates[name])) for name, text in told.items()])


def _moment(as_of: datetime | None) -> datetime:
    """This moment, or noon of the day asked for."""
    return as_of.replace(hour=12, tzinfo=UTC) if as_of else datetime.now(UTC)


def _row(outcome: "Outcome") -> dict[str, object]:
    counts = outcome.received.counts if outcome.received else {}
    return {
        "file": outcome.file, "sheet": outcome.sheet, "state": outcome.state,
        "rows": ", ".join(f"{count} {tab}" for tab, count in counts.items()),
        "problems": [str(each) for each in outcome.problems],
    }  # fmt: skip
