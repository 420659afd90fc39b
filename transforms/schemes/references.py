"""What a value may be held against besides a target: the own past, the team, the company, another metric."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from transforms.schemes.wrong import wrong
from transforms.titles import Frozen

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
When = Literal["now", "last_week", "last_month", "same_month_last_year", "last_3_months"]
Whose = Literal["own", "department", "department_mean", "company"]


class Reference(Frozen):
    """A value of the same metric, or of another one (an industry value), whose and when.

    `department` pools: numerators over denominators of all its people. `department_mean` is the mean of its people's
    values, those who are ranked only included. `now` is the window that is judged; `last_month` the natural month
    before it; `last_3_months` the mean of three months' values.
    """

    of: Whose = "department"
    when: When = "now"
    metric: Key | None = None

    @model_validator(mode="after")
    def _not_itself(self) -> Self:
        if self.of == "own" and self.when == "now" and self.metric is None:
            todo = "write when: last_month, of: department, or metric: another one"
            raise wrong("a value is compared with itself", todo, "when")
        return self
