"""A small company to score in tests: four metrics, one scheme, people written as rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from flows.schemes import load_scheme
from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Better, Metric, MetricValue, Unit
from transforms.period import Period, parse, working_days
from transforms.schemes.scheme import Scheme
from transforms.scoring.book import Book, PastResult, make_book
from transforms.scoring.engine import score_book
from transforms.scoring.people import ScoringInputs
from transforms.scoring.results import Card, IndicatorResult, PeriodResults
from transforms.titles import Title

OCTOBER = parse("2026-10")
DAYS = working_days(OCTOBER.days)  # 22 of them


def metric(key: str, unit: Unit, better: Better = Better.HIGHER, *, bare: bool = False, settle_days: int = 0) -> Metric:
    title = Title(zh_hans=f"{key} 简", zh_hant=f"{key} 繁", en=key)
    says = Title(zh_hans="{pay_days} 天内", zh_hant="{pay_days} 天內", en="within {pay_days} days")
    return Metric(
        key=key,
        title=title,
        numerator=f"{key}_top",
        denominator=None if bare else f"{key}_bottom",
        unit=unit,
        better=better,
        settle_days=settle_days,
        says=says,
        source="test",
    )


CATALOGUE = {
    each.key: each
    for each in (
        metric("csat_rate", Unit.RATE, settle_days=7),
        metric("complaint_rate", Unit.RATE, Better.LOWER),
        metric("first_response_seconds", Unit.SECONDS, Better.LOWER),
        metric("paid_sales", Unit.FEN, bare=True),
        metric("refunds", Unit.FEN, Better.LOWER, bare=True),
    )
}

HEAD = """scheme: small
title: {zh-Hans: 小方案, zh-Hant: 小方案, en: Small}
applies_to: {department: cs}
versions:
  - effective_from: 2026-01-01
    approved: {by: Head of HR, date: 2025-12-12, reference: HR-1}
    judged_by: {roles: {manager: 80, self: 20}}
    grades: {excellent: 90, good: 80, qualified: 60}
    indicators:
"""
CSAT = """      - metric: csat_rate
        weight: {weight}
        score: {{linear: {{zero_at: 50%, full_at: 100%}}}}
"""
MANUAL = """      - manual: teamwork
        title: {{zh-Hans: 协作, en: Teamwork}}
        weight: {weight}
"""


def text_of(*indicators: str, head: str = HEAD) -> str:
    """A scheme file with these indicators (YAML lines indented by six)."""
    return head + "".join(indicators)


def read(folder: Path, text: str, name: str = "small.yaml") -> Scheme:
    """The scheme in a file of that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_scheme(path, CATALOGUE)


def value(
    metric_key: str,
    told: object,
    *,
    of: object = 1000,
    who: str = "E1",
    department: str = "cs",
    level: str = "employee",
    period: Period = OCTOBER,
) -> MetricValue:
    """A metric's value from text; `of` is the denominator."""
    amount = None if told is None else Decimal(str(told))
    below = None if CATALOGUE[metric_key].denominator is None else Decimal(str(of))
    return MetricValue(
        level=level,
        subject_id=who,
        department_id=department,
        window=period.key,
        metric=metric_key,  # type: ignore[arg-type]
        numerator=None if amount is None else amount * (below or 1),
        denominator=below,
        value=amount,
    )


def company(
    assignments: list[tuple[object, ...]] | None = None,
    judgements: list[tuple[object, ...]] | None = None,
    targets: list[tuple[object, ...]] | None = None,
    employees: list[tuple[object, ...]] | None = None,
    **more: list[tuple[object, ...]],
) -> ScoringInputs:
    """Tables of the organisation. Rows: assignments (who, department, from, until, role, post), judgements (who,
    indicator, role, score), targets (level, subject, metric, value), employees (who, hired, regularised, left).
    `more`: events (kind, who, department, day, quantity), attendance (who, day, kind, overtime hours), pay_items (who,
    item, from, until, fen), campaigns (from, until, special)."""
    placed = assignments if assignments is not None else [("E1", "cs", date(2025, 1, 1), None, "member")]
    everybody = dict.fromkeys(str(row[0]) for row in placed)
    known = employees or [(who, date(2024, 1, 1), date(2024, 4, 1), None) for who in everybody]
    departments = dict.fromkeys(str(row[1]) for row in placed)
    named = [(row[0], f"N{row[0]}", *row[1:]) for row in known]
    posted = [(*row, None)[:6] for row in placed]
    titled = [(key, key, None, key) for key in departments]
    return ScoringInputs(
        employees=_frame("employee_id name hired_on regularised_on left_on", named),
        assignments=_frame("employee_id department_id valid_from valid_until role post", posted),
        departments=_frame("department_id title_zh_hans title_zh_hant title_en", titled),
        judgements=_frame(
            "employee_id indicator period rater_id role score",
            [
                (who, indicator, "2026-10", f"R{n}", role, points)
                for n, (who, indicator, role, points) in enumerate(judgements or [])
            ],
        ),
        targets=_frame("level subject_id metric period value", [(*r[:3], "2026-10", r[3]) for r in targets or []]),
        **{name: _frame(_MORE[name], found) for name, found in more.items()},
    )


_MORE = {
    "events": "kind employee_id department_id occurred_on quantity",
    "attendance": "employee_id day kind overtime_hours",
    "pay_items": "employee_id item valid_from valid_until amount_fen",
    "campaigns": "starts_on ends_on is_special",
}


def _frame(columns: str, found: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=columns.split(), dtype="object")


def book(
    values: Iterable[MetricValue] = (),
    inputs: ScoringInputs | None = None,
    as_of: date = date(2026, 12, 31),
    period: Period = OCTOBER,
    past: Sequence[PastResult] = (),
) -> Book:
    """Everything that is known of a period; working days of the thirteen months before it as well."""
    days = Period(period.shifted(-13).start, period.end).days
    return make_book(
        period, CATALOGUE, values, inputs or company(), as_of=as_of, working_days=working_days(days),
        parameters=MeasureParameters(), past=past,
    )  # fmt: skip


def run(
    scheme: Scheme | list[Scheme],
    values: list[MetricValue],
    inputs: ScoringInputs | None = None,
    as_of: date = date(2026, 12, 31),
    **more: Any,
) -> PeriodResults:
    """October 2026 (unless `period` says otherwise), scored."""
    schemes = scheme if isinstance(scheme, list) else [scheme]
    return score_book(book(values, inputs, as_of, **more), schemes)


def card_of(results: PeriodResults, who: str = "E1") -> Card:
    """The only card of somebody."""
    person = next(each for each in results.people if each.employee_id == who)
    (card,) = person.cards
    return card


def line_of(results: PeriodResults, key: str, who: str = "E1") -> IndicatorResult:
    """One line of that card."""
    return next(line for line in card_of(results, who).indicators if line.key == key)
