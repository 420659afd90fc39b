"""The acts of an appeal, as the journal keeps them: the entry's key is the appeal's id, its `by` who acts."""

import base64
import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from transforms.titles import Frozen, Title

APPEAL = "appeal"
Outcome = Literal["upheld", "partly", "rejected"]


class Filed(Frozen):
    """An appeal against one line of a report. `said`: the number the appellant reads; `found`: what the ledger has.

    `key`: an indicator, `sheet.line`, a line of pay, or `score`. `last_day`: of the window; `late`: why it was heard
    after that day.
    """

    act: Literal["filed"] = "filed"
    period: str
    employee_id: str
    key: str
    scheme: str | None
    title: Title
    expected: str
    said: str
    found: str
    reason: str
    evidence: str
    revision_number: int
    on: date
    last_day: date
    late: str = ""

    @property
    def id(self) -> str:
        """`A-` and eight characters that follow from what is disputed, why, and when."""
        named = {"period", "employee_id", "key", "scheme", "expected", "found", "reason", "evidence", "on"}
        digest = hashlib.sha256(self.model_dump_json(include=named).encode()).digest()
        return "A-" + base64.b32encode(digest).decode()[:8]


class Assigned(Frozen):
    """Who judges it."""

    act: Literal["assigned"] = "assigned"
    judge_id: str
    on: date


class Decided(Frozen):
    """What was decided and why. `correction_id`: the correction that follows from it."""

    act: Literal["decided"] = "decided"
    outcome: Outcome
    reason: str
    on: date
    correction_id: str | None = None


class Escalated(Frozen):
    """Put before the final instance: asked for, or by itself when it was overdue."""

    act: Literal["escalated"] = "escalated"
    reason: str
    on: date
    by_itself: bool = False
    late: str = ""


Act = Filed | Assigned | Decided | Escalated
ACT: TypeAdapter[Act] = TypeAdapter(Annotated[Act, Field(discriminator="act")])
