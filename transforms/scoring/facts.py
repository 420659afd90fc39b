"""A book opened at one window: what is looked up about people and departments in the days a scheme judges.

Judgements and targets are filed under the name of the run's period, also where the scheme's own days differ (the
21st to the 20th): people write "2026-10" on the sheet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Level, Metric, MetricValue
from transforms.period import Period
from transforms.scoring.book import Book, Event, Judgement
from transforms.scoring.results import Card

MONTHS = 12


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
    """A book at one window, and what is known of the others who are judged.

    `target_days`: (employee, metric) → days a personal target covers. `peers`: those a scheme scores, by scheme and
    department (a department's peers: by scheme and None). `counted`: those who are in the mean of a department's
    people, ranked only included. `teams`: the cards of a department's people.
    """

    book: Book
    period: Period
    target_days: Mapping[tuple[str, str], int] = field(default_factory=dict)
    peers: Mapping[tuple[str, str | None], tuple[Subject, ...]] = field(default_factory=dict)
    counted: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    teams: Mapping[str, tuple[Card, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The period key under which people write down judgements and targets."""
        return self.book.period.key

    @property
    def as_of(self) -> date:
        """The day from which the run looks back."""
        return self.book.as_of

    @property
    def catalogue(self) -> Mapping[str, Metric]:
        """The metrics there are."""
        return self.book.catalogue

    @property
    def parameters(self) -> MeasureParameters:
        """What fills the metrics' sentences and says when they have settled."""
        return self.book.parameters

    def value(self, subject: Subject, metric: str, window: Period | None = None) -> MetricValue | None:
        """The metric of the subject in the window; None where nothing was measured."""
        where = subject.department_id if subject.level == "employee" else None
        return self._values(window).get((subject.level, subject.subject_id, where, metric))

    def people_values(
        self, department_id: str, metric: str, window: Period | None, ids: Iterable[str]
    ) -> dict[str, MetricValue]:
        """The metric of these people in a department; those without data are left out."""
        known = self._values(window)
        found = {who: known.get(("employee", who, department_id, metric)) for who in ids}
        return {who: value for who, value in found.items() if value is not None and value.value is not None}

    def _values(self, window: Period | None) -> Mapping[tuple[str, str, str | None, str], MetricValue]:
        return self.book.values.get((window or self.period).key, {})

    def provisional(self, metric: Metric, window: Period | None = None) -> bool:
        """Whether the metric can still change in the window."""
        return self.as_of < self.settled_on(metric, window)

    def settled_on(self, metric: Metric, window: Period | None = None) -> date:
        """The first day on which the metric can no longer change in the window."""
        settle = [int(getattr(self.parameters, name)) for name in metric.settle_by]
        return (window or self.period).settled_on(sum(settle) if settle else metric.settle_days)

    def judged(self, employee_id: str, indicator: str) -> tuple[Judgement, ...]:
        """The judgements of the period."""
        return self.book.judgements.get(self.name, {}).get((employee_id, indicator), ())

    def target(self, level: str, subject_id: str, metric: str, period_key: str | None = None) -> Decimal | None:
        """What was agreed for a metric, in its unit (amounts in fen)."""
        return self.book.targets.get((level, subject_id, metric, period_key or self.name))

    def event_quantity(
        self,
        kind: str,
        *,
        employee_id: str | None = None,
        department_id: str | None = None,
        window: Period | None = None,
    ) -> Decimal:
        """The sum of the events' quantities in the window, 0 where there was none.

        Of an employee, with a department: only what happened while working there, or while nobody knows where. Of a
        department alone: the department's own events, not its people's.
        """
        level, whose = ("employee", employee_id) if employee_id is not None else ("department", department_id)
        found = self._events(kind, level, str(whose), window)
        only = department_id if employee_id is not None else None
        here = (each for each in found if only is None or each.department_id in (None, only))
        return sum((each.quantity for each in here), Decimal(0))

    def has_event(
        self, kind: str, employee_id: str | None, department_id: str | None, window: Period | None = None
    ) -> bool:
        """Whether there was one, of the person or of the department."""
        whose = (("employee", employee_id), ("department", department_id))
        return any(self._events(kind, level, who, window) for level, who in whose if who is not None)

    def _events(self, kind: str, level: str, whose: str, window: Period | None) -> tuple[Event, ...]:
        days = window or self.period
        return tuple(each for each in self.book.events.get((kind, level, whose), ()) if each.day in days)

    def overtime_hours(self, employee_id: str, window: Period | None = None) -> Decimal | None:
        """Hours beyond the roster; None where none are written down."""
        days = window or self.period
        found = [hours for day, hours in self.book.overtime.get(employee_id, ()) if day in days]
        return sum(found, Decimal(0)) if found else None

    def pay_item_fen(self, employee_id: str, item: str, day: date) -> int | None:
        """What somebody gets under that name on that day, in fen; the entry that began last."""
        found = self.book.pay_items.get((employee_id, item), ())
        valid = [each.amount_fen for each in found if each.valid_from <= day <= each.valid_until]
        return valid[-1] if valid else None

    def seniority_months(self, employee_id: str, day: date) -> int | None:
        """Whole months from the day of hiring to `day`; None for somebody unknown or not there yet."""
        employee = self.book.employees.get(employee_id)
        if employee is None or employee.hired_on > day:
            return None
        since = employee.hired_on
        return (day.year - since.year) * MONTHS + day.month - since.month - (day.day < since.day)

    def in_special_campaign(self, window: Period | None = None) -> bool:
        """Whether a special campaign runs on a day of the window."""
        days = window or self.period
        return any(each.start <= days.end and days.start <= each.end for each in self.book.special_campaigns)

    @cached_property
    def placeholders(self) -> dict[str, str]:
        """What fills `{pay_days}` and its like in a metric's sentence."""
        told = self.parameters.model_dump(mode="json")
        return {name: str(value) for name, value in told.items() if not isinstance(value, list)}


def facts_of(book: Book, window: Period) -> Facts:
    """The book opened at a window; who is judged beside whom is filled in where cards are made (`stays.py`)."""
    return Facts(book, window)
