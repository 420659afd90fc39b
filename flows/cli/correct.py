"""`jixiao correct`: what is otherwise than the snapshot has it, with reason, evidence and two persons."""

# ruff: noqa: PLR0913, PLR0917 - a parameter is an option of the command line

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli import correct_sheet
from flows.cli.options import CompanyOption, CsvOption, JsonOption, PeriodArgument, company_of, today_of
from flows.cli.output import form_of, print_facts, print_rows
from transforms.errors import ConfigError, Place

PeriodOption = Annotated[str, typer.Option("--period", help="A month as 2026-10, or another period's key.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; stands on reports and in the history.")]
EvidenceOption = Annotated[str, typer.Option("--evidence", help="What proves it: a ticket, a mail, a file.")]
AskedOption = Annotated[str, typer.Option("--asked-by", help="Personnel number of who asks for it.")]
ApprovedOption = Annotated[str, typer.Option("--approved-by", help="Personnel number of who approves it: another.")]
ByOption = Annotated[str, typer.Option("--by", help="Personnel number of who enters it, where that is another.")]
KeyOption = Annotated[list[str] | None, typer.Option("--key", help="A part of the row's key: column=value.")]
EmployeeArgument = Annotated[str, typer.Argument(help="Personnel number.")]
LineArgument = Annotated[str, typer.Argument(help="Key of an indicator, a line as sheet.line, or score (the total).")]
SchemeOption = Annotated[str | None, typer.Option("--scheme", help="The scheme, where it is not the one that counts.")]
WindowOption = Annotated[str | None, typer.Option("--window", help="The one week of a line judged by weeks.")]
DepartmentOption = Annotated[bool, typer.Option("--department", help="It is a department's id, not a person's.")]

_correct = typer.Typer(
    help="Correct a fact, whose something is, a rating, a target, or a score; each with its reason and two persons.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    correct_sheet.register(_correct)
    app.add_typer(_correct, name="correct")


@_correct.command(
    epilog="Example: jixiao correct fact orders --key order_id=123 --key shop_id=tm_flagship "
    "--set paid_amount_fen=12900 --period 2026-10 --reason 'wrong export' "
    "--evidence 'ticket 88' --asked-by E1003 --approved-by E1001"
)
def fact(
    table: Annotated[str, typer.Argument(help="Name of a table of docs/reference/tables.md.")],
    period: PeriodOption,
    reason: ReasonOption,
    evidence: EvidenceOption,
    asked_by: AskedOption,
    approved_by: ApprovedOption,
    key: KeyOption = None,
    values: Annotated[list[str] | None, typer.Option("--set", help="column=value; column= empties it.")] = None,
    add: Annotated[bool, typer.Option("--add", help="The row is missing: add it.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="The row is wrong altogether: leave it out.")] = False,
    by: ByOption = "",
    company: CompanyOption = Path(),
) -> None:
    """Set columns of a row, add a row, or leave one out. Amounts in fen, moments in shop time."""
    from flows.corrections import making

    told = _told(period, reason, evidence, asked_by, approved_by)
    act: Any = "add" if add else "remove" if remove else "set"
    made = making.row(told, act, table, _pairs("key", key), _emptied(_pairs("set", values)))
    _enter(company, lambda _: made, period, by)


@_correct.command(
    epilog="Example: jixiao correct attribution --order 123 --shop tm_flagship --employee E1003 --period 2026-10 "
    "--reason 'she advised the buyer' --evidence 'chat 77' --asked-by E1003 --approved-by E1001"
)
def attribution(
    period: PeriodOption,
    reason: ReasonOption,
    evidence: EvidenceOption,
    asked_by: AskedOption,
    approved_by: ApprovedOption,
    order: Annotated[str, typer.Option("--order", help="An order's number.")] = "",
    shop: Annotated[str, typer.Option("--shop", help="The order's shop.")] = "",
    table: Annotated[str, typer.Option("--table", help="ratings, complaints, tickets, refunds …")] = "",
    key: KeyOption = None,
    employee: Annotated[str, typer.Option("--employee", help="Whose it is.")] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="It is nobody's.")] = False,
    by: ByOption = "",
    company: CompanyOption = Path(),
) -> None:
    """Say whose an order is (or a rating, complaint, ticket, refund: the person's account then is put into the row)."""
    from flows.corrections import making

    told = _told(period, reason, evidence, asked_by, approved_by)
    if bool(employee) == nobody:
        raise ConfigError("whose is it?", where=Place(field="employee"), todo="give --employee E…, or --nobody")
    whose = employee or None
    if table:
        pairs = _pairs("key", key)
        _enter(company, lambda con: making.handled_by(con, told, table, pairs, whose), period, by)
    else:
        _enter(company, lambda _: making.attribution(told, shop, order, whose), period, by)


@_correct.command(
    epilog="Example: jixiao correct rating E1003 product_knowledge 2026-10 --rater E1001 --role manager --score 88 "
    "--reason 'typed wrongly' --evidence 'sheet of 2 Nov' --asked-by E1001 --approved-by E5006"
)
def rating(
    employee: EmployeeArgument,
    indicator: Annotated[str, typer.Argument(help="Key of a judged indicator.")],
    period: PeriodArgument,
    rater: Annotated[str, typer.Option("--rater", help="Personnel number of who judged.")],
    role: Annotated[str, typer.Option("--role", help="self, manager, peer, subordinate or customer.")],
    score: Annotated[str, typer.Option("--score", help="0 to 100.")],
    reason: ReasonOption,
    evidence: EvidenceOption,
    asked_by: AskedOption,
    approved_by: ApprovedOption,
    comment: Annotated[str, typer.Option("--comment", help="Reason in words, as on the sheet.")] = "",
    given_on: Annotated[datetime | None, typer.Option("--given-on", formats=["%Y-%m-%d"])] = None,
    by: ByOption = "",
    company: CompanyOption = Path(),
) -> None:
    """Set a rater's score, or add one that is missing (--given-on: the day it was given, else today)."""
    from flows.corrections import making

    told = _told(period, reason, evidence, asked_by, approved_by)
    key = {"employee_id": employee, "indicator": indicator, "rater_id": rater, "role": role}
    on = today_of(company_of(company), given_on)
    _enter(company, lambda con: making.rating(con, told, key, score, comment, on), period, by)


@_correct.command(
    epilog="Example: jixiao correct target E1003 paid_amount 2026-10 --value 3000000 --reason 'agreed late' "
    "--evidence 'mail of 3 Oct' --asked-by E1001 --approved-by E5006"
)
def target(
    subject: Annotated[str, typer.Argument(help="Personnel number, a department's id, or company.")],
    metric: Annotated[str, typer.Argument(help="Key of a metric.")],
    period: PeriodArgument,
    value: Annotated[str, typer.Option("--value", help="In the metric's unit; amounts in fen.")],
    reason: ReasonOption,
    evidence: EvidenceOption,
    asked_by: AskedOption,
    approved_by: ApprovedOption,
    department: DepartmentOption = False,
    by: ByOption = "",
    company: CompanyOption = Path(),
) -> None:
    """Set what was agreed for a metric, or add it where it is missing."""
    from flows.corrections import making

    told = _told(period, reason, evidence, asked_by, approved_by)
    level = "company" if subject == "company" else "department" if department else "employee"
    key = {"level": level, "subject_id": subject, "metric": metric}
    _enter(company, lambda con: making.target(con, told, key, value), period, by)


@_correct.command(
    epilog="Example: jixiao correct exempt E1003 conversion 2026-10 --reason 'shop closed for repairs' "
    "--evidence 'notice 12' --asked-by E1001 --approved-by E5006"
)
def exempt(
    subject: EmployeeArgument,
    indicator: LineArgument,
    period: PeriodArgument,
    reason: ReasonOption,
    evidence: EvidenceOption,
    asked_by: AskedOption,
    approved_by: ApprovedOption,
    scheme: SchemeOption = None,
    window: WindowOption = None,
    department: DepartmentOption = False,
    by: ByOption = "",
    company: CompanyOption = Path(),
) -> None:
    """Do not judge a line: its weight goes as the scheme says for missing data."""
    from flows.corrections import making
    from transforms.corrections.model import Decision

    told, level = _told(period, reason, evidence, asked_by, approved_by), "department" if department else "employee"
    decided = Decision(
        act="exempt", level=level, subject_id=subject, key=indicator, scheme=scheme, window=window
    )  # fmt: skip
    _enter(company, lambda _: making.decision(told, decided), period, by)


@_correct.command(
    epilog="Example: jixiao correct score E1003 conversion 2026-10 --value 80 --reason 'system failure on 3 Oct' "
    "--evidence 'incident 4' --asked-by E1001 --approved-by E5006"
)
def score(
    subject: EmployeeArgument,
    indicator: LineArgument,
    period: PeriodArgument,
    value: Annotated[str, typer.Option("--value", help="0 to 100; of a line of a sheet: points.")],
    reason: ReasonOption,
    evidence: EvidenceOption,
    asked_by: AskedOption,
    approved_by: ApprovedOption,
    scheme: SchemeOption = None,
    window: WindowOption = None,
    department: DepartmentOption = False,
    by: ByOption = "",
    company: CompanyOption = Path(),
) -> None:
    """Put a value in the place of the computed score of a line, or of the whole card (score)."""
    from flows.corrections import making
    from transforms.corrections.model import Decision

    told, level = _told(period, reason, evidence, asked_by, approved_by), "department" if department else "employee"
    decided = Decision(
        act="override", level=level, subject_id=subject, key=indicator, scheme=scheme, window=window,
        value=making.value_of(value),
    )  # fmt: skip
    _enter(company, lambda _: making.decision(told, decided), period, by)


@_correct.command(
    epilog="Example: jixiao correct withdraw C-ABCDEFGHIJ --reason 'the export was right' --evidence 'ticket 90' "
    "--asked-by E1003 --approved-by E1001"
)
def withdraw(
    correction: Annotated[str, typer.Argument(help="The correction's id: jixiao correct list PERIOD.")],
    reason: ReasonOption,
    evidence: EvidenceOption,
    asked_by: AskedOption,
    approved_by: ApprovedOption,
    by: ByOption = "",
    company: CompanyOption = Path(),
) -> None:
    """Take a correction back by a counter-entry; every number becomes what it was."""
    from flows.corrections import entering
    from transforms.corrections.model import Withdrawal

    told = Withdrawal(
        correction_id=correction, reason=reason, evidence=evidence, asked_by=asked_by, approved_by=approved_by
    )
    entry = entering.withdraw(company_of(company), told, datetime.now(UTC), by or asked_by)
    print_facts(correction, [("taken back", reason), ("next", f"jixiao plan {entry.period}")])


@_correct.command("list", epilog="Example: jixiao correct list 2026-10 --company demo --csv > corrections.csv")
def list_(
    period: PeriodArgument, company: CompanyOption = Path(), json: JsonOption = False, csv: CsvOption = False
) -> None:
    """What stands and what was taken back: by whom, when and why."""
    from flows.corrections import showing

    found, form = showing.listing(company_of(company), period), form_of(as_json=json, as_csv=csv)
    print_rows(f"Corrections {period}", showing.short(found) if form == "table" else found, form)


def _told(period: str, reason: str, evidence: str, asked_by: str, approved_by: str) -> Any:
    from flows.corrections.making import Told
    from transforms.period import parse

    return Told(period=parse(period).key, reason=reason, evidence=evidence, asked_by=asked_by, approved_by=approved_by)


def _enter(folder: Path, make: Callable[[Any], Any], period: str, by: str) -> None:
    """Make the correction on the snapshot, look at it, write it down, and say what was done."""
    from flows.corrections import entering, showing
    from flows.corrections.snapshot import snapshot_of

    company = company_of(folder)
    with snapshot_of(company, period) as con:
        correction = make(con)
    (reviewed,) = entering.review(company, (correction,))
    entering.require_none(reviewed.troubles)
    known = entering.already(company, reviewed.correction)
    (entry,) = entering.write(company, (reviewed,), datetime.now(UTC), by or correction.asked_by)
    print_facts(entry.key, [
        *([("entered before", f"{known.at:%Y-%m-%d %H:%M} UTC by {known.by}; nothing new")] if known else []),
        *showing.changes(company, reviewed),
        ("concerns", ", ".join(reviewed.correction.concerns) or "nobody by name"),
        ("next", f"jixiao plan {entry.period}"),
    ])  # fmt: skip


def _pairs(option: str, told: list[str] | None) -> dict[str, str]:
    """`column=value` by column.

    Raises:
        ConfigError: one is written otherwise, or a column stands twice.
    """
    pairs: dict[str, str] = {}
    for each in told or ():
        name, sign, value = each.partition("=")
        if not sign or not name.strip() or name.strip() in pairs:
            what = f"'{each}' " + ("is told twice" if name.strip() in pairs else "is no column=value")
            raise ConfigError(what, where=Place(field=option), todo=f"write --{option} column=value, once a column")
        pairs[name.strip()] = value
    return pairs


def _emptied(pairs: dict[str, str]) -> dict[str, str | None]:
    return {name: value or None for name, value in pairs.items()}
