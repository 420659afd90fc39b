"""`jixiao show`, `jixiao explain`: what a revision says, and why."""

# ruff: noqa: PLR0913, PLR0917 - a parameter is an option of the command line

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of
from flows.cli.output import form_of, print_rows, screen
from transforms.period import parse

if TYPE_CHECKING:
    from flows.revisions.known import Known

LinesOption = Annotated[bool, typer.Option("--lines", help="A row a line instead of a row a sheet or statement.")]

RevisionOption = Annotated[
    int | None, typer.Option("--revision", min=1, help="What that revision says, not the latest.")
]
KnownOnOption = Annotated[
    datetime | None,
    typer.Option("--known-on", formats=["%Y-%m-%d"], help="What was known at the end of that day."),
]

_show = typer.Typer(help="Print what a period's latest revision says, or an earlier one.", no_args_is_help=True)


def known_of(revision: int | None, known_on: datetime | None) -> "Known":
    """Which revision the two options ask for; of one number, it must have been known on that day."""
    from flows.revisions.known import Known

    return Known(revision, known_on.date() if known_on else None)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(_show, name="show")
    app.command(epilog="Example: jixiao explain E012 conversion 2026-10 --company demo")(explain)


@_show.command(epilog="Example: jixiao show scores 2026-10 --csv > scores.csv")
def scores(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Score, grade and rank of everybody in the latest revision."""
    from flows import views

    told = views.scores(company_of(company), parse(period), known_of(revision, known_on))
    print_rows(f"Scores {period}", told, form_of(as_json=json, as_csv=csv))


@_show.command(epilog="Example: jixiao show findings 2026-10 --company demo")
def findings(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """What the period's last run found in data, results and schemes; quarantined rows with file and row."""
    from flows import views

    form, found, known = form_of(as_json=json, as_csv=csv), company_of(company), known_of(revision, known_on)
    print_rows(f"Findings {period}", views.findings(found, parse(period), known), form)
    quarantined = views.quarantined(found, parse(period), known)
    if form == "table":
        print_rows("Quarantined rows", quarantined, form)
        screen.print(f"The same as a page: {views.findings_page(found, parse(period))}")


@_show.command(epilog="Example: jixiao show filtered 2026-10 --company demo")
def filtered(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Contacts that filters removed, by person and filter."""
    from flows import views

    told = views.filtered(company_of(company), parse(period), known_of(revision, known_on))
    print_rows(f"Filtered contacts {period}", told, form_of(as_json=json, as_csv=csv))


@_show.command(epilog="Example: jixiao show pay 2026-10 --csv > pay.csv")
def pay(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    lines: LinesOption = False,
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """What each scheme pays everybody, by kind of line; a trial pays nothing and is marked."""
    from flows import appraisal_rows

    rows = appraisal_rows.pay_lines if lines else appraisal_rows.pay
    made = rows(company_of(company), parse(period), known_of(revision, known_on))
    print_rows(f"Pay {period}", made, form_of(as_json=json, as_csv=csv))


@_show.command(epilog="Example: jixiao show points 2026-10 --lines --csv > points.csv")
def points(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    lines: LinesOption = False,
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Everybody's sheets of points; with --lines each line of each week."""
    from flows import appraisal_rows

    rows = appraisal_rows.point_lines if lines else appraisal_rows.points
    made = rows(company_of(company), parse(period), known_of(revision, known_on))
    print_rows(f"Points {period}", made, form_of(as_json=json, as_csv=csv))


@_show.command(epilog="Example: jixiao show consequences 2026-10 --company demo")
def consequences(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """What is proposed or due, for whom, until when, and why; what only HR may judge included."""
    from flows import appraisal_rows

    found = appraisal_rows.consequences(company_of(company), parse(period), known_of(revision, known_on))
    print_rows(f"Consequences {period}", found, form_of(as_json=json, as_csv=csv))


@_show.command(epilog="Example: jixiao show pools 2026-10 --company demo")
def pools(
    period: PeriodArgument,
    company: CompanyOption = Path(),
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Every pool: what it holds, what was paid, what is left over and why."""
    from flows import appraisal_rows

    found = appraisal_rows.pools(company_of(company), parse(period), known_of(revision, known_on))
    print_rows(f"Pools {period}", found, form_of(as_json=json, as_csv=csv))


def explain(
    employee: Annotated[str, typer.Argument(help="Personnel number.")],
    metric: Annotated[
        str, typer.Argument(help="Key of a metric, an indicator, a line of points (or sheet.line) or of pay, a pool.")
    ],
    period: PeriodArgument,
    company: CompanyOption = Path(),
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many source rows to list.")] = 10,
    revision: RevisionOption = None,
    known_on: KnownOnOption = None,
    json: JsonOption = False,
) -> None:
    """How a number came about: score, points or pay, rule, quotient, measures, source rows."""
    from flows import explanations

    form, known = form_of(as_json=json, as_csv=False), known_of(revision, known_on)
    explanations.explain(company_of(company), employee, metric, parse(period), rows, form, known)
