"""`jixiao sample`: the contacts to be judged, in a workbook."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOfOption, CompanyOption, PeriodArgument, company_of, today_of
from flows.cli.output import print_facts
from transforms.period import parse


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: jixiao sample 2026-10 --scheme s06_sampled_behaviour --size 10 --seed autumn")(sample)


def sample(
    period: PeriodArgument,
    scheme: Annotated[str, typer.Option(help="The scheme whose people are judged.")],
    size: Annotated[int, typer.Option(min=1, max=1000, help="How many contacts a person.")] = 10,
    seed: Annotated[str, typer.Option(help="Any text; the same seed draws the same contacts.")] = "jixiao",
    out: Annotated[Path | None, typer.Option(help="Where to write the workbook; else data/sheets/.")] = None,
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
) -> None:
    """Draw a random sample of each agent's contacts and write the sheet in which they are judged."""
    from flows import judging, judging_sheet

    found = company_of(company)
    drawn = judging.sample(found, parse(period), scheme, size, seed)
    path = out or found.data / "sheets" / f"{period}-{drawn.scheme.scheme}.xlsx"
    judging_sheet.write(drawn, path, today_of(found, as_of))
    none = [who for who, contacts in drawn.people.items() if not contacts]
    print_facts(
        str(path),
        [
            ("drawn", f"{len(drawn.contacts)} of {sum(drawn.people.values())} contacts of {len(drawn.people)} people"),
            ("again", f"--size {size} --seed {seed} draws the same"),
            ("without contacts", ", ".join(none) or "nobody"),
            ("next", "judge it, put it into data/inbox/quality/judged/ (docs/runbook.md), run the period"),
        ],
    )
