"""Frozen view models of departments and of the company."""

from decimal import Decimal
from typing import Literal

from transforms.metrics.model import Better, Unit
from transforms.reports.appraisal_model import ConsequenceCount, LevelRow, PayCost, PersonConsequence, SchemeView
from transforms.reports.model import CardView, FindingView, GradeBound, Point, ReportHead
from transforms.reports.revision_model import AckList, CarriedSum, ChangesView
from transforms.titles import Frozen, Title


class Spread(Frozen):
    """How scores lie: quartiles by the median of halves, and counts in bands of ten points (60 = [60, 70))."""

    count: int
    lowest: Decimal | None
    lower_quartile: Decimal | None
    median: Decimal | None
    upper_quartile: Decimal | None
    highest: Decimal | None
    mean: Decimal | None
    bands: tuple[tuple[int, int], ...]

    @property
    def floor(self) -> int:
        """Where a scale that holds all scores may begin: 50, or the ten at or below the lowest score."""
        return 50 if self.lowest is None else min(50, int(self.lowest) // 10 * 10)


class GradeCount(Frozen):
    """How many people have a grade."""

    title: Title
    people: int


class PersonRow(Frozen):
    """One person in a ranking."""

    employee_id: str
    name: str
    post: str | None
    rank: int | None
    score: Decimal | None
    grade: Title | None
    change: Decimal | None
    working_days: int
    provisional: bool
    not_scored: str | None
    trend: tuple[Point, ...]
    strongest: Title | None
    costliest: Title | None


class DepartmentReport(Frozen):
    """One department: how it did as a whole, how scores lie, and its people."""

    kind: Literal["department"] = "department"
    head: ReportHead
    subject_id: str
    title: Title
    managers: tuple[str, ...]
    score: Decimal | None
    grade: Title | None
    company_mean: Decimal | None
    change: Decimal | None
    trend: tuple[Point, ...]
    card: CardView | None
    bounds: tuple[GradeBound, ...]
    grades: tuple[GradeCount, ...]
    spread: Spread
    people: tuple[PersonRow, ...]
    unscored: tuple[PersonRow, ...]
    schemes: tuple[SchemeView, ...]
    consequences: tuple[PersonConsequence, ...]
    findings: tuple[FindingView, ...]
    changes: ChangesView | None
    carried: tuple[CarriedSum, ...]
    acknowledgements: AckList | None


class DepartmentRow(Frozen):
    """One department beside the others."""

    department_id: str
    title: Title
    people: int
    scored: int
    mean: Decimal | None
    median: Decimal | None
    change: Decimal | None
    card_score: Decimal | None
    provisional: bool
    grades: tuple[GradeCount, ...]
    spread: Spread
    trend: tuple[Point, ...]


class FindingCount(Frozen):
    """Findings of one check, summed over days and shops."""

    check: str
    severity: str
    table: str
    message: str
    rows: int
    findings: int
    quarantined: bool


class KeyFigure(Frozen):
    """A metric of the company as a whole."""

    metric: str
    title: Title
    unit: Unit
    better: Better
    value: Decimal | None
    change: Decimal | None
    trend: tuple[Point, ...]


class CompanyReport(Frozen):
    """The company: one page of scores and data; what is paid, what follows and all levels side by side behind it.

    `for_hr` are the consequences that only HR may judge.
    """

    kind: Literal["company"] = "company"
    head: ReportHead
    subject_id: Literal["company"] = "company"
    people: int
    scored: int
    mean: Decimal | None
    change: Decimal | None
    trend: tuple[Point, ...]
    spread: Spread
    grades: tuple[GradeCount, ...]
    departments: tuple[DepartmentRow, ...]
    figures: tuple[KeyFigure, ...]
    unscored: tuple[PersonRow, ...]
    costs: tuple[PayCost, ...]
    consequences: tuple[ConsequenceCount, ...]
    for_hr: tuple[PersonConsequence, ...]
    levels: tuple[LevelRow, ...]
    findings: tuple[FindingCount, ...]
    changes: ChangesView | None
    carried: tuple[CarriedSum, ...]
