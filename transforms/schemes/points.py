"""Sheets of points (S02, S04, S25): lines that give plus and minus points, a week or the whole window each."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from transforms.schemes.point_rules import Given, PointRule
from transforms.schemes.quantities import Quantity
from transforms.schemes.references import Key
from transforms.schemes.targets import FromTargets
from transforms.schemes.wrong import wrong
from transforms.titles import Frozen, Title

Every = Literal["window", "week", "iso_week"]
_EVENT_KINDS = {"events"}
_METRIC_KINDS = {"rank", "compare", "steps", "target_steps", "required"}


class PointLine(Frozen):
    """What is counted (a metric, events of a kind, months of service, or people's judgement) and what it gives.

    `every`: once a window, or once a week of it (`week`: days 1–7, 8–14, 15–21, 22–end; `iso_week`: Monday to Sunday,
    cut at the window's ends). `not_in: special_campaigns` leaves out weeks with a special campaign in them.
    """

    metric: Key | None = None
    event: Key | None = None
    fact: Literal["seniority_months"] | None = None
    manual: Key | None = None
    key: Key | None = None  # told apart when a metric stands here twice
    title: Title | None = None
    every: Every = "window"
    give: PointRule
    target: Quantity | FromTargets | None = None
    goal: Quantity | None = None  # shown beside the value, scores nothing
    needs_at_least: Quantity | None = None
    not_in: Literal["special_campaigns"] | None = None
    source: str = ""

    @property
    def name(self) -> str:
        """What the line is called in cases and traces."""
        return self.key or self.metric or self.event or self.fact or self.manual or ""

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        told = [self.metric, self.event, self.fact, self.manual]
        if sum(each is not None for each in told) != 1:
            raise wrong("a line counts one thing", "write one of: metric, event, fact, manual", "metric")
        if self.metric is None and self.title is None:
            raise wrong(f"the line {self.name} has no title", "add title: {zh-Hans: …, en: …}", "title")
        return self

    @model_validator(mode="after")
    def _rule_fits(self) -> Self:
        kind = self.give.kind
        fits = {
            "metric": kind in _METRIC_KINDS,
            "event": kind in _EVENT_KINDS,
            "fact": kind == "steps",
            "manual": kind == "judged",
        }
        subject = next(name for name in fits if getattr(self, name) is not None)
        if not fits[subject]:
            raise wrong(f"the rule {kind} cannot judge a {subject}", "choose another rule or another subject", "give")
        if kind == "target_steps" and self.target is None:
            raise wrong("target_steps needs a target", "add target: {from: targets}", "target")
        return self


class PointSheet(Frozen):
    """A named account of points; the total is held within `floor` and `cap`."""

    title: Title
    lines: tuple[PointLine, ...] = Field(min_length=1)
    cap: Given | None = None
    floor: Given | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        seen: set[str] = set()
        for n, line in enumerate(self.lines):
            if line.name in seen:
                raise wrong(f"the line {line.name} stands here twice", "give one of them its own key:", "lines", n)
            seen.add(line.name)
        return self

    @property
    def limits(self) -> tuple[Decimal | None, Decimal | None]:
        """Floor and cap."""
        return self.floor, self.cap
