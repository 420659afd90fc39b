"""Years whose public holidays nobody has told the program: their working days are counted Monday to Friday."""

from collections.abc import Iterable, Iterator

from expectations.messages import say
from transforms.findings import Finding, Severity
from transforms.titles import Locale


def calendar_findings(unknown_years: Iterable[int], locale: Locale = "zh-Hans") -> Iterator[Finding]:
    """A warning that names the years, where there are any."""
    if years := tuple(map(str, unknown_years)):
        message, todo = say(locale, "year_unknown", rows=len(years), key=", ".join(years))
        yield Finding(
            check="calendar.year_unknown", severity=Severity.WARNING, table="calendar", rows=len(years),
            message=message, todo=todo, sample_keys=years,
        )  # fmt: skip
