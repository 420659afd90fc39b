"""The scheme language: how a company judges, as dated data (first part: cards of weighted indicators).

A scheme applies to a department and holds dated versions, oldest first. The version in force on the **first day of
the period** judges the whole period: nobody's rules change while they work. A version holds indicators, in groups or
flat, with weights; each indicator is a metric or a manual judgement, and a rule that turns it into 0–100 points.

Only what needs no catalogue is checked here; `checks.py` compares with the metrics there are.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from transforms.scoring.quantities import Quantity
from transforms.scoring.rule_kinds import HUNDRED, Judged, Points, Score, plain, wrong
from transforms.titles import Frozen, Title

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Policy = Literal["share_out", "full", "zero", "hr_decides"]
Weight = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]


class FromTargets(Frozen):
    """The target is agreed per period: the employee's, else the department's, else the company's."""

    table: Literal["targets"] = Field(alias="from")


class Indicator(Frozen):
    """One line of a card. `weight` is points of the card, or per cent of the group where the version says so.

    `prorate`: amounts (metrics without a denominator) are judged per full-time person, so targets, ends and steps
    shrink with the working days somebody was there, and grow with the people of a department; `none` switches it off.
    """

    metric: Key | None = None
    manual: Key | None = None
    title: Title | None = None
    weight: Weight
    score: Score | None = None
    target: Quantity | FromTargets | None = None
    needs_at_least: Quantity | None = None
    missing: Policy = "share_out"
    prorate: Literal["working_days", "none"] = "working_days"
    says: Title | None = None

    @property
    def key(self) -> str:
        """The metric, or the manual indicator."""
        return self.metric or self.manual or ""

    @model_validator(mode="after")
    def _metric_or_manual(self) -> Self:
        if (self.metric is None) == (self.manual is None):
            raise wrong("an indicator is either a metric or manual", "write metric: KEY or manual: KEY, one of them")
        if self.manual is not None:
            return self._check_manual()
        if self.score is None or self.score.manual is not None:
            raise wrong("a metric needs its rule", "add score: with linear, steps or target", "score")
        if self.score.target is not None and self.target is None:
            raise wrong("the rule target needs a target", "add target: 85%, or target: {from: targets}", "target")
        return self

    def _check_manual(self) -> Self:
        if self.title is None:
            raise wrong(f"the manual indicator {self.manual} has no title", "add title: {zh-Hans: …, en: …}", "title")
        if self.score is not None and self.score.manual is None:
            todo = "write score: {manual: {roles: …}}, or leave it out"
            raise wrong("a manual indicator is judged by people", todo, "score")
        if self.target is not None or self.needs_at_least is not None:
            raise wrong("a manual indicator has no target and no needs_at_least", "remove it", "target")
        return self


class Group(Frozen):
    """Indicators that belong together on the card; their weights sum to the group's."""

    group: Key
    title: Title
    weight: Weight
    indicators: tuple[Indicator, ...] = Field(min_length=1)


class Grade(Frozen):
    """A grade, and the score from which it is given."""

    at_least: Points
    title: Title | None = None


class Approved(Frozen):
    """Who put the version in force."""

    by: str
    date: dt.date
    reference: str = ""


class Version(Frozen):
    """A scheme as it is from one day on.

    `weights`: `absolute` reads an indicator's weight as points of the card; `share_of_group` as per cent of its group.
    `out_of`: what all weights sum to. `judged_by`: the raters of manual indicators that name none.
    `grades`: best first or not, by threshold; below the lowest is `below`.
    """

    effective_from: dt.date
    approved: Approved
    weights: Literal["absolute", "share_of_group"] = "absolute"
    out_of: Weight = HUNDRED
    judged_by: Judged | None = None
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    grades: dict[Key, Points | Grade] = Field(min_length=1)
    below: Key = "unqualified"
    below_title: Title | None = None

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], Group | None, Indicator]]:
        """Every indicator with its path below the version and its group."""
        for n, indicator in enumerate(self.indicators):
            yield ("indicators", n), None, indicator
        for g, group in enumerate(self.groups):
            for n, indicator in enumerate(group.indicators):
                yield ("groups", g, "indicators", n), group, indicator

    @model_validator(mode="after")
    def _groups_or_flat(self) -> Self:
        if bool(self.groups) == bool(self.indicators):
            raise wrong("a version has either groups or indicators", "write groups: or indicators:, one of them")
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
        if total != self.out_of:
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


class AppliesTo(Frozen):
    """Whom a scheme judges. No `posts`: all of them. `exclude`: roles that are not judged (helpers on loan)."""

    department: str
    status: Literal["all", "regularised"] = "all"
    posts: tuple[str, ...] = ()
    exclude: tuple[Literal["helper", "manager", "member"], ...] = ("helper",)


class Scheme(Frozen):
    """One appraisal scheme: whom it judges and how, from which day on."""

    scheme: Key
    title: Title
    source: str = ""
    applies_to: AppliesTo
    versions: tuple[Version, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _oldest_first(self) -> Self:
        days = [version.effective_from for version in self.versions]
        for n, (before, after) in enumerate(pairwise(days), start=1):
            if before == after:
                raise wrong(f"two versions begin on {after}", "give each its own day", "versions", n, "effective_from")
            if before > after:
                raise wrong("the versions are not oldest first", "sort them by day", "versions", n, "effective_from")
        return self

    def in_force(self, day: dt.date) -> Version | None:
        """The version that judges a period beginning on `day`; None before the first."""
        return next((version for version in reversed(self.versions) if version.effective_from <= day), None)

    def digest(self, version: Version) -> str:
        """Fingerprint of what a version says, whatever its file's comments and order of keys: sha256, hex."""
        told: list[Any] = [self.scheme, self.applies_to.model_dump_json(), version.model_dump_json()]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _named(indicator: Indicator) -> tuple[str, ...]:
    return ("metric",) if indicator.metric else ("manual",)
