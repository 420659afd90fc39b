"""The scheme language: how a company judges and pays, as dated data.

A scheme applies to people of one or more departments and holds dated versions, oldest first. The version in force on
the **first day of the period** judges the whole period: nobody's rules change while they work. A version holds a card
(indicators with weights, in groups or flat, each with a rule that gives 0–100), sheets of points, pay, consequences,
or several of these.

Only what needs no catalogue is checked here; `scoring/checks.py` compares with the metrics there are.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from transforms.period import Cycle, Period
from transforms.schemes.consequences import Consequence
from transforms.schemes.grading import Distribution, Grade, Veto
from transforms.schemes.indicator import Group, Indicator, Weight
from transforms.schemes.pay import Pay
from transforms.schemes.points import PointSheet
from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Key
from transforms.schemes.score_rules import HUNDRED, Judged, Points, plain
from transforms.schemes.wrong import wrong
from transforms.titles import Frozen, Title

Counts = Literal["score", "beside", "trial"]


class Approved(Frozen):
    """Who put the version in force."""

    by: str
    date: dt.date
    reference: str = ""


class WorkingDay(Frozen):
    """The n-th working day of a month."""

    working_day: int = Field(ge=1, le=23)


DueDay = Annotated[int, Field(ge=1, le=31)] | WorkingDay


class SheetCalendar(Frozen):
    """When judging sheets are due (S01, S03): days of a month, or `{working_day: n}` of it.

    `on_day_off`: a day of the month that is not worked moves to the next working day, to the one before, or stays.
    """

    out: DueDay
    back: DueDay
    summary: DueDay
    finance: DueDay
    on_day_off: Literal["next", "previous", "same"] = "next"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        told = {name: getattr(self, name) for name in ("out", "back", "summary", "finance")}
        for (before, first), (after, second) in pairwise(told.items()):
            if isinstance(first, int) and isinstance(second, int) and second < first:
                raise wrong(f"{after} is before {before}", "sheets go out, come back, are summed up, are paid", after)
        return self


class Version(Frozen):
    """A scheme as it is from one day on.

    `weights`: `absolute` reads an indicator's weight as points of the card; `share_of_group` as per cent of its group.
    `out_of`: what all weights sum to. `judged_by`: the raters of manual indicators that name none.
    `grades`: best first or not, by threshold; below the lowest is `below`. `distribution` gives grades by quota
    instead. `vetoes` come after the sum. `excused`: kinds of attendance that are no working days for targets.
    `calendar`: days of the month after the period on which sheets go out, are due back, are summed up and go to
    finance (for an own period: of the month in which it ends); None: the company's `sheets` settings. `suppress`:
    codes of checks (`jixiao scheme lint`) that do not hold here, each with the reason.
    """

    effective_from: dt.date
    approved: Approved
    weights: Literal["absolute", "share_of_group"] = "absolute"
    out_of: Weight = HUNDRED
    judged_by: Judged | None = None
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    grades: dict[Key, Points | Grade] = Field(default_factory=dict)
    below: Key = "unqualified"
    below_title: Title | None = None
    distribution: Distribution | None = None
    vetoes: tuple[Veto, ...] = ()
    excused: tuple[Key, ...] = ()
    calendar: SheetCalendar | None = None
    points: dict[Key, PointSheet] = Field(default_factory=dict)
    pay: Pay | None = None
    consequences: tuple[Consequence, ...] = ()
    suppress: dict[str, str] = Field(default_factory=dict)

    @property
    def has_card(self) -> bool:
        """Whether there are weighted indicators."""
        return bool(self.groups or self.indicators)

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], Group | None, Indicator]]:
        """Every indicator with its path below the version and its group."""
        for n, indicator in enumerate(self.indicators):
            yield ("indicators", n), None, indicator
        for g, group in enumerate(self.groups):
            for n, indicator in enumerate(group.indicators):
                yield ("groups", g, "indicators", n), group, indicator

    @model_validator(mode="after")
    def _groups_or_flat(self) -> Self:
        if self.groups and self.indicators:
            raise wrong("a version has either groups or indicators", "write groups: or indicators:, one of them")
        if not (self.has_card or self.points or self.pay or self.consequences):
            todo = "write groups:, indicators:, points:, pay: or consequences:"
            raise wrong("the version judges nothing", todo, "effective_from")
        if self.has_card and not (self.grades or self.distribution):
            raise wrong("a card needs grades", "add grades: {excellent: 90, good: 80, qualified: 60}", "grades")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        seen: set[str] = set()
        for at, _, indicator in self.placed():
            if indicator.key in seen:
                told = f"the indicator {indicator.key} stands here twice"
                raise wrong(told, "keep one of the two", *at, *_named(indicator))
            seen.add(indicator.key)
            if indicator.manual and indicator.score is None and self.judged_by is None:
                todo = "add judged_by: to the version, or score: (manual: …) here"
                raise wrong(f"nobody judges {indicator.key}", todo, *at, "manual")
        return self

    @model_validator(mode="after")
    def _weights_are_whole(self) -> Self:
        for n, group in enumerate(self.groups):
            total = sum((each.weight for each in group.indicators), Decimal(0))
            if self.weights == "absolute" and total != group.weight:
                told = f"the weights in {group.group} sum to {plain(total)}, but the group has {plain(group.weight)}"
                raise wrong(told, "make them equal", "groups", n, "weight")
        total = sum((weight for _, weight in self.weighed()), Decimal(0))
        if self.has_card and total != self.out_of:
            told = f"the weights sum to {plain(total)}, not {plain(self.out_of)}"
            raise wrong(told, f"make them sum to {plain(self.out_of)}", *self._weights_at())
        return self

    def _weights_at(self) -> tuple[str | int, ...]:
        return ("groups", 0, "weight") if self.groups else ("indicators", 0, "weight")

    def weighed(self) -> tuple[tuple[Indicator, Decimal], ...]:
        """Every indicator with its weight in points of the card."""
        return tuple((each, self._points(group, each)) for _, group, each in self.placed())

    def _points(self, group: Group | None, indicator: Indicator) -> Decimal:
        if group is None or self.weights == "absolute":
            return indicator.weight
        return group.weight * indicator.weight / HUNDRED

    @model_validator(mode="after")
    def _grades_differ(self) -> Self:
        thresholds = [grade.at_least for grade in self.graded().values()]
        if len(set(thresholds)) != len(thresholds):
            raise wrong("two grades begin at the same score", "give each its own threshold", "grades")
        if self.below in self.grades:
            raise wrong(f"'{self.below}' is both a grade and the name for what is below", "rename one", "below")
        return self

    def graded(self) -> dict[str, Grade]:
        """The grades, best first."""
        full = {key: each if isinstance(each, Grade) else Grade(at_least=each) for key, each in self.grades.items()}
        return dict(sorted(full.items(), key=lambda item: -item[1].at_least))


class RankedOnly(Frozen):
    """Who counts in ranks and means and is not appraised: posts, roles (helpers on loan), people not yet regular.

    Below `least_share` of the department's mean of `by` in the window, they are left out of ranks and means too.
    """

    posts: tuple[str, ...] = ()
    roles: tuple[Literal["helper", "manager", "member"], ...] = ()
    not_regularised: bool = False
    by: Key | None = None
    least_share: Quantity = Decimal(0)


class AppliesTo(Frozen):
    """Whom a scheme judges. No `posts`: all of them. `exclude`: roles that are not judged (helpers on loan)."""

    department: Key | None = None
    departments: tuple[Key, ...] = ()
    status: Literal["all", "regularised"] = "all"
    posts: tuple[str, ...] = ()
    exclude: tuple[Literal["helper", "manager", "member"], ...] = ("helper",)
    ranked_only: RankedOnly | None = None

    @property
    def where(self) -> tuple[str, ...]:
        """The departments."""
        return (self.department,) if self.department else self.departments

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if (self.department is None) == (not self.departments):
            raise wrong("whom does it judge?", "write department: KEY, or departments: [KEY, KEY]", "department")
        return self


class Scheme(Frozen):
    """One appraisal scheme: whom it judges and how, from which day on.

    `cycle`: how long its periods are. `starts_on_day`: a month from that day of the month before to the day before it
    (21: from the 21st to the 20th); it judges under the name of the month in which it ends. `counts`: `score` gives
    the person's score and grade, and only one scheme may; `beside` is appraised and paid besides; `trial` is computed
    and shown to managers, and nothing is paid.
    """

    scheme: Key
    title: Title
    source: str = ""
    applies_to: AppliesTo
    counts: Counts = "score"
    cycle: Cycle = "month"
    starts_on_day: int = Field(default=1, ge=1, le=28)
    versions: tuple[Version, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _score_needs_a_card(self) -> Self:
        if self.counts == "score" and not all(version.has_card for version in self.versions):
            raise wrong("a scheme that gives the score needs a card", "add indicators, or counts: beside", "counts")
        return self

    @model_validator(mode="after")
    def _oldest_first(self) -> Self:
        days = [version.effective_from for version in self.versions]
        for n, (before, after) in enumerate(pairwise(days), start=1):
            if before == after:
                raise wrong(f"two versions begin on {after}", "give each its own day", "versions", n, "effective_from")
            if before > after:
                raise wrong("the versions are not oldest first", "sort them by day", "versions", n, "effective_from")
        return self

    def window(self, period: Period) -> Period | None:
        """The days judged under a period's name; None where the period is not of this scheme's cycle."""
        if period.cycle != self.cycle:
            return None
        return period.begun_on(self.starts_on_day) if period in period.months_back(1) else period

    def in_force(self, day: dt.date) -> Version | None:
        """The version that judges a period beginning on `day`; None before the first."""
        return next((version for version in reversed(self.versions) if version.effective_from <= day), None)

    def digest(self, version: Version) -> str:
        """Fingerprint of what a version says, whatever its file's comments and order of keys: sha256, hex."""
        told: list[Any] = [self.model_dump(mode="json", exclude={"versions", "title"}), version.model_dump(mode="json")]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _named(indicator: Indicator) -> tuple[str, ...]:
    return (indicator.kind,)
