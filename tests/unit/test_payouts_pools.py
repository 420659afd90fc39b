"""Pools to the fen: largest remainder, a number as divisor, nothing to share by, more than the pool holds."""

from decimal import Decimal

import pytest

from transforms.payouts.pools import Split, share_trace, split
from transforms.scoring.trace import constant, replay

D = Decimal


def weights(*told: object) -> dict[str, Decimal | None]:
    return {f"E{n}": None if each is None else D(str(each)) for n, each in enumerate(told, start=1)}


def shares(found: Split) -> list[int]:
    return list(found.shares.values())


def test_the_last_fen_goes_to_the_largest_remainder() -> None:
    """100 fen by 1 : 1 : 1 cuts to 33 each; all remainders are equal, so the first by id gets the fen left over."""
    assert shares(split(100, weights(1, 1, 1))) == [34, 33, 33]
    assert shares(split(100, weights(1, 2, 4))) == [14, 29, 57]  # 14.29, 28.57, 57.14


def test_ties_go_by_employee_id_whatever_the_order_of_the_rows() -> None:
    forwards = {"E1": D(1), "E2": D(1), "E3": D(1)}
    backwards = dict(reversed(forwards.items()))
    assert split(101, forwards).shares == split(101, backwards).shares == {"E1": 34, "E2": 34, "E3": 33}


def test_coefficients_of_posts_share_the_whole_pool() -> None:
    """S17: 6 ‰ of 250,000.00 yuan by 1.0, 1.0, 0.8: a base of 535.71 yuan."""
    assert shares(split(150_000, weights(1, 1, "0.8"))) == [53_572, 53_571, 42_857]


def test_a_fixed_divisor_leaves_the_rest_with_the_company() -> None:
    """S02: 96 points share the pool; 38, 30 and 12 come to 80, so 16/96 of it stay."""
    found = split(92_968, weights(38, 30, 12), D(96))
    assert shares(found) == [36_800, 29_053, 11_621]  # 36799.83, 29052.5 (half-up), 11621
    assert (found.paid_fen, found.amount_fen - found.paid_fen, found.overdrawn) == (77_474, 15_494, False)


def test_a_divisor_that_is_too_small_cannot_overdraw_the_pool() -> None:
    """S02 as written: three perfect people over 20 would get the pool three times."""
    found = split(30_000, weights(20, 20, 20), D(20))
    assert (shares(found), found.overdrawn, found.divisor) == ([10_000, 10_000, 10_000], True, D(60))


def test_rounding_alone_does_not_overdraw_and_is_no_finding() -> None:
    """Half a fen each, twice: both would be rounded up; the pool has one fen."""
    found = split(1, weights(1, 1), D(2))
    assert (shares(found), found.overdrawn) == ([1, 0], False)


@pytest.mark.parametrize("told", [(), (0, 0), (None, None), (-3, 0), (None, -1)])
def test_without_weights_nothing_is_paid(told: tuple[object, ...]) -> None:
    for divisor in (None, D(96)):
        found = split(5_000, weights(*told), divisor)
        assert found.paid_fen == 0
        assert set(found.shares.values()) <= {0}


def test_negative_weights_and_missing_ones_count_as_zero() -> None:
    assert shares(split(90, weights(-5, 1, None, 2))) == [0, 30, 0, 60]


def test_a_negative_pool_is_charged_as_a_positive_one_would_be_paid() -> None:
    assert shares(split(-100, weights(1, 1, 1))) == [-34, -33, -33]
    assert shares(split(-100, weights(1, 1), D(3))) == [-33, -33]


def test_a_share_can_be_replayed_from_its_trace() -> None:
    for divisor in (None, D(96), D(2)):
        found = split(92_968, weights(38, 30, "0.333333333333333333333333333"), divisor)
        for who, fen in found.shares.items():
            made = share_trace("bonus", who, found, constant("points", found.weights[who]))
            assert made.value == replay(made) == fen


def test_a_negative_weight_stays_visible_in_the_trace() -> None:
    found = split(100, weights(-5, 1))
    made = share_trace("bonus", "E1", found, constant("points", -5))
    assert (made.value, made.inputs[1].op, made.inputs[1].inputs[0].value) == (0, "largest", -5)
