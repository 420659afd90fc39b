"""`jixiao show`, `jixiao explain`: what a revision says, and why."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of
from flows.cli.output import form_of, print_rows, screen
from transforms.period import parse

_show = typer.Typer(help="Print scores, findings or filtered contacts of a period.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(_show, name="show")
    app.command(epilog="Example: jixiao explain E012 conversion 2026-10 --company demo")(explain)


@_show.command(epilog="Example: jixiao show scores 2026-10 --csv > scores.csv")
def scores(
    period: PeriodArgument, company: CompanyOption = Path(), json: JsonOption = False, csv: CsvOption = False
) -> None:
    """Score, grade and rank of everybody in the latest revision."""
    from flows import views

    print_rows(f"Scores {period}", views.scores(company_of(company), parse(period)), form_of(as_json=json, as_csv=csv))


@_show.command(epilog="Example: jixiao show findings 2026-10 --company demo")
def findings(
    period: PeriodArgument, company: CompanyOption = Path(), json: JsonOption = False, csv: CsvOption = False
) -> None:
    """What the gate found in the period's last run, quarantined rows with file and row included."""
    from flows import views

    form, found = form_of(as_json=json, as_csv=csv), company_of(company)
    print_rows(f"Findings {period}", views.findings(found, parse(period)), form)
    quarantined = views.quarantined(found, parse(period))
    if form == "table":
        print_rows("Quarantined rows", quarantined, form)
        screen.print(f"The same as a page: {views.findings_page(found, parse(period))}")


@_show.command(epilog="Example: jixiao show filtered 2026-10 --company demo")
def filtered(
    period: PeriodArgument, company: CompanyOption = Path(), json: JsonOption = False, csv: CsvOption = False
) -> None:
    """Contacts that filters removed, by person and filter."""
    from flows import views

    print_rows(
        f"Filtered contacts {period}",
        views.filtered(company_of(company), parse(period)),
        form_of(as_json=json, as_csv=csv),
    )


def explain(
    employee: Annotated[str, typer.Argument(help="Personnel number.")],
    metric: Annotated[str, typer.Argument(help="Metric or indicator key; see docs/reference/metrics.md.")],
    period: PeriodArgument,
    company: CompanyOption = Path(),
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many source rows to list.")] = 10,
    json: JsonOption = False,
) -> None:
    """How a number came about: score, rule, quotient, measures, source rows."""
    from flows import explanations

    explanations.explain(
        company_of(company), employee, metric, parse(period), rows, form_of(as_json=json, as_csv=False)
    )
