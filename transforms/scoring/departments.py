"""Departments as a whole: their card, their people, how the scores lie."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from transforms.period import Period
from transforms.scoring.cards import Applied, department_card
from transforms.scoring.combine import count_grades, mean_and_median
from transforms.scoring.facts import Facts, Subject
from transforms.scoring.people import ScoringInputs, rows, text
from transforms.scoring.results import DepartmentResult, PersonResult
from transforms.scoring.scheme import Scheme
from transforms.scoring.stays import Stay
from transforms.titles import Title


def departments_of(
    judged: Sequence[Stay],
    people: Sequence[PersonResult],
    inputs: ScoringInputs,
    facts: Facts,
    working: frozenset[date],
    schemes: Sequence[Scheme],
) -> tuple[DepartmentResult, ...]:
    """Every department somebody was in, by id; those without a scheme have no card."""
    titles = {str(row["department_id"]): _title(row) for row in rows(inputs.departments)}
    present = sorted({each.stint.department_id for each in judged})
    return tuple(
        _department(
            key,
            titles.get(key) or Title(zh_hans=key),
            [each for each in judged if each.stint.department_id == key],
            [each for each in people if each.department_id == key],
            facts,
            working,
            schemes,
        )
        for key in present
    )


def _title(row: Mapping[str, object]) -> Title:
    hans = str(row["title_zh_hans"])
    return Title(zh_hans=hans, zh_hant=text(row["title_zh_hant"]), en=text(row["title_en"]))


def _department(
    key: str,
    title: Title,
    judged: Sequence[Stay],
    people: Sequence[PersonResult],
    facts: Facts,
    working: frozenset[date],
    schemes: Sequence[Scheme],
) -> DepartmentResult:
    days = sum(each.stint.worked(working) for each in judged)
    applied = _department_scheme(key, schemes, facts.period)
    subject = Subject("department", key, key, days, len(working), days)
    card = department_card(applied, subject, [e.card for e in judged if e.card], facts) if applied else None
    scored = [each for each in people if each.score is not None]
    mean, median = mean_and_median([each.score for each in scored if each.score is not None])
    lines = [line for c in [*(e.card for e in judged), card] if c for line in c.indicators]
    return DepartmentResult(
        department_id=key,
        title=title,
        manager_ids=_managers(judged),
        employee_ids=tuple(sorted({each.stint.employee.employee_id for each in judged})),
        card=card,
        mean_score=mean,
        median_score=median,
        grades=count_grades([each.grade for each in scored], applied.version if applied else None),
        provisional=any(line.provisional for line in lines),
    )


def _department_scheme(key: str, schemes: Sequence[Scheme], period: Period) -> Applied | None:
    """The department's scheme; one for all posts goes before one for some."""
    own = sorted((each for each in schemes if key in each.applies_to.where), key=lambda s: len(s.applies_to.posts))
    found = ((each, version) for each in own if (version := each.in_force(period.start)) is not None)
    return next((Applied(scheme, version) for scheme, version in found), None)


def _managers(judged: Iterable[Stay]) -> tuple[str, ...]:
    """Who managed the department last: those who did on the latest day that had a manager."""
    led = [(day, e.stint.employee.employee_id) for e in judged for day, role in e.stint.days if role == "manager"]
    latest = max((day for day, _ in led), default=None)
    return tuple(sorted({who for day, who in led if day == latest}))
