"""How long buyers waited: rounds, windows, who is credited, and how many waited at once (metrics.md)."""

import pytest

from tests.facts import chat, employee, facts, measured

ROUND = ("3 10:00:00 buyer", "3 10:00:40 agent")


def seconds(con, who="E1", **parameters):
    found = measured(con, **parameters)[who]
    return found["wait_seconds"], found["waits"], found["rounds"]


def test_a_wait_runs_from_the_first_unanswered_line_to_the_next_answer():
    lines = (
        "3 10:00:00 buyer",
        "3 10:00:30 buyer",
        "3 10:00:45 agent",
        "3 10:01:00 agent",
        "3 10:02:00 buyer",
        "3 10:02:10 agent",
    )
    con = facts(messages=chat("b1", "a1", *lines))
    assert seconds(con) == (45 + 10, 2, 2)
    found = measured(con)["E1"]
    assert (found["first_wait_seconds"], found["first_waits"]) == (45, 1)


def test_automatic_and_mass_lines_and_robots_do_not_answer():
    lines = ("3 10:00:00 buyer", "3 10:00:01 auto", "3 10:00:02 mass", "3 10:00:40 agent")
    assert seconds(facts(messages=chat("b1", "a1", *lines))) == (40, 1, 1)
    robot = [*facts_accounts(), *employee("E9", kind="robot")["accounts"]]
    shared = [
        *chat("b1", "a1", "3 10:00:00 buyer", session="s"),
        *chat("b1", "a9", "3 10:00:05 agent", session="s"),
        *chat("b1", "a1", "3 10:00:40 agent", session="s"),
    ]
    assert seconds(facts(accounts=robot, messages=shared)) == (40, 1, 1)


def facts_accounts():
    return [row for n in range(1, 5) for row in employee(f"E{n}")["accounts"]]


def test_the_agent_who_answers_is_credited():
    lines = chat("b1", "a1", "3 10:00:00 buyer", session="s") + chat("b1", "a2", "3 10:01:00 agent", session="s")
    found = measured(facts(messages=lines))
    assert (found["E1"]["waits"], found["E2"]["wait_seconds"]) == (0, 60)


def test_a_round_nobody_answers_is_theirs_whom_the_buyer_wrote_to():
    found = measured(facts(messages=chat("b1", "a1", *ROUND, "3 10:05 buyer")))["E1"]
    assert (found["rounds"], found["waits"], found["unanswered_rounds"]) == (2, 1, 1)


def test_the_first_wait_of_a_chat_the_agent_began_is_its_first_round():
    found = measured(facts(messages=chat("b1", "a1", "3 09:59 agent", *ROUND, "3 10:05:00 buyer", "3 10:05:10 agent")))
    assert (found["E1"]["first_wait_seconds"], found["E1"]["first_waits"]) == (40, 1)


def test_two_sessions_of_a_buyer_wait_apart():
    con = facts(
        messages=chat("b1", "a1", "3 10:00:00 buyer", session="one")
        + chat("b1", "a1", "3 10:00:10 buyer", "3 10:00:30 agent", session="two")
    )
    assert seconds(con) == (20, 1, 2)


def test_a_wait_over_midnight_belongs_to_the_day_it_began_on():
    con = facts(messages=chat("b1", "a1", "3 23:59:00 buyer", "4 00:01:00 agent"))
    assert measured(con, "2026-10-03..2026-10-03")["E1"]["wait_seconds"] == 120
    assert measured(con, "2026-10-04..2026-10-04")["E1"]["wait_seconds"] == 0


@pytest.mark.parametrize(
    ("seconds", "within_30s", "within_3min", "slow"),
    [
        (30, 1, 1, 0),
        (31, 0, 1, 0),
        (180, 0, 1, 0),
        (181, 0, 0, 1),
    ],
)
def test_limits_are_included_in_what_is_in_time(seconds, within_30s, within_3min, slow):
    answer = f"3 10:{seconds // 60:02}:{seconds % 60:02} agent"
    found = measured(facts(messages=chat("b1", "a1", "3 10:00:00 buyer", answer)))["E1"]
    assert (found["rounds_within_30s"], found["rounds_within_3min"], found["slow_rounds"]) == (
        within_30s,
        within_3min,
        slow,
    )
    assert found["first_rounds_within_30s"] == within_30s


@pytest.mark.parametrize(("window", "counted"), [("whole_day", 4), ("duty_hours", 2), ("08_23", 3)])
def test_response_windows_count_rounds_by_when_they_began(window, counted):
    rounds = [
        line for hour in ("07:59", "08:59", "09:00", "21:59") for line in (f"3 {hour}:00 buyer", f"3 {hour}:20 agent")
    ]
    con = facts(messages=chat("b1", "a1", *rounds))
    found = measured(con, response_window=window)["E1"]
    assert found["waits"] == counted
    assert found["rounds_08_23"] == 3


def test_duty_hours_may_pass_midnight():
    con = facts(
        messages=chat(
            "b1",
            "a1",
            "3 23:00:00 buyer",
            "3 23:00:20 agent",
            "4 02:00:00 buyer",
            "4 02:00:20 agent",
            "4 12:00:00 buyer",
            "4 12:00:20 agent",
        )
    )
    assert measured(con, response_window="duty_hours", duty_start="20:00", duty_end="06:00")["E1"]["waits"] == 2


def test_sessions_begun_off_duty_are_kept_or_left_out_by_parameter():
    con = facts(
        messages=chat("b1", "a1", "3 08:50:00 buyer", "3 09:10:00 agent", "3 09:11:00 buyer", "3 09:11:30 agent")
        + chat("b2", "a1", *ROUND)
    )
    assert seconds(con) == (1200 + 30 + 40, 3, 3)
    assert seconds(con, off_duty_sessions="exclude") == (40, 1, 1)


def test_a_week_of_silence_ends_a_chat():
    con = facts(messages=chat("b1", "a1", "3 10:00:00 buyer", "12 10:00:00 agent"))
    assert seconds(con) == (0, 0, 1)


def test_a_colleague_does_not_wait():
    assert seconds(facts(messages=chat("a2", "a1", *ROUND))) == (0, 0, 0)


# --- how many waited at once ---------------------------------------------------------------------------------------


def peak(*chats, who="E1"):
    return measured(facts(messages=[line for each in chats for line in each]))[who]["waiting_peak"]


def test_the_peak_is_the_most_buyers_waiting_at_one_moment():
    assert (
        peak(
            chat("b1", "a1", "3 10:00 buyer", "3 10:10 agent"),
            chat("b2", "a1", "3 10:05 buyer", "3 10:20 agent"),
            chat("b3", "a1", "3 10:15 buyer", "3 10:30 agent"),
        )
        == 2
    )


def test_an_answer_makes_room_for_who_comes_at_that_second():
    assert (
        peak(chat("b1", "a1", "3 10:00 buyer", "3 10:10 agent"), chat("b2", "a1", "3 10:10 buyer", "3 10:20 agent"))
        == 1
    )


def test_a_buyer_in_two_chats_is_one_waiting_buyer():
    assert (
        peak(
            chat("b1", "a1", "3 10:00 buyer", "3 10:10 agent", session="one"),
            chat("b1", "a1", "3 10:05 buyer", "3 10:20 agent", session="two"),
        )
        == 1
    )


def test_a_buyer_never_answered_waits_until_the_last_line():
    waiting = chat("b1", "a1", "3 10:00 buyer", "3 10:10 buyer")
    assert peak(waiting, chat("b2", "a1", "3 10:05 buyer", "3 10:06 agent")) == 2
    assert peak(waiting, chat("b2", "a1", "3 10:15 buyer", "3 10:16 agent")) == 1


def test_the_peak_of_days_is_the_greatest_not_the_sum():
    assert peak(chat("b1", "a1", *ROUND), chat("b2", "a1", "4 10:00:00 buyer", "4 10:00:40 agent")) == 1
