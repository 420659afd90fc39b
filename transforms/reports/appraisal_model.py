"""Frozen view models of what stands beside the score: sheets of points, statements of pay, pools, consequences.

Money is in fen. A person's views hold nobody else's points, pay or share.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from transforms.metrics.model import Better, Unit
from transforms.reports.model import CardView, Step
from transforms.reports.money_model import MoneyStep
from transforms.scoring.results import Corrected, Missing
from transforms.titles import Frozen, Title

Counts = Literal["score", "beside", "trial"]
PayKind = Literal["base", "allowance", "commission", "bonus", "reward", "deduction"]


class Clause(Frozen):
    """A part of a rule for points: for what (`kind`, held against `bound` or `whose` value), and what it gives.

    `only_if`: the clause hangs on an event. `zero`: it is told also where it gives nothing.
    """

    kind: Literal[
        "places", "better", "equal", "worse", "under", "through", "rest", "at_least", "at_most", "missed", "each",
        "none", "cap", "floor", "judged_mean", "judged_sum",
    ]  # fmt: skip
    points: tuple[Decimal, ...] = ()
    bound: Decimal | None = None
    unit: Unit = Unit.POINTS
    whose: str = ""
    only_if: bool = False
    zero: bool = False

    @property
    def says_something(self) -> bool:
        """Whether a reader needs it."""
        return self.zero or not self.points or any(self.points)


class PointCell(Frozen):
    """A line of a sheet in one window. `span`: over how many columns of windows it stands (1, or all of them).

    `steps`: how the judged value came about; `rule` says what it gave. `attained`: value ÷ target, if that is judged.
    `shared`: others hold the same place. `unusual`: the clauses alone do not explain the points, `rule` has to be read.
    """

    window: str
    span: int
    actual: Decimal | None
    target: Decimal | None
    reference: Decimal | None
    rank: int | None
    ranked_of: int | None
    points: Decimal | None
    missing: Missing | None
    provisional: bool
    rule: Title
    steps: tuple[Step, ...]
    attained: Decimal | None = None
    shared: bool = False
    unusual: bool = False
    corrected: Corrected | None = None


class Counted(Frozen):
    """What is counted for some lines of a sheet, and where that stands. `rest`: for all lines that are not named."""

    titles: tuple[Title, ...]
    says: Title
    source: str
    rest: bool


class PointRow(Frozen):
    """A line of a sheet over all its windows. `rule` is empty where no window was judged.

    `points`: the cells' sum; None when no window could be judged.
    """

    key: str
    title: Title
    unit: Unit
    better: Better
    says: Title
    source: str
    rule: tuple[Clause, ...]
    cells: tuple[PointCell | None, ...]  # None: the line does not stand in that window
    points: Decimal | None

    @property
    def decided(self) -> tuple[Corrected, ...]:
        """What people decided of the line, each decision once."""
        told = (cell.corrected for cell in self.cells if cell and cell.corrected)
        return tuple({each.correction_id: each for each in told}.values())


class SheetView(Frozen):
    """A sheet as a matrix: `windows` are the columns, empty where every line stands for the whole period.

    `lines_sum` differs from `total` where a floor or a cap held.
    """

    key: str
    title: Title
    windows: tuple[str, ...]
    rows: tuple[PointRow, ...]
    counted: tuple[Counted, ...]
    lines_sum: Decimal
    total: Decimal


class PayLineView(Frozen):
    """One line of the statement; `missing`: why there was nothing to compute from.

    `clauses`: what `says` says, apart: what the line comes to, then each formula it stands on.
    """

    key: str
    kind: PayKind
    title: Title
    amount_fen: int
    provisional: bool
    missing: Title | None
    says: Title
    clauses: tuple[Title, ...]
    source: str
    steps: tuple[MoneyStep, ...]


class Statement(Frozen):
    """What one scheme pays: base, allowances, commission, bonuses, rewards, deductions, and what they come to."""

    lines: tuple[PayLineView, ...]
    total_fen: int


class PoolShare(Frozen):
    """A pool and one person's share of it: `weight` ÷ `divisor` of `amount_fen`, to the fen.

    `divisor` None: nobody has a weight. `everybody`: the divisor is what all its people have together.
    """

    title: Title
    amount_fen: int
    divisor: Decimal | None
    everybody: bool
    weight: Decimal
    own_fen: int
    left_fen: int
    why: Title


class AppraisalView(Frozen):
    """What one scheme says of one person besides the scored cards; `window` is a period key."""

    scheme: str
    title: Title
    version: date
    counts: Counts
    window: str
    department: Title
    appraised: bool
    card: CardView | None
    rank: int | None
    ranked_of: int | None
    sheets: tuple[SheetView, ...]
    pay: Statement | None
    pools: tuple[PoolShare, ...]


class ConsequenceView(Frozen):
    """A proposal or duty, and what it follows from."""

    scheme: str
    effect: str
    title: Title
    says: Title
    follows_from: tuple[str, ...]
    due_on: date | None
    trial: bool


class PersonConsequence(Frozen):
    """The same on a list of several people."""

    employee_id: str
    name: str
    consequence: ConsequenceView


class SchemePerson(Frozen):
    """One person under one scheme, on the department's list. `totals` in the order of the scheme's sheets."""

    employee_id: str
    name: str
    appraised: bool
    score: Decimal | None
    grade: Title | None
    rank: int | None
    ranked_of: int | None
    totals: tuple[Decimal | None, ...]
    pay_fen: int | None


class ValueView(Frozen):
    """A department's value by a formula."""

    key: str
    title: Title
    unit: Unit
    value: Decimal | None
    says: Title
    source: str


class PoolView(Frozen):
    """A pool of the department: `amount_fen` = `paid_fen` + `left_fen`."""

    key: str
    title: Title
    amount_fen: int
    paid_fen: int
    left_fen: int
    divisor: Decimal | None
    why: Title


class PlotPoint(Frozen):
    """One person: output and quality, each 0–100."""

    name: str
    output: Decimal
    quality: Decimal


class SchemeView(Frozen):
    """What one scheme says of a department: its people, values and pools. `plot`: a card of output and quality.

    `others`: people of whom it has nothing to show but zeros; they are not among `people`.
    """

    scheme: str
    title: Title
    version: date
    counts: Counts
    window: str
    card: CardView | None
    has_ranks: bool
    has_scores: bool
    has_pay: bool
    sheets: tuple[Title, ...]
    people: tuple[SchemePerson, ...]
    others: int = 0
    total_fen: int
    values: tuple[ValueView, ...]
    pools: tuple[PoolView, ...]
    plot: tuple[PlotPoint, ...]


class PayCost(Frozen):
    """What one scheme costs in one department: pay of its people, and what its pools left over."""

    scheme: str
    title: Title
    department_id: str
    department: Title
    counts: Counts
    people: int
    total_fen: int
    left_fen: int


class ConsequenceCount(Frozen):
    """How many people a consequence concerns, whatever the scheme that draws it."""

    title: Title
    effect: str
    people: int
    trial: bool


class LevelRow(Frozen):
    """One metric on all levels: the company, a department, the mean of that department's people who have a value."""

    metric: str
    title: Title
    unit: Unit
    better: Better
    company: Decimal | None
    department: Title
    pooled: Decimal | None
    people_mean: Decimal | None
    people: int
