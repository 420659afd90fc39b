"""What holds of points whatever the values: who is before whom, what is handed out, who gets nothing, the trace."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.points_kit import judged, points_of, pooled, scheme_of, team, values
from transforms.metrics.model import Better
from transforms.schemes.point_rules import Compare, EventPoints, PointStep, RankPoints
from transforms.schemes.references import Reference
from transforms.scoring.point_rules_applied import (
    compare_points,
    event_points,
    held_total,
    nowhere,
    places,
    rank_points,
    step_points,
)
from transforms.scoring.trace import constant, leaf, replay

D = Decimal
TOP = (D(3), D(2), D(1))
DEPARTMENT = Reference(of="department")
few = st.integers(-3, 3).map(Decimal)  # few values, so that many are equal
exact = st.decimals(-1000, 1000, places=3)
teams = st.dictionaries(st.sampled_from([f"E{n}" for n in range(9)]), few | exact, max_size=9)
tops = st.lists(st.decimals(0, 10, places=1), min_size=1, max_size=5).map(lambda t: tuple(sorted(t, reverse=True)))
betters = st.sampled_from(Better)
ties = st.sampled_from(["next_free", "dense", "shared"])


def handed_out(
    told: Mapping[str, Decimal], rule: RankPoints, better: Better = Better.HIGHER, reference: Decimal | None = None
) -> dict[str, Decimal]:
    """Everybody's points; each trace gives them again."""
    standing = places(told, better, rule)
    held = None if reference is None else leaf("metric", "reference", reference)
    found = {}
    for who, each in told.items():
        place = standing.get(who) or nowhere(len(standing))
        trace = rank_points(rule, better, leaf("metric", "m", each), place, held)
        assert trace.value is not None
        assert replay(trace) == trace.value
        found[who] = trace.value
    return found


def ahead(told: Mapping[str, Decimal], who: str, better: Better) -> int:
    """How many people are better: counted one by one, not sorted."""
    own = told[who]
    return sum(each > own if better is Better.HIGHER else each < own for each in told.values())


@given(told=teams, top=tops, better=betters)
def test_the_next_free_place_is_the_number_of_people_who_are_better(
    told: dict[str, Decimal], top: tuple[Decimal, ...], better: Better
) -> None:
    found = handed_out(told, RankPoints(top=top), better)
    for who, points in found.items():
        place = ahead(told, who, better)
        assert points == (top[place] if place < len(top) else 0)


@given(told=teams, top=tops, better=betters)
def test_dense_places_count_the_values_that_are_better(
    told: dict[str, Decimal], top: tuple[Decimal, ...], better: Better
) -> None:
    found = handed_out(told, RankPoints(top=top, ties="dense"), better)
    for who, points in found.items():
        place = len({v for v in told.values() if (v > told[who] if better is Better.HIGHER else v < told[who])})
        assert points == (top[place] if place < len(top) else 0)


@given(told=teams, top=tops, better=betters, rule=ties)
def test_the_better_value_never_has_fewer_points_and_equal_values_the_same(
    told: dict[str, Decimal], top: tuple[Decimal, ...], better: Better, rule: str
) -> None:
    found = handed_out(told, RankPoints(top=top, ties=rule), better)  # type: ignore[arg-type]
    for (one, first), (other, second) in permutations(told.items(), 2):
        if first == second:
            assert found[one] == found[other]
        elif (first > second) == (better is Better.HIGHER):
            assert found[one] >= found[other]


@given(told=teams, top=tops, rule=ties)
def test_without_ties_exactly_the_first_places_are_handed_out(
    told: dict[str, Decimal], top: tuple[Decimal, ...], rule: str
) -> None:
    apart = {who: each + D(n) / 10**6 for n, (who, each) in enumerate(sorted(told.items()))}
    distinct = {each: who for who, each in apart.items()}
    found = handed_out({who: each for each, who in distinct.items()}, RankPoints(top=top, ties=rule))  # type: ignore[arg-type]
    assert sum(found.values()) == sum(top[: len(found)])


@given(told=teams, top=tops)
def test_shared_places_hand_out_no_more_and_no_less_than_the_places_taken(
    told: dict[str, Decimal], top: tuple[Decimal, ...]
) -> None:
    """To the half cent a person that rounding a mean may add or take."""
    found = handed_out(told, RankPoints(top=top, ties="shared"))
    assert abs(sum(found.values()) - sum(top[: len(found)])) <= D("0.005") * len(found)


@given(told=teams, top=tops)
def test_ties_hand_out_each_place_as_often_as_it_is_taken(told: dict[str, Decimal], top: tuple[Decimal, ...]) -> None:
    """`next_free` gives a place's points to each of the tied, and the places after it to nobody."""
    counted = Counter(ahead(told, who, Better.HIGHER) for who in told)
    expected = sum((top[place] * many for place, many in counted.items() if place < len(top)), D(0))
    assert sum(handed_out(told, RankPoints(top=top)).values()) == expected


@given(told=teams, rule=ties, better=betters)
def test_lower_is_better_is_the_mirror(told: dict[str, Decimal], rule: str, better: Better) -> None:
    other = Better.LOWER if better is Better.HIGHER else Better.HIGHER
    points = RankPoints(top=TOP, ties=rule, none_below=DEPARTMENT, below=D(-1))  # type: ignore[arg-type]
    mirrored = {who: -each for who, each in told.items()}
    assert handed_out(told, points, better, D(0)) == handed_out(mirrored, points, other, D(0))


@given(told=teams, reference=few | exact, better=betters, rule=ties)
def test_nobody_worse_than_the_reference_has_points_for_a_place(
    told: dict[str, Decimal], reference: Decimal, better: Better, rule: str
) -> None:
    points = RankPoints(top=TOP, ties=rule, none_below=DEPARTMENT, below=D(-1))  # type: ignore[arg-type]
    for who, given_points in handed_out(told, points, better, reference).items():
        worse = told[who] < reference if better is Better.HIGHER else told[who] > reference
        assert (given_points == -1) if worse else (given_points >= 0)


@given(told=teams, data=st.data(), rule=ties)
def test_the_order_of_people_does_not_matter(told: dict[str, Decimal], data: st.DataObject, rule: str) -> None:
    points = RankPoints(top=TOP, ties=rule)  # type: ignore[arg-type]
    turned = dict(data.draw(st.permutations(list(told.items()))))
    assert handed_out(told, points) == handed_out(turned, points)


@given(one=exact, rule=ties)
def test_one_person_is_first(one: Decimal, rule: str) -> None:
    assert handed_out({"E1": one}, RankPoints(top=TOP, ties=rule)) == {"E1": 3}  # type: ignore[arg-type]


@given(many=st.integers(2, 12), one=exact)
def test_all_equal_are_all_first_or_share_what_there_is(many: int, one: Decimal) -> None:
    told = {f"E{n}": one for n in range(many)}
    assert set(handed_out(told, RankPoints(top=TOP)).values()) == {3}
    assert set(handed_out(told, RankPoints(top=TOP, ties="dense")).values()) == {3}
    (shared,) = set(handed_out(told, RankPoints(top=TOP, ties="shared")).values())
    exact_share = Fraction(int(sum(TOP[:many])), many)
    assert abs(Fraction(shared) - exact_share) <= Fraction(1, 200)


@given(told=teams)
def test_values_that_must_be_positive_take_no_place_from_others(told: dict[str, Decimal]) -> None:
    found = handed_out(told, RankPoints(top=TOP, positive=True))
    selling = {who: each for who, each in told.items() if each > 0}
    assert {who: found[who] for who in selling} == handed_out(selling, RankPoints(top=TOP))
    assert all(found[who] == 0 for who in told.keys() - selling.keys())


@given(actual=exact | few, reference=exact | few, better=betters)
def test_better_and_worse_change_places_when_the_two_values_do(
    actual: Decimal, reference: Decimal, better: Better
) -> None:
    rule = Compare(to=DEPARTMENT, better=D(1), worse=D(-1))
    there = compare_points(rule, better, constant("a", actual), constant("r", reference), None).value
    back = compare_points(rule, better, constant("a", reference), constant("r", actual), None).value
    assert there is not None
    assert back is not None
    assert there == -back
    assert (there == 0) == (actual == reference)


@given(bounds=st.sets(st.integers(-20, 20), min_size=1, max_size=5), value_=st.integers(-25, 25), data=st.data())
def test_exactly_one_step_holds_a_value(bounds: set[int], value_: int, data: st.DataObject) -> None:
    """Each step gives another number; the one given is the step whose interval holds the value."""
    ordered = sorted(bounds)
    through = [data.draw(st.booleans()) for _ in ordered]
    steps = [
        PointStep(**{"through" if own else "up_to": D(bound)}, gives=D(n))  # type: ignore[arg-type]
        for n, (bound, own) in enumerate(zip(ordered, through, strict=True))
    ]
    trace = step_points((*steps, PointStep(gives=D(len(steps)))), constant("v", D(value_)))
    passed = sum(value_ > bound or (value_ == bound and not own) for bound, own in zip(ordered, through, strict=True))
    assert trace.value == passed
    assert replay(trace) == passed


@given(quantity=st.decimals(0, 100, places=1), each=st.integers(-5, 5), limits=st.tuples(*[st.integers(-20, 20)] * 2))
def test_events_stay_within_floor_and_cap(quantity: Decimal, each: int, limits: tuple[int, int]) -> None:
    floor, cap = sorted(limits)
    rule = EventPoints(each=D(each), none=D(7), floor=D(floor), cap=D(cap))
    points = event_points(rule, leaf("event", "praise", quantity)).value
    assert points is not None
    assert points == 7 if not quantity else floor <= points <= cap


@given(lines=st.lists(st.decimals(-50, 50, places=1), max_size=8), limits=st.tuples(*[st.integers(-30, 30)] * 2))
def test_a_total_is_the_sum_wherever_it_lies_within_floor_and_cap(
    lines: list[Decimal], limits: tuple[int, int]
) -> None:
    floor, cap = sorted(limits)
    trace = held_total([constant("line", each) for each in lines], D(floor), D(cap))
    whole = sum(lines, D(0))
    assert trace.value is not None
    assert floor <= trace.value <= cap
    assert trace.value == (whole if floor <= whole <= cap else floor if whole < floor else cap)
    assert replay(trace) == trace.value


rates = st.none() | st.decimals(0, 1, places=2)
BELOW = {"rank": {"top": [3, 2, 1], "none_below": {"of": "department"}, "below": -1}}


@settings(max_examples=40, deadline=None)
@given(told=st.lists(rates, min_size=1, max_size=6), whole=rates, data=st.data())
def test_a_sheet_judges_everybody_once_whatever_is_missing_in_any_order(
    told: list[Decimal | None], whole: Decimal | None, data: st.DataObject
) -> None:
    people = {f"E{n}": each for n, each in enumerate(told)}
    numbers = data.draw(st.permutations([*values("conversion", people), pooled("conversion", whole)]))
    inputs = team(*data.draw(st.permutations(list(people))))
    found = points_of(judged(scheme_of({"metric": "conversion", "give": BELOW}), numbers, inputs))
    known = {who: each for who, each in people.items() if each is not None and whole is not None}
    rule = RankPoints(top=TOP, none_below=DEPARTMENT, below=D(-1))
    expected = handed_out(known, rule, Better.HIGHER, whole)
    assert found == {who: [expected.get(who)] for who in people}
