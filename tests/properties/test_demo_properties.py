"""Whatever the seed, the demo's life keeps its rules."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.demo.calendar import DAY, END_SECOND, NEVER, day_index, day_of, month_of_day
from flows.demo.orders import STAGES, as_of
from flows.demo.records import make_records
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


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_records_are_about_people_who_were_there(seed: int) -> None:
    world = make_world(0.01, seed)
    records = make_records(world, seed)
    there = {}
    for turn in world.setting.people.assignments.itertuples():
        there.setdefault(turn.employee_id, []).append((turn.valid_from, turn.valid_until or day_of(10**4)))
    known = records.events[records.events["employee_id"] != ""]
    asked = [day_of(int(n)) for n in day_index(records.tasks["requested"].to_numpy())]
    for who, days in (
        (known["employee_id"], known["occurred"]),
        (records.tasks["employee_id"], asked),
        (records.attendance["employee_id"], records.attendance["day"]),
        (records.exams["employee_id"], records.exams["taken"]),
    ):
        assert all(any(a <= day <= b for a, b in there[each]) for each, day in zip(who, days, strict=True))


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_records_never_run_backwards_or_past_the_last_moment(seed: int) -> None:
    world = make_world(0.01, seed)
    records = make_records(world, seed)
    pairs = (
        (records.tasks, "requested", "done"),
        (records.checks, "handled", "judged"),
        (records.desk_tickets, "opened", "answered"),
        (records.desk_tickets, "answered", "resolved"),
        (records.desk_terms, "escalated", "escalation_handled"),
        (records.terms, "escalated", "escalation_handled"),
    )
    for frame, earlier, later in pairs:
        known = frame[(frame[earlier] != NEVER) & (frame[later] != NEVER)]
        assert (known[earlier] <= known[later]).all(), later
        assert (known[later] < END_SECOND).all(), later


@settings(max_examples=3, deadline=None)
@given(seed=SEEDS)
def test_completion_of_the_departments_sales_target_is_near_one(seed: int) -> None:
    world = make_world(0.02, seed)
    own = world.targets[(world.targets["metric"] == "paid_amount") & (world.targets["level"] == "department")]
    orders = world.orders.table
    paid = orders[
        (orders["chat_holder"] >= 0) & (orders["paid"] != NEVER) & (orders["paid"] - orders["created"] <= 4 * DAY)
    ]
    month = month_of_day()[day_index(paid["created"].to_numpy())]
    sold = paid.groupby(month)["paid_amount"].sum().reindex(own["period"]).to_numpy()
    assert (abs(sold / own["value"].to_numpy(dtype=float) - 1) < 0.06).all()
