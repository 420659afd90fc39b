"""Frozen view models of what a revision does to what was read before: changes, carried pay, slips, acknowledgements.

Money is in fen. What a person reads holds nobody else's number, name or reason.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from transforms.metrics.model import Unit
from transforms.revisions import Changes
from transforms.scoring.results import PeriodResults
from transforms.titles import Frozen, Title

AckName = Literal["acknowledged", "objecting", "silent"]


class Reason(Frozen):
    """A correction's reason and whom it is about; it is shown to nobody else than those who may read all of them."""

    text: str
    concerns: frozenset[str]


class Against(Frozen):
    """What a document is compared with: the revision whose document was mailed last, and what changed since.

    `slip`: this revision was made after the period was closed. `reasons`: by a correction's id.
    """

    number: int
    dated: date
    slip: bool
    changes: Changes
    before: PeriodResults
    reasons: dict[str, Reason] = Field(default_factory=dict)


class Because(Frozen):
    """Why something changed; `reason`: the correction's own words, only where the reader may know them."""

    says: Title
    reason: str = ""


class ChangeLine(Frozen):
    """One number that is otherwise. A grade stands in `before_title` and `after_title`, all else is a number.

    None on both sides of a pair: it was not there, or is not there any more. `follows`: not of the reader's own facts.
    """

    title: Title
    unit: Unit | None
    before: Decimal | None = None
    after: Decimal | None = None
    before_title: Title | None = None
    after_title: Title | None = None
    because: tuple[Because, ...] = ()
    follows: bool = False


class MoneyChange(Frozen):
    """What everything that is paid came to, before and after; trials pay nothing."""

    before_fen: int
    after_fen: int
    because: tuple[Because, ...] = ()

    @property
    def difference_fen(self) -> int:
        """Paid in addition; below zero: taken back."""
        return self.after_fen - self.before_fen


class PersonChange(Frozen):
    """One person on the page of a department or of the company. `own`: his own facts or decisions changed."""

    employee_id: str
    name: str
    score: tuple[Decimal | None, Decimal | None]
    grade: tuple[Title | None, Title | None]
    rank: tuple[int | None, int | None]
    pay_fen: tuple[int, int]
    own: bool
    because: tuple[Because, ...]

    @property
    def pay_kept(self) -> bool:
        """Whether the pay is what it was."""
        return self.pay_fen[0] == self.pay_fen[1]


class ChangesView(Frozen):
    """What changed since the revision `replaces`, which was mailed; `dated` is the day that one was made.

    `slip`: the period was closed already. `more`: changes and people that are counted, not listed.
    """

    replaces: int
    dated: date
    slip: bool
    lines: tuple[ChangeLine, ...]
    money: MoneyChange | None
    people: tuple[PersonChange, ...] = ()
    more: int = 0
    more_people: int = 0


class SlipView(Frozen):
    """A correction slip of an earlier period, settled there already; the next report shows it and does not pay it."""

    period: str
    dated: date
    amount_fen: int


class CarriedLineView(Frozen):
    """A difference of a closed period that is settled in this one."""

    title: Title
    scheme: Title
    says: Title
    amount_fen: int


class CarriedView(Frozen):
    """What is carried over from one closed period."""

    from_period: str
    lines: tuple[CarriedLineView, ...]
    total_fen: int


class CarriedSum(Frozen):
    """The same for several people together."""

    from_period: str
    people: int
    total_fen: int


class Acknowledged(Frozen):
    """Where a person stands to his report. `of_revision`: the revision whose document the answer is about."""

    employee_id: str
    state: AckName
    on: date | None = None
    of_revision: int | None = None


class AckRow(Frozen):
    """The same with a name, on the list of a department."""

    employee_id: str
    name: str
    state: AckName
    on: date | None
    of_revision: int | None


class AckList(Frozen):
    """The people of a department, those who object first, then those who did not answer yet."""

    rows: tuple[AckRow, ...]

    def count(self, state: AckName) -> int:
        """How many stand there."""
        return sum(row.state == state for row in self.rows)
