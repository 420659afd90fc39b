"""Laws of money: pools to the fen, commission that rises with sales, amounts that can be replayed."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transforms.payouts.evaluate import prepared
from transforms.payouts.pools import share_trace, split
from transforms.schemes.point_rules import PointStep
from transforms.scoring.results import Trace
from transforms.scoring.trace import constant, leaf, replay

NUMBERS = st.decimals(-100, 1000, places=2, allow_nan=False) | st.decimals(0, 1, places=28, allow_nan=False)
WEIGHTS = st.dictionaries(st.sampled_from([f"E{n}" for n in range(9)]), NUMBERS | st.none())
POOLS = st.integers(-10_000, 100_000_000)
DIVISORS = st.none() | st.decimals("0.01", 500, places=2)
FEN = st.integers(0, 500_000_00)


class Told:
    """A scope whose values are given."""

    def __init__(self, steps: tuple[PointStep, ...] = (), **told: Decimal | None) -> None:
        self.told, self.table = told, steps

    def value(self, name: str) -> Trace:
        return leaf("metric", name, self.told[name])

    def over_people(self, function: str, name: str) -> Trace:
        raise NotImplementedError

    def steps(self, _: str) -> tuple[PointStep, ...]:
        return self.table


@given(POOLS, WEIGHTS)
def test_the_team_gets_the_whole_pool_to_the_fen_or_nothing(pool: int, weights: dict[str, Decimal | None]) -> None:
    found = split(pool, weights)
    anybody = any(round(weight or 0, 12) > 0 for weight in weights.values())
    assert found.paid_fen == (pool if anybody else 0)


@given(POOLS, WEIGHTS, DIVISORS, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(pool, weights, divisor, random) -> None:
    shuffled = list(weights.items())
    random.shuffle(shuffled)
    assert split(pool, weights, divisor) == split(pool, dict(shuffled), divisor)


@given(POOLS, WEIGHTS, DIVISORS)
def test_shares_never_come_to_more_than_the_pool_and_have_its_sign(pool, weights, divisor) -> None:
    found = split(pool, weights, divisor)
    assert abs(found.paid_fen) <= abs(pool)
    assert all(fen * pool >= 0 for fen in found.shares.values())
    assert all(fen == 0 for who, fen in found.shares.items() if (weights[who] or 0) <= 0)


@given(POOLS, WEIGHTS, DIVISORS)
def test_more_weight_is_never_less_money(pool, weights, divisor) -> None:
    found = split(abs(pool), weights, divisor)
    ordered = sorted(found.weights, key=lambda who: found.weights[who])
    for less, more in pairwise(ordered):
        assert found.shares[less] <= found.shares[more] + (
            round(found.weights[less], 12) == round(found.weights[more], 12)
        )


@given(POOLS, WEIGHTS, st.sampled_from([f"E{n}" for n in range(9)]))
def test_somebody_without_weight_takes_nothing_from_the_others(pool, weights, who) -> None:
    without = {key: weight for key, weight in weights.items() if key != who}
    assert {key: fen for key, fen in split(pool, {**without, who: Decimal(0)}).shares.items() if key != who} == split(
        pool, without
    ).shares


@given(POOLS, WEIGHTS, DIVISORS)
def test_every_share_replays_to_itself(pool, weights, divisor) -> None:
    found = split(pool, weights, divisor)
    for who, fen in found.shares.items():
        made = share_trace("bonus", who, found, constant("weight", weights[who] or 0))
        assert made.value == replay(made) == fen


IN_TARGET = (PointStep(up_to="60%", gives="5‰"), PointStep(gives="8‰"))
EXCESS = (PointStep(through="100%", gives=0), PointStep(through="130%", gives="9‰"), PointStep(gives="10‰"))
FINAL = "min(sales, target) * in_target(sales / target) + max(0, sales - target) * excess(sales / target)"
MARGINAL = "min(sales, target) * in_target(sales / target) + target * marginal(excess, sales / target)"


def commission(formula: str, sales: int, target: int) -> Decimal:
    class Tables(Told):
        def steps(self, table: str) -> tuple[PointStep, ...]:
            return IN_TARGET if table == "in_target" else EXCESS

    found = prepared(formula, "commission")(Tables(sales=Decimal(sales), target=Decimal(target))).value
    assert found is not None
    return found


@given(FEN, FEN, st.integers(1, 300_000_00))
def test_commission_rises_with_sales_in_both_readings_of_the_tiers(one: int, other: int, target: int) -> None:
    """In the final reading because the rates only rise with completion; to 0.000001 fen, as quotients are cut."""
    less, more = sorted((one, other))
    for formula in (FINAL, MARGINAL):
        assert commission(formula, less, target) <= commission(formula, more, target) + Decimal("0.000001")


@given(FEN, st.integers(1, 300_000_00))
def test_the_marginal_reading_never_pays_more_than_the_final_one(sales: int, target: int) -> None:
    """Rates only rise: the whole excess at the last rate is at least each part at its own."""
    assert commission(MARGINAL, sales, target) <= commission(FINAL, sales, target) + Decimal("0.000001")


@st.composite
def climbing(draw: st.DrawFn) -> tuple[PointStep, ...]:
    bounds = sorted(draw(st.sets(st.decimals(-5, 5, places=1), max_size=4)))
    gives = [draw(st.decimals(-3, 3, places=2)) for _ in range(len(bounds) + 1)]
    inner = [PointStep(up_to=bound, gives=give) for bound, give in zip(bounds, gives, strict=False)]
    return (*inner, PointStep(gives=gives[-1]))


@given(climbing(), st.decimals(-9, 9, places=2))
def test_each_part_at_its_own_rate_is_the_area_under_the_steps(steps: tuple[PointStep, ...], value: Decimal) -> None:
    """Summed up slowly, a hundredth at a time."""
    made = prepared("marginal(t, x)", "m")(Told(steps, x=value))
    slices = [Decimal(n) / 100 for n in range(*sorted((0, int(value * 100))))]
    area = sum((next(s.gives for s in steps if s.bound is None or at < s.bound) for at in slices), Decimal(0)) / 100
    assert made.value == replay(made) == (area if value >= 0 else -area)
