"""What scoring yields and the ledger keeps: scores with everything needed to print and to recompute them."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from transforms.findings import Finding
from transforms.metrics.model import Better, MetricValue, Unit
from transforms.titles import Frozen, Title

Missing = Literal["no_data", "too_few", "no_target", "no_rater"]


class Trace(Frozen):
    """One step of a calculation. `op` names it, `args` are its constants, `inputs` the steps it stands on.

    Leaves (`op` = `measure`, `judgement`, `target`, `constant`) hold facts; `replay` recomputes every other value.
    """

    op: str
    label: str
    value: Decimal | None
    args: dict[str, str] = Field(default_factory=dict)
    inputs: tuple["Trace", ...] = ()


class IndicatorResult(Frozen):
    """One indicator of one card. `score` is 0–100; `points` = `weight_used` × `score` / 100.

    `weight_used` differs from `weight` when another indicator had no data and its weight was shared out.
    """

    key: str
    kind: Literal["metric", "manual"]
    title: Title
    group: str
    group_title: Title
    weight: Decimal
    weight_used: Decimal
    unit: Unit
    better: Better
    target: Decimal | None
    actual: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    score: Decimal | None
    points: Decimal | None
    provisional: bool
    missing: Missing | None = None
    rank: int | None = None  # 1224 ranking among the scored people of the card's department
    ranked_of: int | None = None
    says: Title  # the metric's sentence, parameters filled in
    rule: Title  # the scheme's rule in words
    source: str
    trace: Trace


class Card(Frozen):
    """One scheme applied to one subject in one department for the days spent there.

    `score` is None when nothing could be scored. `employee_id` None: the department as a whole.
    """

    employee_id: str | None
    department_id: str
    post: str | None
    scheme: str
    scheme_title: Title
    scheme_version: date
    scheme_hash: str
    working_days: int
    score: Decimal | None
    grade: str | None
    grade_title: Title | None
    indicators: tuple[IndicatorResult, ...]
    trace: Trace


class PersonResult(Frozen):
    """One employee: a card for each department worked in; the score is their mean weighted by working days."""

    employee_id: str
    name: str
    department_id: str  # at the period's end, or at leaving
    cards: tuple[Card, ...]
    working_days: int
    period_working_days: int
    score: Decimal | None
    grade: str | None
    grade_title: Title | None
    rank: int | None
    ranked_of: int | None
    provisional: bool
    not_scored: str | None = None  # a code: no_scheme, helper, no_data
    trace: Trace


class DepartmentResult(Frozen):
    """One department: its own card from department-level values, and who was in it."""

    department_id: str
    title: Title
    manager_ids: tuple[str, ...]
    employee_ids: tuple[str, ...]
    card: Card | None
    mean_score: Decimal | None
    median_score: Decimal | None
    grades: dict[str, int]
    provisional: bool


class PeriodResults(Frozen):
    """All that one revision says of one period. `values` holds the window itself and the months before it."""

    period: str
    provisional: bool
    provisional_until: date | None
    people: tuple[PersonResult, ...]
    departments: tuple[DepartmentResult, ...]
    values: tuple[MetricValue, ...]
    findings: tuple[Finding, ...]
    filtered: dict[str, dict[str, int]]  # employee_id → filter → contacts filtered out
