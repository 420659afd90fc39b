"""`jixiao appeal`: what somebody says is wrong with his report, who judges it, and what was decided."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import AsOfOption, CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of, today_of
from flows.cli.output import Form, form_of, print_rows, screen

IdArgument = Annotated[str, typer.Argument(help="Id of the appeal, such as A-7KQ2MZ4B.")]
ByOption = Annotated[str, typer.Option("--by", help="Personnel number of who does it.")]
_SHORT = ("appeal", "period", "employee", "line", "expected", "actual", "filed", "state", "judge", "due", "overdue",
          "outcome", "correction")  # fmt: skip

_appeal = typer.Typer(help="Appeals against lines of a report: filed, judged, decided.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(_appeal, name="appeal")


@_appeal.command(
    "open",
    epilog="Example: jixiao appeal open E1003 2026-10 --indicator conversion --expected 82 --actual 74.5"
    " --reason 'orders of the 12th are missing' --evidence 'chat export, 12 Oct' --by E1003",
)
def open_(  # noqa: PLR0913, PLR0917 (an option each)
    employee: Annotated[str, typer.Argument(help="Personnel number of who appeals.")],
    period: PeriodArgument,
    indicator: Annotated[str, typer.Option(help="Indicator, line of points or of pay, or `score`.")],
    expected: Annotated[str, typer.Option(help="What it should be.")],
    actual: Annotated[str, typer.Option(help="What the report says.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    evidence: Annotated[str, typer.Option(help="What shows it: a reference.")],
    by: ByOption,
    scheme: Annotated[str | None, typer.Option(help="Key of the scheme, when several have the line.")] = None,
    late: Annotated[str, typer.Option(help="Why HR hears it after the window.")] = "",
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
) -> None:
    """Appeal against one line of the latest report, within the window that stands on it."""
    from flows.appeals.filing import Said, file
    from transforms.period import parse

    found = company_of(company)
    said = Said(employee, indicator, expected, actual, reason, evidence, scheme, late)
    filing = file(found, parse(period), said, today_of(found, as_of), datetime.now(UTC), by=by)
    appeal = filing.appeal
    if not filing.agrees:
        _say(f"The report was read as {actual}; the ledger says: {appeal.filed.found}.")
    _say(f"{appeal.id} is open." if filing.new else f"{appeal.id} was filed before and is {appeal.state}.")
    _say(f"Next: jixiao appeal assign {appeal.id} --to E… --by E…")


@_appeal.command(epilog="Example: jixiao appeal assign A-7KQ2MZ4B --to E1001 --by E9001")
def assign(
    appeal_id: IdArgument,
    to: Annotated[str, typer.Option("--to", help="Personnel number of the judge.")],
    by: ByOption,
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
) -> None:
    """Say who judges it: nobody who filed it, whom it concerns, who rated the line or approved a correction of it."""
    from flows.appeals import judging

    found = company_of(company)
    appeal = judging.assign(found, appeal_id, to, today_of(found, as_of), datetime.now(UTC), by=by)
    due_on = judging.rules_of(found, appeal).due_on
    _say(f"{appeal.id} is {appeal.judge_id}'s to decide until {due_on}.")


@_appeal.command(
    epilog="Examples: jixiao appeal decide A-7KQ2MZ4B --outcome rejected --reason 'paid on the fifth day' --by E1001"
    " · jixiao appeal decide A-7KQ2MZ4B --outcome upheld --reason '…' --set-score 82 --approved-by E9001 --by E1001"
)
def decide(  # noqa: PLR0913, PLR0917 (an option each)
    appeal_id: IdArgument,
    outcome: Annotated[str, typer.Option(help="upheld, partly or rejected.")],
    reason: Annotated[str, typer.Option(help="Why; the appellant reads it.")],
    by: ByOption,
    correction: Annotated[str | None, typer.Option(help="Id of a correction that was entered for it.")] = None,
    set_score: Annotated[str | None, typer.Option("--set-score", help="Or the score it gets, 0–100.")] = None,
    approved_by: Annotated[str, typer.Option("--approved-by", help="Who approves that score.")] = "",
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
) -> None:
    """Decide it, as its judge or as the final instance; the decision may carry a correction."""
    from flows.appeals import judging

    found = company_of(company)
    ruling = judging.ruling(outcome, reason, correction, set_score, approved_by)
    appeal = judging.decide(found, appeal_id, ruling, today_of(found, as_of), datetime.now(UTC), by=by)
    _say(f"{appeal.id} is {appeal.state}: {outcome}.")
    if appeal.decision and appeal.decision.correction_id:
        _say(f"It carries {appeal.decision.correction_id}. Next: jixiao plan {appeal.filed.period}")


@_appeal.command(epilog="Example: jixiao appeal escalate A-7KQ2MZ4B --reason 'the export was not looked at' --by E1003")
def escalate(
    appeal_id: IdArgument,
    by: ByOption,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    late: Annotated[str, typer.Option(help="Why HR hears it after the window.")] = "",
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
) -> None:
    """Put a decision, or an appeal that is overdue, before the final instance."""
    from flows.appeals import judging
    from flows.appeals.acts import Escalated

    found = company_of(company)
    act = Escalated(reason=reason, on=today_of(found, as_of), late=late)
    appeal = judging.escalate(found, appeal_id, act, datetime.now(UTC), by=by)
    _say(f"{appeal.id} is before the final instance.")


@_appeal.command("list", epilog="Example: jixiao appeal list 2026-10 --open --company demo")
def list_(
    period: Annotated[str | None, typer.Argument(help="A period; all when left out.")] = None,
    pending: Annotated[bool, typer.Option("--open", help="Those that nobody decided yet.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Those that should have been decided.")] = False,
    company: CompanyOption = Path(),
    as_of: AsOfOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """What was appealed against, where it stands, by when it is due, what was decided."""
    from flows.appeals.listing import rows
    from transforms.period import parse

    found, form = company_of(company), form_of(as_json=json, as_csv=csv)
    key = parse(period).key if period else None
    told = rows(found, key, today_of(found, as_of), pending=pending, overdue=overdue)
    print_rows("Appeals", _short(told) if form is Form.TABLE else told, form)


@_appeal.command(epilog="Example: jixiao appeal sweep --company demo")
def sweep(company: CompanyOption = Path(), as_of: AsOfOption = None) -> None:
    """Put every overdue appeal before the final instance and queue reminders, each once; run it daily."""
    from flows.appeals.sweeping import sweep as swept

    found = company_of(company)
    told = swept(found, today_of(found, as_of), datetime.now(UTC))
    for each in told:
        done = "now before the final instance" if each.escalated else "still before the final instance"
        _say(f"{each.appeal.id}: due on {each.due_on}, {done}; reminders queued: {each.reminders}")
    if not told:
        _say("No appeal is overdue.")


def _short(told: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: row[name] for name in _SHORT} for row in told]


def _say(text: str) -> None:
    screen.print(text, markup=False)
