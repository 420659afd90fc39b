"""`jixiao init`, `jixiao config`, `jixiao scheme`, `jixiao demo`: company folders."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, company_of
from flows.cli.output import print_facts, screen

# The demo company lives in 2026: its last closed month, and a day on which that month has settled.
LAST_PERIOD, AS_OF = "2026-10", datetime(2026, 11, 21)  # noqa: DTZ001 - a day

_config = typer.Typer(help="Look after a company's configuration.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: jixiao init acme")(init)
    app.add_typer(_config, name="config")
    app.command(epilog="Example: jixiao demo --scale 0.2 --company /tmp/demo")(demo)


def init(folder: Annotated[Path, typer.Argument(help="Where to make the company folder.")]) -> None:
    """Make a new company folder with commented configuration."""
    from flows import new_company

    made = new_company.create(folder)
    print_facts(f"Made {folder}", [(str(path), what) for path, what in made])
    screen.print(
        f"Next: put exports into {folder}/data/inbox, then `jixiao config check --company {folder}`", soft_wrap=True
    )


@_config.command("check", epilog="Example: jixiao config check --company acme")
def config_check(company: CompanyOption = Path()) -> None:
    """Read every configuration file, run every scheme's cases, and say what is wrong and where."""
    from flows import config_check as checks

    print_facts("Configuration is in order", checks.check(company_of(company)))


def demo(
    company: Annotated[Path, typer.Option("--company", "-C", help="Where the demo company lives.")] = Path("demo"),
    scale: Annotated[float, typer.Option(min=0.02, max=50, help="Size: 1 is about a million chat messages.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Another seed, another company.")] = 20261,
) -> None:
    """Make the demo company and run its last month end, mail included (into a folder)."""
    from flows.cli.run import run_period
    from flows.demo import setup

    def make() -> None:
        made = setup.create(company, scale=scale, seed=seed)
        screen.print(f"demo company {'made' if made.created else 'found'} in {company}")

    setup.configure(company)
    run_period(company, LAST_PERIOD, AS_OF, send=True, first=make)
