"""Scores a period: who was where, which scheme judges them, a card a stint, people, departments, ranks.

A person's score is the mean of the cards weighted by working days; helpers on loan are not judged, a manager is
judged like everybody the scheme applies to. The same inputs give the same results, whatever the order of rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from transforms.measures.parameters import MeasureParameters
from transforms.metrics.model import Better, Metric, MetricValue
from transforms.period import Period
from transforms.scoring.cards import Applied, department_card, employee_card
from transforms.scoring.combine import count_grades, grade_of, mean_and_median, person_score
from transforms.scoring.facts import Facts, Subject, index_judgements, index_targets, index_values
from transforms.scoring.people import ScoringInputs, Stint, rows, stints, text
from transforms.scoring.ranks import rank_1224
from transforms.scoring.results import Card, DepartmentResult, IndicatorResult, PeriodResults, PersonResult
from transforms.scoring.scheme import Scheme
from transforms.titles import Title


@dataclass(frozen=True)
class _Judged:
    """A stint with its card, or the reason why there is none."""

    stint: Stint
    working_days: int
    applied: Applied | None
    card: Card | None
    reason: str | None


def score(  # noqa: PLR0913 - the inputs of a period, each of its own kind
    period: Period, schemes: Sequence[Scheme], catalogue: Mapping[str, Metric], values: tuple[MetricValue, ...],
    inputs: ScoringInputs, *, as_of: date, working_days: tuple[date, ...], parameters: MeasureParameters,
) -> PeriodResults:
    """Score everybody who was employed for a day of the period.

    `values` holds the metrics of the period's window at employee and department level (other windows are passed
    through for trends); `as_of` decides what is provisional; `working_days` are those of the period; `parameters`
    fill the sentences. Findings and filtered contacts are the shell's to add.
    """
    working = frozenset(working_days)
    stays = [_stay(stint, schemes, period, working) for stint in stints(inputs, period)]
    facts = Facts(
        period, as_of, catalogue, index_values(values, period), index_judgements(inputs, period),
        index_targets(inputs, period), _target_days(stays), placeholders(parameters),
    )
    judged = _with_ranks(_judge_all(stays, facts, working), catalogue)
    people = _rank_people(_people(judged, len(working)))
    departments = _departments(judged, people, inputs, facts, working, schemes)
    until = _provisional_until(judged, facts)
    return PeriodResults(
        period=period.key, provisional=any(e.provisional for e in people) or any(e.provisional for e in departments),
        provisional_until=until, people=people, departments=departments, values=values, findings=(), filtered={},
    )


def placeholders(parameters: MeasureParameters) -> dict[str, str]:
    """What fills `{pay_days}` and its like in a metric's sentence."""
    told = parameters.model_dump(mode="json")
    return {name: str(value) for name, value in told.items() if not isinstance(value, list)}


# --- stints and cards --------------------------------------------------------------------------------------------


def _stay(stint: Stint, schemes: Sequence[Scheme], period: Period, working: frozenset[date]) -> _Judged:
    """Whether and by which scheme a stint is judged; the card is still to come."""
    applied, reason = _applicable(stint, schemes, period)
    excluded = applied.scheme.applies_to.exclude if applied else ()
    return _Judged(stint, stint.worked(working, excluded), applied, None, reason)


def _target_days(stays: Sequence[_Judged]) -> dict[tuple[str, str], int]:
    """Working days of each employee under schemes that use a metric: what a personal target covers."""
    days: dict[tuple[str, str], int] = {}
    for each in stays:
        for _, _, indicator in each.applied.version.placed() if each.applied else ():
            key = (each.stint.employee.employee_id, indicator.key)
            days[key] = days.get(key, 0) + each.working_days
    return days


def _judge_all(stays: Sequence[_Judged], facts: Facts, working: frozenset[date]) -> list[_Judged]:
    of_department: dict[str, int] = {}
    for each in stays:
        where = each.stint.department_id
        of_department[where] = of_department.get(where, 0) + each.stint.worked(working)
    return [_judge(each, facts, len(working), of_department[each.stint.department_id]) for each in stays]


def _judge(each: _Judged, facts: Facts, period_days: int, department_days: int) -> _Judged:
    if each.applied is None:
        return each
    who, where = each.stint.employee.employee_id, each.stint.department_id
    subject = Subject("employee", who, where, each.working_days, period_days, department_days)
    return replace(each, card=employee_card(each.applied, subject, each.stint.post, facts))


def _applicable(stint: Stint, schemes: Sequence[Scheme], period: Period) -> tuple[Applied | None, str | None]:
    """The scheme that judges a stint, or why none does."""
    roles = {role for _, role in stint.days}
    candidates = [each for each in schemes if _covers(each, stint)]
    in_force = [(each, version) for each in candidates if (version := each.in_force(period.start)) is not None]
    if not in_force:
        return None, "helper" if roles == {"helper"} else "no_scheme"
    scheme, version = in_force[0]
    if roles <= set(scheme.applies_to.exclude):
        return None, "helper" if roles == {"helper"} else "no_scheme"
    if scheme.applies_to.status == "regularised" and not _regularised(stint, period):
        return None, "not_regularised"
    return Applied(scheme, version), None


def _covers(scheme: Scheme, stint: Stint) -> bool:
    where = scheme.applies_to
    return where.department == stint.department_id and (not where.posts or stint.post in where.posts)


def _regularised(stint: Stint, period: Period) -> bool:
    """Whether the employee had become regular by the last day of the period (or of employment)."""
    since = stint.employee.regularised_on
    return since is not None and since <= min(period.end, stint.employee.left_on)


# --- people ------------------------------------------------------------------------------------------------------


def _people(judged: Sequence[_Judged], period_days: int) -> list[PersonResult]:
    by_employee: dict[str, list[_Judged]] = {}
    for each in judged:
        by_employee.setdefault(each.stint.employee.employee_id, []).append(each)
    return [_person(stays, period_days) for _, stays in sorted(by_employee.items())]


def _person(stays: Sequence[_Judged], period_days: int) -> PersonResult:
    cards = tuple(each.card for each in stays if each.card is not None)
    trace = person_score(cards)
    last = max(stays, key=lambda each: each.stint.days[-1][0])
    grade, grade_title = _overall_grade(stays, trace.value)
    return PersonResult(
        employee_id=last.stint.employee.employee_id, name=last.stint.employee.name,
        department_id=last.stint.department_id, cards=cards, working_days=sum(each.working_days for each in stays),
        period_working_days=period_days, score=trace.value, grade=grade, grade_title=grade_title, rank=None,
        ranked_of=None, provisional=any(line.provisional for card in cards for line in card.indicators),
        not_scored=_not_scored(stays, trace.value), trace=trace,
    )


def _overall_grade(stays: Sequence[_Judged], value: Decimal | None) -> tuple[str | None, Title | None]:
    """By the thresholds of the scheme that covers most of the working days, the later one on a tie."""
    scored = [each for each in stays if each.applied is not None and each.card and each.card.score is not None]
    main = max(scored, key=lambda each: (each.working_days, each.stint.days[-1][0]), default=None)
    return grade_of(value, main.applied.version) if main and main.applied else (None, None)


def _not_scored(stays: Sequence[_Judged], value: Decimal | None) -> str | None:
    if value is not None:
        return None
    if any(each.card for each in stays):
        return "no_data"
    reasons = {each.reason for each in stays}
    return next((code for code in ("not_regularised", "no_scheme", "helper") if code in reasons), "no_scheme")


def _rank_people(people: Sequence[PersonResult]) -> tuple[PersonResult, ...]:
    """Rank by score within the department of the last day."""
    ranks: dict[str, tuple[int, int]] = {}
    for department in {each.department_id for each in people}:
        scores = {p.employee_id: p.score for p in people if p.department_id == department and p.score is not None}
        ranks |= {key: (rank, len(scores)) for key, rank in rank_1224(scores).items()}
    nobody = (None, None)
    return tuple(
        each.model_copy(update=dict(zip(("rank", "ranked_of"), ranks.get(each.employee_id, nobody), strict=True)))
        for each in people
    )


# --- ranks by indicator ------------------------------------------------------------------------------------------


def _with_ranks(judged: Sequence[_Judged], catalogue: Mapping[str, Metric]) -> list[_Judged]:
    standing: dict[tuple[str, str], dict[int, Decimal]] = {}
    for n, each in enumerate(judged):
        for line in each.card.indicators if each.card else ():
            if (value := _ranked_value(line, each.working_days, catalogue)) is not None:
                standing.setdefault((each.stint.department_id, line.key), {})[n] = value
    ranks = {key: (rank_1224(values), len(values)) for key, values in standing.items()}
    return [_put_ranks(each, n, ranks) for n, each in enumerate(judged)]


def _ranked_value(line: IndicatorResult, days: int, catalogue: Mapping[str, Metric]) -> Decimal | None:
    """What ranks an indicator: its value, an amount per working day, so that joiners are compared fairly."""
    if line.actual is None or line.missing is not None:
        return None
    amount = line.kind == "metric" and catalogue[line.key].denominator is None
    value = line.actual / (days or 1) if amount else line.actual
    return value if line.better is Better.HIGHER else -value


def _put_ranks(
    each: _Judged, n: int, ranks: Mapping[tuple[str, str], tuple[dict[int, int], int]]
) -> _Judged:
    if each.card is None:
        return each
    lines = []
    for line in each.card.indicators:
        places, count = ranks.get((each.stint.department_id, line.key), ({}, 0))
        update = {"rank": places[n], "ranked_of": count} if n in places else {}
        lines.append(line.model_copy(update=update))
    card = each.card.model_copy(update={"indicators": tuple(lines)})
    return replace(each, card=card)


# --- departments -------------------------------------------------------------------------------------------------


def _departments(
    judged: Sequence[_Judged], people: Sequence[PersonResult], inputs: ScoringInputs, facts: Facts,
    working: frozenset[date], schemes: Sequence[Scheme],
) -> tuple[DepartmentResult, ...]:
    titles = {str(row["department_id"]): _title(row) for row in rows(inputs.departments)}
    present = sorted({each.stint.department_id for each in judged})
    return tuple(
        _department(
            key, titles.get(key) or Title(zh_hans=key), [each for each in judged if each.stint.department_id == key],
            [each for each in people if each.department_id == key], facts, working, schemes,
        )
        for key in present
    )


def _title(row: Mapping[str, object]) -> Title:
    hans = str(row["title_zh_hans"])
    return Title(zh_hans=hans, zh_hant=text(row["title_zh_hant"]), en=text(row["title_en"]))


def _department(
    key: str, title: Title, judged: Sequence[_Judged], people: Sequence[PersonResult], facts: Facts,
    working: frozenset[date], schemes: Sequence[Scheme],
) -> DepartmentResult:
    days = sum(each.stint.worked(working) for each in judged)
    applied = _department_scheme(key, schemes, facts.period)
    subject = Subject("department", key, key, days, len(working), days)
    card = department_card(applied, subject, [e.card for e in judged if e.card], facts) if applied else None
    scored = [each for each in people if each.score is not None]
    mean, median = mean_and_median([each.score for each in scored if each.score is not None])
    lines = [line for c in [*(e.card for e in judged), card] if c for line in c.indicators]
    return DepartmentResult(
        department_id=key, title=title, manager_ids=_managers(judged),
        employee_ids=tuple(sorted({each.stint.employee.employee_id for each in judged})), card=card,
        mean_score=mean, median_score=median,
        grades=count_grades([each.grade for each in scored], applied.version if applied else None),
        provisional=any(line.provisional for line in lines),
    )


def _department_scheme(key: str, schemes: Sequence[Scheme], period: Period) -> Applied | None:
    """The department's scheme; one for all posts goes before one for some."""
    own = sorted((each for each in schemes if each.applies_to.department == key), key=lambda s: len(s.applies_to.posts))
    found = ((each, version) for each in own if (version := each.in_force(period.start)) is not None)
    return next((Applied(scheme, version) for scheme, version in found), None)


def _managers(judged: Iterable[_Judged]) -> tuple[str, ...]:
    """Who managed the department last: those who did on the latest day that had a manager."""
    led = [(day, e.stint.employee.employee_id) for e in judged for day, role in e.stint.days if role == "manager"]
    latest = max((day for day, _ in led), default=None)
    return tuple(sorted({who for day, who in led if day == latest}))


def _provisional_until(judged: Sequence[_Judged], facts: Facts) -> date | None:
    """The day from which no metric in use can change, if that day is still to come."""
    used = {line.key for each in judged if each.card for line in each.card.indicators if line.kind == "metric"}
    days = (facts.period.settled_on(facts.catalogue[key].settle_days) for key in used)
    return max((day for day in days if day > facts.as_of), default=None)
