"""One line of a card of weighted indicators, and groups of lines."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Key
from transforms.schemes.score_rules import Score
from transforms.schemes.targets import FromTargets
from transforms.schemes.wrong import wrong
from transforms.titles import Frozen, Title

Policy = Literal["share_out", "full", "zero", "hr_decides"]
Weight = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
Kind = Literal["metric", "manual", "event", "team", "months"]
METRIC_RULES = ("band", "linear", "passed", "place", "ratio", "steps", "target")
KINDS: tuple[Kind, ...] = ("metric", "manual", "event", "team", "months")


class Months(Frozen):
    """Roll-up of the person's (or department's) scores of the months (or quarters) in a longer period.

    `least`: with fewer months scored there is no value. `take`: mean by working days, or the plain mean.
    `missing_month`: what becomes of a month in which somebody worked and got no score: left out, counted as 0 (by its
    working days), or no roll-up at all. Months before joining or after leaving are not missing.
    """

    of: Literal["month", "quarter"] = "month"
    least: Annotated[int, Field(ge=1, le=12)] = 1
    take: Literal["by_working_days", "mean"] = "by_working_days"
    missing_month: Literal["leave_out", "zero", "no_score"] = "leave_out"


class Team(Frozen):
    """Roll-up of the scores of the people somebody leads (S13): those of the department, without the manager."""

    take: Literal["mean", "by_working_days", "median"] = "mean"
    least_people: Annotated[int, Field(ge=1)] = 1


class Indicator(Frozen):
    """One line of a card. `weight` is points of the card, or per cent of the group where the version says so.

    A line is a metric, a judgement by people (`manual`), events of a kind, the scores of a team, or of months.
    `prorate`: amounts (metrics without a denominator) are judged per full-time person, so targets, ends and steps
    shrink with the working days somebody was there, and grow with the people of a department; `none` switches it off.
    `of`: whose value a metric is: the person's own, or that of the department or company the person answers for.
    `traces_to`: the indicator of the department's or the manager's card that this one serves (S21); empty: the same.
    """

    metric: Key | None = None
    of: Literal["own", "department", "company"] = "own"
    manual: Key | None = None
    event: Key | None = None
    team: Team | None = None
    months: Months | None = None
    title: Title | None = None
    weight: Weight
    score: Score | None = None
    target: Quantity | FromTargets | None = None
    needs_at_least: Quantity | None = None
    missing: Policy = "share_out"
    prorate: Literal["working_days", "none"] = "working_days"
    says: Title | None = None
    traces_to: Key | None = None
    source: str = ""

    @property
    def kind(self) -> Kind:
        """What the line counts."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def key(self) -> str:
        """The metric, the manual indicator or the event; else `team`, `months` or `quarters`."""
        return self.metric or self.manual or self.event or (f"{self.months.of}s" if self.months else self.kind)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(getattr(self, name) is not None for name in KINDS) != 1:
            told = "an indicator is one of: metric, manual, event, team, months"
            raise wrong(told, "write metric: KEY or manual: KEY, one of them")
        return self._check_metric() if self.metric is not None else self._check_others()

    def _check_metric(self) -> Self:
        if self.score is None or self.score.kind not in METRIC_RULES:
            raise wrong("a metric needs its rule", f"add score: with one of: {', '.join(METRIC_RULES)}", "score")
        if self.score.target is not None and self.target is None:
            raise wrong("the rule target needs a target", "add target: 85%, or target: {from: targets}", "target")
        return self

    def _check_others(self) -> Self:
        if self.title is None:
            raise wrong(f"the {self.kind} indicator {self.key} has no title", "add title: {zh-Hans: …, en: …}", "title")
        if self.manual is not None and self.score is not None and self.score.manual is None:
            todo = "write score: {manual: {roles: …}}, or leave it out"
            raise wrong("a manual indicator is judged by people", todo, "score")
        if self.event is not None and (self.score is None or self.score.events is None):
            raise wrong("events need their rule", "add score: {events: {start: 100, each: -10}}", "score")
        if self.kind in {"team", "months"} and self.score is not None:
            raise wrong(f"{self.kind} takes scores as they are", "remove score:", "score")
        if self.target is not None or self.needs_at_least is not None:
            raise wrong(f"a {self.kind} indicator has no target and no needs_at_least", "remove it", "target")
        return self


class Group(Frozen):
    """Indicators that belong together on the card; their weights sum to the group's."""

    group: Key
    title: Title
    weight: Weight
    indicators: tuple[Indicator, ...] = Field(min_length=1)
