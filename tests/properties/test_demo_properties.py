"""Whatever the seed, the demo's life keeps its rules."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.demo.calendar import END_SECOND, NEVER, day_index, day_of
from flows.demo.orders import STAGES, as_of
from flows.demo.world import make_world

SEEDS = st.integers(min_value=0, max_value=2**31 - 1)


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_every_chat_is_held_by_somebody_employed_that_day(seed: int) -> None:
    world = make_world(0.02, seed)
    turns = world.setting.chat.table.iloc[world.sessions["holder"].to_numpy()]
    days = [day_of(int(n)) for n in day_index(world.sessions["start"].to_numpy())]
    assert all(begin <= day <= (end or day) for begin, day, end in zip(turns["begin"], days, turns["end"], strict=True))
    assert (turns["shop"].to_numpy() == world.sessions["shop"].to_numpy()).all()


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS, moment=st.integers(min_value=END_SECOND - 400 * 86_400, max_value=END_SECOND))
def test_an_earlier_export_never_knows_more(seed: int, moment: int) -> None:
    orders = make_world(0.02, seed).orders.table
    earlier = as_of(orders, moment)
    for stage in STAGES:
        assert (earlier[stage] < moment).all()
        assert ((earlier[stage] == orders[stage]) | (earlier[stage] == NEVER)).all()
    assert (earlier["updated"] <= orders["updated"]).all()


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_lines_of_a_chat_follow_each_other(seed: int) -> None:
    said = make_world(0.02, seed).messages
    same = np.diff(said["session"].to_numpy()) == 0
    assert (np.diff(said["at"].to_numpy())[same] >= 0).all()
    assert (np.diff(said["session"].to_numpy()) >= 0).all()
