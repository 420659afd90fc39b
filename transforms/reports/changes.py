"""What changed since the report that was mailed before, told to its reader: short, the score and the money first."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from transforms.reports.model import ReportContext
from transforms.reports.revision_model import Against, Because, ChangeLine, ChangesView, MoneyChange, PersonChange
from transforms.revisions import Cause, Change
from transforms.scoring.results import PeriodResults, PersonResult
from transforms.titles import Title
from transforms.wording import three, told

LISTED, PEOPLE = 12, 20  # so that the section leaves room on the first page
_MEAN = three("{department}平均分", "{department}平均分", "Mean score, {department}")
_CARRIED = three("{title}（结转）", "{title}（結轉）", "{title} (carried over)")
_FIRST = ("score", "grade", "rank", "sheet", "indicator", "points", "pay", "carried", "value", "pool")
_MONEY = frozenset({"pay", "carried", "pool"})
_PROPOSALS = frozenset({"consequence", "wording"})
_TOTAL = "total"  # told as the money of all schemes together


def employee_changes(person: PersonResult, context: ReportContext) -> ChangesView | None:
    """What the person reads: own numbers only, causes without anybody's reason. None: nothing mailed, or the same."""
    since = context.against.get(f"employee:{person.employee_id}")
    if since is None:
        return None
    before = _people(since.before).get(person.employee_id)
    hidden = _hidden(before, person)
    ours = _of(since, "employee", person.employee_id)
    found = [each for each in ours if each.what not in _PROPOSALS or each.key not in hidden]
    money = _money(pay_fen(before), pay_fen(person), [_plain(each) for each in _causes(found, _MONEY)])
    return _view(since, _lines(found), money, counted=found)


def department_changes(results: PeriodResults, department_id: str, context: ReportContext) -> ChangesView | None:
    """What the manager reads: the department's own numbers, and its people with the reasons that concern them."""
    since = context.against.get(f"department:{department_id}")
    if since is None:
        return None
    ours = [p for p in results.people if p.department_id == department_id]
    own = _of(since, "department", department_id)
    return _group(since, ours, own, _lines(own), PEOPLE)


def company_changes(results: PeriodResults, context: ReportContext) -> ChangesView | None:
    """What the management reads: whose results changed most, those with changed facts of their own first."""
    since = context.against.get("company:company")
    if since is None:
        return None
    own = [each for each in since.changes.changes if each.level != "employee" and each.counts != "trial"]
    return _group(since, results.people, own, _means(own, results), LISTED)


def _means(own: Iterable[Change], results: PeriodResults) -> list[ChangeLine]:
    """The mean score of each department, by the department's name."""
    titles = {department.department_id: department.title for department in results.departments}
    means = (each for each in own if each.level == "department" and each.key == "mean_score")
    found = ((_line(each), titles.get(each.subject_id)) for each in means)
    return [line.model_copy(update={"title": told(_MEAN, department=title)}) for line, title in found if title]


def pay_fen(person: PersonResult | None) -> int:
    """All that is paid to a person in the period: every scheme that binds, and what is carried over into it."""
    if person is None:
        return 0
    paid = (one.pay.total_fen for one in person.appraisals if one.pay and one.counts != "trial")
    return sum(paid) + sum(line.amount_fen for line in person.carried)


def _view(
    since: Against, lines: Sequence[ChangeLine], money: MoneyChange | None, *, counted: Sequence[Change],
    people: Sequence[PersonChange] = (), most: int = PEOPLE,
) -> ChangesView | None:  # fmt: skip
    if not (counted or people or money):
        return None
    return ChangesView(
        replaces=since.number, dated=since.dated, slip=since.slip, lines=tuple(lines[:LISTED]), money=money,
        people=tuple(people[:most]), more=len(counted) - len(lines[:LISTED]), more_people=len(people[most:]),
    )  # fmt: skip


def _group(
    since: Against, ours: Sequence[PersonResult], own: Sequence[Change], lines: Sequence[ChangeLine], most: int
) -> ChangesView | None:
    before = _people(since.before)
    readers = frozenset(person.employee_id for person in ours)
    changes: dict[str, list[Change]] = {}
    for each in since.changes.changes:
        if each.level == "employee" and each.subject_id in readers and each.counts != "trial":
            changes.setdefault(each.subject_id, []).append(each)
    rows = [_person(p, before.get(p.employee_id), changes.get(p.employee_id, []), since, readers) for p in ours]
    people = sorted((row for row in rows if row is not None), key=_weight)
    paid = sum(pay_fen(before.get(p.employee_id)) for p in ours)
    money = _money(paid, sum(pay_fen(p) for p in ours), ())
    return _view(since, lines, money, counted=own, people=people, most=most)


def _person(
    now: PersonResult, old: PersonResult | None, changes: Sequence[Change], since: Against, readers: frozenset[str]
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
        because=tuple(_reasoned(cause, since, readers) for cause in _causes(changes)),
    )
    pairs = (row.score, row.grade, row.rank, row.pay_fen)
    return row if changes or any(one != other for one, other in pairs) else None


def _weight(row: PersonChange) -> tuple[bool, Decimal, int, str]:
    """Those with changed facts of their own first, then by how much the score and the pay moved."""
    moved = abs((row.score[1] or Decimal(0)) - (row.score[0] or Decimal(0)))
    return not row.own, -moved, -abs(row.pay_fen[1] - row.pay_fen[0]), row.employee_id


def _of(since: Against, level: str, subject_id: str) -> list[Change]:
    """What binds of a subject's changes; a trial counts for nothing."""
    ours = (each for each in since.changes.changes if (each.level, each.subject_id) == (level, subject_id))
    return [each for each in ours if each.counts != "trial"]


def _hidden(*persons: PersonResult | None) -> set[str]:
    """Keys of what the person's report does not show: what only HR may judge is not even counted."""
    found = [each for one in persons if one for each in one.consequences]
    return {each.key for each in found if each.hr_only} - {each.key for each in found if not each.hr_only}


def _lines(found: Iterable[Change]) -> list[ChangeLine]:
    """The main numbers worth a line, in the order a reader asks for them, each once."""
    worth = [each for each in found if each.what in _FIRST and not each.aspect]
    ordered = sorted(worth, key=lambda each: _FIRST.index(each.what))
    lines = (_line(each) for each in ordered if (each.what, each.key) != ("pay", _TOTAL))
    return list(dict.fromkeys(lines))


def _line(change: Change) -> ChangeLine:
    sides = _side("before", change.before, change.before_title) | _side("after", change.after, change.after_title)
    because = tuple(_plain(cause) for cause in change.causes)
    title = told(_CARRIED, title=change.title) if change.what == "carried" else change.title
    return ChangeLine(title=title, unit=change.unit, because=because, follows=not change.own, **sides)


def _side(name: str, text: str | None, words: Title | None) -> dict[str, Any]:
    """A number stays one; a grade or a place such as 3/14 is told in words."""
    number = _number(text) if words is None else None
    place = Title(zh_hans=text.replace("None", "–")) if text and number is None else None
    return {name: number, f"{name}_title": words or place}


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _causes(changes: Iterable[Change], whats: frozenset[str] | None = None) -> list[Cause]:
    """Each cause of these changes once, in their order."""
    causes = (cause for each in changes if whats is None or each.what in whats for cause in each.causes)
    return list({(cause.kind, cause.key): cause for cause in causes}.values())


def _plain(cause: Cause) -> Because:
    return Because(says=cause.says)


def _reasoned(cause: Cause, since: Against, readers: frozenset[str]) -> Because:
    """With the reason where the correction is about people of the reader's own only."""
    told = since.reasons.get(cause.key) if cause.kind == "correction" else None
    known = told is not None and bool(told.concerns) and told.concerns <= readers
    return Because(says=cause.says, reason=(cause.reason or told.text) if told and known else "")


def _money(before: int, after: int, because: Iterable[Because]) -> MoneyChange | None:
    return MoneyChange(before_fen=before, after_fen=after, because=tuple(because)) if before != after else None


def _people(results: PeriodResults) -> dict[str, PersonResult]:
    return {person.employee_id: person for person in results.people}
