"""What scoring yields and the ledger keeps: scores with everything needed to print and to recompute them."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from transforms.corrections.model import CarriedLine
from transforms.findings import Finding
from transforms.metrics.model import Better, MetricValue, Unit
from transforms.titles import Frozen, Title

Missing = Literal["no_data", "too_few", "no_target", "no_rater", "exempt"]


class Trace(Frozen):
    """One step of a calculation. `op` names it, `args` are its constants, `inputs` the steps it stands on.

    Leaves (`op` = `measure`, `judgement`, `target`, `constant`) hold facts; `replay` recomputes every other value.
    """

    op: str
    label: str
    value: Decimal | None
    args: dict[str, str] = Field(default_factory=dict)
    inputs: tuple["Trace", ...] = ()


class Corrected(Frozen):
    """That people decided a number: the correction's id, and what was decided and why."""

    correction_id: str
    says: Title


class IndicatorResult(Frozen):
    """One indicator of one card. `score` is 0–100; `points` = `weight_used` × `score` / 100.

    `weight_used` differs from `weight` when another indicator had no data and its weight was shared out. `corrected`:
    the score was decided by people, or the line is exempt.
    """

    key: str
    kind: Literal["metric", "manual", "event", "team", "months"]
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
    corrected: Corrected | None = None


class Card(Frozen):
    """One scheme applied to one subject in one department for the days spent there.

    `score` is None when nothing could be scored. `employee_id` None: the department as a whole. `grade_says`: how a
    grade by quota came about.
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
    grade_says: Title | None = None
    corrected: Corrected | None = None  # the total was decided by people


class PointLineResult(Frozen):
    """One line of a sheet of points in one window (a week's, or the whole).

    `points` None: not judged, `missing` says why.
    """

    key: str
    title: Title
    window: str  # a period key
    unit: Unit
    better: Better
    actual: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    target: Decimal | None
    reference: Decimal | None  # what it was compared with
    rank: int | None
    ranked_of: int | None
    points: Decimal | None
    missing: Missing | None
    provisional: bool
    says: Title
    rule: Title  # what the rule did with this value, in words
    source: str
    trace: Trace
    corrected: Corrected | None = None


class PointSheetResult(Frozen):
    """An account of points of one person; `total` is the lines' sum within the sheet's floor and cap."""

    key: str
    title: Title
    lines: tuple[PointLineResult, ...]
    total: Decimal
    trace: Trace


class PayLineResult(Frozen):
    """One line of a pay statement, in fen (half-up, once). `missing`: why there was nothing to compute from."""

    key: str
    kind: Literal["base", "allowance", "commission", "bonus", "reward", "deduction"]
    title: Title
    amount_fen: int
    provisional: bool
    missing: Title | None
    says: Title  # the formula in words with its numbers
    source: str
    trace: Trace


class PayStatement(Frozen):
    """What one scheme pays one person; a trial pays nothing and shows what it would."""

    lines: tuple[PayLineResult, ...]
    total_fen: int


class Appraisal(Frozen):
    """What one scheme says of one person besides the scored cards: its own card, points, pay.

    `appraised` False: the person only counts in ranks and means. The card of a scheme that counts as the score stands
    in `PersonResult.cards`, not here.
    """

    scheme: str
    scheme_title: Title
    scheme_version: date
    scheme_hash: str
    counts: Literal["score", "beside", "trial"]
    source: str
    window: str  # period key of the scheme's own period
    department_id: str
    appraised: bool
    card: Card | None
    rank: int | None = None  # by the card's score among this scheme's people of the department
    ranked_of: int | None = None
    sheets: tuple[PointSheetResult, ...] = ()
    pay: PayStatement | None = None


class NamedValue(Frozen):
    """A department's value that a scheme computed by a formula; money in fen."""

    key: str
    title: Title
    unit: Unit | None
    value: Decimal | None
    says: Title
    source: str
    never_negative: bool = False  # below zero is a finding
    trace: Trace


class Share(Frozen):
    """What a pool gives one person."""

    employee_id: str
    weight: Decimal
    amount_fen: int


class PoolResult(Frozen):
    """A pool to the fen: `amount_fen` = Σ shares + `left_fen`; `why` says where the rest comes from.

    `divisor`: what own weights were divided by. `overdrawn`: the scheme's divisor would have paid out more than the
    pool holds, so that the sum of the weights took its place.
    """

    key: str
    title: Title
    amount_fen: int
    paid_fen: int
    left_fen: int
    divisor: Decimal | None
    overdrawn: bool = False
    why: Title
    shares: tuple[Share, ...]
    trace: Trace


class DepartmentAppraisal(Frozen):
    """What one scheme computes for a department as a whole: its values and pools."""

    scheme: str
    scheme_title: Title
    scheme_version: date
    counts: Literal["score", "beside", "trial"]
    source: str
    window: str
    card: Card | None = None
    values: tuple[NamedValue, ...] = ()
    pools: tuple[PoolResult, ...] = ()


class ConsequenceResult(Frozen):
    """A proposal or duty that follows from a result; never carried out by itself. `follows_from` names the results."""

    scheme: str
    key: str
    effect: str
    title: Title
    says: Title  # what is proposed and why, with the numbers
    follows_from: tuple[str, ...]  # period/scheme/indicator keys, such as 2026-10/s01_operations_monthly/score
    due_on: date | None = None
    hr_only: bool = False
    trial: bool = False
    source: str = ""


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
    not_scored: str | None = None  # a code: no_scheme, helper, no_data, not_regularised, exempt
    trace: Trace
    appraisals: tuple[Appraisal, ...] = ()
    consequences: tuple[ConsequenceResult, ...] = ()
    carried: tuple[CarriedLine, ...] = ()  # differences of closed periods, paid or taken back in this one
    profile: dict[str, str] = Field(default_factory=dict)  # what scores are compared by for fairness, as codes


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
    appraisals: tuple[DepartmentAppraisal, ...] = ()


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
