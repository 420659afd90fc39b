"""What holds of every kind of line and of quotas, whatever the values: bounds, mirrors, order, sums, the trace."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.scheme_kit import CATALOGUE, DAYS, OCTOBER, book, company, run, value
from transforms.metrics.model import Better, MetricValue
from transforms.period import parse
from transforms.schemes.grading import Distribution
from transforms.schemes.indicator import Indicator
from transforms.schemes.scheme import Scheme
from transforms.schemes.score_rules import Judged, Score
from transforms.scoring.book import Judgement
from transforms.scoring.facts import Subject, facts_of
from transforms.scoring.grades import distribute, places
from transforms.scoring.judging import judge, sheets
from transforms.scoring.people import ScoringInputs
from transforms.scoring.results import Card, PeriodResults, Trace
from transforms.scoring.rules import Line, apply_rule, rounded
from transforms.scoring.trace import constant, replay, step

RATE, WAIT, SALES = "csat_rate", "first_response_seconds", "paid_sales"
METRICS = {Better.HIGHER: CATALOGUE[RATE], Better.LOWER: CATALOGUE[WAIT]}
OTHER = {Better.HIGHER: Better.LOWER, Better.LOWER: Better.HIGHER}
SEPTEMBER = parse("2026-09")
numbers = st.decimals(-1000, 1000, places=4)
positive = st.decimals("0.0001", 1000, places=4)
points = st.integers(0, 100).map(Decimal)


def scored(rule: dict[str, object], better: Better, actual: Decimal, before: Decimal | None = None) -> Decimal | None:
    """What a rule gives a value of E1, whose value last month was `before`."""
    metric, told = METRICS[better], Score.model_validate(rule)
    past = [] if before is None else [value(metric.key, before, period=SEPTEMBER)]
    subject = Subject("employee", "E1", "cs", 22, 22, 22)
    indicator = Indicator(metric=metric.key, weight=Decimal(100), score=told)
    line = Line(indicator, metric, subject, facts_of(book(past), OCTOBER), "small")
    ruled = apply_rule(told, constant("actual", actual), line)
    return None if ruled is None else rounded(ruled.score).value


# --- rules -------------------------------------------------------------------------------------------------------------


@st.composite
def bands(draw: st.DrawFn) -> tuple[dict[str, object], Better]:
    low, high = sorted(draw(st.tuples(numbers, numbers).filter(lambda ends: ends[0] != ends[1])))
    better = draw(st.sampled_from(Better))
    best, worst = (high, low) if better is Better.HIGHER else (low, high)
    return {"band": {"better": best, "worse": worst, "at_worse": draw(points)}}, better


@st.composite
def limits(draw: st.DrawFn) -> tuple[dict[str, object], Better]:
    better = draw(st.sampled_from(Better))
    end = "at_least" if better is Better.HIGHER else "at_most"
    return {"passed": {end: draw(numbers), "missed": draw(points)}}, better


@settings(deadline=None)
@given(told=st.one_of(bands(), limits()), one=numbers, other=numbers)
def test_bands_and_limits_stay_within_0_and_100_and_reward_the_better_value(
    told: tuple[dict[str, object], Better], one: Decimal, other: Decimal
) -> None:
    rule, better = told
    worse, best = sorted((one, other), reverse=better is Better.LOWER)
    assert 0 <= scored(rule, better, worse) <= scored(rule, better, best) <= 100  # type: ignore[operator]


@settings(deadline=None)
@given(told=st.one_of(bands(), limits()), actual=numbers)
def test_lower_is_the_mirror_of_higher(told: tuple[dict[str, object], Better], actual: Decimal) -> None:
    rule, better = told
    ((kind, ends),) = rule.items()
    names = {"at_least": "at_most", "at_most": "at_least"}
    kept = {"at_worse", "missed"}
    turned = {names.get(name, name): end if name in kept else -end for name, end in ends.items()}  # type: ignore[attr-defined]
    assert scored(rule, better, actual) == scored({kind: turned}, OTHER[better], -actual)


@settings(deadline=None, max_examples=50)
@given(actual=positive, before=positive, zero=st.decimals(0, 1, places=2), more=st.decimals("0.01", 1, places=2))
def test_a_ratio_where_lower_is_better_exchanges_the_two_values(
    actual: Decimal, before: Decimal, zero: Decimal, more: Decimal
) -> None:
    rule = {"ratio": {"to": {"of": "own", "when": "last_month"}, "zero_at": zero, "full_at": zero + more}}
    higher, lower = scored(rule, Better.HIGHER, actual, before), scored(rule, Better.LOWER, before, actual)
    assert higher == lower
    assert higher is not None
    assert 0 <= higher <= 100
    assert scored(rule, Better.HIGHER, before, before) == scored(rule, Better.LOWER, actual, actual)


teams = st.lists(st.integers(0, 6), min_size=1, max_size=7)


def placed(told: list[int], better: Better, last: Decimal = Decimal(0)) -> list[Decimal | None]:
    metric = METRICS[better].key
    people = [f"E{n}" for n in range(len(told))]
    rows = [(who, "cs", date(2025, 1, 1), None, "member") for who in people]
    values = [value(metric, each, who=who) for who, each in zip(people, told, strict=True)]
    line = {"metric": metric, "weight": 100, "score": {"place": {"last": last}}}
    return [each.score for each in run(scheme([line]), values, company(rows)).people]  # type: ignore[arg-type]


@settings(max_examples=30, deadline=None)
@given(told=teams, last=points)
def test_places_run_from_100_down_and_mirror(told: list[int], last: Decimal) -> None:
    found = placed(told, Better.HIGHER, last)
    assert found == placed([10 - each for each in told], Better.LOWER, last)
    by_value = sorted(zip(told, found, strict=True))
    assert by_value[-1][1] == 100
    assert all(last <= each <= 100 for each in found if each is not None)
    assert [score for _, score in by_value] == sorted(found)  # type: ignore[type-var]
    if told.count(min(told)) == 1 and len(told) > 1:
        assert by_value[0][1] == last


@settings(deadline=None)
@given(start=points, each=st.decimals(-100, 100, places=2), one=st.integers(0, 9), more=st.integers(0, 9))
def test_every_further_event_moves_the_score_the_same_way(start: Decimal, each: Decimal, one: int, more: int) -> None:
    few, many = (
        step("events", "e", constant("start", start), constant("n", n), each=str(each)).value for n in (one, one + more)
    )
    assert few is not None
    assert many is not None
    assert 0 <= min(few, many) <= max(few, many) <= 100
    assert (many >= few) if each >= 0 else (many <= few)
    assert step("events", "e", constant("start", start), constant("n", 0), each=str(each)).value == start


# --- judgements --------------------------------------------------------------------------------------------------------

ROLES = ("manager", "peer", "subordinate")
judgements = st.lists(st.tuples(st.sampled_from(ROLES), st.integers(0, 100)), max_size=16)
judges = st.builds(
    lambda missing, trim, least: Judged.model_validate({
        "roles": {"manager": 50, "peer": 25, "subordinate": 25}, "missing_role": missing, "drop_extremes": trim,
        "anonymous": ["peer", "subordinate"], "least": least,
    }),
    st.sampled_from(["share_out", "zero", "hr_decides"]), st.booleans(), st.integers(1, 4),
)  # fmt: skip


@settings(deadline=None)
@given(rule=judges, told=judgements)
def test_no_anonymous_rater_can_be_found_in_a_trace(rule: Judged, told: list[tuple[str, int]]) -> None:
    given_ = [Judgement(role, f"R{n}", Decimal(score)) for n, (role, score) in enumerate(told)]
    answered = sheets(rule, given_)
    ruled = judge(rule, answered)
    backwards = judge(rule, sheets(rule, given_[::-1]))
    for role in ("peer", "subordinate"):
        count = sum(each.role == role for each in given_)
        assert (role in answered) == (count >= rule.least)
    if ruled is None:
        assert backwards is None
        return
    assert backwards is not None
    assert ruled.score.value == backwards.score.value == replay(ruled.score)
    found = [leaf for leaf in leaves(ruled.score) if leaf.op == "judgement"]
    assert all(("rater" in leaf.args) == (leaf.label == "manager") for leaf in found)
    scores = [each.score for each in answered.get("manager", ())] + [
        each.score for role in ROLES for each in answered.get(role, ())
    ]
    least = Decimal(0) if rule.missing_role == "zero" else min(scores)
    assert least <= ruled.score.value <= max(scores)  # type: ignore[operator]


def leaves(trace: Trace) -> Iterator[Trace]:
    if not trace.inputs:
        yield trace
    for each in trace.inputs:
        yield from leaves(each)


# --- quotas ------------------------------------------------------------------------------------------------------------


@st.composite
def distributions(draw: st.DrawFn, ties: str | None = None) -> Distribution:
    cuts = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=3)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    quotas = [{"grade": f"g{n}", "share": f"{share}%"} for n, share in enumerate(shares)]
    told = ties or draw(st.sampled_from(["better", "worse", "undecided"]))
    small = draw(st.sampled_from(["no_last", "quotas"]))
    return Distribution.model_validate({"quotas": quotas, "ties": told, "small": small, "least_people": 5})


people_scores = st.lists(st.integers(0, 30).map(Decimal), min_size=1, max_size=30).map(
    lambda told: dict(enumerate(told))
)


@settings(deadline=None)
@given(rule=distributions(), people=st.integers(1, 500))
def test_places_sum_to_the_people_and_are_less_than_one_from_the_share(rule: Distribution, people: int) -> None:
    found = places(people, rule)
    assert sum(found) == people
    assert min(found) >= 0
    if people >= rule.least_people or rule.small == "quotas":
        assert all(abs(count - quota.share * people) < 1 for count, quota in zip(found, rule.quotas, strict=True))
    else:
        assert found[-1] == 0


@settings(deadline=None)
@given(rule=distributions(), scores=people_scores)
def test_no_class_holds_more_than_its_places_and_those_a_tie_brings(
    rule: Distribution, scores: dict[int, Decimal]
) -> None:
    """Across each border at most the tied ones stand on the wrong side, and on the side the scheme says."""
    found, taken = distribute(scores, rule), places(len(scores), rule)
    order = [quota.grade for quota in rule.quotas]
    counts = Counter(found.values())
    ordered = sorted(scores.values(), reverse=True)
    for n in range(1, len(order)):
        above, seats = sum(counts[grade] for grade in order[:n]), sum(taken[:n])
        tied = 0 < seats < len(ordered) and ordered[seats - 1] == ordered[seats]
        over = sum(score == ordered[seats] for score in ordered[seats:]) if tied else 0
        under = sum(score == ordered[seats] for score in ordered[:seats]) if tied else 0
        expected = {"better": seats + over, "worse": seats - under, "undecided": seats - under}[rule.ties]
        assert above == expected or (rule.ties == "undecided" and above <= seats)


@settings(deadline=None)
@given(rule=distributions(), scores=people_scores)
def test_a_better_score_is_never_in_a_worse_class_and_equals_share_one(
    rule: Distribution, scores: dict[int, Decimal]
) -> None:
    found, order = distribute(scores, rule), [quota.grade for quota in rule.quotas]
    told = sorted((score, -order.index(key)) for who, score in scores.items() if (key := found[who]) is not None)
    assert [place for _, place in told] == sorted(place for _, place in told)
    assert len({(score, found[who]) for who, score in scores.items()}) == len(set(scores.values()))


@settings(deadline=None)
@given(scores=people_scores, limit=st.integers(0, 30).map(Decimal), joins=st.sampled_from(["and", "or"]))
def test_the_last_class_respects_its_score(scores: dict[int, Decimal], limit: Decimal, joins: str) -> None:
    assume(len(scores) >= 5)
    quotas = [{"grade": "g0", "share": "50%"}, {"grade": "g1", "share": "50%"}]
    rule = Distribution.model_validate({"quotas": quotas, "least_people": 5, "last_needs": limit, "last_joins": joins})
    found = distribute(scores, rule)
    last = {who for who, key in found.items() if key == "g1"}
    low = {who for who, score in scores.items() if score <= limit}
    assert last <= low if joins == "and" else low <= last


# --- whole periods -----------------------------------------------------------------------------------------------------


def scheme(lines: list[dict[str, object]], **more: object) -> Scheme:
    version = {
        "effective_from": "2026-01-01", "approved": {"by": "HR", "date": "2025-12-12"}, "indicators": lines,
        "judged_by": {"roles": {"manager": 60, "peer": 40}, "anonymous": ["peer"], "least": 2},
        "grades": {"excellent": 90, "good": 80, "qualified": 60}, **more.pop("version", {}),  # type: ignore[dict-item]
    }  # fmt: skip
    told = {"scheme": "small", "title": {"zh-Hans": "小"}, "applies_to": {"department": "cs"}, "versions": [version]}
    return Scheme.model_validate({**told, **more})


TITLE = {"zh-Hans": "题"}
LINES: list[dict[str, object]] = [
    {"metric": RATE, "weight": 15, "score": {"linear": {"zero_at": "50%", "full_at": "100%"}}, "needs_at_least": 20},
    {"metric": "complaint_rate", "weight": 15, "score": {"band": {"better": "2%", "worse": "8%", "at_worse": 50}}},
    {"metric": WAIT, "weight": 15, "score": {"ratio": {"to": {"of": "department_mean"}, "zero_at": "50%", "full_at": "150%"}}},
    {"metric": SALES, "weight": 15, "score": {"place": {"last": 20}}},
    {"metric": "refunds", "weight": 10, "score": {"passed": {"at_most": 400, "missed": 30, "unless": "excused_refund"}}},
    {"event": "order_error", "weight": 15, "title": TITLE, "score": {"events": {"start": 100, "each": -15}}},
    {"manual": "teamwork", "weight": 15, "title": TITLE},
]  # fmt: skip
_VETOES = [
    {"event": "red_line", "then": "zero", "title": TITLE},
    {"metric": "complaint_rate", "above": "9%", "then": "cap", "cap_grade": "good", "title": TITLE},
]
_QUOTAS = [{"grade": "excellent", "share": "30%"}, {"grade": "good", "share": "70%"}]
_DISTRIBUTION = {"quotas": _QUOTAS, "ties": "undecided", "least_people": 2, "small": "quotas"}
_OF_A_LEADER: list[dict[str, object]] = [
    {"team": {"take": "by_working_days"}, "weight": 60, "title": TITLE},
    {"manual": "teamwork", "weight": 40, "title": TITLE},
]
SCHEMES = [
    scheme(
        LINES,
        applies_to={"department": "cs", "posts": ["member"]},
        version={"vetoes": _VETOES, "excused": ["sick"], "distribution": _DISTRIBUTION},
    ),
    scheme(_OF_A_LEADER, scheme="lead", applies_to={"department": "cs", "posts": ["lead"]}),
]
days = st.integers(0, len(DAYS) - 1).map(lambda n: DAYS[n])
rates = st.integers(0, 100).map(lambda n: Decimal(n) / 1000)


@st.composite
def periods(draw: st.DrawFn) -> tuple[list[MetricValue], ScoringInputs]:
    people = [f"E{n}" for n in range(draw(st.integers(1, 5)))]
    rows: list[tuple[object, ...]] = [("M1", "cs", date(2025, 1, 1), None, "manager", "lead")]
    values: list[MetricValue] = []
    for who in people:
        rows.append((who, "cs", date(2025, 1, 1) if draw(st.booleans()) else draw(days), None, "member", "member"))
        values += [
            value(RATE, Decimal(draw(st.integers(40, 110))) / 100, of=draw(st.integers(1, 60)), who=who),
            value("complaint_rate", draw(rates), who=who), value(WAIT, draw(st.integers(0, 90)), of=7, who=who),
            value(SALES, draw(st.integers(0, 900)), who=who), value("refunds", draw(st.integers(0, 900)), who=who),
        ]  # fmt: skip
    values = [each for each in values if draw(st.integers(0, 9))]
    whom = st.sampled_from([*people, "M1"])
    kinds = st.sampled_from(["order_error", "order_error", "red_line", "excused_refund"])
    events = draw(st.lists(st.tuples(kinds, whom, st.none(), days, st.integers(1, 3)), max_size=6))
    sick = draw(st.lists(st.tuples(whom, days, st.just("sick"), st.none()), max_size=6, unique_by=lambda row: row[:2]))
    judged = draw(
        st.lists(
            st.tuples(whom, st.just("teamwork"), st.sampled_from(["manager", "peer"]), st.integers(0, 100)), max_size=12
        )
    )
    return values, company(rows, judged, events=events, attendance=sick)  # type: ignore[arg-type]


def cards_of(results: PeriodResults) -> list[Card]:
    return [card for person in results.people for card in person.cards] + [
        d.card for d in results.departments if d.card
    ]


def forgotten(trace: Trace) -> Trace:
    kept = None if trace.inputs else trace.value
    return trace.model_copy(update={"value": kept, "inputs": tuple(map(forgotten, trace.inputs))})


@settings(max_examples=60, deadline=None)
@given(told=periods())
def test_cards_of_every_kind_are_bounded_add_up_and_follow_from_their_trace(
    told: tuple[list[MetricValue], ScoringInputs],
) -> None:
    for card in cards_of(run(SCHEMES, *told)):
        earned = [line.points for line in card.indicators if line.points is not None]
        assert card.score == (sum(earned) if card.score is not None else None)
        assert sum(line.weight_used for line in card.indicators) == (100 if card.score is not None else 0)
        assert card.score is None or 0 <= card.score <= 100
        assert all(line.score is None or 0 <= line.score <= 100 for line in card.indicators)
        assert replay(forgotten(card.trace)) == card.score
        assert all(replay(forgotten(line.trace)) == line.score for line in card.indicators if line.score is not None)


@settings(max_examples=40, deadline=None)
@given(told=periods(), seed=st.integers(0, 99))
def test_the_order_of_rows_of_any_table_changes_nothing(
    told: tuple[list[MetricValue], ScoringInputs], seed: int
) -> None:
    values, inputs = told
    shuffled = {
        each.name: pd.DataFrame(getattr(inputs, each.name)).sample(frac=1, random_state=seed) for each in fields(inputs)
    }
    backwards = run(SCHEMES[::-1], values[::-1], ScoringInputs(**shuffled)).model_copy(update={"values": tuple(values)})
    assert backwards == run(SCHEMES, values, inputs)


@settings(max_examples=40, deadline=None)
@given(told=periods())
def test_a_red_line_leaves_no_score_and_a_team_is_within_its_members(
    told: tuple[list[MetricValue], ScoringInputs],
) -> None:
    _, inputs = told
    results = run(SCHEMES, *told)
    zeroed = set(inputs.events.loc[inputs.events["kind"] == "red_line", "employee_id"])
    members = {p.employee_id: p.score for p in results.people if p.employee_id != "M1"}
    assert all(score in (None, 0) for who, score in members.items() if who in zeroed)
    known = [score for score in members.values() if score is not None]
    (line,) = [each for p in results.people for card in p.cards for each in card.indicators if each.kind == "team"]
    assert (line.score is None) == (not known)
    if known:
        assert min(known) <= line.score <= max(known)


@given(first=st.integers(0, 21), sick=st.sets(st.integers(0, 21)), amount=st.integers(0, 900))
@settings(max_examples=40, deadline=None)
def test_proration_adds_up(first: int, sick: set[int], amount: int) -> None:
    """Days there, days excused, days before joining: together the period's; the target shrinks with the first alone."""
    line = {"metric": SALES, "weight": 100, "target": 2200, "score": {"target": {}}}
    excusing = scheme([line], version={"excused": ["sick"]})
    inputs = company(
        employees=[("E1", DAYS[first], None, None)], attendance=[("E1", DAYS[n], "sick", None) for n in sick]
    )
    (person,) = run(excusing, [value(SALES, amount)], inputs).people
    missed = sum(n >= first for n in sick)
    assert person.working_days == len(DAYS) - first - missed
    assert person.working_days + first + missed == person.period_working_days
    assert person.cards[0].indicators[0].target in (None, Decimal(100) * person.working_days)
