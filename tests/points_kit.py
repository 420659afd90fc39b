"""A department whose values are written down one by one, to be judged by a scheme of points."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from tests.scheme_kit import company
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.catalogue import catalogue
from transforms.metrics.model import MetricValue
from transforms.period import Period, parse, working_days
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book, make_book
from transforms.scoring.facts import Facts, facts_of
from transforms.scoring.membership import Member, members
from transforms.scoring.people import ScoringInputs
from transforms.scoring.points import sheets
from transforms.scoring.results import PointLineResult, PointSheetResult

OCTOBER = parse("2026-10")
SEPTEMBER = parse("2026-09")
WEEKS = OCTOBER.weeks
CATALOGUE = catalogue(MeasureParameters())
SINCE = date(2025, 1, 1)
TITLE = {"zh-Hans": "积分", "en": "Points"}


def value(
    metric: str,
    told: object,
    *,
    who: str = "E1",
    level: str = "employee",
    window: Period = OCTOBER,
    department: str = "cs",
    of: object = 1000,
) -> MetricValue:
    """One value; `who` is ignored for a department and the company."""
    subject = {"employee": who, "department": department, "company": "company"}[level]
    amount = None if told is None else Decimal(str(told))
    below = None if CATALOGUE[metric].denominator is None else Decimal(str(of))
    return MetricValue(
        level=level,  # type: ignore[arg-type]
        subject_id=subject,
        department_id=None if level == "company" else department,
        window=window.key,
        metric=metric,
        numerator=None if amount is None else amount * (below or 1),
        denominator=below,
        value=amount,
    )


def values(metric: str, told: Mapping[str, object], window: Period = OCTOBER, **more: Any) -> list[MetricValue]:
    """The values of several people."""
    return [value(metric, each, who=who, window=window, **more) for who, each in told.items()]


def pooled(metric: str, told: object, window: Period = OCTOBER) -> MetricValue:
    """The department's own value."""
    return value(metric, told, level="department", window=window)


def team(*who: str, post: str | None = None, **more: Any) -> ScoringInputs:
    """Members of one department since long ago."""
    rows: list[tuple[object, ...]] = [(each, "cs", SINCE, None, "member", post) for each in who]
    return company(rows, **more)


def with_events(inputs: ScoringInputs, *events: tuple[str, str | None, date, object]) -> ScoringInputs:
    """Events: kind, employee (None: the department's), day, quantity."""
    rows = [(kind, who, None if who else "cs", day, Decimal(str(many))) for kind, who, day, many in events]
    columns = ["kind", "employee_id", "department_id", "occurred_on", "quantity"]
    return replace(inputs, events=pd.DataFrame(rows, columns=columns, dtype="object"))


def with_campaign(inputs: ScoringInputs, first: date, last: date, *, special: bool = True) -> ScoringInputs:
    """A campaign."""
    frame = pd.DataFrame([(first, last, special)], columns=["starts_on", "ends_on", "is_special"], dtype="object")
    return replace(inputs, campaigns=frame)


def scheme_of(*lines: Mapping[str, Any], sheet: Mapping[str, Any] | None = None, **told: Any) -> Scheme:
    """A scheme with one sheet of points, `points`."""
    version = {
        "effective_from": "2025-01-01",
        "approved": {"by": "HR", "date": "2024-12-12"},
        "points": {"points": {"title": TITLE, "lines": list(lines), **(sheet or {})}},
        **told.pop("version", {}),
    }
    applies = {"department": "cs", **told.pop("applies_to", {})}
    given = {"scheme": "pk", "title": TITLE, "applies_to": applies, "counts": "beside", "versions": [version], **told}
    return Scheme.model_validate(given)


def open_book(
    told: Iterable[MetricValue],
    inputs: ScoringInputs,
    *,
    period: Period = OCTOBER,
    as_of: date = date(2026, 12, 31),
    catalogue: Mapping[str, Any] = CATALOGUE,
) -> Book:
    """A book of the period."""
    first = date(period.start.year - 1, 1, 1)
    days = [first + timedelta(n) for n in range((period.end - first).days + 1)]
    return make_book(
        period,
        catalogue,
        tuple(told),
        inputs,
        as_of=as_of,
        working_days=working_days(days),
        parameters=MeasureParameters(),
    )


def opened(scheme: Scheme, book: Book) -> tuple[Facts, tuple[Member, ...]]:
    """The book at the scheme's window, and the scheme's members."""
    window = scheme.window(book.period)
    assert window is not None
    facts = facts_of(book, window)
    return facts, members(scheme, scheme.versions[-1], facts)


def judged(
    scheme: Scheme, told: Iterable[MetricValue], inputs: ScoringInputs, **more: Any
) -> dict[str, tuple[PointSheetResult, ...]]:
    """The sheets of October 2026, or of another period."""
    facts, found = opened(scheme, open_book(told, inputs, **more))
    return sheets(scheme.versions[-1], facts, found)


def line_of(
    found: Mapping[str, tuple[PointSheetResult, ...]], who: str = "E1", key: str | None = None, part: int = 0
) -> PointLineResult:
    """One line of somebody's first sheet: the first, or the one called `key` in its n-th part of the window."""
    lines = [each for each in found[who][0].lines if key in (None, each.key)]
    return lines[part]


def points_of(found: Mapping[str, tuple[PointSheetResult, ...]]) -> dict[str, list[Decimal | None]]:
    """Everybody's points, line by line."""
    return {who: [line.points for line in sheet.lines] for who, (sheet, *_) in found.items()}
