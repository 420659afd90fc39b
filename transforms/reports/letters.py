"""The few figures a letter says, taken from the view model of the document it brings: letter and document agree.

EmployeeReport becomes OwnFigures, DepartmentReport becomes DepartmentFigures. A letter to a manager says nothing of
one person's results: a mean is told of three people on, how scores lie of five people on.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from transforms.period import Cycle
from transforms.reports.appraisal_model import PersonConsequence
from transforms.reports.employee_model import EmployeeReport
from transforms.reports.groups import DepartmentReport, GradeCount
from transforms.reports.model import GradeBound, Mention
from transforms.reports.record_model import OpenItem
from transforms.reports.revision_model import Because, ChangeLine, ChangesView, MoneyChange
from transforms.titles import Frozen, Title

MEAN_OF, SPREAD_OF = 3, 5  # scored people from which on a mean, and how scores lie, are told
LISTED = 5  # changes, names and duties that stand in a letter; the document has them all


class PayFigure(Frozen):
    """What one scheme pays, or what is carried over from a closed period (`from_period`), in fen."""

    title: Title | None
    amount_fen: int
    provisional: bool = False
    from_period: str = ""


class Changed(Frozen):
    """What changed since the revision `replaces`: what all pay comes to, the reader's first numbers, and why.

    `more`: what only the document lists; `people`: of how many the results changed (a manager's letter).
    """

    replaces: int
    money: MoneyChange | None
    lines: tuple[ChangeLine, ...]
    more: int
    people: int


class OwnFigures(Frozen):
    """What a person's own letter says. `provisional`: the indicators that may still change."""

    kind: Literal["own"] = "own"
    currency: str
    cycle: Cycle
    score: Decimal | None
    grade: Title | None
    next_grade: GradeBound | None
    to_next: Decimal | None
    rank: int | None
    ranked_of: int | None
    change: Decimal | None
    costliest: Mention | None
    not_scored: str | None
    provisional: tuple[Title, ...]
    provisional_until: date | None
    pay: tuple[PayFigure, ...]
    appeal_until: date
    changed: Changed | None

    @property
    def pay_fen(self) -> int:
        """All that is paid: the sum of the lines."""
        return sum(line.amount_fen for line in self.pay)


class Due(Frozen):
    """A duty that follows from results: how many people it concerns, and the first day it is due."""

    title: Title
    people: int
    first_due: date | None


class DepartmentFigures(Frozen):
    """What a manager's letter says. `unscored`: names; `talks`: people with a score, a talk each.

    Figures that would tell one person's score are None or empty.
    """

    kind: Literal["department"] = "department"
    currency: str
    cycle: Cycle
    people: int
    scored: int
    mean: Decimal | None
    change: Decimal | None
    lower_quartile: Decimal | None
    upper_quartile: Decimal | None
    grades: tuple[GradeCount, ...]
    unscored: tuple[str, ...]
    more_unscored: int
    due: tuple[Due, ...]
    talks: int
    open_sheets: int
    open_appeals: int
    overdue: int
    provisional_until: date | None
    changed: Changed | None


LetterFigures = Annotated[OwnFigures | DepartmentFigures, Field(discriminator="kind")]


def own_figures(report: EmployeeReport) -> OwnFigures:
    """What the letter with a person's document says of it."""
    same = ("score", "grade", "next_grade", "to_next", "rank", "ranked_of", "change", "not_scored")
    return OwnFigures(
        **{name: getattr(report, name) for name in same},
        currency=report.head.currency,
        cycle=report.head.cycle,
        costliest=report.costliest[0] if report.costliest else None,
        provisional=_provisional(report),
        provisional_until=report.head.provisional_until if report.head.provisional else None,
        pay=_pay(report),
        appeal_until=report.appeal.until,
        changed=_changed(report.changes),
    )


def department_figures(report: DepartmentReport, waiting: Sequence[OpenItem] = ()) -> DepartmentFigures:
    """What the letter with a department's document says of it; `waiting`: what is open in the department."""
    scored, spread = report.spread.count, report.spread
    shown = scored >= SPREAD_OF
    names = [row.name for row in report.unscored]
    return DepartmentFigures(
        currency=report.head.currency,
        cycle=report.head.cycle,
        people=len(report.people) + len(report.unscored),
        scored=scored,
        mean=spread.mean if scored >= MEAN_OF else None,
        change=report.change if scored >= MEAN_OF else None,
        lower_quartile=spread.lower_quartile if shown else None,
        upper_quartile=spread.upper_quartile if shown else None,
        grades=report.grades if shown else (),
        unscored=tuple(names[:LISTED]),
        more_unscored=len(names[LISTED:]),
        due=due(report.consequences),
        talks=scored,
        open_sheets=sum(item.kind == "sheet" for item in waiting),
        open_appeals=sum(item.kind == "appeal" for item in waiting),
        overdue=sum(item.overdue for item in waiting),
        provisional_until=report.head.provisional_until if report.head.provisional else None,
        changed=_changed(report.changes) if scored >= MEAN_OF else _counted(report.changes),
    )


def due(consequences: Iterable[PersonConsequence]) -> tuple[Due, ...]:
    """Duties with a day, by their title, the one due first first; trials bind nobody."""
    found: dict[Title, list[PersonConsequence]] = {}
    for each in consequences:
        if each.consequence.due_on and not each.consequence.trial:
            found.setdefault(each.consequence.title, []).append(each)
    duties = (_due(title, those) for title, those in found.items())
    return tuple(sorted(duties, key=lambda duty: (duty.first_due or date.max, duty.title.zh_hans)))


def _due(title: Title, those: Sequence[PersonConsequence]) -> Due:
    days = [each.consequence.due_on for each in those if each.consequence.due_on]
    return Due(title=title, people=len({each.employee_id for each in those}), first_due=min(days, default=None))


def _provisional(report: EmployeeReport) -> tuple[Title, ...]:
    """Each indicator once, in the order of the cards."""
    lines = (line for card in report.cards for line in card.indicators)
    return tuple(dict.fromkeys(line.title for line in lines if line.provisional))


def _pay(report: EmployeeReport) -> tuple[PayFigure, ...]:
    """A line a scheme that binds and one a period that is carried over; lines of nothing only where all are."""
    lines = list(_pay_lines(report))
    return tuple(line for line in lines if line.amount_fen) or tuple(lines[:1])


def _pay_lines(report: EmployeeReport) -> Iterator[PayFigure]:
    for each in report.appraisals:
        if each.pay and each.counts != "trial":
            provisional = any(line.provisional for line in each.pay.lines)
            yield PayFigure(title=each.title, amount_fen=each.pay.total_fen, provisional=provisional)
    for carried in report.carried:
        yield PayFigure(title=None, amount_fen=carried.total_fen, from_period=carried.from_period)


def _changed(changes: ChangesView | None) -> Changed | None:
    """The first lines, with what caused them; reasons in people's own words stay in the document."""
    if changes is None:
        return None
    lines = tuple(line.model_copy(update={"because": _bare(line.because)}) for line in changes.lines[:LISTED])
    money = changes.money.model_copy(update={"because": _bare(changes.money.because)}) if changes.money else None
    more = changes.more + len(changes.lines) - len(lines)
    people = len(changes.people) + changes.more_people
    return Changed(replaces=changes.replaces, money=money, lines=lines, more=more, people=people)


def _counted(changes: ChangesView | None) -> Changed | None:
    """Without the numbers: so few people are in the department that they would be somebody's."""
    if changes is None:
        return None
    people = len(changes.people) + changes.more_people
    more = changes.more + len(changes.lines)
    return Changed(replaces=changes.replaces, money=None, lines=(), more=more, people=people)


def _bare(because: Iterable[Because]) -> tuple[Because, ...]:
    return tuple(each.model_copy(update={"reason": ""}) for each in because)
