"""What a card is computed from, indexed once: metric values, judgements, targets, days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Level, Metric, MetricValue
from transforms.period import Period
from transforms.scoring.people import ScoringInputs, exact, rows

# (level, subject, department where the subject is an employee, metric)
ValueKey = tuple[str, str, str | None, str]


@dataclass(frozen=True)
class Judgement:
    """One rater's score of one employee on one indicator."""

    role: str
    rater_id: str
    score: Decimal


@dataclass(frozen=True)
class Subject:
    """Who a card is about. Working days: own (a department's: its people's sum), the period's, the department's sum."""

    level: Level
    subject_id: str
    department_id: str
    days: int
    period_days: int
    department_days: int


@dataclass(frozen=True)
class Facts:
    """Everything cards read. `parameters` fill the metrics' sentences and say when they have settled."""

    period: Period
    as_of: date
    catalogue: Mapping[str, Metric]
    values: Mapping[ValueKey, MetricValue]
    judgements: Mapping[tuple[str, str], tuple[Judgement, ...]]
    targets: Mapping[tuple[str, str, str], Decimal]
    target_days: Mapping[tuple[str, str], int]  # (employee, metric) → working days under schemes with that metric
    parameters: MeasureParameters

    def value(self, subject: Subject, metric: str) -> MetricValue | None:
        """The metric of the subject in the period."""
        where = subject.department_id if subject.level == "employee" else None
        return self.values.get((subject.level, subject.subject_id, where, metric))

    def provisional(self, metric: Metric) -> bool:
        """Whether the metric can still change."""
        return self.as_of < self.settled_on(metric)

    def settled_on(self, metric: Metric) -> date:
        """The first day on which the metric can no longer change."""
        windows = [int(getattr(self.parameters, name)) for name in metric.settle_by]
        return self.period.settled_on(sum(windows) if windows else metric.settle_days)

    @property
    def placeholders(self) -> dict[str, str]:
        """What fills `{pay_days}` and its like in a metric's sentence."""
        told = self.parameters.model_dump(mode="json")
        return {name: str(value) for name, value in told.items() if not isinstance(value, list)}


def index_values(values: Iterable[MetricValue], period: Period) -> dict[ValueKey, MetricValue]:
    """The values of the period's own window."""
    window = period.key
    return {
        (each.level, each.subject_id, each.department_id if each.level == "employee" else None, each.metric): each
        for each in values
        if each.window == window
    }


def index_judgements(inputs: ScoringInputs, period: Period) -> dict[tuple[str, str], tuple[Judgement, ...]]:
    """Judgements of the period by employee and indicator, in an order that does not hang on the file's."""
    found: dict[tuple[str, str], list[Judgement]] = {}
    window = period.key
    for row in rows(inputs.judgements):
        if str(row["period"]) == window:
            judged = Judgement(str(row["role"]), str(row["rater_id"]), exact(row["score"]))
            found.setdefault((str(row["employee_id"]), str(row["indicator"])), []).append(judged)
    return {key: tuple(sorted(each, key=lambda j: (j.role, j.rater_id))) for key, each in found.items()}


def index_targets(inputs: ScoringInputs, period: Period) -> dict[tuple[str, str, str], Decimal]:
    """Targets of the period by level, subject and metric."""
    window = period.key
    return {
        (str(row["level"]), str(row["subject_id"]), str(row["metric"])): exact(row["value"])
        for row in rows(inputs.targets)
        if str(row["period"]) == window
    }
