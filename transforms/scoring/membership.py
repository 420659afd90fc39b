"""Who a scheme appraises, who only counts in its ranks and means, and who does neither."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.period import Period
from transforms.schemes.scheme import AppliesTo, RankedOnly, Scheme, Version
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.people import Stint


@dataclass(frozen=True)
class Member:
    """Somebody in one department during the scheme's window. `appraised` False: only counts in ranks and means."""

    subject: Subject
    appraised: bool
    stint: Stint

    @property
    def employee_id(self) -> str:
        """Whose membership it is."""
        return self.subject.subject_id


def members(scheme: Scheme, version: Version, facts: Facts) -> tuple[Member, ...]:
    """The members of each department of a scheme, by department and employee; `facts` are of the scheme's window.

    Appraised are the scheme's posts in roles that are not excluded, regular by the window's end where the scheme asks
    for it. Of the others in the department, those whom `ranked_only` names count in ranks and means, unless their
    value of `by` is missing or below `least_share` of the mean over all these people.
    """
    found: list[Member] = []
    for department in scheme.applies_to.where:
        here = [each for each in facts.book.stints(facts.period) if each.department_id == department]
        found += _of_department(scheme.applies_to, here, facts, version.excused)
    return tuple(sorted(found, key=lambda each: (each.subject.department_id, each.employee_id)))


def _of_department(rule: AppliesTo, here: Sequence[Stint], facts: Facts, excused: Sequence[str]) -> list[Member]:
    working = frozenset(facts.book.working(facts.period))

    def worked(stint: Stint, excluded: Iterable[str] = ()) -> int:
        return stint.worked(working - facts.book.absent(stint.employee.employee_id, excused), excluded)

    def member(stint: Stint, own: int, *, appraised: bool) -> Member:
        who, where = stint.employee.employee_id, stint.department_id
        return Member(Subject("employee", who, where, own, len(working), whole), appraised, stint)

    whole = sum(map(worked, here))
    judged, others = _judged_and_others(rule, here, facts)
    return [
        *(member(each, worked(each, rule.exclude), appraised=True) for each in judged),
        *(member(each, worked(each), appraised=False) for each in others),
    ]


def _judged_and_others(rule: AppliesTo, here: Sequence[Stint], facts: Facts) -> tuple[Sequence[Stint], Sequence[Stint]]:
    judged = [each for each in here if _appraised(each, rule, facts.period)]
    if rule.ranked_only is None:
        return judged, ()
    known = {each.employee.employee_id for each in judged}
    rest = (each for each in here if each.employee.employee_id not in known)
    others = [each for each in rest if _ranked(each, rule, facts.period)]
    return judged, _with_enough(rule.ranked_only, judged, others, facts)


def _appraised(stint: Stint, rule: AppliesTo, window: Period) -> bool:
    return _in_role_and_post(stint, rule) and (rule.status == "all" or regularised(stint, window))


def _in_role_and_post(stint: Stint, rule: AppliesTo) -> bool:
    roles = {role for _, role in stint.days}
    return not roles <= set(rule.exclude) and (not rule.posts or stint.post in rule.posts)


def regularised(stint: Stint, window: Period) -> bool:
    """Whether somebody had become regular by the last day of the window (or of employment)."""
    since = stint.employee.regularised_on
    return since is not None and since <= min(window.end, stint.employee.left_on)


def _ranked(stint: Stint, rule: AppliesTo, window: Period) -> bool:
    only = rule.ranked_only
    if only is None:
        return False
    roles = {role for _, role in stint.days}
    waiting = only.not_regularised and _in_role_and_post(stint, rule) and not regularised(stint, window)
    return stint.post in only.posts or roles <= set(only.roles) or waiting


def _with_enough(only: RankedOnly, judged: Sequence[Stint], others: Sequence[Stint], facts: Facts) -> Sequence[Stint]:
    """Those of the others who reach the least share of the mean."""
    if only.by is None or not others:
        return others
    ids = {each.employee.employee_id for each in (*judged, *others)}
    values = facts.people_values(others[0].department_id, only.by, facts.period, ids)
    told = {who: each.value for who, each in values.items() if each.value is not None}
    mean = sum(told.values(), Decimal(0)) / len(told) if told else Decimal(0)
    return [
        each
        for each in others
        if (own := told.get(each.employee.employee_id)) is not None and own >= only.least_share * mean
    ]
