"""`jixiao scheme`: the rules HR writes: listed, checked, tried on their cases and on past periods."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import AsOfOption, CompanyOption, CsvOption, JsonOption, company_of, today_of
from flows.cli.output import Form, form_of, print_facts, print_object, print_rows, screen
from transforms.period import parse

if TYPE_CHECKING:
    from flows.scheme_cases import CaseResult

_scheme = typer.Typer(help="List, check, test, copy and try out appraisal schemes.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(_scheme, name="scheme")


@_scheme.command("list", epilog="Example: jixiao scheme list --company demo")
def list_schemes(
    company: CompanyOption = Path(),
    shipped: Annotated[bool, typer.Option("--shipped", help="Those that come with jixiao, to copy from.")] = False,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Every scheme: whom it judges, how it counts, how many cases it has."""
    from flows import scheme_list

    found = company_of(company)
    folder = scheme_list.shipped() if shipped else found.schemes
    rows = scheme_list.rows(folder, found.settings.documents.locale)
    print_rows("Schemes", rows, form_of(as_json=json, as_csv=csv))


@_scheme.command(epilog="Examples: jixiao scheme lint --company demo · jixiao scheme lint --period 2026-10")
def lint(
    company: CompanyOption = Path(),
    period: Annotated[
        str | None, typer.Option(help="Look at this period's data too: targets, spread, sums of targets.")
    ] = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Check how schemes are designed; each finding says how to mend it (why: docs/reference/checks.md)."""
    from flows import lint as checks

    found, form = company_of(company), form_of(as_json=json, as_csv=csv)
    seen = (
        checks.as_written(found) if period is None else checks.in_period(found, parse(period), today_of(found, as_of))
    )
    rows = checks.rows(found, seen)
    print_rows("Checks of schemes", [_shorter(row) for row in rows] if form is Form.TABLE else rows, form)
    if form is Form.TABLE:
        screen.print(f"{sum(not row['suppressed'] for row in rows)} findings that no scheme suppresses")


def _shorter(row: dict[str, object]) -> dict[str, object]:
    """Without the reasons, which the reference has."""
    return {name: told for name, told in row.items() if name != "why"}


@_scheme.command("test", epilog="Examples: jixiao scheme test · jixiao scheme test s02_cs_draft --company demo")
def run_tests(
    name: Annotated[str | None, typer.Argument(help="A scheme's file name without .yaml; all without it.")] = None,
    company: CompanyOption = Path(),
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Run the cases of schemes and print each as a sentence; exit code 4 when one does not hold."""
    from flows import scheme_list

    found, form = company_of(company), form_of(as_json=json, as_csv=csv)
    running = scheme_list.run_all(found, name, found.settings.documents.locale)
    if form is Form.TABLE:
        results = [_told(result) for result in running]
        screen.print(f"{sum(each.holds for each in results)} of {len(results)} cases hold")
    else:
        results = list(running)
        print_rows("Cases", [scheme_list.case_row(each) for each in results], form)
    scheme_list.require_all_hold(results)


def _told(result: "CaseResult") -> "CaseResult":
    """Print a case as it comes."""
    held = "holds" if result.holds else "FAILS"
    screen.print(f"{held}  {result.scheme} · {result.sentence}", markup=False, soft_wrap=True)
    for difference in result.differences:
        screen.print(f"       {difference}", markup=False, soft_wrap=True)
    return result


@_scheme.command(epilog="Example: jixiao scheme new night_desk --from s02_cs_draft --department customer_service")
def new(
    name: Annotated[str, typer.Argument(help="The new scheme's name, as in config/schemes/NAME.yaml.")],
    source: Annotated[str, typer.Option("--from", help="The scheme to copy: the company's own or a shipped one.")],
    department: Annotated[str | None, typer.Option(help="The department it is for.")] = None,
    effective_from: Annotated[
        datetime | None,
        typer.Option("--effective-from", formats=["%Y-%m-%d"], help="Its first day; else the first of next month."),
    ] = None,
    company: CompanyOption = Path(),
) -> None:
    """Copy a scheme with its comments and cases under a new name; nothing is overwritten."""
    from flows import new_scheme

    found = company_of(company)
    first = effective_from.date() if effective_from else new_scheme.next_month(today_of(found, None))
    made = new_scheme.create(found, name, source, department, first)
    facts = [
        ("in force", f"from {first}; who approved it is still to be written in"),
        ("cases", ", ".join(str(path) for path in made.cases) or "none"),
        ("next", f"edit it; jixiao scheme test {name}; jixiao scheme simulate {made.scheme} --periods 2026-05:2026-10"),
    ]
    facts += [("case to mend", each) for each in made.failing]
    if made.on_trial:
        facts.insert(1, ("on trial", "another scheme gives these people's score; this one is computed beside it"))
    print_facts(f"Made {made.scheme}", facts)


@_scheme.command(
    epilog="Example: jixiao scheme simulate config/schemes/night_desk.yaml --periods 2026-05:2026-10 --company demo"
)
def simulate(
    file: Annotated[Path, typer.Argument(help="The changed scheme's file.")],
    periods: Annotated[str, typer.Option(help="One period, or the first and the last: 2026-05:2026-10.")],
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Replay past periods under a changed scheme: who gains, who loses, the distribution, the cost. Records nothing."""
    from flows import simulation, simulation_rows
    from flows.simulation_changes import total

    found, form = company_of(company), form_of(as_json=json, as_csv=csv)
    scheme, replaying = simulation.simulate(found, file, periods, today_of(found, as_of))
    changed, totals = [], []
    for each in replaying:
        changed += each.changes
        totals.append(total(each.period.key, each.changes))
    rows, people = simulation_rows.total_rows(totals), simulation_rows.person_rows(changed)
    if form is Form.JSON:
        print_object({"scheme": scheme.scheme, "counts": scheme.counts, "periods": rows, "people": people})
    elif form is Form.CSV:
        print_rows("People", people, form)
    else:
        print_rows(f"{scheme.scheme}, counted as {scheme.counts}: money in yuan", rows, form)
        print_rows("Over all periods", simulation_rows.overall_rows(changed), form)
