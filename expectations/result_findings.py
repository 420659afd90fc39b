"""What results must be like before they are kept: a suite over the scored people, cards and indicators.

Scores are checked as floats here; no score is computed or changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from expectations.messages import say
from expectations.pay_findings import pay_findings
from expectations.rules import Action, Kind, Rule
from expectations.run import SAMPLE_KEYS
from expectations.suites import failures
from transforms.findings import Finding, Severity
from transforms.metrics.catalogue import CATALOGUE
from transforms.metrics.model import Unit
from transforms.scoring.results import Card, DepartmentResult, IndicatorResult, PeriodResults, PersonResult
from transforms.titles import Locale

if TYPE_CHECKING:
    import pandas as pd

# Rates that may honestly exceed 100 %: done against planned, cost against sales, a shop above its industry's best.
UNBOUNDED_RATES = frozenset({
    "budget_use_rate", "campaign_completion_rate", "design_progress_rate", "dsr_attitude_position",
    "dsr_description_position", "dsr_logistics_position", "labour_cost_rate", "logistics_cost_rate",
    "product_launch_rate", "project_progress_rate", "purchase_cost_reduction_rate", "staff_turnover_rate",
    "workload_deviation",
})  # fmt: skip
WEIGHT_TOLERANCE = Decimal("0.000001")
# Fewer people than this may well have the same score.
SAME_SCORES_NEEDED = 5

_CRITICAL, _WARNING = Severity.CRITICAL, Severity.WARNING


def _rule(code: str, kind: Kind, severity: Severity, column: str, limit: float = 0) -> Rule:
    return Rule(f"results.{code}", "results", kind, (column,), severity, Action.REPORT, code, limit=limit)


# A rule's text is its code; two rules that say the same carry a number behind a dot.
SCORE_RULES = (
    _rule("score_out_of_range.low", Kind.BELOW, _CRITICAL, "score", 0),
    _rule("score_out_of_range.high", Kind.ABOVE, _CRITICAL, "score", 100),
)
CARD_RULES = (_rule("weights_not_100", Kind.FLAG, _CRITICAL, "weights"),)
GRADE_RULES = (_rule("grade_undecided", Kind.FLAG, _WARNING, "grade"),)
INDICATOR_RULES = (_rule("numerator_above_denominator", Kind.FLAG, _WARNING, "numerator"),)
PERSON_RULES = (
    _rule("rank_wrong", Kind.FLAG, _CRITICAL, "rank"),
    _rule("person_missing", Kind.FLAG, _CRITICAL, "employee_id"),
)


def check_results(results: PeriodResults, *, locale: Locale = "zh-Hans") -> tuple[Finding, ...]:
    """Findings about results, worst first. Critical ones mean that nothing may be recorded."""
    subjects = (
        *_broken(_scores(results), SCORE_RULES, locale),
        *_broken(_cards(results), CARD_RULES, locale),
        *_broken(_grades(results), GRADE_RULES, locale),
        *_broken(_indicators(results), INDICATOR_RULES, locale),
        *_broken(_people(results), PERSON_RULES, locale),
        *_departments(results, locale),
        *pay_findings(results, locale),
    )
    return tuple(
        sorted(subjects, key=lambda found: (list(Severity).index(found.severity), found.check, found.sample_keys))
    )


def _broken(frame: "pd.DataFrame", rules: tuple[Rule, ...], locale: Locale) -> Iterator[Finding]:
    found = failures("results", frame, rules, ("subject", "employee_id"))
    for rule in rules:
        if places := found[rule.check]:
            people = tuple(sorted({who for _, who in places if who}))
            keys = tuple(sorted({subject for subject, _ in places}))[:SAMPLE_KEYS]
            yield _finding(rule.check, rule.severity, len(places), keys, locale, employee_ids=people)


def _finding(check: str, severity: Severity, rows: int, keys: tuple[str, ...], locale: Locale, **more: Any) -> Finding:
    message, todo = say(locale, check.split(".")[1], rows=rows, key=", ".join(keys))
    check = ".".join(check.split(".")[:2])
    return Finding(
        check=check, severity=severity, table="results", rows=rows, message=message, todo=todo, sample_keys=keys, **more
    )  # fmt: skip


def _every_card(results: PeriodResults) -> Iterator[Card]:
    """Those that give the score, and those beside it."""
    for person in results.people:
        yield from person.cards
        yield from (each.card for each in person.appraisals if each.card)
    for department in results.departments:
        yield from (each.card for each in (department, *department.appraisals) if each.card)


def _every_indicator(results: PeriodResults) -> Iterator[tuple[Card, IndicatorResult]]:
    yield from ((card, indicator) for card in _every_card(results) for indicator in card.indicators)


def _scores(results: PeriodResults) -> "pd.DataFrame":
    """Every score there is: of people, cards and indicators."""
    lines = [(person.employee_id, person.employee_id, _number(person.score)) for person in results.people]
    lines += [(_subject(card), card.employee_id or "", _number(card.score)) for card in _every_card(results)]
    lines += [
        (f"{_subject(card)}/{indicator.key}", card.employee_id or "", _number(indicator.score))
        for card, indicator in _every_indicator(results)
    ]
    return _frame(lines, "score")


def _cards(results: PeriodResults) -> "pd.DataFrame":
    lines = [
        (_subject(card), card.employee_id or "", abs(_weights(card)) > WEIGHT_TOLERANCE)
        for card in _every_card(results)
        if card.score is not None and card.corrected is None  # a decided total needs no lines
    ]
    return _frame(lines, CARD_RULES[0].check)


def _grades(results: PeriodResults) -> "pd.DataFrame":
    """Cards graded by quota whose grade was left open."""
    lines = [
        (_subject(card), card.employee_id or "", card.grade is None)
        for card in _every_card(results)
        if card.grade_says is not None
    ]
    return _frame(lines, GRADE_RULES[0].check)


def _indicators(results: PeriodResults) -> "pd.DataFrame":
    lines = [
        (f"{_subject(card)}/{it.key}", card.employee_id or "", it.numerator > it.denominator)
        for card, it in _every_indicator(results)
        if it.unit is Unit.RATE and it.kind == "metric" and _bounded(it.key)
        and it.numerator is not None and it.denominator is not None
    ]  # fmt: skip
    return _frame(lines, INDICATOR_RULES[0].check)


def _people(results: PeriodResults) -> "pd.DataFrame":
    """Everybody a department lists or a result names: ranked once and rightly, and there exactly once."""
    there = Counter(person.employee_id for person in results.people)
    listed = {who for department in results.departments for who in department.employee_ids}
    wrong = _wrong_ranks(results.people)
    lines = [(who, who, who in wrong, there[who] != 1) for who in sorted(listed | set(there))]
    return _frame(lines, *(rule.check for rule in PERSON_RULES))


def _wrong_ranks(people: Iterable[PersonResult]) -> set[str]:
    """People with a score and no possible rank, a rank and no score, or a rank that their colleagues' scores deny."""
    wrong: set[str] = set()
    teams: defaultdict[tuple[str, int | None], list[PersonResult]] = defaultdict(list)
    for person in people:
        if (person.score is None) != (person.rank is None) or not _possible(person):
            wrong.add(person.employee_id)
        elif person.score is not None:
            teams[person.department_id, person.ranked_of].append(person)
    for team in teams.values():
        for better, worse in pairwise(sorted(team, key=lambda person: (-(person.score or 0), person.rank or 0))):
            if (better.score == worse.score) != (better.rank == worse.rank) or (better.rank or 0) > (worse.rank or 0):
                wrong.add(worse.employee_id)
    return wrong


def _possible(person: PersonResult) -> bool:
    return person.rank is None or 1 <= person.rank <= (person.ranked_of or 0)


def _departments(results: PeriodResults, locale: Locale) -> Iterator[Finding]:
    scores: defaultdict[str, list[Decimal]] = defaultdict(list)
    for person in results.people:
        if person.score is not None:
            scores[person.department_id].append(person.score)
    if not scores:
        yield _finding("results.nothing_scored", _CRITICAL, 0, (), locale)
        return
    for department in results.departments:
        yield from _department(department, scores[department.department_id], locale)


def _department(department: DepartmentResult, scores: list[Decimal], locale: Locale) -> Iterator[Finding]:
    key = (department.department_id,)
    if department.employee_ids and not scores:
        yield _finding("results.nobody_scored", _WARNING, len(department.employee_ids), key, locale)
    if len(scores) >= SAME_SCORES_NEEDED and len(set(scores)) == 1:
        yield _finding("results.all_equal", _WARNING, len(scores), key, locale)


def _bounded(metric: str) -> bool:
    declared = CATALOGUE.get(metric)
    return metric not in UNBOUNDED_RATES and (declared is None or declared.growth_of is None)


def _weights(card: Card) -> Decimal:
    """How much more or less weight was used than the scheme gives."""
    return sum((indicator.weight_used - indicator.weight for indicator in card.indicators), Decimal(0))


def _subject(card: Card) -> str:
    return f"{card.employee_id or card.department_id}/{card.scheme}"


def _number(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)


def _frame(lines: Sequence[tuple[object, ...]], *columns: str) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(lines, columns=["subject", "employee_id", *columns])
