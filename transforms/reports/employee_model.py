"""The frozen view model of one person's report."""

from decimal import Decimal
from typing import Literal

from transforms.reports.appraisal_model import AppraisalView, ConsequenceView, PayKind
from transforms.reports.minute import Minute
from transforms.reports.model import (
    AppealWindow,
    CardView,
    Filtered,
    FindingView,
    GradeBound,
    Mention,
    Point,
    ReportHead,
)
from transforms.reports.record_model import RecordLine
from transforms.reports.revision_model import CarriedView, ChangesView, SlipView
from transforms.titles import Frozen, Title

PaidKind = PayKind | Literal["carried"]


class EmployeeReport(Frozen):
    """One person's report. `not_scored` is a code and then there may be no card."""

    kind: Literal["employee"] = "employee"
    head: ReportHead
    subject_id: str
    name: str
    department: Title
    post: str | None
    score: Decimal | None
    grade: Title | None
    bounds: tuple[GradeBound, ...]
    next_grade: GradeBound | None  # the grade above, if there is one
    to_next: Decimal | None  # points short of it
    rank: int | None
    ranked_of: int | None
    team_median: Decimal | None
    working_days: int
    period_working_days: int
    not_scored: str | None
    change: Decimal | None
    cards: tuple[CardView, ...]
    appraisals: tuple[AppraisalView, ...]
    consequences: tuple[ConsequenceView, ...]
    trend: tuple[Point, ...]
    minute: Minute
    paid_fen: int | None  # everything that is paid for the period; None: nothing is paid by a scheme
    paid_kinds: tuple[tuple[PaidKind, int], ...]  # the same by kind, kinds that come to nothing left out
    strongest: tuple[Mention, ...]
    costliest: tuple[Mention, ...]
    findings: tuple[FindingView, ...]
    filtered: tuple[Filtered, ...]
    appeal: AppealWindow
    changes: ChangesView | None
    carried: tuple[CarriedView, ...]
    slips: tuple[SlipView, ...]
    record: tuple[RecordLine, ...]
