"""Rows for `jixiao show pay`, `points`, `consequences` and `pools`; amounts in the currency's whole unit, as text."""

from collections.abc import Iterable, Iterator, Sequence

from flows.company import Company
from flows.explained import shown, yuan
from flows.revisions.known import LATEST, Known
from flows.views import Row, results
from transforms.period import Period
from transforms.scoring.results import Appraisal, ConsequenceResult, PayStatement, PeriodResults, PersonResult
from transforms.titles import Locale

KINDS = ("base", "allowance", "commission", "bonus", "reward", "deduction")
Of = tuple[PersonResult, Appraisal]


def pay(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a statement: each kind's sum and the total. What a trial would pay says so in `counts`."""
    return [_head(*each) | _sums(each[1].pay) for each in _appraised(results(company, period, known)) if each[1].pay]


def pay_lines(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a line of a statement."""
    locale = company.settings.documents.locale
    return [row for each in _appraised(results(company, period, known)) for row in _pay_lines(each, locale)]


def points(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a sheet and its total."""
    return [
        _head(*each) | {"sheet": sheet.key, "lines": len(sheet.lines), "total": str(sheet.total)}
        for each in _appraised(results(company, period, known))
        for sheet in each[1].sheets
    ]


def point_lines(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a line of a sheet in a window."""
    return [
        _head(*each) | {
            "sheet": sheet.key, "line": line.key, "days": line.window, "actual": _text(line.actual),
            "reference": _text(line.reference), "rank": f"{line.rank}/{line.ranked_of}" if line.rank else None,
            "points": _text(line.points), "missing": line.missing, "provisional": line.provisional,
        }
        for each in _appraised(results(company, period, known)) for sheet in each[1].sheets for line in sheet.lines
    ]  # fmt: skip


def consequences(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a proposal or duty, the earliest due date first; those that only HR may judge are marked."""
    found = [(person, each) for person in results(company, period, known).people for each in person.consequences]
    locale = company.settings.documents.locale
    return [_consequence(person, each, locale) for person, each in sorted(found, key=_due)]


def pools(company: Company, period: Period, known: Known = LATEST) -> list[Row]:
    """A row a pool: what it holds, what was paid of it, what is left over and why."""
    locale = company.settings.documents.locale
    return [
        {
            "department": department.department_id, "scheme": one.scheme, "counts": one.counts, "days": one.window,
            "pool": pool.key, "amount": yuan(pool.amount_fen), "paid": yuan(pool.paid_fen),
            "left over": yuan(pool.left_fen), "people": len(pool.shares),
            "divisor": None if pool.divisor is None else shown(pool.divisor),
            "why": pool.why.in_locale(locale),
        }
        for department in results(company, period, known).departments
        for one in department.appraisals for pool in one.pools
    ]  # fmt: skip


def _appraised(found: PeriodResults) -> Iterator[Of]:
    """By department, scheme and employee."""
    pairs = [(person, one) for person in found.people for one in person.appraisals]
    return iter(sorted(pairs, key=lambda each: (each[1].department_id, each[1].scheme, each[0].employee_id)))


def _head(person: PersonResult, one: Appraisal) -> Row:
    return {
        "employee": person.employee_id, "name": person.name, "department": one.department_id, "scheme": one.scheme,
        "counts": one.counts,
    }  # fmt: skip


def _sums(pay: PayStatement | None) -> Row:
    lines: Sequence[tuple[str, int]] = [(line.kind, line.amount_fen) for line in pay.lines] if pay else []
    sums: Row = {kind: yuan(_sum(lines, kind)) for kind in KINDS}
    return sums | {"total": yuan(pay.total_fen if pay else 0)}


def _sum(lines: Iterable[tuple[str, int]], kind: str) -> int:
    return sum(amount for own, amount in lines if own == kind)


def _pay_lines(of: Of, locale: Locale) -> list[Row]:
    statement = of[1].pay
    return [
        _head(*of) | {
            "line": line.key, "kind": line.kind, "amount": yuan(line.amount_fen), "provisional": line.provisional,
            "missing": line.missing.in_locale(locale) if line.missing else None, "says": line.says.in_locale(locale),
        }
        for line in (statement.lines if statement else ())
    ]  # fmt: skip


def _consequence(person: PersonResult, found: ConsequenceResult, locale: Locale) -> Row:
    return {
        "employee": person.employee_id, "name": person.name, "scheme": found.scheme, "effect": found.effect,
        "due": found.due_on and str(found.due_on), "hr only": found.hr_only, "trial": found.trial,
        "says": found.says.in_locale(locale),
    }  # fmt: skip


def _due(of: tuple[PersonResult, ConsequenceResult]) -> tuple[bool, bool, str, str, str]:
    person, found = of
    return found.trial, found.due_on is None, str(found.due_on or ""), person.employee_id, found.effect


def _text(value: object) -> str | None:
    return None if value is None else str(value)
