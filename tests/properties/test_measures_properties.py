"""Measures hold for any facts: a second, plain way of counting agrees; order of rows and cut of days do not matter."""

from datetime import timedelta

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.facts import at, facts, on, order
from transforms.measures.parameters import MeasureParameters
from transforms.measures.runner import compute
from transforms.period import parse

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BUYERS, ACCOUNTS, START = ("b1", "b2", "b3"), ("a1", "a2", "a3"), at("2 22:00")
KINDS = ("buyer", "buyer", "human", "human", "auto", "mass")

moments = st.integers(0, 40).map(lambda n: START + timedelta(minutes=6 * n))  # over two midnights, ties on purpose
lines = st.lists(
    st.tuples(
        moments,
        st.sampled_from(BUYERS),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(KINDS),
        st.sampled_from(("one", "two")),
    ),
    max_size=40,
)
orders = st.lists(st.tuples(moments, st.sampled_from(BUYERS), st.none() | st.integers(0, 7000)), max_size=8)


def messages(drawn):
    return [
        {
            "message_id": f"m{number:03}",
            "shop_id": "s1",
            "session_id": f"{buyer}-{session}",
            "buyer_id": buyer,
            "account_id": account,
            "sent_at": moment,
            "direction": "buyer" if kind == "buyer" else "agent",
            "kind": kind if kind in {"auto", "mass"} else "human",
            "is_filter_phrase": False,
            "forbidden_phrases": 0,
        }
        for number, (moment, buyer, account, kind, session) in enumerate(drawn)
    ]


def placed(drawn):
    return [
        order(f"o{number}", buyer, "3 00:00", amount=1000 + number)
        | {
            "created_at": moment,
            "paid_at": None if minutes is None else moment + timedelta(minutes=minutes),
            "paid_amount_fen": None if minutes is None else 1000 + number,
        }
        for number, (moment, buyer, minutes) in enumerate(drawn)
    ]


def table(rows, bought, days="2026-10", **parameters):
    return compute(facts(messages=rows, orders=bought), MeasureParameters(**parameters), parse(days))


def total(measures, key, who=None):
    rows = measures[measures["measure"] == key]
    return int((rows if who is None else rows[rows["employee_id"] == who])["value"].sum())


@FEW
@given(lines, orders, st.randoms())
def test_the_order_of_rows_does_not_matter(drawn, bought, chance):
    rows, wanted = messages(drawn), placed(bought)
    stored = sorted(rows, key=lambda r: (r["buyer_id"], r["session_id"], r["sent_at"], r["message_id"]))
    expected = table(stored, wanted)
    chance.shuffle(rows)
    chance.shuffle(wanted)
    assert_frame_equal(table(rows, wanted), expected)


@FEW
@given(lines, orders)
def test_days_computed_apart_are_the_days_computed_together(drawn, bought):
    con = facts(messages=messages(drawn), orders=placed(bought))
    together = compute(con, MeasureParameters(), parse("2026-10-01..2026-10-08"))
    ranges = ("2026-10-01..2026-10-02", "2026-10-03..2026-10-03", "2026-10-04..2026-10-08")
    apart = [compute(con, MeasureParameters(), parse(days)) for days in ranges]
    assert_frame_equal(pd.concat(apart, ignore_index=True), together)


@FEW
@given(lines)
def test_waits_agree_with_walking_through_each_chat(drawn):
    rows = messages(drawn)
    waits = [wait for session in {r["session_id"] for r in rows} for wait in walk(rows, session)]
    found = table(rows, [])
    assert total(found, "rounds") == len(waits)
    assert total(found, "waits") == sum(seconds is not None for _, seconds in waits)
    for who in ("E1", "E2", "E3"):
        assert total(found, "wait_seconds", who) == sum(s or 0 for account, s in waits if who == "E" + account[1:])


def walk(rows, session):
    """(account credited, seconds or None) of each round of a chat."""
    waiting, found = None, []
    for row in sorted((r for r in rows if r["session_id"] == session), key=lambda r: (r["sent_at"], r["message_id"])):
        if row["direction"] == "buyer":
            waiting = waiting or row
        elif row["kind"] == "human" and waiting:
            found.append((row["account_id"], int((row["sent_at"] - waiting["sent_at"]).total_seconds())))
            waiting = None
    return [*found, (waiting["account_id"], None)] if waiting else found


@FEW
@given(lines, orders, st.sampled_from(("order", "payment", "order_first")))
def test_owners_agree_with_looking_at_each_order(drawn, bought, judgement):
    rows, wanted = messages(drawn), placed(bought)
    owners = [looked_up(rows, each, judgement) for each in wanted]
    found = table(rows, wanted, judgement=judgement)
    for who in ("E1", "E2", "E3"):
        mine = [each for each, owner in zip(wanted, owners, strict=True) if owner == who]
        assert total(found, "owned_orders", who) == len(mine)
        assert total(found, "owned_order_amount_fen", who) == sum(each["order_amount_fen"] for each in mine)
    assert total(found, "silent_orders") == owners.count(None)
    assert total(found, "shop_paid_amount_fen") == (
        total(found, "owned_paid_amount_fen") + total(found, "silent_amount_fen")
    )


def looked_up(rows, wanted, judgement):
    """The owner of one order, by the words of metrics.md."""
    paid = wanted["paid_at"]
    in_time = paid is not None and (paid.date() - wanted["created_at"].date()).days <= 4
    judged = {
        "order": [wanted["created_at"]],
        "payment": [paid if in_time else wanted["created_at"]],
        "order_first": [wanted["created_at"], *([paid] if in_time else [])],
    }[judgement]
    for moment in judged:
        chats = [c for c in conversations(rows, wanted["buyer_id"]) if c[0] <= moment]
        spanning = [c for c in chats if c[1] >= moment]
        before = [c for c in chats if moment - timedelta(days=2) <= c[1] < moment]
        for group in (spanning, before):
            if group:
                last = max(ended for _, ended, _ in group)
                return min(who for _, ended, who in group if ended == last)
    return None


def conversations(rows, buyer):
    groups = {}
    for row in rows:
        if row["buyer_id"] == buyer and (row["direction"] == "buyer" or row["kind"] == "human"):
            groups.setdefault((row["session_id"], row["account_id"]), []).append(row)
    return [
        (min(r["sent_at"] for r in group), max(r["sent_at"] for r in group), "E" + account[1:])
        for (_, account), group in groups.items()
        if {r["direction"] for r in group} == {"buyer", "agent"}
    ]


@FEW
@given(lines, orders)
def test_parts_never_exceed_the_whole(drawn, bought):
    found = table(messages(drawn), placed(bought))
    chains = (
        ("contacted", "received", "inquirers", "inquirers_ordered", "inquirers_paid"),
        ("inquirers_ordered", "inquirers_ordered_same_day"),
        ("rounds", "waits", "rounds_within_3min", "rounds_within_30s"),
        ("owned_orders", "owned_orderers", "owned_orderers_paid"),
    )
    for chain in chains:
        sizes = [total(found, key) for key in chain]
        assert sizes == sorted(sizes, reverse=True), chain
    assert total(found, "inquirers") == total(found, "inquirers_ordered") + total(found, "inquirers_lost")
    assert found["day"].between(*(pd.Timestamp(d) for d in (parse("2026-10").start, parse("2026-10").end))).all()


# Work that leaves no chat and no order: any rows of the small tables, some over midnight, some of nobody.
doers = st.sampled_from(("a1", "a2", "nobody"))
persons = st.sampled_from(("E1", "E2"))
sizes = st.integers(0, 9)
maybe = st.none() | moments
days = st.integers(1, 8)
kinds = st.sampled_from(("design", "report"))
presences = st.tuples(doers, days, sizes, st.none() | sizes)
checks = st.tuples(doers, moments, st.sampled_from(("attitude", "accuracy")), st.booleans())
tickets = st.tuples(doers, moments, maybe, maybe, maybe, st.sampled_from(("c1", "c2", None)))
tasks = st.tuples(persons, kinds, moments, maybe, maybe, st.none() | sizes, st.none() | st.booleans())
figures = st.tuples(
    st.sampled_from(("employee E1", "employee E2", "department customer_service", "shop s1", "company company")),
    st.sampled_from(("revenue_fen", "incidents")), days, st.integers(-9, 9),
)  # fmt: skip
scored = st.tuples(days, st.sampled_from(("attitude", "logistics")), sizes, st.none() | sizes, st.none() | sizes)
exams = st.tuples(persons, days, sizes)
works = st.tuples(
    *(st.lists(rows, max_size=6) for rows in (presences, checks, tickets, tasks)),
    *(st.lists(rows, max_size=6) for rows in (figures, scored, exams)),
)


def worked(drawn):
    """The drawn rows as tables."""
    presence, qa, asked, done, stated, shops, taken = drawn
    unique = {(level, name, day): value for level, name, day, value in stated}
    return {
        "presence": [
            {"account_id": who, "shop_id": "s1", "day": on(day), "duty_seconds": size, "planned_handling_seconds": planned}
            for who, day, size, planned in {row[:2]: row for row in presence}.values()
        ],
        "qa_checks": [
            {"check_id": f"q{n}", "shop_id": "s1", "account_id": who, "handled_at": moment, "aspect": aspect, "passed": good}
            for n, (who, moment, aspect, good) in enumerate(qa)
        ],
        "tickets": [
            {"ticket_id": f"t{n}", "shop_id": "s1", "account_id": who, "opened_at": opened, "resolved_at": resolved,
             "first_answered_at": answered, "answer_due_at": due, "customer_id": customer, "subject": "technical"}
            for n, (who, opened, resolved, answered, due, customer) in enumerate(asked)
        ],
        "tasks": [
            {"task_id": f"k{n}", "employee_id": who, "kind": kind, "requested_at": moment, "due_at": due, "done_at": end,
             "planned_quantity": size, "quantity": size, "accepted": good, "quality": size}
            for n, (who, kind, moment, due, end, size, good) in enumerate(done)
        ],
        "figures": [
            {"level": place.split()[0], "subject_id": place.split()[1], "figure": name, "day": on(day), "value": value}
            for (place, name, day), value in unique.items()
        ],
        "shop_scores": [
            {"shop_id": "s1", "day": on(day), "aspect": aspect, "score": score, "industry_mean": mean, "industry_max": best}
            for day, aspect, score, mean, best in {row[:2]: row for row in shops}.values()
        ],
        "exams": [
            {"employee_id": who, "exam": "e", "taken_on": on(day), "score": score, "score_max": 10}
            for who, day, score in {row[:2]: row for row in taken}.values()
        ],
    }  # fmt: skip


WEEK = parse("2026-10-01..2026-10-08")


@FEW
@given(works, orders, st.randoms())
def test_the_order_of_rows_of_work_does_not_matter(drawn, bought, chance):
    rows = worked(drawn) | {"orders": placed(bought)}
    expected = compute(facts(**rows), MeasureParameters(), WEEK)
    for table_rows in rows.values():
        chance.shuffle(table_rows)
    assert_frame_equal(compute(facts(**rows), MeasureParameters(), WEEK), expected)


@FEW
@given(works, orders)
def test_days_of_work_computed_apart_are_the_days_computed_together(drawn, bought):
    con = facts(**worked(drawn), orders=placed(bought))
    together = compute(con, MeasureParameters(), WEEK)
    ranges = ("2026-10-01..2026-10-02", "2026-10-03..2026-10-03", "2026-10-04..2026-10-08")
    apart = [compute(con, MeasureParameters(), parse(part)) for part in ranges]
    assert_frame_equal(pd.concat(apart, ignore_index=True), together)


@FEW
@given(works)
def test_parts_of_work_never_exceed_the_whole_and_kinds_add_up(drawn):
    found = compute(facts(**worked(drawn)), MeasureParameters(), parse("2026-10"))
    for chain in (("tasks_due", "tasks_with_due", "tasks_on_time"), ("tasks_due", "tasks_due_done"), ("qa_judged", "qa_passed"),
                  ("tasks_done", "tasks_judged", "tasks_accepted"), ("answers_due", "answers_on_time"),
                  ("requests", "requests_repeated")):  # fmt: skip
        sizes_of = [total(found, key) for key in chain]
        assert sizes_of == sorted(sizes_of, reverse=True), chain
    for key in ("tasks_due", "tasks_done", "task_quality", "qa_judged", "tickets_answered", "dsr_points"):
        split = found[found["measure"].str.startswith(f"{key}:")]
        assert split["value"].sum() == total(found, key)


@FEW
@given(works)
def test_a_figure_of_the_whole_is_what_was_stated_for_it(drawn):
    rows = worked(drawn)
    found = compute(facts(**rows), MeasureParameters(), WEEK)
    of_incidents = found[found["measure"] == "figures:incidents"]
    for row in (row for row in rows["figures"] if row["figure"] == "incidents"):
        day = of_incidents[of_incidents["day"].dt.date == row["day"]]
        if row["level"] == "department":
            day = day[day["department_id"] == row["subject_id"]]
        if row["level"] == "employee":
            day = day[day["employee_id"] == row["subject_id"]]
        if row["level"] != "shop":
            assert day["value"].sum() == row["value"] * 10000
