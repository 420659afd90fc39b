"""Frozen view models of what people did beside the results: corrections, appeals, open sheets, changed schemes.

They come from the journal and from other revisions, so they are no part of a document's content hash: an appeal that
is filed makes no new report by itself. Who may read what: a person reads the own record; a manager reads those of the
people; reasons name nobody else.
"""

from datetime import date
from typing import Literal

from transforms.titles import Frozen, Title

RecordKind = Literal["correction", "withdrawal", "appeal", "decision", "carry_over"]


class RecordLine(Frozen):
    """One entry of a person's record: what, when, where it stands. `ref` is the id that `jixiao history` knows."""

    kind: RecordKind
    ref: str
    on: date
    says: Title
    state: Title
    reason: str = ""  # only where the reader may know it


class OpenItem(Frozen):
    """Something of a department that waits for somebody: a sheet not filled, an appeal not answered."""

    kind: Literal["sheet", "appeal"]
    ref: str
    about: tuple[str, ...]  # employee ids it concerns
    waits_for: str  # the id of who has to act; empty: HR
    due_on: date | None
    overdue: bool
    says: Title


class DesignChange(Frozen):
    """A target, weight, rule or scheme that is otherwise than in the period before."""

    scheme: str
    scheme_title: Title
    department: Title | None
    what: Literal["scheme", "version", "indicator", "weight", "target", "rule", "grade"]
    title: Title  # of the indicator, or of the scheme
    before: Title | None
    after: Title | None
    approved: str  # by whom, when, reference; as the scheme says
