"""Frozen view models of the company's report: side by side, coherence, cost, fairness, data quality."""

from decimal import Decimal
from typing import Literal

from transforms.metrics.model import Better, Unit
from transforms.reports.appraisal_model import ConsequenceCount, LevelRow, PayCost, PersonConsequence
from transforms.reports.groups import GradeCount, PersonRow, Spread
from transforms.reports.model import Filtered, Point, ReportHead
from transforms.reports.record_model import DesignChange, OpenItem
from transforms.reports.revision_model import CarriedSum, ChangesView
from transforms.titles import Frozen, Title


class DepartmentRow(Frozen):
    """One department beside the others. `hidden`: too few people to show how they scored; its own card still stands."""

    department_id: str
    title: Title
    people: int
    scored: int
    hidden: bool
    mean: Decimal | None
    median: Decimal | None
    change: Decimal | None
    card_score: Decimal | None
    provisional: bool
    grades: tuple[GradeCount, ...]
    spread: Spread
    trend: tuple[Point, ...]


class Movement(Frozen):
    """How the departments' means moved since the period before: how many rose and fell, and who moved most."""

    rose: int
    fell: int
    most_up: DepartmentRow | None
    most_down: DepartmentRow | None


class KeyFigure(Frozen):
    """A metric of the company as a whole."""

    metric: str
    title: Title
    unit: Unit
    better: Better
    value: Decimal | None
    change: Decimal | None
    trend: tuple[Point, ...]


class WholeAndPeople(Frozen):
    """A department's score as a whole (its card) beside the mean score of its people; None: not shown, or not there."""

    department: Title
    whole: Decimal | None
    people_mean: Decimal | None
    people: int
    gap: Decimal | None  # people less whole
    reading: Literal["agree", "people_above", "whole_above", "unknown"]


class TargetSum(Frozen):
    """A target of a whole beside what its parts were given: their sum for an amount, their mean for a quotient."""

    title: Title
    unit: Unit
    whole: Title
    parts: Literal["people", "departments"]
    count: int
    target: Decimal
    of_parts: Decimal
    agrees: bool

    @property
    def difference(self) -> Decimal:
        """The parts less the whole."""
        return self.of_parts - self.target


class MetricGap(Frozen):
    """A metric on which a department and its people are judged differently.

    `met`: how many of the `judged` people reached their own target; scores are 0–100.
    """

    title: Title
    unit: Unit
    better: Better
    department: Title
    actual: Decimal | None
    target: Decimal | None
    reached: bool
    score: Decimal
    people_score: Decimal
    judged: int
    met: int
    reading: Literal["people_above", "whole_above"]


class Coherence(Frozen):
    """Whether company, departments and people agree (S15, S21): disagreements first, all levels behind them.

    `compared`: metrics that a department and its people are both judged on.
    """

    wholes: tuple[WholeAndPeople, ...]
    targets: tuple[TargetSum, ...]
    gaps: tuple[MetricGap, ...]
    compared: int
    levels: tuple[LevelRow, ...]


class CostRow(Frozen):
    """What a department's schemes paid, beside its plan; money in fen. `schemes` add up to `paid_fen`."""

    department_id: str
    department: Title
    schemes: tuple[PayCost, ...]
    paid_fen: int
    left_fen: int
    plan_fen: int | None

    @property
    def difference_fen(self) -> int | None:
        """Paid less planned."""
        return None if self.plan_fen is None else self.paid_fen - self.plan_fen

    @property
    def share(self) -> Decimal | None:
        """Paid ÷ planned."""
        return Decimal(self.paid_fen) / self.plan_fen if self.plan_fen else None


class CostView(Frozen):
    """All that was paid beside the plan, and what trials would pay. `planned`: the rows that have a plan, in sum.

    `unknown`: ids in the plan that are no department of the period.
    """

    rows: tuple[CostRow, ...]
    trials: tuple[PayCost, ...]
    paid_fen: int
    left_fen: int
    planned: CostRow | None
    unknown: tuple[str, ...]


class FairGroup(Frozen):
    """One group of a partition: how its scores lie, and its mean less the company's."""

    key: str
    title: Title | None  # None: the template has the words for the key
    people: int
    spread: Spread
    difference: Decimal


class Chance(Frozen):
    """What chance alone brings: of `draws` regroupings of the same people, `as_wide` differed at least as much."""

    draws: int
    as_wide: int

    @property
    def share(self) -> Decimal:
        """Counting the real grouping as one of them, so that it is never 0."""
        return Decimal(self.as_wide + 1) / (self.draws + 1)


class Partition(Frozen):
    """People by one criterion. `hidden_groups` are too small to show, or would give away one that is."""

    key: Literal["department", "shop", "shift", "tenure"]
    groups: tuple[FairGroup, ...]
    hidden_groups: int
    hidden_people: int
    chance: Chance | None

    @property
    def gap(self) -> Decimal | None:
        """The highest mean less the lowest."""
        means = [group.spread.mean for group in self.groups if group.spread.mean is not None]
        return max(means) - min(means) if len(means) > 1 else None


class Fairness(Frozen):
    """How scores lie in groups of people. `left_out`: criteria that the data does not tell, or in one group only."""

    smallest: int
    overall: Spread
    partitions: tuple[Partition, ...]
    left_out: tuple[str, ...]


class FindingCount(Frozen):
    """Findings of one check, summed over days and shops. `title`: the check's name, where it has one."""

    check: str
    title: Title | None
    severity: str
    table: str
    message: str
    rows: int
    findings: int
    quarantined: bool
    days: tuple[str, ...]


class DataQuality(Frozen):
    """What stood in the way of the numbers: findings, rows set aside, scores on few cases, contacts left out.

    `by_severity`: (severity, checks, findings). `of_data` and `of_schemes` are findings by check, worst first.
    """

    by_severity: tuple[tuple[str, int, int], ...]
    of_data: tuple[FindingCount, ...]
    of_schemes: tuple[FindingCount, ...]
    quarantined_rows: int
    missing_days: int
    provisional_people: int
    small_samples: int  # people with an indicator on too few cases
    no_data: int  # people with an indicator without any data
    filtered: tuple[Filtered, ...]
    filtered_people: int


class CompanyReport(Frozen):
    """The company: a page to read in a minute, then what stands behind it, part by part.

    `for_hr` are the consequences that only HR may judge. `waiting`: sheets and appeals of all
    departments. `redesigned` None: no period before to compare with.
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
    movement: Movement
    figures: tuple[KeyFigure, ...]
    unscored: tuple[PersonRow, ...]
    cost: CostView
    consequences: tuple[ConsequenceCount, ...]
    for_hr: tuple[PersonConsequence, ...]
    coherence: Coherence
    fairness: Fairness
    quality: DataQuality
    waiting: tuple[OpenItem, ...]
    redesigned: tuple[DesignChange, ...] | None
    changes: ChangesView | None
    carried: tuple[CarriedSum, ...]
