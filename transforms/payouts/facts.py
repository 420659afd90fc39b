"""Where a name in a scheme's money gets its value: metrics, targets, events, points, scores, pay items, people."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from transforms.payouts.team import Payee, Team
from transforms.period import Period
from transforms.schemes.pay import Fact
from transforms.scoring.facts import Subject
from transforms.scoring.results import Appraisal, DepartmentResult, PersonResult, Trace
from transforms.scoring.trace import constant, leaf, step
from transforms.scoring.windows import looked_at

COMPANY = "company"


def fact_trace(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    """The value of a fact as a step: of one person, or with `payee` None of the department or the company."""
    found = _SOURCES[fact.source](team, name, fact, payee)
    return found if fact.missing is None else step("known", name, found, constant("when missing", fact.missing))


def _joined(name: str, fact: Fact, parts: Iterable[Trace]) -> Trace:
    """One time's value; of several times the mean or sum of those that have one."""
    found = list(parts)
    known = [each for each in found if each.value is not None]
    if len(found) == 1 or not known:
        return found[0]
    return step("mean" if fact.take == "mean" else "sum", name, *known)


def _metric(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    def at(window: Period) -> Trace:
        told = team.facts.value(_subject(team, fact, payee), key, window)
        return leaf("metric", name, told.value if told else None, metric=key, of=fact.of, window=window.key)

    key = str(fact.metric)
    return _joined(name, fact, map(at, _windows(fact, team.facts.period)))


def _target(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    def at(period: Period) -> Trace:
        told = team.facts.target(whose.level, whose.subject_id, key, period.key)
        return leaf("target", name, told, metric=key, of=fact.of, period=period.key)

    key, whose = str(fact.target), _subject(team, fact, payee)
    return _joined(name, fact, map(at, _windows(fact, team.facts.book.period)))


def _event(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    def at(window: Period) -> Trace:
        who = payee.employee_id if payee else None
        told = team.facts.event_quantity(kind, employee_id=who, department_id=team.department_id, window=window)
        return leaf("event", name, told, kind=kind, window=window.key)

    kind = str(fact.event)
    return _joined(name, fact, map(at, _windows(fact, team.facts.period)))


def _windows(fact: Fact, period: Period) -> list[Period]:
    return [each for when in fact.when for each in looked_at(when, period, period)]


def _subject(team: Team, fact: Fact, payee: Payee | None) -> Subject:
    if payee is not None:
        return payee.member.subject
    if fact.of == COMPANY:
        return Subject("company", COMPANY, team.department_id, 0, 0, 0)
    return Subject("department", team.department_id, team.department_id, 0, 0, 0)


def _points(_: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    sheets = payee.appraisal.sheets if payee else ()
    total = next((each.total for each in sheets if each.key == fact.points), None)
    return leaf("named", name, total, sheet=str(fact.points))


def _score(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    if payee is not None:
        return leaf("card", name, _own_score(team, payee))
    if fact.score == "department":
        return leaf("card", name, _department_score(team, team.department))
    scores = ((each.department_id, _department_score(team, each)) for each in team.results.departments)
    known = [leaf("card", department, score) for department, score in scores if score is not None]
    return step("mean", name, *known) if known else leaf("card", name, None)


def _own_score(team: Team, payee: Payee) -> Decimal | None:
    """Of the scheme's own card in this department; of a scheme without one, the score of the period."""
    if payee.appraisal.card is not None:
        return payee.appraisal.card.score
    own = [each for each in payee.result.cards if _is_own(team, each.scheme, each.department_id)]
    return own[0].score if own else payee.result.score


def _is_own(team: Team, scheme: str, department_id: str) -> bool:
    return scheme == team.scheme.scheme and department_id == team.department_id


def _department_score(team: Team, department: DepartmentResult) -> Decimal | None:
    """Of the scheme's own card of the department, else of the department's card, else the mean of its people."""
    cards = [each.card for each in department.appraisals if each.scheme == team.scheme.scheme and each.card]
    card = cards[0] if cards else department.card
    return card.score if card is not None else department.mean_score


def _rank(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    rank, of, last = _place(team, payee) if payee else (None, None, None)
    found = {"rank": rank, "ranked_of": of, "from_last": last}[str(fact.rank)]
    return leaf("named", name, None if found is None else Decimal(found), rank=str(fact.rank))


def _place(team: Team, payee: Payee) -> tuple[int | None, int | None, int | None]:
    """Place, among how many, and place counted from the last of those who are paid (1: nobody is behind).

    By the scheme's own card, else by the score; somebody who moved away has a score's place in another department.
    """
    ranked: Appraisal | PersonResult = payee.result
    others = [each.result.rank for each in team.payees if each.result.department_id == team.department_id]
    if payee.appraisal.rank is not None:
        ranked, others = payee.appraisal, [each.appraisal.rank for each in team.payees]
    elif payee.result.department_id != team.department_id:
        return None, None, None
    if ranked.rank is None:
        return None, None, None
    return ranked.rank, ranked.ranked_of, 1 + sum(each > ranked.rank for each in others if each is not None)


def _people(team: Team, name: str, fact: Fact, _: Payee | None) -> Trace:
    count = len(team.payees) if fact.people == "appraised" else team.headcount
    return leaf("fact", name, Decimal(count), people=str(fact.people))


def _pay_item(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    item = str(fact.pay_item)
    told = team.facts.pay_item_fen(payee.employee_id, item, team.last_day(payee)) if payee else None
    return leaf("fact", name, None if told is None else Decimal(told), pay_item=item)


def _by_post(_: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    post = (payee.member.stint.post if payee else None) or ""
    return leaf("constant", name, (fact.by_post or {}).get(post), post=post)


def _by_grade(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    grade = (_own_grade(team, payee) if payee else None) or ""
    return leaf("constant", name, (fact.by_grade or {}).get(grade), grade=grade)


def _own_grade(team: Team, payee: Payee) -> str | None:
    if payee.appraisal.card is not None:
        return payee.appraisal.card.grade
    own = [each for each in payee.result.cards if _is_own(team, each.scheme, each.department_id)]
    return own[0].grade if own else payee.result.grade


def _fact(team: Team, name: str, fact: Fact, payee: Payee | None) -> Trace:
    value = _about(team, str(fact.fact), payee) if payee else None
    return leaf("fact", name, None if value is None else Decimal(value), fact=str(fact.fact))


def _about(team: Team, what: str, payee: Payee) -> Decimal | int | None:
    days = payee.member.subject.days
    if what == "working_days":
        return days
    if what == "seniority_months":
        return team.facts.seniority_months(payee.employee_id, team.last_day(payee))
    if what == "overtime_hours":
        return team.facts.overtime_hours(payee.employee_id)
    of = payee.member.subject.period_days
    return Decimal(days) / of if of else None


_SOURCES: dict[str, Callable[[Team, str, Fact, Payee | None], Trace]] = {
    "metric": _metric, "target": _target, "event": _event, "points": _points, "score": _score, "rank": _rank,
    "people": _people, "pay_item": _pay_item, "by_post": _by_post, "by_grade": _by_grade, "fact": _fact,
}  # fmt: skip
