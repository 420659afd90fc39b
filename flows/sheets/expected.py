"""Who owes which judgements for a period: schemes in force, their people, and who judges them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from flows.sheets.dues import DueDays, Dues
from flows.sheets.raters import RaterRule, RaterRules
from transforms.period import Period
from transforms.schemes.scheme import Scheme, Version
from transforms.schemes.score_rules import Judged, Role
from transforms.scoring.facts import facts_of
from transforms.scoring.indicators import judged_by
from transforms.scoring.membership import Member, members
from transforms.titles import Title
from transforms.wording import NOTHING

if TYPE_CHECKING:
    from transforms.scoring.book import Book

# Customers are no employees: what they say comes with another export. Whoever left does not judge himself any more.
_NOT_MISSED: frozenset[Role] = frozenset({"customer", "self"})


@dataclass(frozen=True)
class Asked:
    """One judgement that one rater owes. `anonymous`: the rater is not named to others."""

    rater_id: str
    employee_id: str
    indicator: str
    role: Role
    department_id: str
    post: str
    title: Title
    says: Title
    group: str
    scheme: str
    window: Period
    dues: Dues
    anonymous: bool


@dataclass(frozen=True)
class Shortfall:
    """Fewer raters of a role than the scheme wants for somebody; a rule in `config/raters.yaml` can name more."""

    scheme: str
    employee_id: str
    indicator: str
    role: Role
    wanted: int
    found: int


@dataclass(frozen=True)
class Expected:
    """Every judgement that is owed, by rater and person, and where raters are missing."""

    asked: tuple[Asked, ...]
    shortfalls: tuple[Shortfall, ...]


@dataclass(frozen=True)
class _Line:
    """What people judge: an indicator of a card, or a line of points."""

    key: str
    title: Title
    says: Title
    group: str
    rule: Judged


@dataclass(frozen=True)
class _Setting:
    """One scheme in its window."""

    book: "Book"
    rules: RaterRules
    scheme: Scheme
    window: Period
    dues: Dues


def expected(book: "Book", schemes: Sequence[Scheme], rules: RaterRules, due_days: DueDays) -> Expected:
    """What every scheme of the period asks for; the same judgement asked for by two schemes is owed once, earlier."""
    asked: dict[tuple[str, str, str, str], Asked] = {}
    shortfalls: list[Shortfall] = []
    for each in (found for scheme in schemes for found in _of_scheme(book, scheme, rules, due_days)):
        if isinstance(each, Shortfall):
            shortfalls.append(each)
            continue
        key = (each.rater_id, each.employee_id, each.indicator, each.role)
        known = asked.get(key)
        asked[key] = each if known is None or each.dues < known.dues else known
    return Expected(tuple(sorted(asked.values(), key=_place)), tuple(dict.fromkeys(shortfalls)))


def _place(each: Asked) -> tuple[str, ...]:
    """By rater, department and person; what is judged stays in the scheme's order."""
    return (each.rater_id, each.department_id, each.employee_id)


def _of_scheme(book: "Book", scheme: Scheme, rules: RaterRules, due_days: DueDays) -> Iterator[Asked | Shortfall]:
    window = scheme.window(book.period)
    version = scheme.in_force(window.start) if window else None
    lines = tuple(_lines(version)) if version else ()
    if version is None or window is None or not lines:
        return
    setting = _Setting(book, rules, scheme, window, due_days(scheme, version, window))
    for member in members(scheme, version, facts_of(book, window)):
        for line in lines if member.appraised else ():
            for role in line.rule.roles:
                yield from _of_role(setting, member, line, role)


def _lines(version: Version) -> Iterator[_Line]:
    for _, group, each in version.placed():
        if each.manual is not None and each.title is not None:
            says = each.says or (group.title if group else NOTHING)
            yield _Line(each.manual, each.title, says, group.group if group else "", judged_by(each, version))
    for sheet in version.points.values():
        for line in sheet.lines:
            if line.manual is not None and line.title is not None:
                yield _Line(line.manual, line.title, sheet.title, "", version.judged_by or _MANAGERS)


_MANAGERS = Judged.model_validate({"roles": {"manager": 100}})


def _of_role(setting: _Setting, member: Member, line: _Line, role: Role) -> Iterator[Asked | Shortfall]:
    who, rule = member.employee_id, line.rule
    anonymous = role in rule.anonymous
    wanted = rule.raters.get(role, rule.least if anonymous else 1)
    found = _raters(setting, member, line, role)
    if len(found) < wanted and role not in _NOT_MISSED:
        yield Shortfall(setting.scheme.scheme, who, line.key, role, wanted, len(found))
    for rater in found:
        yield Asked(
            rater_id=rater, employee_id=who, indicator=line.key, role=role, department_id=member.subject.department_id,
            post=member.stint.post or "", title=line.title, says=line.says, group=line.group,
            scheme=setting.scheme.scheme, window=setting.window, dues=setting.dues, anonymous=anonymous,
        )  # fmt: skip


def _raters(setting: _Setting, member: Member, line: _Line, role: Role) -> tuple[str, ...]:
    """Those whom a rule names, else those who follow from the organisation.

    Of more of these than the scheme wants, as many are drawn: the same in every run, others in another period.
    """
    who, window, count = member.employee_id, setting.window, line.rule.raters.get(role)
    fitting = (each for each in setting.rules.raters if _fits(each, member, line.key, role, window))
    rule = next(fitting, None)
    if rule is None:
        found = _by_organisation(setting.book, window, member, role)
    else:
        found = (*rule.raters, *_holders(setting.book, window, rule.rater_posts))
    there = tuple(each for each in _others(who, role, found) if _employed(setting.book, window, each))
    enough = rule is not None or count is None or len(there) <= count
    return there if enough else _drawn(there, count or 0, f"{window.key}|{who}|{role}")


def _fits(rule: RaterRule, member: Member, indicator: str, role: Role, window: Period) -> bool:
    whom = rule.whom
    return (
        rule.role == role
        and rule.since <= window.end <= rule.until
        and (not rule.indicators or indicator in rule.indicators)
        and (not whom.departments or member.subject.department_id in whom.departments)
        and (not whom.posts or member.stint.post in whom.posts)
        and (not whom.employees or member.employee_id in whom.employees)
    )


def _others(who: str, role: Role, found: Iterable[str]) -> tuple[str, ...]:
    """Each once; nobody judges himself but in the role `self`."""
    return tuple(dict.fromkeys(each for each in found if each != who or role == "self"))


def _employed(book: "Book", window: Period, who: str) -> bool:
    """Whether a number is somebody's who is still employed on the window's last day."""
    known = book.employees.get(who)
    return known is not None and known.hired_on <= window.end <= known.left_on


def _holders(book: "Book", window: Period, posts: Sequence[str]) -> Iterator[str]:
    return (each.employee.employee_id for each in book.stints(window) if each.post in posts)


def _by_organisation(book: "Book", window: Period, member: Member, role: Role) -> tuple[str, ...]:
    department = member.subject.department_id
    leads = member.stint.days[-1][1] == "manager"
    if role == "self":
        return (member.employee_id,)
    if role == "manager":
        return () if leads else in_role(book, window, department, "manager")
    if role == "peer":
        return () if leads else in_role(book, window, department, "member")
    return in_role(book, window, department, "member") if role == "subordinate" and leads else ()


def in_role(book: "Book", window: Period, department_id: str, role: str) -> tuple[str, ...]:
    """Who has that role in a department on the window's last day; where nobody has, who had it on the own last day."""
    here = [each for each in book.stints(window) if each.department_id == department_id and each.days[-1][1] == role]
    stayed = [each for each in here if each.days[-1][0] == window.end]
    return tuple(each.employee.employee_id for each in stayed or here)


def _drawn(found: Sequence[str], count: int, seed: str) -> tuple[str, ...]:
    by_lot = sorted(found, key=lambda each: sha256(f"{seed}|{each}".encode()).hexdigest())
    return tuple(sorted(by_lot[:count]))
