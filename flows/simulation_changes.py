"""Who gains and who loses when one scheme changes: two results of the same period, person by person, and in sum."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.schemes.scheme import Scheme
from transforms.scoring.results import Appraisal, PeriodResults, PersonResult


@dataclass(frozen=True)
class Side:
    """One person under one set of schemes. `score`: 0–100, or points where the scheme has no card; None: none."""

    score: Decimal | None
    grade: str | None
    pay_fen: int


@dataclass(frozen=True)
class Change:
    """One person in one period, before and after."""

    period: str
    employee_id: str
    department_id: str
    before: Side
    after: Side

    @property
    def score_change(self) -> Decimal | None:
        """After less before; None where one of them is not there."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def pay_change_fen(self) -> int:
        """After less before."""
        return self.after.pay_fen - self.before.pay_fen

    @property
    def direction(self) -> str:
        """gains, loses or same: by money, and by score where the money stays."""
        by = self.pay_change_fen or self.score_change or 0
        return "gains" if by > 0 else "loses" if by < 0 else "same"


@dataclass(frozen=True)
class Total:
    """A period in sum. `cost_…`: all that its schemes pay, trials left out; in fen."""

    period: str
    people: int
    directions: Mapping[str, int]
    grades_before: Mapping[str, int]
    grades_after: Mapping[str, int]
    mean_before: Decimal | None
    mean_after: Decimal | None
    cost_before_fen: int
    cost_after_fen: int


def changes(before: PeriodResults, after: PeriodResults, scheme: Scheme) -> tuple[Change, ...]:
    """Everybody whom the scheme judges on either side, or whose pay differs, by employee."""
    was = {person.employee_id: person for person in before.people}
    found = []
    for person in after.people:
        earlier = was[person.employee_id]
        one, other = _side(earlier, scheme), _side(person, scheme)
        if _judged(earlier, scheme) or _judged(person, scheme) or one.pay_fen != other.pay_fen:
            found.append(Change(after.period, person.employee_id, person.department_id, one, other))
    return tuple(found)


def total(period: str, found: Sequence[Change]) -> Total:
    """The changes of one period in sum."""
    return Total(
        period=period,
        people=len(found),
        directions=Counter(each.direction for each in found),
        grades_before=Counter(each.before.grade for each in found if each.before.grade),
        grades_after=Counter(each.after.grade for each in found if each.after.grade),
        mean_before=_mean(each.before.score for each in found),
        mean_after=_mean(each.after.score for each in found),
        cost_before_fen=sum(each.before.pay_fen for each in found),
        cost_after_fen=sum(each.after.pay_fen for each in found),
    )


def _judged(person: PersonResult, scheme: Scheme) -> bool:
    return any(card.scheme == scheme.scheme for card in person.cards) or _own(person, scheme) is not None


def _side(person: PersonResult, scheme: Scheme) -> Side:
    """Under the scheme's own card or sheets; one that pays or concludes only stands on the person's score."""
    paid = sum(each.pay.total_fen for each in person.appraisals if each.pay and each.counts != "trial")
    own = _own(person, scheme)
    if own is None and scheme.counts != "score":
        return Side(None, None, paid)
    if own is not None and own.card is not None:
        return Side(own.card.score, own.card.grade, paid)
    if own is not None and own.sheets:
        return Side(sum((sheet.total for sheet in own.sheets), Decimal(0)), None, paid)
    return Side(person.score, person.grade, paid)


def _own(person: PersonResult, scheme: Scheme) -> Appraisal | None:
    return next((each for each in person.appraisals if each.scheme == scheme.scheme and each.appraised), None)


def _mean(scores: Iterable[Decimal | None]) -> Decimal | None:
    known = [each for each in scores if each is not None]
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.01")) if known else None
