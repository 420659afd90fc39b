"""The product against an oracle that shares no code with it; `python -m tests.oracles.compare 100000` runs more."""

from random import Random

import pytest

from tests.oracles import s02
from tests.oracles.compare import differences

SEEDS = range(150)


@pytest.mark.parametrize("seed", SEEDS)
def test_points_and_money_agree_to_the_fen(seed):
    assert differences(*s02.random_case(Random(seed))) == []  # noqa: S311 - cases, not secrets
