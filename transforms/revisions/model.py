"""What a change is, and what caused it: values that reports, the command line and finance read alike."""

from typing import Literal

from transforms.metrics.model import Unit
from transforms.titles import Frozen, Title

Level = Literal["employee", "department", "company"]
Counts = Literal["score", "beside", "trial"]
What = Literal[
    "score", "grade", "rank", "indicator", "metric", "points", "sheet", "pay", "pool", "value", "carried",
    "consequence", "membership", "finding", "wording",
]  # fmt: skip
Aspect = Literal["", "points", "value", "target", "weight", "rank", "paid", "left", "share"]
CauseKind = Literal[
    "correction", "late_rows", "scheme", "settings", "program", "earlier_period", "carried", "day", "together"
]


class Cause(Frozen):
    """Why something changed. `key`: a correction's id, a table, a scheme, a period; `rows`: up to five late rows.

    `says` may be read by anybody whom the change touches: it names no person and no reason. `reason` is for HR, and
    for reports of those whom the correction concerns.
    """

    kind: CauseKind
    key: str
    says: Title
    rows: tuple[str, ...] = ()
    reason: str = ""


class Change(Frozen):
    """One number, grade or text that is otherwise. `before`, `after`: as text, exact; None: was or is not there.

    `key` is the indicator, the line (`sheet.line` of points), the pool, the metric; money is in fen (`unit` FEN).
    `aspect` "": the main number of the key (an indicator's score, a line's points or amount); else which other one.
    `before_title`, `after_title`: the same in words, where there are words (grades, consequences). `own`: the change
    is of the subject's own facts or decisions; False: it follows from a change of somebody else (a rank, a pool, a
    mean).
    """

    level: Level
    subject_id: str
    department_id: str | None
    what: What
    scheme: str | None
    counts: Counts = "score"
    key: str
    aspect: Aspect = ""
    window: str | None = None
    title: Title
    unit: Unit | None = None
    before: str | None
    after: str | None
    before_title: Title | None = None
    after_title: Title | None = None
    own: bool = True
    causes: tuple[Cause, ...] = ()


class Changes(Frozen):
    """All changes of a revision against an earlier one of the same period; empty exactly when the two say the same."""

    period: str
    since: int  # number of the earlier revision; 0: there was none
    changes: tuple[Change, ...]
