"""`jixiao verify`: whether revisions still come out the same, and whether a document somebody holds is genuine."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import CompanyOption, CsvOption, JsonOption, company_of
from flows.cli.output import Form, form_of, print_facts, print_object, print_rows
from flows.company import Company
from transforms.errors import ConfigError, PeriodError
from transforms.period import Period, parse

FILES = (".pdf", ".html", ".xlsx")


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        epilog="Examples: jixiao verify K7Q4-9XMT-2B8C · jixiao verify report.pdf · jixiao verify 2026-10"
        " · jixiao verify 2026-10 --revision 2 --documents"
    )(verify)


def verify(
    what: Annotated[list[str], typer.Argument(help="A period, a document's code, a QR code's words, or a file.")],
    company: CompanyOption = Path(),
    revision: Annotated[int | None, typer.Option(min=1, help="Only this revision of the period.")] = None,
    documents: Annotated[
        bool, typer.Option("--documents/--no-documents", help="Make every document again and compare its bytes.")
    ] = False,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Prove a period, or look up a document by its code, by the words of its QR code, or by the file itself.

    A period: its revisions are made again from their snapshot, schemes, settings and corrections, and all they say is
    compared: every score and number, every file's hash, the ledger's chain and the journal. A document: which one it
    is, whether it counts today or what replaced it, when it was mailed, and whether its files are as recorded; a file
    is genuine, an altered copy, or none of ours. Exit code 7 when something is not as it was recorded.
    """
    found, asked, form = company_of(company), " ".join(what), form_of(as_json=json, as_csv=csv)
    period = _period(asked)
    if period is not None:
        _prove(found, period, form, revision=revision, render=documents)
        return
    if revision is not None or documents:
        raise ConfigError("--revision and --documents go with a period", todo="a document is looked up without them")
    if Path(asked).is_file() or asked.lower().endswith(FILES):
        _look_at(found, Path(asked), form)
    else:
        _look_up(found, asked, form)


def _period(asked: str) -> Period | None:
    try:
        return parse(asked)
    except PeriodError:
        return None


def _prove(company: Company, period: Period, form: Form, *, revision: int | None, render: bool) -> None:
    from flows.revisions import verify as proving
    from flows.revisions import verify_rows as told

    found = proving.verify(company, period, number=revision, render=render)
    if form is Form.JSON:
        print_object(found.model_dump(mode="json"))
    elif form is Form.CSV:
        print_rows("Not as recorded", told.faults(found), form)
    else:
        print_rows(f"Revisions of {period.key}", told.proofs(found), form)
        print_rows("Not as recorded", told.faults(found), form)
    told.require_proved(found)


def _look_up(company: Company, asked: str, form: Form) -> None:
    from flows.revisions import verify_document_rows as told
    from flows.revisions.verify_document import by_code

    found = by_code(company, asked)
    if form is Form.TABLE:
        print_facts(f"Document {found.code}", told.facts(found))
    else:
        _print_data(told.row(found), form)
    told.require_as_recorded(found)


def _look_at(company: Company, path: Path, form: Form) -> None:
    from flows.revisions import verify_document_rows as told
    from flows.revisions.verify_document import by_file

    brought, found = by_file(company, path)
    if form is Form.TABLE:
        print_facts(path.name, told.facts_of_file(brought, found))
    else:
        _print_data({"file": path.name, "is": brought, **(told.row(found) if found else {})}, form)
    told.require_genuine(path.name, brought, found)


def _print_data(row: dict[str, object], form: Form) -> None:
    if form is Form.JSON:
        print_object(row)
    else:
        print_rows("", [row], form)
