"""`jixiao sheets`: judging sheets going out, and who still owes one."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import (
    AsOfOption,
    CompanyOption,
    CsvOption,
    JsonOption,
    PeriodArgument,
    company_of,
    today_of,
)
from flows.cli.output import Form, form_of, print_facts, print_rows, screen
from transforms.period import parse

sheets = typer.Typer(help="Judging sheets: make them, see who owes what, take them back.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(sheets, name="sheets")


@sheets.command(epilog="Example: jixiao sheets make 2026-10 --company demo")
def make(
    period: PeriodArgument,
    rater: Annotated[str, typer.Option(help="Only the workbook of this rater (personnel number).")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder to write to; else data/sheets/out/PERIOD.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Make workbooks anew that are there; old ones stay.")] = False,
    by: Annotated[str, typer.Option(help="Who makes them (personnel number).")] = "jixiao",
    company: CompanyOption = Path(),
) -> None:
    """Make an Excel workbook for every rater, and one for every department's targets, events, exams, attendance."""
    from flows.sheets import making

    wanted, found = parse(period), company_of(company)
    made = making.make(found, wanted, datetime.now(UTC), rater=rater, out=out, again=again, by=by)
    kept = [each for each in made.workbooks if not each.is_new]
    raters = [each for each in made.workbooks if each.asked]
    judged = sum(each.asked for each in raters)
    print_facts(
        str(made.workbooks[0].path.parent),
        [
            ("workbooks made", str(len(made.workbooks) - len(kept))),
            ("left as they were", f"{len(kept)}; they are there already, --again makes them anew" if kept else "none"),
            ("asked for", f"{judged} judgements of {len(raters)} raters"),
            ("raters missing", _missing(made.shortfalls)),
            ("next", f"hand them out; what comes back goes into {found.settings.sheets.folder}"),
        ],
    )


@sheets.command(epilog="Example: jixiao sheets status 2026-10 --as-of 2026-11-09 --company demo")
def status(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Who owes what to whom by when, by the process calendar: made, out, incomplete, late, received."""
    from flows.sheets import status as standing_of

    found, form = company_of(company), form_of(as_json=json, as_csv=csv)
    wanted = parse(period)
    stands = standing_of.standing(found, wanted, today_of(found, as_of))
    print_rows(f"Sheets {period}", standing_of.rows(stands), form)
    if form is Form.TABLE:
        _tell(stands.shortfalls, stands.unknown_years, standing_of.rows(stands))


def _tell(shortfalls: tuple[object, ...], unknown_years: tuple[int, ...], rows: tuple[dict[str, object], ...]) -> None:
    counts = Counter(str(row["state"]) for row in rows)
    screen.print(", ".join(f"{count} {state}" for state, count in counts.items()) or "nothing is asked of anybody")
    if shortfalls:
        screen.print(f"raters missing: {_missing(shortfalls)}")
    if unknown_years:
        years = ", ".join(map(str, unknown_years))
        screen.print(f"public holidays of {years} are not known: days there are counted Monday to Friday")


def _missing(shortfalls: tuple[object, ...]) -> str:
    """The first few, and where they are named."""
    most = 5
    told = [f"{s.employee_id}/{s.indicator} {s.role} {s.found} of {s.wanted}" for s in shortfalls[:most]]  # type: ignore[attr-defined]
    more = f" and {len(shortfalls) - most} more" if len(shortfalls) > most else ""
    return f"{'; '.join(told)}{more} (name them in config/raters.yaml)" if told else "none"
