"""What changed since the report that was mailed before, told to its reader: short, the score and the money first."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from transforms.reports.model import ReportContext
from transforms.reports.revision_model import Against, Because, ChangeLine, ChangesView, MoneyChange, PersonChange
from transforms.revisions import Cause, Change
from transforms.scoring.results import Card, PeriodResults, PersonResult
from transforms.titles import Title

LISTED, PEOPLE = 12, 20  # so that the section leaves room on the first page
_FIRST = ("score", "grade", "rank", "sheet", "indicator", "points", "pay", "carried", "value", "pool")
_MONEY = frozenset({"pay", "carried", "pool"})
_TOTAL = "total"  # told as the money of all schemes together


def employee_changes(person: PersonResult, context: ReportContext) -> ChangesView | None:
    """What the person reads: own numbers only, causes without anybody's reason. None: nothing mailed, or the same."""
    told = context.against.get(f"employee:{person.employee_id}")
    if told is None:
        return None
    before = _people(told.before).get(person.employee_id)
    found = [each for each in _of(told, "employee", person.employee_id) if _may_know(each, before, person)]
    money = _money(pay_fen(before), pay_fen(person), [_plain(each) for each in _causes(found, _MONEY)])
    return _view(told, _lines(found, _grades(before, person)), money, counted=found)


def department_changes(results: PeriodResults, department_id: str, context: ReportContext) -> ChangesView | None:
    """What the manager reads: the department's own numbers, and its people with the reasons that concern them."""
    told = context.against.get(f"department:{department_id}")
    if told is None:
        return None
    ours = [p for p in results.people if p.department_id == department_id]
    own = _of(told, "department", department_id)
    return _group(told, ours, own, PEOPLE)


def company_changes(results: PeriodResults, context: ReportContext) -> ChangesView | None:
    """What the management reads: whose results changed most, those with changed facts of their own first."""
    told = context.against.get("company:company")
    return None if told is None else _group(told, results.people, _of(told, "company", "company"), LISTED)


def pay_fen(person: PersonResult | None) -> int:
    """All that is paid to a person in the period: every scheme that binds, and what is carried over into it."""
    if person is None:
        return 0
    paid = (one.pay.total_fen for one in person.appraisals if one.pay and one.counts != "trial")
    return sum(paid) + sum(line.amount_fen for line in person.carried)


def _view(
    told: Against, lines: Sequence[ChangeLine], money: MoneyChange | None, *, counted: Sequence[Change],
    people: Sequence[PersonChange] = (), most: int = PEOPLE,
) -> ChangesView | None:  # fmt: skip
    if not (counted or people or money):
        return None
    return ChangesView(
        replaces=told.number, dated=told.dated, slip=told.slip, lines=tuple(lines[:LISTED]), money=money,
        people=tuple(people[:most]), more=len(counted) - len(lines[:LISTED]), more_people=len(people[most:]),
    )  # fmt: skip


def _group(told: Against, ours: Sequence[PersonResult], own: Sequence[Change], most: int) -> ChangesView | None:
    before = _people(told.before)
    readers = frozenset(person.employee_id for person in ours)
    changes: dict[str, list[Change]] = {}
    for each in told.changes.changes:
        if each.level == "employee" and each.subject_id in readers and each.counts != "trial":
            changes.setdefault(each.subject_id, []).append(each)
    rows = [_person(p, before.get(p.employee_id), changes.get(p.employee_id, []), told, readers) for p in ours]
    people = sorted((row for row in rows if row is not None), key=_weight)
    paid = sum(pay_fen(before.get(p.employee_id)) for p in ours)
    money = _money(paid, sum(pay_fen(p) for p in ours), ())
    return _view(told, _lines(own, {}), money, counted=own, people=people, most=most)


def _person(
    now: PersonResult, old: PersonResult | None, changes: Sequence[Change], told: Against, readers: frozenset[str]
) -> PersonChange | None:
    score = old.score if old else None
    row = PersonChange(
        employee_id=now.employee_id,
        name=now.name,
        score=(score, now.score),
        grade=(old.grade_title if old else None, now.grade_title),
        rank=(old.rank if old else None, now.rank),
        pay_fen=(pay_fen(old), pay_fen(now)),
        own=any(each.own for each in changes),
        because=tuple(_reasoned(cause, told, readers) for cause in _causes(changes)),
    )
    pairs = (row.score, row.grade, row.rank, row.pay_fen)
    return row if changes or any(one != other for one, other in pairs) else None


def _weight(row: PersonChange) -> tuple[bool, Decimal, int, str]:
    """Those with changed facts of their own first, then by how much the score and the pay moved."""
    moved = abs((row.score[1] or Decimal(0)) - (row.score[0] or Decimal(0)))
    return not row.own, -moved, -abs(row.pay_fen[1] - row.pay_fen[0]), row.employee_id


def _of(told: Against, level: str, subject_id: str) -> list[Change]:
    """What binds of a subject's changes; a trial counts for nothing."""
    ours = (each for each in told.changes.changes if (each.level, each.subject_id) == (level, subject_id))
    return [each for each in ours if each.counts != "trial"]


def _may_know(change: Change, *persons: PersonResult | None) -> bool:
    """Whether the person's report shows it at all: what only HR may judge is not even counted."""
    if change.what != "consequence":
        return True
    shown = (each for one in persons if one for each in one.consequences if not (each.hr_only or each.trial))
    return change.key in {name for each in shown for name in (each.key, f"{each.scheme}/{each.key}")}


def _lines(found: Iterable[Change], grades: dict[str, Title]) -> list[ChangeLine]:
    """Those worth a line, in the order a reader asks for them, each once."""
    worth = [each for each in found if each.what in _FIRST and not (each.what == "pay" and each.key == _TOTAL)]
    ordered = sorted(worth, key=lambda each: _FIRST.index(each.what))
    return list(dict.fromkeys(_line(each, grades) for each in ordered))


def _line(change: Change, grades: dict[str, Title]) -> ChangeLine:
    said = {"before": change.before, "after": change.after}
    numbers = {name: _number(text) for name, text in said.items()}
    words = {
        f"{name}_title": grades.get(text, Title(zh_hans=text))
        for name, text in said.items()
        if text is not None and numbers[name] is None
    }
    because = tuple(_plain(cause) for cause in change.causes)
    return ChangeLine(title=change.title, unit=change.unit, because=because, follows=not change.own, **numbers, **words)


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _causes(changes: Iterable[Change], whats: frozenset[str] | None = None) -> list[Cause]:
    """Each cause of these changes once, in their order."""
    told = (cause for each in changes if whats is None or each.what in whats for cause in each.causes)
    return list({(cause.kind, cause.key): cause for cause in told}.values())


def _plain(cause: Cause) -> Because:
    return Because(says=cause.says)


def _reasoned(cause: Cause, told: Against, readers: frozenset[str]) -> Because:
    """With the correction's reason where it is about people of the reader's own only."""
    reason = told.reasons.get(cause.key) if cause.kind == "correction" else None
    known = reason is not None and reason.concerns <= readers
    return Because(says=cause.says, reason=reason.text if reason and known else "")


def _money(before: int, after: int, because: Iterable[Because]) -> MoneyChange | None:
    return MoneyChange(before_fen=before, after_fen=after, because=tuple(because)) if before != after else None


def _people(results: PeriodResults) -> dict[str, PersonResult]:
    return {person.employee_id: person for person in results.people}


def _grades(*persons: PersonResult | None) -> dict[str, Title]:
    """Titles of the grades on these reports, by code."""
    known = [one for one in persons if one]
    titled = [(card.grade, card.grade_title) for one in known for card in _cards(one)]
    titled += [(one.grade, one.grade_title) for one in known]
    return {code: title for code, title in titled if code is not None and title is not None}


def _cards(person: PersonResult) -> tuple[Card, ...]:
    return (*person.cards, *(one.card for one in person.appraisals if one.card))
