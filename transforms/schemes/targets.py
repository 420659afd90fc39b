"""Where a target comes from."""

from typing import Literal

from pydantic import Field

from transforms.titles import Frozen


class FromTargets(Frozen):
    """The target is agreed per period: the employee's, else the department's, else the company's."""

    table: Literal["targets"] = Field(alias="from")
