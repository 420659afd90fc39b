"""What follows from a result (S01, S21–S23): proposals and duties, never automatic; computed in `consequences.py`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from transforms.schemes.references import Key
from transforms.schemes.score_rules import Points
from transforms.schemes.wrong import wrong
from transforms.titles import Frozen, Title

Effect = Literal["bonus_class", "salary", "promotion", "transfer", "training", "improvement", "flag", "no_bonus"]


class Consequence(Frozen):
    """One rule: whom it concerns, and what it proposes.

    effect: bonus_class and salary say the word of `by_grade`. promotion: `grade` in `periods` periods running.
    transfer: own group `weak_group` below `below` while every other group is at or above `others_at_least`.
    training: each indicator scored below `below`. improvement: the `last` places by rank write an analysis and a plan,
    due `due_days` days after notice. flag, no_bonus: `grade` in `periods` periods running (and a score at most
    `score_at_most` when given), told to HR only.
    """

    key: Key
    effect: Effect
    title: Title
    by_grade: dict[Key, Title] = Field(default_factory=dict)
    grade: Key | None = None
    periods: Annotated[int, Field(ge=1, le=36)] = 1
    weak_group: Key | None = None
    below: Points | None = None
    others_at_least: Points | None = None
    score_at_most: Points | None = None
    last: Annotated[int, Field(ge=1, le=50)] | None = None
    due_days: Annotated[int, Field(ge=1, le=365)] | None = None
    least_people: int = Field(default=1, ge=1)  # with fewer ranked, nobody is last
    source: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {
            "bonus_class": ("by_grade",), "salary": ("by_grade",), "promotion": ("grade",), "flag": ("grade",),
            "no_bonus": ("grade",), "transfer": ("weak_group", "below", "others_at_least"), "training": ("below",),
            "improvement": ("last", "due_days"),
        }[self.effect]  # fmt: skip
        for name in needs:
            if not getattr(self, name):
                raise wrong(f"the effect {self.effect} needs {name}", f"add {name}:", name)
        return self
