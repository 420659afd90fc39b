"""What changed from one revision to another, and why: values that reports, the command line and finance read alike."""

from typing import Literal

from transforms.metrics.model import Unit
from transforms.scoring.results import PeriodResults
from transforms.titles import Frozen, Title
from transforms.wording import three

What = Literal[
    "score", "grade", "rank", "indicator", "metric", "points", "sheet", "pay", "pool", "value", "carried",
    "consequence", "membership", "finding", "wording",
]  # fmt: skip
CauseKind = Literal[
    "correction", "late_rows", "scheme", "settings", "program", "earlier_period", "carried", "day", "together"
]


class Cause(Frozen):
    """Why something changed. `key`: a correction's id, a table, a scheme, a period; `rows`: up to five late rows."""

    kind: CauseKind
    key: str
    says: Title
    rows: tuple[str, ...] = ()


class Change(Frozen):
    """One number, grade or text that is otherwise. `before`, `after`: as text, exact; None: was or is not there.

    `key` is the indicator, the line, the pool, the metric; money is in fen (`unit` FEN). `own`: the change is of the
    subject's own facts or decisions; False: it follows from a change of somebody else (a rank, a pool, a mean).
    """

    level: Literal["employee", "department", "company"]
    subject_id: str
    department_id: str | None
    what: What
    scheme: str | None
    counts: Literal["score", "beside", "trial"] = "score"
    key: str
    window: str | None = None
    title: Title
    unit: Unit | None = None
    before: str | None
    after: str | None
    own: bool = True
    causes: tuple[Cause, ...] = ()


class Changes(Frozen):
    """All changes of a revision against an earlier one of the same period; empty exactly when the two say the same."""

    period: str
    since: int  # number of the earlier revision; 0: there was none
    changes: tuple[Change, ...]


def difference(before: PeriodResults, after: PeriodResults) -> tuple[Change, ...]:
    """Every change between two results of one period, without causes; empty exactly when they are equal."""
    old = {each.employee_id: each for each in before.people}
    return tuple(
        Change(
            level="employee", subject_id=each.employee_id, department_id=each.department_id, what="score", scheme=None,
            key="score", title=three("总分", "總分", "Score"), before=str(old[each.employee_id].score),
            after=str(each.score),
        )
        for each in after.people
        if each.employee_id in old and old[each.employee_id].score != each.score
    )  # fmt: skip
