"""Frozen view models of departments and of the company."""

from datetime import date
from decimal import Decimal
from typing import Literal

from transforms.reports.appraisal_model import PersonConsequence, SchemeView
from transforms.reports.department_model import MeanChange, Minute, Talk, TrialTable, Workload
from transforms.reports.model import CardView, FindingView, GradeBound, Point, ReportHead
from transforms.reports.person_lines import PersonLine
from transforms.reports.record_model import OpenItem
from transforms.reports.revision_model import AckList, CarriedSum, ChangesView
from transforms.scoring.trace import half_up
from transforms.titles import Frozen, Title

PLANS = frozenset({"training", "improvement"})  # effects of consequences that somebody has to write or hold


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
    """One person in a ranking. `next_grade`: the lowest grade not reached, `to_next` points away."""

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
    next_grade: Title | None = None
    to_next: Decimal | None = None


class DepartmentReport(Frozen):
    """One department: how it did as a whole, how scores lie, and its people.

    `company_values`: the company's value of the card's quotients, by indicator. `waiting`: overdue ones first.
    """

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
    minute: Minute
    card: CardView | None
    company_values: dict[str, Decimal]
    bounds: tuple[GradeBound, ...]
    grades: tuple[GradeCount, ...]
    spread: Spread
    people: tuple[PersonRow, ...]
    unscored: tuple[PersonRow, ...]
    lines: tuple[PersonLine, ...]
    mean_change: MeanChange | None
    workload: Workload
    schemes: tuple[SchemeView, ...]
    trials: tuple[TrialTable, ...]
    consequences: tuple[PersonConsequence, ...]
    talks: tuple[Talk, ...]
    waiting: tuple[OpenItem, ...]
    findings: tuple[FindingView, ...]
    changes: ChangesView | None
    carried: tuple[CarriedSum, ...]
    acknowledgements: AckList | None

    @property
    def above_company(self) -> Decimal | None:
        """The mean of its people less the company's, both as printed (to 0.01); below zero: under it."""
        own = self.spread.mean
        return None if own is None or self.company_mean is None else half_up(own) - half_up(self.company_mean)

    @property
    def first_due(self) -> date | None:
        """The nearest day on which a plan is due."""
        return min((each.consequence.due_on for each in self.plans if each.consequence.due_on), default=None)

    @property
    def plans(self) -> tuple[PersonConsequence, ...]:
        """What somebody has to write or hold: trainings, analyses, plans."""
        return tuple(each for each in self.consequences if _is_plan(each))

    @property
    def proposals(self) -> tuple[PersonConsequence, ...]:
        """All else that follows."""
        return tuple(each for each in self.consequences if not _is_plan(each))

    def name_of(self, employee_id: str) -> str:
        """What somebody of the department is called; the number of anybody else."""
        names = {row.employee_id: row.name for row in (*self.people, *self.unscored)}
        return names.get(employee_id, employee_id)

    def waiting_for(self, employee_id: str) -> tuple[OpenItem, ...]:
        """What is open about one person."""
        return tuple(item for item in self.waiting if employee_id in item.about)

    def objects(self, employee_id: str) -> bool:
        """Whether the person objected to the report."""
        rows = self.acknowledgements.rows if self.acknowledgements else ()
        return any(row.employee_id == employee_id and row.state == "objecting" for row in rows)


def _is_plan(told: PersonConsequence) -> bool:
    return told.consequence.effect in PLANS and not told.consequence.trial
