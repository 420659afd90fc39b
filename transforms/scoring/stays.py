"""Which scheme judges a stint, and its card.

A stint is judged by the post on its last day. A scheme with its own days (the 21st to the 20th) judges the stints of
those days, under the name of the month; whoever was not there then has no data.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transforms.period import Period
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.book import Book
from transforms.scoring.cards import Applied, employee_card
from transforms.scoring.facts import Facts, Subject, facts_of
from transforms.scoring.grades import by_quota
from transforms.scoring.membership import members, regularised
from transforms.scoring.people import Stint
from transforms.scoring.results import Card

FactsOf = Callable[[Period], Facts]
Peers = Mapping[tuple[str, str | None], tuple[Subject, ...]]


@dataclass(frozen=True)
class Stay:
    """A stint with its card, or the reason why there is none.

    `present_days`: working days there in roles that are judged; `working_days`: those less the excused ones, which
    weigh the card and measure amounts. `period_days`: working days of the window.
    """

    stint: Stint
    window: Period
    period_days: int
    present_days: int
    working_days: int
    applied: Applied | None
    card: Card | None
    reason: str | None


def stays_of(book: Book, schemes: Sequence[Scheme]) -> list[Stay]:
    """Everybody who was employed for a day of the period, once a department, by employee and first day."""
    windows = {window for each in schemes if (window := each.window(book.period)) is not None}
    own = [stay for window in sorted(windows - {book.period}) for stay in _own_stays(book, schemes, window)]
    judged = {(stay.stint.employee.employee_id, stay.stint.department_id) for stay in own}
    natural = [
        stay
        for stay in (_stay(book, stint, schemes, book.period) for stint in book.stints(book.period))
        if (stay.stint.employee.employee_id, stay.stint.department_id) not in judged
    ]
    return sorted([*own, *natural], key=lambda each: (each.stint.employee.employee_id, each.stint.days[0][0]))


def _own_stays(book: Book, schemes: Sequence[Scheme], window: Period) -> Iterator[Stay]:
    """Those whom a scheme with this window covers."""
    mine = [each for each in schemes if each.window(book.period) == window]
    for stint in book.stints(window):
        if any(_covers(each, stint) for each in mine):
            yield _stay(book, stint, mine, window)


def _stay(book: Book, stint: Stint, schemes: Sequence[Scheme], window: Period) -> Stay:
    applied, reason = _applicable(stint, schemes, book.period, window)
    excluded = applied.scheme.applies_to.exclude if applied else ()
    working = frozenset(book.working(window))
    present = stint.worked(working, excluded)
    excused = book.absent(stint.employee.employee_id, applied.version.excused) if applied else frozenset()
    worked = stint.worked(working - excused, excluded)
    return Stay(stint, window, len(working), present, worked, applied, None, reason)


def _applicable(
    stint: Stint, schemes: Sequence[Scheme], period: Period, window: Period
) -> tuple[Applied | None, str | None]:
    """The scheme that judges a stint, or why none does."""
    roles = {role for _, role in stint.days}
    covering = [each for each in schemes if _covers(each, stint)]
    in_force = [
        (each, version)
        for each in covering
        if each.window(period) == window and (version := each.in_force(window.start)) is not None
    ]
    if not in_force:
        elsewhere = any(each.window(period) not in (None, window) for each in covering)
        return None, "helper" if roles == {"helper"} else "no_data" if elsewhere else "no_scheme"
    scheme, version = in_force[0]
    if roles <= set(scheme.applies_to.exclude):
        return None, "helper" if roles == {"helper"} else "no_scheme"
    if scheme.applies_to.status == "regularised" and not regularised(stint, window):
        return None, "not_regularised"
    return Applied(scheme, version), None


def _covers(scheme: Scheme, stint: Stint) -> bool:
    where = scheme.applies_to
    return stint.department_id in where.where and (not where.posts or stint.post in where.posts)


def facts_by_window(book: Book, stays: Sequence[Stay]) -> FactsOf:
    """The book at any window, knowing who is judged beside whom, and which days personal targets cover."""
    days, beside, counted = _target_days(stays), peers_of(stays), _counted(book, stays)

    def at(window: Period) -> Facts:
        return replace(facts_of(book, window), target_days=days, peers=beside, counted=counted)

    return at


def _counted(book: Book, stays: Sequence[Stay]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Whom the mean of a department's people takes in, where a scheme counts more than it scores."""
    found: dict[tuple[str, str], list[str]] = {}
    schemes = {each.applied.scheme.scheme: (each.applied, each.window) for each in stays if each.applied}
    for applied, window in schemes.values():
        if applied.scheme.applies_to.ranked_only is not None:
            for member in members(applied.scheme, applied.version, facts_of(book, window)):
                found.setdefault((applied.scheme.scheme, member.subject.department_id), []).append(member.employee_id)
    return {key: tuple(ids) for key, ids in found.items()}


def _target_days(stays: Sequence[Stay]) -> dict[tuple[str, str], int]:
    """Working days of each employee under schemes that use a metric: what a personal target covers."""
    days: dict[tuple[str, str], int] = {}
    for each in stays:
        for _, _, indicator in each.applied.version.placed() if each.applied else ():
            key = (each.stint.employee.employee_id, indicator.key)
            days[key] = days.get(key, 0) + each.present_days
    return days


def peers_of(stays: Sequence[Stay]) -> dict[tuple[str, str | None], tuple[Subject, ...]]:
    """Whom each scheme scores in each department."""
    found: dict[tuple[str, str | None], list[Subject]] = {}
    for each in stays:
        if each.applied is not None:
            key = each.applied.scheme.scheme, each.stint.department_id
            found.setdefault(key, []).append(_subject(each, each.present_days))
    return {key: tuple(each) for key, each in found.items()}


def _subject(each: Stay, department_days: int) -> Subject:
    who, where = each.stint.employee.employee_id, each.stint.department_id
    return Subject("employee", who, where, each.working_days, each.period_days, department_days)


def judge_all(
    stays: Sequence[Stay], book: Book, facts: FactsOf, elsewhere: Mapping[str, tuple[Card, ...]] | None = None
) -> list[Stay]:
    """The stays with their cards.

    Members come first: a card with a roll-up of the team stands on theirs, and never on another such card.
    `elsewhere`: the cards of departments' people by other schemes, for departments where these have none.
    """
    places = {(each.stint.department_id, each.window) for each in stays}
    days = {place: department_days(book, *place) for place in places}
    led = [_judge(each, facts, days, {}) if not _leads(each) else each for each in stays]
    teams = {**(elsewhere or {}), **teams_of(led)}
    judged = [_judge(each, facts, days, teams) if _leads(each) else each for each in led]
    return _with_quotas(judged)


def _leads(each: Stay) -> bool:
    return each.applied is not None and any(line.team is not None for _, _, line in each.applied.version.placed())


def teams_of(stays: Sequence[Stay]) -> dict[str, tuple[Card, ...]]:
    """The cards of a department's people, by department; without its managers and whoever has a roll-up of a team."""
    found: dict[str, list[Card]] = {}
    for each in stays:
        if each.card is not None and each.stint.days[-1][1] != "manager" and not _leads(each):
            found.setdefault(each.stint.department_id, []).append(each.card)
    return {key: tuple(cards) for key, cards in found.items()}


def _judge(
    each: Stay, facts: FactsOf, days: Mapping[tuple[str, Period], int], teams: Mapping[str, tuple[Card, ...]]
) -> Stay:
    if each.applied is None:
        return each
    subject = _subject(each, days[each.stint.department_id, each.window])
    known = replace(facts(each.window), teams=teams)
    return replace(each, card=employee_card(each.applied, subject, each.stint.post, known))


def department_days(book: Book, department_id: str, window: Period, version: Version | None = None) -> int:
    """What a department's amounts are measured by: the working days of all its people, less those a version excuses."""
    working = frozenset(book.working(window))
    here = [each for each in book.stints(window) if each.department_id == department_id]
    excused = version.excused if version else ()
    return sum(each.worked(working - book.absent(each.employee.employee_id, excused)) for each in here)


def _with_quotas(judged: Sequence[Stay]) -> list[Stay]:
    """The stays with grades by quota where a version has a distribution."""
    found = {n: each.card for n, each in enumerate(judged) if each.card is not None}
    for version, mine in _by_version(judged):
        graded = by_quota([found[n] for n in mine], version)
        found |= dict(zip(mine, graded, strict=True))
    return [replace(each, card=found.get(n)) for n, each in enumerate(judged)]


def _by_version(judged: Sequence[Stay]) -> Iterator[tuple[Version, list[int]]]:
    places: dict[str, list[int]] = {}
    versions: dict[str, Version] = {}
    for n, each in enumerate(judged):
        if each.applied is not None and each.card is not None:
            versions[each.applied.scheme.scheme] = each.applied.version
            places.setdefault(each.applied.scheme.scheme, []).append(n)
    yield from ((versions[key], mine) for key, mine in places.items())
