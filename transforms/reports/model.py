"""Frozen view models. Numbers stay numbers and titles stay in three languages; templates format them for a reader.

PeriodResults, ReportContext and ScorePoints become an EmployeeReport (`employee_model.py`) of
CardView ─ GroupView ─ IndicatorView ─ Step (how the number came about); `appraisal_model.py` has points, pay and pools,
`groups.py` departments and the company.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from transforms.metrics.model import Better, Unit
from transforms.period import Cycle
from transforms.reports.record_model import DesignChange, OpenItem, RecordLine
from transforms.reports.revision_model import Acknowledged, Against, SlipView
from transforms.schemes.scheme import Version
from transforms.scoring.results import Corrected, Missing
from transforms.titles import Frozen, Title

Kind = Literal["employee", "department", "company", "acknowledgement"]


class GradeBound(Frozen):
    """A grade starts at `at_least` points."""

    title: Title
    at_least: Decimal


class AppealWindow(Frozen):
    """From which day to which last one an appeal is heard, and the working days for it, its inquiry and its answer."""

    working_days: int
    since: date
    until: date
    investigate_working_days: int
    answer_working_days: int


class ReportContext(Frozen):
    """What a revision knows beyond its results; the same for every document of the revision.

    `dated` is the day the revision was recorded. `grade_bounds` is keyed by scheme; empty: no marks on the scale.
    `against`: what a document (`kind:subject`) is compared with; no entry: nothing of it was mailed before. `slips`:
    correction slips of earlier periods by person. `answers`: who acknowledged; empty: nobody was asked yet. `versions`:
    the scheme versions that judged, by scheme. `record`: by employee id. `waiting`: open items by department.
    `redesigned`: how schemes differ from those that judged the period before; None: nothing to compare with.
    `pay_plan_fen`: what the schemes may pay in the period, by department; no entry: nothing is planned.
    """

    company: Title
    currency: str
    revision: int
    snapshot_id: str
    dated: date
    appeal: AppealWindow
    grade_bounds: dict[str, tuple[GradeBound, ...]] = Field(default_factory=dict)
    trend_months: int = 6
    against: dict[str, Against] = Field(default_factory=dict)
    slips: dict[str, tuple[SlipView, ...]] = Field(default_factory=dict)
    answers: tuple[Acknowledged, ...] = ()
    versions: dict[str, Version] = Field(default_factory=dict)
    record: dict[str, tuple[RecordLine, ...]] = Field(default_factory=dict)
    waiting: dict[str, tuple[OpenItem, ...]] = Field(default_factory=dict)
    redesigned: tuple[DesignChange, ...] | None = None
    pay_plan_fen: dict[str, int] = Field(default_factory=dict)


class ScorePoint(Frozen):
    """A score of an earlier period (a person's, or a department's mean), as its last revision says."""

    period: str
    score: Decimal | None


class Footer(Frozen):
    """What identifies a document on paper."""

    revision: int
    snapshot: str  # first 12 characters of the snapshot id
    dated: date


class Point(Frozen):
    """One value of a trend; None is a month without data."""

    period: str
    value: Decimal | None


class Operand(Frozen):
    """What a step stands on: a fact (`measure`, `target`, `judgement` …) or the result of another step."""

    op: str
    label: str
    value: Decimal | None
    args: dict[str, str] = Field(default_factory=dict)


class Step(Frozen):
    """One line of a derivation: `op` on `inputs`, with constants `args`, gives `value` (see `scoring.trace`)."""

    op: str
    label: str
    value: Decimal | None
    args: dict[str, str]
    inputs: tuple[Operand, ...]


class IndicatorView(Frozen):
    """One line of the scorecard. `lost` = weight in use less points; `change` = actual less last month's value."""

    key: str
    kind: Literal["metric", "manual", "event", "team", "months"]
    title: Title
    unit: Unit
    better: Better
    target: Decimal | None
    actual: Decimal | None
    numerator: Decimal | None
    numerator_unit: Unit
    denominator: Decimal | None
    denominator_unit: Unit
    score: Decimal | None
    weight: Decimal
    weight_used: Decimal
    points: Decimal | None
    lost: Decimal | None
    provisional: bool
    missing: Missing | None
    rank: int | None
    ranked_of: int | None
    says: Title
    rule: Title
    source: str
    trend: tuple[Point, ...]
    change: Decimal | None
    steps: tuple[Step, ...]
    corrected: Corrected | None = None


class Mention(Frozen):
    """An indicator named in the summary."""

    title: Title
    points: Decimal | None
    lost: Decimal | None


class GroupView(Frozen):
    """Indicators of one group with their sums. `weight_used` differs from `weight` where weights were shared out."""

    title: Title
    weight: Decimal
    weight_used: Decimal
    points: Decimal | None
    indicators: tuple[IndicatorView, ...]


class CardView(Frozen):
    """One scheme applied in one department. `bounds` are the scheme's grades, highest first."""

    department: Title
    post: str | None
    scheme: Title
    scheme_version: date
    working_days: int
    score: Decimal | None
    grade: Title | None
    bounds: tuple[GradeBound, ...]
    groups: tuple[GroupView, ...]
    corrected: Corrected | None = None

    @property
    def indicators(self) -> tuple[IndicatorView, ...]:
        """All indicators, in the scheme's order."""
        return tuple(indicator for group in self.groups for indicator in group.indicators)


class FindingView(Frozen):
    """A finding that touches the reader's numbers."""

    check: str
    severity: str
    table: str
    rows: int
    message: str
    day: str | None
    shop_id: str | None
    quarantined: bool


class Filtered(Frozen):
    """Contacts that were not counted, by filter."""

    filter: str
    contacts: int


class ReportHead(Frozen):
    """What every report begins and ends with."""

    company: Title
    currency: str
    period: str
    cycle: Cycle
    start: date
    end: date
    provisional: bool
    provisional_until: date | None
    footer: Footer
