"""The company's tables: what pay costs beside its plan, what follows, and each metric on all levels side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from transforms.metrics.model import MetricValue
from transforms.reports import parts
from transforms.reports.appraisal_model import ConsequenceCount, LevelRow, PayCost
from transforms.reports.company_model import CostRow, CostView
from transforms.reports.fairness import SMALLEST
from transforms.scoring.results import Appraisal, IndicatorResult, PeriodResults
from transforms.titles import Title

COMPANY = Title(zh_hans="公司", zh_hant="公司", en="Company")


def cost_view(results: PeriodResults, plan_fen: Mapping[str, int]) -> CostView:
    """What schemes paid a department beside its plan; departments with a plan that paid nothing stand there too."""
    costs = pay_costs(results)
    paid = [cost for cost in costs if cost.counts != "trial"]
    rows = tuple(_cost_row(each.department_id, each.title, paid, plan_fen) for each in results.departments)
    told = tuple(row for row in rows if row.schemes or row.plan_fen is not None)
    return CostView(
        rows=told,
        trials=tuple(cost for cost in costs if cost.counts == "trial"),
        paid_fen=sum(row.paid_fen for row in told),
        left_fen=sum(row.left_fen for row in told),
        planned=_planned([row for row in told if row.plan_fen is not None]),
        unknown=tuple(sorted(plan_fen.keys() - {each.department_id for each in results.departments})),
    )


def _cost_row(department_id: str, title: Title, paid: Sequence[PayCost], plan_fen: Mapping[str, int]) -> CostRow:
    schemes = tuple(cost for cost in paid if cost.department_id == department_id)
    return CostRow(
        department_id=department_id, department=title, schemes=schemes,
        paid_fen=sum(cost.total_fen for cost in schemes), left_fen=sum(cost.left_fen for cost in schemes),
        plan_fen=plan_fen.get(department_id),
    )  # fmt: skip


def _planned(rows: Sequence[CostRow]) -> CostRow | None:
    """The departments that have a plan, in sum."""
    if not rows:
        return None
    return CostRow(
        department_id="", department=COMPANY, schemes=(), paid_fen=sum(row.paid_fen for row in rows),
        left_fen=sum(row.left_fen for row in rows), plan_fen=sum(row.plan_fen or 0 for row in rows),
    )  # fmt: skip


def pay_costs(results: PeriodResults) -> tuple[PayCost, ...]:
    """A row a scheme and department that pays, in the results' order; trials, which pay nothing, last."""
    paid: dict[tuple[str, str], list[Appraisal]] = {}
    for one in (one for person in results.people for one in person.appraisals if one.pay):
        paid.setdefault((one.scheme, one.department_id), []).append(one)
    rows = [_cost(appraisals, results) for appraisals in paid.values()]
    places = {department.department_id: n for n, department in enumerate(results.departments)}
    return tuple(sorted(rows, key=lambda row: (row.counts == "trial", places.get(row.department_id, 0), row.scheme)))


def _cost(appraisals: list[Appraisal], results: PeriodResults) -> PayCost:
    first = appraisals[0]
    return PayCost(
        scheme=first.scheme,
        title=first.scheme_title,
        department_id=first.department_id,
        department=parts.department_title(results, first.department_id),
        counts=first.counts,
        people=len(appraisals),
        total_fen=sum(one.pay.total_fen for one in appraisals if one.pay),
        left_fen=_left(first, results),
    )


def _left(one: Appraisal, results: PeriodResults) -> int:
    return sum(
        pool.left_fen
        for department in results.departments
        if department.department_id == one.department_id
        for whole in department.appraisals
        if whole.scheme == one.scheme
        for pool in whole.pools
    )


def consequence_counts(results: PeriodResults) -> tuple[ConsequenceCount, ...]:
    """How many people each consequence concerns, those told to HR only included; trials last.

    The same consequence of several schemes (a training plan of each department's) is one.
    """
    concerned: dict[tuple[bool, str, Title], set[str]] = {}
    for person in results.people:
        for each in person.consequences:
            concerned.setdefault((each.trial, each.effect, each.title), set()).add(person.employee_id)
    counts = [
        ConsequenceCount(title=title, effect=effect, trial=trial, people=len(people))
        for (trial, effect, title), people in concerned.items()
    ]
    return tuple(sorted(counts, key=lambda count: (count.trial, count.effect, count.title.zh_hans)))


def levels(results: PeriodResults) -> tuple[LevelRow, ...]:
    """Each metric of a card that has a value for the company, for the department and for people of it (S21).

    The people's mean is of their values, not pooled: beside the department's value it shows whether a few decide it.
    """
    company = {v.metric: v for v in parts.subject_values(results, "company") if v.window == results.period}
    rows = (
        _level(indicator, company[indicator.key], department_id, results)
        for department_id, indicator in _used(results)
        if indicator.key in company
    )
    return tuple(row for row in rows if row is not None)


def _used(results: PeriodResults) -> Iterator[tuple[str, IndicatorResult]]:
    """(department, indicator) of every metric on a card that binds, each once, by department and card."""
    seen: dict[tuple[str, str], IndicatorResult] = {}
    for person in results.people:
        beside = (one.card for one in person.appraisals if one.card and one.counts != "trial")
        for card in (*person.cards, *beside):
            for indicator in (i for i in card.indicators if i.kind == "metric"):
                seen.setdefault((card.department_id, indicator.key), indicator)
    order = [department.department_id for department in results.departments]
    for department_id in order:
        yield from ((at, indicator) for (at, _), indicator in seen.items() if at == department_id)


def _level(
    indicator: IndicatorResult, company: MetricValue, department_id: str, results: PeriodResults
) -> LevelRow | None:
    now = [v for v in results.values if v.metric == indicator.key and v.window == results.period]
    pooled = next((v for v in now if v.level == "department" and v.subject_id == department_id), None)
    own = [v.value for v in now if v.level == "employee" and v.department_id == department_id]
    known = _known(own)
    if pooled is None or pooled.value is None or not known:
        return None
    return LevelRow(
        metric=indicator.key, title=indicator.title, unit=indicator.unit, better=indicator.better,
        company=company.value, department=parts.department_title(results, department_id), pooled=pooled.value,
        people_mean=parts.mean(known) if len(known) >= SMALLEST else None, people=len(known),
    )  # fmt: skip


def _known(values: Iterable[Decimal | None]) -> list[Decimal]:
    return [value for value in values if value is not None]
