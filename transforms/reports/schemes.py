"""What each scheme says of a department: people, values, pools, and its plot of output against quality."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from transforms.metrics.model import Unit
from transforms.reports import parts
from transforms.reports.appraisal_model import PersonConsequence, PlotPoint, SchemePerson, SchemeView, ValueView
from transforms.reports.appraisals import consequence_view, says_something
from transforms.reports.model import ReportContext
from transforms.reports.pay import pool_view
from transforms.scoring.results import (
    Appraisal,
    Card,
    DepartmentAppraisal,
    DepartmentResult,
    NamedValue,
    PeriodResults,
    PersonResult,
)
from transforms.titles import Title

Of = tuple[PersonResult, Appraisal]
AXES = ("output", "quality")
MANY = 3  # people with nothing but zeros who are counted in one line


def scheme_views(
    department: DepartmentResult, results: PeriodResults, context: ReportContext
) -> tuple[SchemeView, ...]:
    """A view a scheme, those that bind before trials, each in the results' order."""
    people = _by_scheme(department, results)
    whole = {each.scheme: each for each in department.appraisals}
    keys = dict.fromkeys((*whole, *people))
    views = [_view(key, people.get(key, []), whole.get(key), results, context) for key in keys]
    return tuple(sorted(views, key=lambda view: view.counts == "trial"))


def _by_scheme(department: DepartmentResult, results: PeriodResults) -> dict[str, list[Of]]:
    found: dict[str, list[Of]] = {}
    for person in results.people:
        for one in person.appraisals:
            if one.department_id == department.department_id and says_something(one):
                found.setdefault(one.scheme, []).append((person, one))
    return found


def _view(
    scheme: str, people: Sequence[Of], whole: DepartmentAppraisal | None, results: PeriodResults, context: ReportContext
) -> SchemeView:
    said = whole or people[0][1]
    everybody = tuple(sorted((_person(*each, _sheet_keys(people)) for each in people), key=_order))
    rows = _worth_a_line(everybody)
    return SchemeView(
        scheme=scheme,
        title=said.scheme_title,
        version=said.scheme_version,
        counts=said.counts,
        window=said.window,
        card=parts.card_view(whole.card, results, context) if whole and whole.card else None,
        has_ranks=any(row.rank is not None for row in rows),
        has_scores=any(row.score is not None for row in rows),
        has_pay=any(row.pay_fen is not None for row in rows),
        sheets=tuple(_sheet_keys(people).values()),
        people=rows,
        others=len(everybody) - len(rows),
        total_fen=sum(row.pay_fen or 0 for row in rows),
        values=tuple(value_view(value) for value in whole.values) if whole else (),
        pools=tuple(pool_view(pool) for pool in whole.pools) if whole else (),
        plot=_plot(people),
    )


def _sheet_keys(people: Iterable[Of]) -> dict[str, Title]:
    return {sheet.key: sheet.title for _, one in people for sheet in one.sheets}


def _person(person: PersonResult, one: Appraisal, sheets: Iterable[str]) -> SchemePerson:
    totals = {sheet.key: sheet.total for sheet in one.sheets}
    return SchemePerson(
        employee_id=person.employee_id,
        name=person.name,
        appraised=one.appraised,
        score=one.card.score if one.card else None,
        grade=one.card.grade_title if one.card else None,
        rank=one.rank,
        ranked_of=one.ranked_of,
        totals=tuple(totals.get(key) for key in sheets),
        pay_fen=one.pay.total_fen if one.pay else None,
    )


def _worth_a_line(rows: tuple[SchemePerson, ...]) -> tuple[SchemePerson, ...]:
    """Those of whom there is something to show; a few with zeros alone are listed, many are counted."""
    shown = tuple(row for row in rows if _says_something(row))
    return shown if len(rows) - len(shown) >= MANY else rows


def _says_something(row: SchemePerson) -> bool:
    return row.score is not None or row.rank is not None or any(row.totals) or bool(row.pay_fen)


def _order(row: SchemePerson) -> tuple[bool, bool, int, Decimal, Decimal, str]:
    """The appraised first, by rank, by points, by pay, by id."""
    points = sum((total for total in row.totals if total is not None), Decimal(0))
    return (not row.appraised, row.rank is None, row.rank or 0, -points, -Decimal(row.pay_fen or 0), row.employee_id)


def value_view(value: NamedValue) -> ValueView:
    """A department's value; without a unit it is a bare number."""
    same = {name: getattr(value, name) for name in ValueView.model_fields.keys() - {"unit"}}
    return ValueView(**same, unit=value.unit or Unit.RATIO)


def _plot(people: Iterable[Of]) -> tuple[PlotPoint, ...]:
    """A point a person whose card has groups named output and quality, both scored."""
    placed = ((person.name, _group_scores(one.card)) for person, one in people if one.card)
    return tuple(
        PlotPoint(name=name, output=scores["output"], quality=scores["quality"])
        for name, scores in placed
        if all(axis in scores for axis in AXES)
    )


def _group_scores(card: Card) -> dict[str, Decimal]:
    """Each group's points as a share of its weight in use, 0–100."""
    weights: dict[str, Decimal] = {}
    points: dict[str, Decimal] = {}
    for line in card.indicators:
        if line.points is not None:
            weights[line.group] = weights.get(line.group, Decimal(0)) + line.weight_used
            points[line.group] = points.get(line.group, Decimal(0)) + line.points
    return {group: points[group] / weight * 100 for group, weight in weights.items() if weight}


def consequences_of(people: Iterable[PersonResult], *, hr_only: bool = False) -> tuple[PersonConsequence, ...]:
    """What follows for whom, the earliest due date first; either what everybody concerned may read, or HR's."""
    found = [
        PersonConsequence(employee_id=person.employee_id, name=person.name, consequence=consequence_view(each))
        for person in people
        for each in person.consequences
        if each.hr_only == hr_only
    ]
    return tuple(sorted(found, key=_due))


def _due(row: PersonConsequence) -> tuple[bool, bool, str, str, str]:
    told = row.consequence
    return told.trial, told.due_on is None, str(told.due_on or ""), told.effect, row.employee_id
