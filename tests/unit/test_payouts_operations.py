"""The steps of money one by one: what each computes, and that it has no answer without its data."""

from decimal import Decimal

import pytest

from transforms.payouts.pools import share_trace, split
from transforms.scoring import money_operations, point_operations
from transforms.scoring.trace import OPERATIONS, constant

D = Decimal
THIRD = D(1) / D(3)
STEPS = {"bounds": "1,1.3", "through": "1,0", "gives": "0,9,10"}


@pytest.mark.parametrize(
    ("op", "inputs", "value"),
    [
        ("divide", (1, 0), None), ("divide", (1, 4), "0.25"), ("negative", (2,), -2),
        ("less", (1, 2), 1), ("less", (2, 2), 0), ("at_most", (2, 2), 1), ("more", (2, 2), 0), ("at_least", (2, 2), 1),
        ("equal", (THIRD * 3, 1), 1), ("unequal", (THIRD * 3, 1), 0), ("less", (THIRD * 3, 1), 0),
        ("both", (1, 0), 0), ("both", (2, 3), 1), ("either", (0, 1), 1), ("either", (0, 0), 0), ("not", (0,), 1), ("not", (5,), 0),
        ("both", (0, None), None), ("either", (1, None), None), ("equal", (None, None), None),
        ("smallest", (3, 1, 2), 1), ("largest", (3, 1, 2), 3), ("largest", (3, None), None),
        ("if", (1, 5, 7), 5), ("if", (0, 5, 7), 7), ("if", (1, 5, None), 5), ("if", (None, 5, 7), None), ("if", (0, 5, None), None),
        ("known", (None, 0), 0), ("known", (4, 0), 4), ("known", (4, None), 4),
        ("sign", (-3,), -1), ("sign", (0,), 0), ("sign", (THIRD * 3 - 1,), 0), ("absolute", (-3,), 3),
        ("within", (5, 1, 3), 3), ("within", (0, 1, 3), 1), ("within", (2, 1, 3), 2),
        ("people_sum", (1, None, 2), 3), ("people_sum", (), 0), ("people_mean", (1, None, 2), "1.5"), ("people_mean", (None,), None),
        ("people_count", (1, None, 0), 2),
    ],
)  # fmt: skip
def test_each_step_computes_what_it_says(op: str, inputs: tuple[object, ...], value: object) -> None:
    found = OPERATIONS[op]({}, tuple(None if each is None else D(str(each)) for each in inputs))
    assert found == (None if value is None else D(str(value)))


@pytest.mark.parametrize(
    ("value", "rate", "area"),
    [("0.5", 0, 0), (1, 0, 0), ("1.0000001", 9, "0.0000009"), ("1.2999", 9, "2.6991"), ("1.3", 10, "2.7"), (2, 10, "9.7"), (-1, 0, 0)],
)  # fmt: skip
def test_a_table_gives_the_last_rate_or_the_area_below(value: object, rate: object, area: object) -> None:
    """To 100 % nothing, the 100 % itself included; below 130 % 9, from 130 % on 10."""
    told = (D(str(value)),)
    assert OPERATIONS["look_up"](STEPS, told) == rate
    assert OPERATIONS["marginal"](STEPS, told) == D(str(area))


def test_a_weight_that_is_cut_at_28_digits_still_gets_its_whole_fen() -> None:
    """2/3 of 3 fen is 2, though 0.666…667 of them is a hair off."""
    found = split(3, {"E1": D(2) / D(3), "E2": D(1) / D(3)})
    assert found.shares == {"E1": 2, "E2": 1}
    assert share_trace("pool", "E1", found, constant("weight", D(2) / D(3))).value == 2


def test_no_step_is_defined_twice() -> None:
    assert not money_operations.OPERATIONS.keys() & point_operations.OPERATIONS.keys()
    assert all(OPERATIONS[op] is compute for op, compute in money_operations.OPERATIONS.items())
