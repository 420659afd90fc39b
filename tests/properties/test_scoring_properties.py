"""What holds of every scheme, whatever the values: bounds, direction, order, sums, the trace."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.scheme_kit import CATALOGUE, DAYS, OCTOBER, book, company, run, value
from transforms.metrics.model import Better, MetricValue
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Scheme
from transforms.schemes.score_rules import Attainment, Linear, Score, Step
from transforms.scoring.facts import Subject, facts_of
from transforms.scoring.people import ScoringInputs
from transforms.scoring.ranks import rank_1224
from transforms.scoring.results import PeriodResults, Trace
from transforms.scoring.rules import Line, apply_rule, rounded
from transforms.scoring.trace import constant, replay, shared_out

HUNDRED = Decimal(100)
numbers = st.decimals(-1000, 1000, places=4)
positive = st.decimals("0.0001", 1000, places=4)
shares = st.decimals("0.01", "1.5", places=2)
METRICS = {Better.HIGHER: CATALOGUE["csat_rate"], Better.LOWER: CATALOGUE["first_response_seconds"]}
ALONE = Subject("employee", "E1", "cs", 22, 22, 22)
FACTS = facts_of(book(), OCTOBER)

Scored = Callable[[Decimal], Decimal]


def scorer(rule: Score, better: Better, target: Decimal | None = None) -> Scored:
    indicator = Indicator(metric=METRICS[better].key, weight=HUNDRED, score=rule, target=target)
    goal = None if target is None else constant("target", target)
    line = Line(indicator, METRICS[better], ALONE, FACTS, "small", goal)

    def scored(actual: Decimal) -> Decimal:
        ruled = apply_rule(rule, constant("actual", actual), line)
        assert ruled is not None
        found = rounded(ruled.score).value
        assert found is not None
        return found

    return scored


@st.composite
def rules(draw: st.DrawFn) -> tuple[Scored, Better]:
    """A rule of any kind that fits a direction."""
    better = draw(st.sampled_from(Better))
    kind = draw(st.sampled_from(["linear", "steps", "target"]))
    if kind == "linear":
        low, high = sorted(draw(st.tuples(numbers, numbers).filter(lambda ends: ends[0] != ends[1])))
        zero, full = (low, high) if better is Better.HIGHER else (high, low)
        return scorer(Score(linear=Linear(zero_at=zero, full_at=full)), better), better
    if kind == "steps":
        bounds = sorted(draw(st.sets(numbers, min_size=1, max_size=4)))
        gives = sorted(draw(st.lists(st.integers(0, 100), min_size=len(bounds) + 1, max_size=len(bounds) + 1)))
        gives = gives if better is Better.HIGHER else gives[::-1]
        steps = tuple(Step(up_to=b, gives=Decimal(g)) for b, g in zip([*bounds, None], gives, strict=True))
        return scorer(Score(steps=steps), better), better
    floor, cap, full = sorted(draw(st.tuples(shares, shares, shares)))
    return scorer(Score(target=Attainment(floor=floor, cap=cap, full_at=full)), better, draw(positive)), better


@given(rule=rules(), one=numbers, other=numbers)
def test_every_rule_stays_within_0_and_100_and_rewards_the_better_value(
    rule: tuple[Scored, Better], one: Decimal, other: Decimal
) -> None:
    scored, better = rule
    worse, best = sorted((one, other), reverse=better is Better.LOWER)
    assert 0 <= scored(worse) <= scored(best) <= 100


@given(zero=numbers, full=numbers, actual=numbers)
def test_linear_lower_is_the_mirror_of_higher(zero: Decimal, full: Decimal, actual: Decimal) -> None:
    assume(zero != full)
    better = Better.HIGHER if full > zero else Better.LOWER
    other = Better.LOWER if full > zero else Better.HIGHER
    straight = scorer(Score(linear=Linear(zero_at=zero, full_at=full)), better)
    mirrored = scorer(Score(linear=Linear(zero_at=-zero, full_at=-full)), other)
    assert straight(actual) == mirrored(-actual)


@given(zero=numbers, full=numbers, actual=numbers)
def test_linear_agrees_with_fractions(zero: Decimal, full: Decimal, actual: Decimal) -> None:
    """An oracle without rounding: exact fractions, half-up at the end."""
    assume(zero != full)
    exact = (Fraction(actual) - Fraction(zero)) / (Fraction(full) - Fraction(zero)) * 100
    bounded = min(max(exact, Fraction(0)), Fraction(100))
    better = Better.HIGHER if full > zero else Better.LOWER
    scored = scorer(Score(linear=Linear(zero_at=zero, full_at=full)), better)(actual)
    assert Fraction(scored) == Fraction((bounded * 100 + Fraction(1, 2)).__floor__(), 100)


weights = st.lists(st.integers(0, 10000), min_size=1, max_size=12).map(
    lambda w: tuple(Decimal(each) / 100 for each in w)
)


@given(told=weights, data=st.data())
def test_shared_weights_keep_their_sum_and_their_order(told: tuple[Decimal, ...], data: st.DataObject) -> None:
    present = tuple(data.draw(st.booleans()) for _ in told)
    used = shared_out(told, present)
    left = [(w, u) for w, u, p in zip(told, used, present, strict=True) if p]
    assert all(u == 0 for u, p in zip(used, present, strict=True) if not p)
    if sum(w for w, _ in left):
        assert sum(used) == sum(told)
        assert all(u >= w - Decimal("0.01") for w, u in left)
        assert all(u1 <= u2 + Decimal("0.01") for w1, u1 in left for w2, u2 in left if w1 <= w2)


# --- whole periods -----------------------------------------------------------------------------------------------


def scheme(department: str) -> Scheme:
    """Every kind of rule on one card, every way of missing data."""
    title = {"zh-Hans": "题"}
    return Scheme.model_validate({
        "scheme": f"all_{department}", "title": title, "applies_to": {"department": department},
        "versions": [{
            "effective_from": "2026-01-01", "approved": {"by": "HR", "date": "2025-12-01"},
            "judged_by": {"roles": {"manager": 80, "self": 20}},
            "grades": {"excellent": 90, "good": 80, "qualified": 60},
            "indicators": [
                {"metric": "csat_rate", "weight": 30, "needs_at_least": 20,
                 "score": {"linear": {"zero_at": "80%", "full_at": "97%"}}},
                {"metric": "complaint_rate", "weight": 20, "missing": "full", "score": {"steps": [
                    {"up_to": "1%", "gives": 100}, {"up_to": "3%", "gives": 60}, {"gives": 0}]}},
                {"metric": "first_response_seconds", "weight": 15, "missing": "zero", "target": 30,
                 "score": {"target": {"floor": "50%"}}},
                {"metric": "paid_sales", "weight": 20, "target": {"from": "targets"}, "score": {"target": {}}},
                {"manual": "teamwork", "weight": 15, "title": title},
            ],
        }],
    })  # fmt: skip


SCHEMES = [scheme("cs"), scheme("ops")]
days = st.integers(0, 30).map(lambda n: OCTOBER.start + timedelta(n))
rates = st.one_of(st.none(), st.decimals(0, 1, places=3))


@st.composite
def periods(draw: st.DrawFn) -> tuple[list[MetricValue], ScoringInputs]:
    """Up to four people who join, leave and move, with some of their values, judgements and targets."""
    assignments, values, judged, targets = [], [], [], []
    for who in [f"E{n}" for n in range(draw(st.integers(1, 4)))]:
        moved = draw(days)
        first, second = draw(st.permutations(["cs", "ops", "design"]))[:2]
        role = draw(st.sampled_from(["member", "manager", "helper"]))
        assignments += [
            (who, first, date(2025, 1, 1), moved, "member"),
            (who, second, moved + timedelta(1), None, role),
        ]
        judged += [(who, "teamwork", r, draw(st.integers(0, 100))) for r in ("manager", "self") if draw(st.booleans())]
        targets += [("employee", who, "paid_sales", draw(st.integers(1, 900)))] if draw(st.booleans()) else []
        for where in (first, second):
            values += [
                value("csat_rate", draw(rates), of=draw(st.integers(1, 60)), who=who, department=where),
                value("complaint_rate", draw(rates), who=who, department=where),
                value("first_response_seconds", draw(st.integers(0, 200)), of=7, who=who, department=where),
                value("paid_sales", draw(st.integers(0, 900)), who=who, department=where),
            ]
    return values, company(assignments, judged, targets)  # type: ignore[arg-type]


def cards(results: PeriodResults) -> list[tuple[Decimal | None, Trace]]:
    found = [(card.score, card.trace) for person in results.people for card in person.cards]
    found += [(each.card.score, each.card.trace) for each in results.departments if each.card]
    lines = [line for person in results.people for card in person.cards for line in card.indicators]
    return found + [(line.score, line.trace) for line in lines] + [(p.score, p.trace) for p in results.people]


def forgotten(trace: Trace) -> Trace:
    """The trace with every value but the leaves' thrown away."""
    kept = None if trace.inputs else trace.value
    return trace.model_copy(update={"value": kept, "inputs": tuple(map(forgotten, trace.inputs))})


@settings(max_examples=40, deadline=None)
@given(told=periods())
def test_cards_are_bounded_add_up_and_follow_from_their_trace(told: tuple[list[MetricValue], ScoringInputs]) -> None:
    results = run(SCHEMES, *told)
    for card in (card for person in results.people for card in person.cards):
        points = [line.points for line in card.indicators if line.points is not None]
        assert card.score == (sum(points) if points else None)
        assert sum(line.weight_used for line in card.indicators) == (100 if points else 0)
        assert card.score is None or 0 <= card.score <= 100
        assert all(line.score is None or 0 <= line.score <= 100 for line in card.indicators)
    assert all(replay(forgotten(trace)) == score for score, trace in cards(results))


@settings(max_examples=40, deadline=None)
@given(told=periods())
def test_everybody_is_in_the_departments_and_the_days_add_up(told: tuple[list[MetricValue], ScoringInputs]) -> None:
    values, inputs = told
    results = run(SCHEMES, values, inputs)
    assert {each.employee_id for each in results.people} == set(inputs.employees["employee_id"])
    members = {who for each in results.departments for who in each.employee_ids}
    assert members == {each.employee_id for each in results.people}
    for each in results.departments:
        home = [p for p in results.people if p.department_id == each.department_id]
        assert {p.employee_id for p in home} <= set(each.employee_ids)
        assert sum(each.grades.values()) == sum(p.score is not None for p in home)
        assert sorted(p.rank for p in home if p.rank) == sorted(
            rank_1224({p.employee_id: p.score for p in home if p.score is not None}).values()
        )
    for person in results.people:
        assert sum(card.working_days for card in person.cards) <= person.working_days <= len(DAYS)
        scores = [card.score for card in person.cards if card.score is not None]
        assert (person.score is None) == (not scores) == (person.not_scored is not None)
        assert person.score is None or min(scores) <= person.score <= max(scores)


@settings(max_examples=25, deadline=None)
@given(told=periods(), seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(told: tuple[list[MetricValue], ScoringInputs], seed: int) -> None:
    values, inputs = told
    shuffled = ScoringInputs(**{
        name: pd.DataFrame(getattr(inputs, name)).sample(frac=1, random_state=seed)
        for name in ("employees", "assignments", "departments", "judgements", "targets")
    })  # fmt: skip
    backwards = run(SCHEMES, values[::-1], shuffled).model_copy(update={"values": tuple(values)})
    assert backwards == run(SCHEMES, values, inputs)


@given(moved=st.integers(0, 29), first=st.integers(0, 100), second=st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_a_transfer_is_the_mean_by_working_days(moved: int, first: int, second: int) -> None:
    """Proration adds up: the two cards' days are all the days, and their mean is the score."""
    last = OCTOBER.start + timedelta(moved)
    rows: list[tuple[object, ...]] = [("E1", "cs", date(2025, 1, 1), last, "member"),
                                      ("E1", "ops", last + timedelta(1), None, "member")]  # fmt: skip
    one = Scheme.model_validate(_only_manual("cs"))
    two = Scheme.model_validate(_only_manual("ops"))
    judged: list[tuple[object, ...]] = [("E1", "in_cs", "manager", first), ("E1", "in_ops", "manager", second)]
    (person,) = run([one, two], [], company(rows, judged)).people
    worked = {card.department_id: card.working_days for card in person.cards}
    assert worked == {"cs": sum(day <= last for day in DAYS), "ops": sum(day > last for day in DAYS)}
    exact = Fraction(first * worked["cs"] + second * worked["ops"], len(DAYS))
    assert Fraction(person.score or 0) == Fraction((exact * 100 + Fraction(1, 2)).__floor__(), 100)


def _only_manual(department: str) -> dict[str, object]:
    whole = scheme(department).model_dump(mode="json", by_alias=True)
    line = {"manual": f"in_{department}", "weight": 100, "title": {"zh-Hans": "题"}}
    return {**whole, "versions": [{**whole["versions"][0], "indicators": [line]}]}


@given(amounts=st.dictionaries(st.integers(0, 9), st.integers(0, 5).map(Decimal), min_size=1))
def test_ranks_count_who_is_better(amounts: dict[int, Decimal]) -> None:
    ranks = rank_1224(amounts)
    assert ranks == {key: 1 + sum(other > amounts[key] for other in amounts.values()) for key in amounts}


def test_the_trace_is_what_replay_reads() -> None:
    """A wrong leaf must show: replay is not an echo of the stored value."""
    inputs = company(judgements=[("E1", "teamwork", "manager", 80)])
    (card,) = run([SCHEMES[0]], [value("csat_rate", "0.9")], inputs).people[0].cards
    assert replay(card.trace) == card.score
    assert replay(_with_leaf(card.trace, "judgement", Decimal(0))) != card.score


def _with_leaf(trace: Trace, op: str, told: Decimal) -> Trace:
    inputs = tuple(_with_leaf(each, op, told) for each in trace.inputs)
    return trace.model_copy(update={"inputs": inputs, "value": told if trace.op == op else trace.value})
