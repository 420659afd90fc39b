"""Pays a period: every scheme with money in force, every department it applies to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Context, localcontext

from transforms.payouts.provisional import settles_on
from transforms.payouts.statements import named_values, pools, statement
from transforms.payouts.team import Payee, Team
from transforms.payouts.values import Values, values_of
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.appraisals import bare_appraisal
from transforms.scoring.book import Book
from transforms.scoring.facts import Facts, facts_of
from transforms.scoring.membership import Member, members, regularised
from transforms.scoring.results import (
    Appraisal,
    DepartmentAppraisal,
    DepartmentResult,
    PeriodResults,
    PersonResult,
)

CONTEXT = Context(prec=28)


def pay(book: Book, schemes: Sequence[Scheme], results: PeriodResults) -> PeriodResults:
    """Add what every scheme with money pays: statements of people, values and pools of departments.

    Args:
        book: everything the period is judged from.
        schemes: those of the company; the ones without money in force are passed over.
        results: with cards, ranks and points already there.

    Returns:
        The results with `Appraisal.pay` and `DepartmentResult.appraisals` filled; amounts in fen.
    """
    with localcontext(CONTEXT):  # the digits a trace is computed with, whatever the caller's are
        return _pay(book, schemes, results)


def _pay(book: Book, schemes: Sequence[Scheme], results: PeriodResults) -> PeriodResults:
    worked = [values_of(team) for scheme in schemes for team in _teams(book, scheme, results)]
    appraisals: dict[str, list[Appraisal]] = defaultdict(list)
    departments: dict[str, list[DepartmentAppraisal]] = defaultdict(list)
    for values in worked:
        departments[values.team.department_id].append(_of_department(values))
        for who, payee in values.payees.items():
            appraisals[who].append(payee.appraisal.model_copy(update={"pay": statement(values, who)}))
    people = tuple(_with_appraisals(each, appraisals[each.employee_id]) for each in results.people)
    whole = tuple(_with_values(each, departments[each.department_id]) for each in results.departments)
    until = max((day for day in (results.provisional_until, *_open_until(worked)) if day is not None), default=None)
    provisional = results.provisional or any(each.provisional for each in people)
    update = {"people": people, "departments": whole, "provisional": provisional, "provisional_until": until}
    return results.model_copy(update=update)


def _open_until(worked: Sequence[Values]) -> Iterator[date | None]:
    """When pay that binds can no longer change."""
    return (settles_on(each.team) for each in worked if each.payees and each.team.scheme.counts != "trial")


def _with_appraisals(person: PersonResult, new: Sequence[Appraisal]) -> PersonResult:
    """Each new one in the place of the same scheme's in the same department, or behind the others."""
    by_key = {(each.scheme, each.department_id): each for each in (*person.appraisals, *new)}
    lines = [line for each in new if each.pay and each.counts != "trial" for line in each.pay.lines]
    provisional = person.provisional or any(line.provisional for line in lines)
    return person.model_copy(update={"appraisals": tuple(by_key.values()), "provisional": provisional})


def _with_values(department: DepartmentResult, new: Sequence[DepartmentAppraisal]) -> DepartmentResult:
    known = {each.scheme: each for each in department.appraisals}
    for each in new:
        old = known.get(each.scheme, each)
        known[each.scheme] = old.model_copy(update={"values": each.values, "pools": each.pools})
    return department.model_copy(update={"appraisals": tuple(known.values())}) if new else department


def _of_department(values: Values) -> DepartmentAppraisal:
    scheme, version = values.team.scheme, values.team.version
    return DepartmentAppraisal(
        scheme=scheme.scheme,
        scheme_title=scheme.title,
        scheme_version=version.effective_from,
        counts=scheme.counts,
        source=scheme.source,
        window=values.team.facts.period.key,
        values=named_values(values),
        pools=tuple(pools(values)),
    )


def _teams(book: Book, scheme: Scheme, results: PeriodResults) -> Iterator[Team]:
    window = scheme.window(book.period)
    version = scheme.in_force(window.start) if window is not None else None
    if window is None or version is None or version.pay is None:
        return
    facts = facts_of(book, window)
    known = {each.employee_id: each for each in results.people}
    payees: dict[str, list[Payee]] = defaultdict(list)
    for each in members(scheme, version, facts):
        if each.appraised and each.employee_id in known:
            payee = _payee(scheme, version, facts, each, known[each.employee_id])
            payees[each.subject.department_id].append(payee)
    for department in results.departments:
        key = department.department_id
        if key in scheme.applies_to.where:
            yield Team(scheme, version, version.pay, facts, department, payees[key], headcount(facts, key), results)


def _payee(scheme: Scheme, version: Version, facts: Facts, member: Member, person: PersonResult) -> Payee:
    where = member.subject.department_id
    own = (each for each in person.appraisals if each.scheme == scheme.scheme and each.department_id == where)
    return Payee(member, person, next(own, None) or bare_appraisal(scheme, version, facts.period, where))


def headcount(facts: Facts, department_id: str) -> int:
    """Regular employees of a department on the window's last day; people on loan belong elsewhere."""
    there = (each for each in facts.book.stints(facts.period) if each.department_id == department_id)
    last = facts.period.end
    return sum(each.days[-1][0] == last and each.days[-1][1] != "helper" and regularised(each, facts.period)
               for each in there)  # fmt: skip
