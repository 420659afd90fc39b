"""Judging sheets that have not come back in time, and those that came back and could not be taken, as findings."""

from collections.abc import Iterator, Mapping, Sequence

from expectations.messages import say
from expectations.run import SAMPLE_KEYS
from transforms.findings import Finding, Severity
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book
from transforms.scoring.sheets_due import DueBack, MissingSheet, missing_sheets
from transforms.titles import Locale


def sheet_findings(
    book: Book, schemes: Sequence[Scheme], due_back: DueBack, locale: Locale = "zh-Hans"
) -> Iterator[Finding]:
    """Warnings about late sheets; the score goes on with the raters there are."""
    late: dict[str, list[MissingSheet]] = {}
    for each in missing_sheets(book, schemes, due_back):
        late.setdefault(each.scheme, []).append(each)
    for scheme, sheets in late.items():
        keys = tuple(f"{each.employee_id}/{each.indicator} {each.given}/{each.expected}" for each in sheets)
        count = sum(each.expected - each.given for each in sheets)
        message, todo = say(
            locale, "sheet_missing", rows=count, key=", ".join(keys[:SAMPLE_KEYS]), day=sheets[0].due_on, title=scheme
        )
        yield Finding(
            check="judgements.sheet_missing", severity=Severity.WARNING, table="judgements", rows=count,
            message=message, todo=todo, sample_keys=keys[:SAMPLE_KEYS],
            employee_ids=tuple(sorted({each.employee_id for each in sheets})),
        )  # fmt: skip


def refused_sheets(cells: Mapping[str, int], locale: Locale = "zh-Hans") -> Iterator[Finding]:
    """A warning about workbooks that were refused: how many things are wrong, by the file's name. One in all."""
    if not cells:
        return
    keys = tuple(sorted(cells))[:SAMPLE_KEYS]
    message, todo = say(locale, "sheets_refused", rows=len(cells), key=", ".join(keys))
    yield Finding(
        check="sheets.refused", severity=Severity.WARNING, table="judgements", rows=len(cells), message=message,
        todo=todo, sample_keys=keys,
    )  # fmt: skip
