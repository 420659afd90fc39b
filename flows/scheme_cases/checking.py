"""What checks say of a case: findings about its results, and checks of the scheme's design."""

from collections.abc import Iterator, Sequence

from expectations.pay_findings import pay_findings
from expectations.sheet_findings import sheet_findings
from flows.company import Sheets
from flows.scheme_cases.model import Then
from flows.scheme_cases.setting import Setting
from flows.sheets.dues import due_back_of
from flows.working_calendar import WorkingCalendar
from transforms.lint import LintContext, lint
from transforms.scoring.book import Book
from transforms.scoring.results import PeriodResults

_NOT = "no "


def differences_in_checks(then: Then, book: Book, results: PeriodResults, setting: Setting) -> Iterator[str]:
    """Codes that should be reported and are not, and the other way round."""
    if then.findings is not None:
        late = sheet_findings(book, setting.schemes, due_back_of(WorkingCalendar(), Sheets()), "en")
        found = (*results.findings, *pay_findings(results, "en"), *late)
        yield from _differences("finding", then.findings, [each.check for each in found])
    if then.checks is not None:
        seen = lint(setting.schemes, setting.catalogue, LintContext(book=book, results=results))
        own = [each for each in seen if each.scheme in {None, setting.scheme.scheme} and each.suppressed is None]
        yield from _differences("check", then.checks, [each.code for each in own])


def _differences(what: str, wanted: Sequence[str], got: Sequence[str]) -> Iterator[str]:
    """`no CODE` must not be there, any other must; with nothing wanted there must be none."""
    if not wanted:
        yield from (f"there is the {what} {code}" for code in got)
    told = ", ".join(dict.fromkeys(got)) or "none"
    for each in wanted:
        code = each.removeprefix(_NOT)
        there = any(code in {full, full.partition(".")[2]} for full in got)
        if there == each.startswith(_NOT):
            yield f"there is {'the' if there else 'no'} {what} {code}, but: {told}"
